"""Between exact text and what a QTextDocument can hold. Pure functions on text; no Qt.

A document turns CR, U+2029 and the two marks of its frames (U+FDD0, U+FDD1) into line ends, and a
single line of some hundred thousand characters takes it longer than a frame to lay out. A byte
order mark (U+FEFF, or U+FFFE) is taken off by PySide where a text begins with it. So the document
shows a stand-in: each of these characters becomes a noncharacter that never occurs in
interchange, and a long line is folded, the fold marked by one more of them. ``from_document``
undoes both, character for character.
"""

from typing import Final

FOLD: Final = "\ufdd6"
"""Stands before a line end that is not in the text."""
FOLD_WIDTH: Final = 500
"""Characters of a line after which it is folded."""

_STAND_INS: Final = {
    "\r": "\ufdd2",
    "\u2029": "\ufdd3",
    "\ufdd0": "\ufdd4",
    "\ufdd1": "\ufdd5",
    "\ufeff": "\ufdd7",
    "\ufffe": "\ufdd8",
}
_TO_DOCUMENT: Final = str.maketrans(_STAND_INS)
_FROM_DOCUMENT: Final = str.maketrans({value: key for key, value in _STAND_INS.items()})


def to_document(text: str) -> str:
    """The text to give to a document; lines end with a line feed."""
    # translate() walks character by character; most texts do not need it.
    foreign = any(char in text for char in _STAND_INS)
    safe = text.translate(_TO_DOCUMENT) if foreign else text
    lines = safe.split("\n")
    if max(map(len, lines)) <= FOLD_WIDTH:
        return safe
    return "\n".join(map(_folded, lines))


def from_document(raw: str) -> str:
    """The exact text again, from ``toRawText()`` or a selection (there U+2029 ends a line)."""
    text = raw.replace("\u2029", "\n").replace(f"{FOLD}\n", "").replace(FOLD, "")
    stands_in = any(char in text for char in _STAND_INS.values())
    return text.translate(_FROM_DOCUMENT) if stands_in else text


def utf16_length(text: str) -> int:
    """The length of ``text`` in the units that Qt counts positions in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _folded(line: str) -> str:
    pieces: list[str] = []
    at = 0
    while len(line) - at > FOLD_WIDTH:
        # Between two members where possible, so that the colours of the next piece start afresh.
        comma = line.rfind(',"', at + FOLD_WIDTH // 2, at + FOLD_WIDTH)
        end = at + FOLD_WIDTH if comma < 0 else comma + 1
        pieces.append(line[at:end])
        at = end
    pieces.append(line[at:])
    return f"{FOLD}\n".join(pieces)
