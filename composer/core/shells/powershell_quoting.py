"""One string of PowerShell. It knows nothing of the command that gets it.

PowerShell takes the typographic apostrophes for its own, so they are doubled as well
(about_Quoting_Rules). Before 7.3 it hands on an argument's quotation marks without escaping them,
drops an empty argument, and lets a closing backslash escape the quotation mark that it puts
around blanks (about_Parsing, ``$PSNativeCommandArgumentPassing``). Windows besides turns letters
outside ASCII into those of its code page for most programs.
"""

from __future__ import annotations

import re


def quoted(text: str) -> str:
    """``text`` in single quotes: every character is taken as it is."""
    return "'" + _APOSTROPHE.sub(r"\g<0>\g<0>", text) + "'"


def survives(argument: str) -> bool:
    """Whether every PowerShell hands ``argument`` to a program as it is."""
    return _SURVIVING.fullmatch(argument) is not None


_APOSTROPHE = re.compile("['\u2018-\u201b]")
_SURVIVING = re.compile(r"[ !#-~]*[!#-\[\]-~]")
