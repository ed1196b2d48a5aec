"""A long text for reading: the part that is shown, and what is said about the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHOWN = 200_000
"""Characters of a long text that are shown; a copy takes all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text in full, the part that is shown, and what is to be said about it."""

    full: str
    shown: str
    note: str = ""
    is_json: bool = False


def passage(text: str, note: str = "", *, length: int = 0) -> Passage:
    """Cut a long text after ``SHOWN`` characters, at the end of a line if there is one near.

    ``length`` counts all characters, where ``text`` is not all of them but ``SHOWN`` at least.
    """
    is_json = _JSON_START.match(text) is not None
    length = max(length, len(text))
    if length <= SHOWN:
        return Passage(full=text, shown=text, note=note, is_json=is_json)
    end = text.rfind("\n", SHOWN - 2000, SHOWN)
    shown = text[: end if end > 0 else SHOWN]
    cut = f"The first {len(shown):,} of {length:,} characters. Copy takes all of them."
    return Passage(full=text, shown=shown, note=f"{note} {cut}".strip(), is_json=is_json)


_JSON_START = re.compile(r"\s*[{\[]")
