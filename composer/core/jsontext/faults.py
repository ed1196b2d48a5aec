"""What is wrong with text that should be JSON, where, and how to mend it.

Turns the decoder's terse messages into sentences, with a hint for the slips that people make when
they type or paste JSON. Knows nothing of values; ``reading`` does the reading.
"""

from __future__ import annotations

BYTE_ORDER_MARK = "Byte order mark"
CONSTANT = "Constant"
"""Faults that Python's own decoder lets pass; ``reading`` reports them under these names."""


class JsonError(ValueError):
    """Text that is not JSON, with the place of the fault (1-based, in characters) and a hint."""

    def __init__(self, message: str, text: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.line, self.column = line_and_column(text, offset)
        self.hint = hint

    def __str__(self) -> str:
        return f"Line {self.line}, column {self.column}: {self.message}"


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """An offset as line and column, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def explained(said: str, text: str, offset: int) -> JsonError:
    """The decoder's message ``said`` in words, with a hint for the usual slips."""
    offset = min(offset, len(text))
    message, hint = _MESSAGES.get(said, (said + ".", ""))
    slip = None if said in {BYTE_ORDER_MARK, CONSTANT} else _slip(said, text, offset)
    if slip is not None:
        message, hint = slip[0] or message, slip[1]
    return JsonError(message, text, offset, hint)


def _slip(said: str, text: str, offset: int) -> tuple[str, str] | None:
    """Message (empty: the decoder's will do) and hint for what stands at ``offset``."""
    here = text[offset : offset + 1]
    word = next((word for word in _PYTHON_WORDS if text.startswith(word, offset)), None)
    if not text.strip():
        return "There is no JSON here yet.", "Start with { and end with }."
    if not here:
        return "The text ends too early.", "A closing } or ] or a quote is missing."
    if here in _CURLY_QUOTES:
        return "", f'Replace the curly quote {here} with a straight ".'
    if here == "'":
        return "", "JSON wants double quotes, not single ones."
    if text.startswith(("//", "/*", "#"), offset):
        return "JSON has no comments.", "Remove the comment."
    if _comma_before(text, offset) and (here in "}]" or "trailing comma" in said):
        return "There is a comma too many.", "Remove the comma before the bracket."
    if word is not None:
        return "", f"JSON writes {_PYTHON_WORDS[word]} here."
    return None


def _comma_before(text: str, offset: int) -> bool:
    """Whether a comma stands at ``offset`` (newer Pythons point at it) or right before it."""
    return text.startswith(",", offset) or text[:offset].rstrip().endswith(",")


_CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}
_MESSAGES = {
    "Expecting value": (
        "A value is missing here.",
        "Write text in quotes, a number, true, false or null.",
    ),
    "Expecting ',' delimiter": (
        "A comma is missing here.",
        "Put a comma after the value before, or close the bracket.",
    ),
    "Expecting ':' delimiter": ("A colon is missing here.", 'Write "key": value.'),
    "Expecting property name enclosed in double quotes": (
        "A key in double quotes is missing here.",
        'Write "key": value.',
    ),
    "Extra data": (
        "The JSON ends before this place.",
        "Remove what follows, or the bracket that closes too early.",
    ),
    "Invalid control character at": (
        "A line break or control character stands inside quotes.",
        "Write \\n for a line break, \\t for a tab, or close the quote.",
    ),
    "Invalid \\escape": ("This escape does not exist.", "Write \\\\ for a backslash."),
    "Invalid \\uXXXX escape": ("\\u needs four hex digits.", "For example \\u00e9."),
    "Unterminated string starting at": (
        "This quote is never closed.",
        'Put a " at the end of the text.',
    ),
    CONSTANT: ("JSON has no NaN or Infinity.", "Write null, or text in quotes."),
    BYTE_ORDER_MARK: (
        "An invisible byte order mark stands at the start.",
        "Delete the first character; PostHog refuses it.",
    ),
}
