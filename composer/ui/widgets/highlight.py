"""Colours for code: which characters of a line are what, painted in the lines in sight only.

Not a QSyntaxHighlighter: that one formats every line of the document at once (about a tenth of a
second for 200 KB), while one screen of lines takes a millisecond whatever the length of the text.
It works because each line can be read alone: JSON strings hold no line end, and a curl command's
lines are coloured for a hint, not parsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextLayout

from composer.ui.theme.tokens import Theme
from composer.ui.widgets.code_text import FOLD

_STATES = 0x7FFFFFFF  # Qt keeps a state in 32 bits, and -1 for none
LONGEST = 5000
"""Characters of one line that are coloured; what follows stays plain."""


class Language(Enum):
    """What the text is."""

    PLAIN = "plain"
    JSON = "json"
    CURL = "curl"
    CODE = "code"
    """Of any programming language: strings, numbers and comments are much the same in most"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters of one kind; ``kind`` is the name of the token that colours it."""

    start: int
    length: int
    kind: str


_JSON = re.compile(
    r'(?P<json_key>"(?:[^"\\]|\\.)*"(?=\s*:))'
    r'|(?P<json_string>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<json_number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<json_literal>\b(?:true|false|null)\b)"
)
_CURL = re.compile(
    r"(?P<json_string>\$?'(?:[^'\\]|\\.)*'?|\"(?:[^\"\\]|\\.)*\"?)"
    r"|(?P<json_literal>^\s*curl\b)"
    r"|(?P<json_key>(?<=\s)--?[A-Za-z][\w-]*)"
    r"|(?P<json_number>https?://\S+)"
    r"|(?P<muted>[\\^`]$)"
)
_CODE = re.compile(
    r"(?P<muted>^\s*(?:#|//).*)"
    r"|(?P<json_string>'(?:[^'\\]|\\.)*'?|\"(?:[^\"\\]|\\.)*\"?)"
    r"|(?P<json_literal>\b(?:true|false|null|nil|None|True|False|undefined)\b)"
    r"|(?P<json_number>(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b)"
)


def spans(line: str, language: Language) -> Iterator[Span]:
    """The coloured runs of one line, left to right."""
    match language:
        case Language.PLAIN:
            return
        case Language.JSON:
            pattern = _JSON
        case Language.CURL:
            pattern = _CURL
        case Language.CODE:
            pattern = _CODE
    for found in pattern.finditer(line, 0, LONGEST):
        if found.lastgroup is not None:
            start = found.start()
            yield Span(start=start, length=found.end() - start, kind=found.lastgroup)


def utf16_spans(line: str, language: Language) -> Iterator[Span]:
    """As ``spans``, with positions in the units that Qt counts."""
    if line.isascii():
        yield from spans(line, language)
        return
    shift, seen = 0, 0
    for span in spans(line, language):
        shift += sum(char > "\uffff" for char in line[seen : span.start])
        inside = line[span.start : span.start + span.length]
        extra = sum(char > "\uffff" for char in inside)
        yield Span(start=span.start + shift, length=span.length + extra, kind=span.kind)
        shift += extra
        seen = span.start + span.length


def color_block(block: QTextBlock, language: Language, theme: Theme) -> None:
    """Gives one line of a document its colours, if it does not have them yet."""
    line = block.text()
    # The state remembers which text, theme and language the present colours belong to. Not by the
    # block's revision, which two edits one after the other may leave as it was.
    state = hash((line, theme.name, language.value)) & _STATES
    if block.userState() == state:
        return
    block.setUserState(state)
    runs = [
        _run(span.start, span.length, getattr(theme, span.kind))
        for span in utf16_spans(line, language)
    ]
    if line.endswith(FOLD):
        runs.append(_run(block.length() - 2, 1, "#00000000"))
    block.layout().setFormats(runs)
    # Tells the layout at once; otherwise the change would be told as part of the next edit.
    block.document().markContentsDirty(block.position(), block.length())


def _run(start: int, length: int, color: str) -> QTextLayout.FormatRange:
    run = QTextLayout.FormatRange()
    run.start = start
    run.length = length
    look = QTextCharFormat()
    look.setForeground(QColor(color))
    run.format = look
    return run
