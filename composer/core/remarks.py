"""Something in a pasted text that was not carried over, by the name it has there.

Whatever reads a paste lists what it left out or took differently; nothing vanishes in silence.
It knows nothing of what was pasted or who shows it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """``name`` is the option, header, file, field or variable as the paste spells it.

    ``words`` are a sentence for a person: what was done with it, or why nothing was.
    """

    name: str
    words: str
