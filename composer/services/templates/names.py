"""Folders of templates as folders of the file system, and back.

A folder is called what a person calls it, so that it reads well in a file manager and in git. Only
what some system would not take (``:`` or ``?``, a dot at the end, ``con``) is percent-encoded:
``Refunds: EU?`` is ``Refunds%3A EU%3F`` on disk. No file beside it has to say what it is called.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_MOST_BYTES = 120
"""Bytes of one folder's name: with a file's name behind it, it fits into every path."""

_DEEPEST = 8

_UNFIT = re.compile(
    r"""[<>:"\\|?*\x00-\x1f\x7f\ud800-\udfff]  # refused by Windows, or by UTF-8
    | ^\.  # hidden, and not read
    | [. ]$  # dropped by Windows
    | %(?=[0-9A-Fa-f]{2})  # would be taken for one of ours
    """,
    re.VERBOSE,
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=$|\.)", re.IGNORECASE)


def tidy(folder: str) -> str:
    """A folder as it is shown: ``" Support / Refunds/"`` is ``Support/Refunds``."""
    parts = (" ".join(unicodedata.normalize("NFC", part).split()) for part in folder.split("/"))
    return "/".join([_cut(part) for part in parts if part][:_DEEPEST])


def on_disk(folder: str) -> tuple[str, ...]:
    """The names of the folders on the way to it; none for the top."""
    return tuple(_escaped(part) for part in tidy(folder).split("/") if part)


def as_shown(parts: tuple[str, ...]) -> str:
    """The folder that these folders of the file system are."""
    return "/".join(unicodedata.normalize("NFC", _unescaped(part)) for part in parts)


def _cut(part: str) -> str:
    while len(_escaped(part).encode("utf-8")) > _MOST_BYTES:
        part = part[:-1].rstrip()
    return part


def _escaped(part: str) -> str:
    text = _UNFIT.sub(_percent, part)
    return _RESERVED.sub(_first_letter, text, count=1) if _RESERVED.match(text) else text


def _percent(found: re.Match[str]) -> str:
    data = found[0].encode("utf-8", "replace")
    return "".join(f"%{byte:02X}" for byte in data)


def _first_letter(found: re.Match[str]) -> str:
    return f"%{ord(found[0][0]):02X}{found[0][1:]}"


def _unescaped(part: str) -> str:
    """A name from elsewhere may hold a percent sign that means nothing: then it stays."""
    try:
        name = unquote(part, errors="strict")
    except UnicodeDecodeError:
        return part
    return part if "/" in name else name
