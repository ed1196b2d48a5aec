r"""The words of a command line for cmd.exe, by the two readers that come one after the other.

First cmd.exe: it takes carets out, and ``& | < >`` for its own unless it counts an odd number of
quotation marks so far. A line end after a caret vanishes and the character after that is taken as
it is; another line end, say. Then the C runtime of the program splits what is left, where ``\"``
and, within quotes, ``""`` are a quotation mark.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace

from composer.core.remarks import Remark
from composer.core.shells.gathering import MOST_PIECES, Gathering
from composer.core.shells.word import ShellError, TooMuchError, Word

_TOKEN = re.compile(
    r"""
      (?P<fine>(?:[^"^|&<>\r\n]++|\^[^\r\n])++)
    | (?P<quoted>"[^"\r\n]*+"?)
    | (?P<going>\^\r?\n(?P<next>\r?\n|.)?)
    | (?P<line>\r?\n|\r)
    | (?P<operator>\|\|?|&&?|>>|[<>]&?)
    | (?P<last>\^)
    """,
    re.VERBOSE,
)
# WORKAROUND: nothing possessive around a look ahead. Python 3.11.2, that of Debian 12, then goes on
# at a wrong place. https://github.com/python/cpython/issues/101955
_PART = re.compile(
    r"""
      (?P<blank>[ \t]++)
    | (?P<plain>(?:[^ \t"\\]+|\\+(?![\\"]))+)
    | (?P<marks>(?:\\\\)*+\\")
    | (?P<quoted>
        (?:\\\\)*+"
        (?P<inner>(?:[^"\\]+|\\+(?![\\"])|(?:\\\\)*(?:\\"|""))*(?:\\\\)*)
        (?P<end>"|\Z)
      )
    """,
    re.VERBOSE,
)
_MARK = re.compile(r'(?<!\\)((?:\\\\)*+)(?:\\"|"")')
_DESCRIPTOR = re.compile(r"(?:^|(?<=[ \t]))[0-9]\Z")
_VARIABLE = re.compile(r"%(?![0-9A-Fa-f]{2}%)[A-Za-z_]\w{2,60}%", re.ASCII)

_FILE = re.compile(r'[ \t]*(?:"[^"]*"?|[^ \t"]+)')
_ECHO = re.compile(r"[ \t]*@?echo[ \t.:]([^\n]*)", re.IGNORECASE)
_DOUBLED = re.compile(r'(?<!\^\\)(?:\^\\\^\\)++(?!\^\\?\^?")')
"""Backslashes as browsers escape them for cmd.exe. They double each, but programs want that only
before a quotation mark: what the page sent had half as many."""
_BACKSLASH = Remark(name="\\", words="The browser has doubled it for cmd.exe: read as one.")
_MOST_TOLD = 50
"""Variables of one command that are told"""


def read_lines(text: str, start: int = 0) -> Iterator[tuple[Word, ...]]:
    """The words of each command line from ``start`` on. Raises ``ShellError``."""
    return _Reader(text, start).lines()


def arguments(text: str, start: int = 0, end: int = 0) -> tuple[Word, ...]:
    """The arguments of which ``text`` consists to the C runtime.

    Each is said to stand from ``start`` to ``end``. Raises ``ShellError`` for an open quote.
    """
    gathering = Gathering()
    for pieces, match in enumerate(_PART.finditer(text)):
        if pieces > MOST_PIECES:
            raise TooMuchError(start)
        if match.lastgroup == "blank":
            gathering.close(end)
            continue
        gathering.add("", start, is_quoted=match.lastgroup == "quoted")
        _add_part(gathering, match, start)
    gathering.close(end)
    return gathering.take()


def variables_in(text: str, start: int = 0, end: int = sys.maxsize) -> list[Remark]:
    """A remark to each variable that stands between ``start`` and ``end``."""
    names = list(dict.fromkeys(_VARIABLE.findall(text, start, end)))[:_MOST_TOLD]
    words = "A variable is not looked up: it stands as written."
    return [Remark(name=name, words=words) for name in names]


def _add_part(gathering: Gathering, match: re.Match[str], start: int) -> None:
    match match.lastgroup:
        case "plain":
            gathering.add(match[0], start)
        case "marks":
            gathering.add("\\" * (len(match[0]) // 2 - 1) + '"', start)
        case _:
            if not match["end"]:
                raise ShellError(
                    'A " that opens here is never closed: copy the whole command.', start
                )
            before = match.start("inner") - match.start() - 1
            gathering.add("\\" * (before // 2) + _marks(match["inner"]), start)


def _marks(inner: str) -> str:
    """What stands between quotation marks, as the program gets it."""
    if "\\\\" in inner or '""' in inner:
        text = _MARK.sub(lambda match: "\\" * (len(match[1]) // 2) + '"', inner)
    else:
        text = inner.replace('\\"', '"')
    ending = len(text) - len(text.rstrip("\\"))
    # The last backslashes stood before the closing mark, so they count half.
    return text[: len(text) - ending // 2]


class _Reader:
    """Reads ``text`` from ``start`` to its end, once."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._place = start
        self._pieces = 0
        self._line: list[str] = []
        """What cmd.exe leaves of the command being read"""
        self._start = start
        """Where it began"""
        self._words: list[Word] = []
        self._has_doubled = False
        """Whether backslashes were made half as many"""

    def lines(self) -> Iterator[tuple[Word, ...]]:
        while self._place < len(self._text):
            self._read_line()
            yield tuple(self._words)
            self._words.clear()

    def _read_line(self) -> None:
        self._start = self._place
        while match := _TOKEN.match(self._text, self._place):
            self._pieces += 1
            if self._pieces > MOST_PIECES:
                raise TooMuchError(self._place)
            start, self._place = match.span()
            match match.lastgroup:
                case "line" | "operator":
                    self._operator(match, start)
                case "fine":
                    self._line.append(self._without_carets(match[0]))
                case "quoted":
                    self._line.append(match[0])
                case _:
                    after = match["next"] or ""
                    self._line.append("\n" if after.endswith("\n") else after)
            if match.lastgroup == "line":
                return
        self._end_command(self._place)

    def _without_carets(self, text: str) -> str:
        """``text`` with every caret taken out but those that another one escapes."""
        if "^\\^\\" in text:
            text, times = _DOUBLED.subn(lambda match: match[0][: len(match[0]) // 2], text)
            self._has_doubled |= times > 0
        return "^".join(piece.replace("^", "") for piece in text.split("^^"))

    def _operator(self, match: re.Match[str], start: int) -> None:
        text = "\n" if match.lastgroup == "line" else match[0]
        if text[0] in "<>" and self._line:
            self._line[-1] = _DESCRIPTOR.sub("", self._line[-1])
        self._end_command(start)
        self._words.append(Word(text=text, start=start, end=match.end(), is_operator=True))
        self._start = match.end()

    def _end_command(self, end: int) -> None:
        line = "".join(self._line)
        self._line.clear()
        words: list[Word] = []
        if self._words and self._words[-1].text[0] in "<>" and (file := _FILE.match(line)):
            words += arguments(file[0], self._start, end)
            line = line[file.end() :]
        if echo := _ECHO.match(line):
            # It is part of cmd.exe itself and writes what follows as it stands.
            words += arguments("echo", self._start, end)
            words.append(Word(text=echo[1], start=self._start, end=end))
        else:
            words += arguments(line, self._start, end)
        self._words += self._told(words, end)

    def _told(self, words: list[Word], end: int) -> Iterator[Word]:
        """``words`` with a remark to each variable in them."""
        told = variables_in(self._text, self._start, end)
        doubled = (_BACKSLASH,) if self._has_doubled else ()
        self._has_doubled = False
        for word in words:
            remarks = [remark for remark in told if remark.name in word.text]
            remarks += doubled if "\\" in word.text else ()
            yield replace(word, remarks=tuple(remarks))
