r"""The words of a command line for PowerShell 5.1 and 7.

PowerShell takes curly quotes for quotes, the backtick for its escape, and lets a statement go on
while a bracket is open. In commands a comma or a plus sign belongs to its word; in brackets and
after ``=`` they are operators, and so is ``=`` itself between curly brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.shells import cmd_words
from composer.core.shells.gathering import ESCAPES_PER_PIECE, MOST_PIECES, Gathering
from composer.core.shells.powershell_strings import (
    CONTINUES,
    END_OF_DOUBLE,
    IN_DOUBLE,
    VARIABLE,
    char_of,
    in_double_quotes,
    in_single_quotes,
    joined_halves,
)
from composer.core.shells.word import ShellError, TooMuchError, Word

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\u00a0\u200b\u202f\ufeff]++ | `[ \t]*+\r?\n)
    | (?P<line>\r?\n | \r)
    | (?P<here>@(?P<mark>['"‘’‚‛“”„])[ \t]*+\r?\n(?:(?P<text>.*?)\r?\n)??['"‘’‚‛“”„]@)
    | (?P<broken>@['"‘’‚‛“”„][ \t]*+\r?\n)
    | (?P<single>['‘’‚‛](?:[^'‘’‚‛]++|['‘’‚‛]{2})*+['‘’‚‛])
    | (?P<double>["“”„])
    | (?P<open>[@$]?\(|@?\{)
    | (?P<close>[)}])
    | (?P<operator>\|\|? | &&? | ; | [0-9*]?>>?(?:&1)? | <)
    | (?P<escape>`(?:.|\Z))
    | (?P<expansion>\$)
    | (?P<unclosed>['‘’‚‛])
    | (?P<sign>[,=+])
    | (?P<plain>(?:[^@ \t\r\n'"‘’‚‛“”„(){}|;&<>`$,=+\u00a0\u200b\u202f\ufeff]+|@(?![({]))+)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK_COMMENT = re.compile(r"<#.*?#>", re.DOTALL)
_END_OF_LINE = re.compile(r"[^\r\n]*+")
_NAMES_OF_CHARS = re.compile(r"\$\(\[char\]\s?(0x[0-9a-fA-F]{1,6}|[0-9]{1,7})\)", re.IGNORECASE)
_IN_COMMAND = re.compile(r"""'[^']*+'|"(?:[^"`]++|`.)*+"|`.|[()]|[^'"`()]++|.""", re.DOTALL)
_STOP = "--%"
_LONGEST_NAME = 60


def read_lines(text: str, start: int = 0) -> Iterator[tuple[Word, ...]]:
    """The words of each statement from ``start`` on. Raises ``ShellError``."""
    return _Reader(text, start).lines()


class _Reader:
    """Reads ``text`` from ``start`` to its end, once."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._place = start
        self._gathering = Gathering()
        self._open: list[tuple[str, int]] = []
        self._pieces = 0
        self._is_expression = False
        """Whether this is the right side of an assignment"""

    def lines(self) -> Iterator[tuple[Word, ...]]:
        while self._place < len(self._text):
            self._line()
            yield self._gathering.take()

    def _line(self) -> None:
        """Read up to the line end that ends the statement."""
        self._is_expression = False
        while match := _TOKEN.match(self._text, self._place):
            self._count()
            start, self._place = match.span()
            if match.lastgroup == "line" and not self._open:
                self._gathering.operator("\n", start, self._place)
                return
            self._token(match, start)
        if self._open:
            raise _unclosed(*self._open[-1])
        self._gathering.close(self._place)

    def _count(self, pieces: int = 1) -> None:
        self._pieces += pieces
        if self._pieces > MOST_PIECES:
            raise TooMuchError(self._place)

    def _token(self, match: re.Match[str], start: int) -> None:
        gathering = self._gathering
        match match.lastgroup:
            case "space":
                gathering.close(start)
            case "line":
                self._line_in_brackets(start)
            case "open" | "close":
                self._bracket(match, start)
            case "operator":
                self._operator(match[0], start)
            case "sign":
                self._sign(match[0], start)
            case "plain":
                self._plain(match[0], start)
            case "unclosed" | "broken":
                raise _unclosed(match[0].strip(), start)
            case _:
                self._quote(match, start)

    def _quote(self, match: re.Match[str], start: int) -> None:
        """Strings, escapes and variables. A word that begins with a string ends with it."""
        gathering, is_whole = self._gathering, not self._gathering.is_open
        is_string = match.lastgroup in {"here", "single", "double"}
        gathering.add("", start, is_quoted=is_string)
        match match.lastgroup:
            case "single":
                gathering.add(in_single_quotes(match[0][1:-1]), start)
            case "here":
                self._here(match)
            case "double":
                self._double(start, match.end())
            case "escape":
                gathering.add(char_of(match[0]), start)
            case _:
                self._place = self._expansion(start)
        if is_string and is_whole:
            self._close(self._place)

    def _close(self, end: int) -> None:
        gathering = self._gathering
        gathering.pieces[:] = [joined_halves("".join(gathering.pieces))]
        gathering.close(end)

    def _line_in_brackets(self, start: int) -> None:
        self._gathering.close(start)
        if self._open[-1][0].endswith("{"):
            self._gathering.operator("\n", start, self._place)

    def _bracket(self, match: re.Match[str], start: int) -> None:
        gathering, sign = self._gathering, match[0]
        if sign == "$(":
            gathering.add("", start)
            self._place = self._command(start)
            return
        if match.lastgroup == "open":
            self._open.append((sign, start))
        elif self._open:
            self._open.pop()
        gathering.operator(sign, start, match.end())

    def _operator(self, sign: str, start: int) -> None:
        comment = _BLOCK_COMMENT.match(self._text, start)
        if comment is not None:
            self._gathering.close(start)
            self._place = comment.end()
            return
        if sign in {";", "|"}:
            self._is_expression = False
        self._gathering.operator(sign, start, self._place)

    def _sign(self, sign: str, start: int) -> None:
        """A comma, plus or equals sign: an operator only where an expression is wanted."""
        gathering = self._gathering
        opener = self._open[-1][0] if self._open else ""
        if sign == "=" and not opener and self._follows_variable():
            gathering.close(start)
            self._is_expression = True
        if self._is_expression or (opener and (sign != "=" or opener.endswith("{"))):
            gathering.operator(sign, start, start + 1)
        else:
            gathering.add(sign, start)

    def _follows_variable(self) -> bool:
        """Whether the statement consists of a variable so far."""
        words = list(self._gathering.words)
        text = "".join(self._gathering.pieces)
        if not text and words and not words[-1].is_quoted:
            text = words.pop().text
        return text.startswith("$") and (not words or words[-1].is_operator)

    def _plain(self, piece: str, start: int) -> None:
        gathering = self._gathering
        if not gathering.is_open and piece[0] == "#":
            self._place = self._end_of_line(start)
            return
        if not gathering.is_open and piece == _STOP:
            end = self._end_of_line(self._place)
            gathering.words += cmd_words.arguments(self._text[self._place : end], self._place, end)
            self._place = end
            return
        if piece[0].isalpha() and gathering.words and gathering.words[-1].text == "=":
            self._is_expression = False  # a command, whose output is assigned
        gathering.add(piece, start)

    def _end_of_line(self, place: int) -> int:
        match = _END_OF_LINE.match(self._text, place)
        return match.end() if match else place

    def _here(self, match: re.Match[str]) -> None:
        text = match["text"] or ""
        if match["mark"] in "'‘’‚‛":
            self._gathering.add(text, match.start())
            return
        begin = match.start("text")
        if begin >= 0:
            end = self._quoted(begin, match.end("text"), CONTINUES)
            self._gathering.add(self._text[end : match.end("text")], end)

    def _double(self, start: int, place: int) -> None:
        place = self._quoted(place, len(self._text), IN_DOUBLE)
        end = END_OF_DOUBLE.match(self._text, place)
        if end is None:
            raise _unclosed('"', start)
        self._place = end.end()

    def _quoted(self, place: int, stop: int, fine: re.Pattern[str]) -> int:
        """Read text in which variables count; gives where ``fine`` and they end."""
        while place < stop:
            self._count()
            if match := fine.match(self._text, place, stop):
                is_here = fine is CONTINUES
                self._count(match[0].count("`") // ESCAPES_PER_PIECE)
                self._gathering.add(in_double_quotes(match[0], has_marks=is_here), place)
                place = match.end()
            if self._text[place : min(place + 1, stop)] != "$":
                break
            place = self._expansion(place)
        return place

    def _expansion(self, start: int) -> int:
        """A variable or command stands as it is written; gives its end."""
        text, gathering = self._text, self._gathering
        if match := VARIABLE.match(text, start):
            gathering.add(match[0], start)
            gathering.tell(match[0], "A variable is not looked up: it stands as written.")
            return match.end()
        if text.startswith("$(", start):
            return self._command(start)
        gathering.add("$", start)
        return start + 1

    def _command(self, start: int) -> int:
        """A command in brackets, which is only told; the number of a character is read."""
        gathering = self._gathering
        if match := _NAMES_OF_CHARS.match(self._text, start):
            code = int(match[1], 0)
            gathering.add(chr(code) if code <= 0x10FFFF else match[0], start)  # noqa: PLR2004 -- the last character
            return match.end()
        depth = 0
        for match in _IN_COMMAND.finditer(self._text, start + 1):
            self._count()
            depth += (match[0] == "(") - (match[0] == ")")
            if depth == 0:
                found = self._text[start : match.end()]
                gathering.add(found, start)
                name = found if len(found) <= _LONGEST_NAME else f"{found[:_LONGEST_NAME]}…"
                gathering.tell(name, "A command is not run: it stands as written.")
                return match.end()
        raise _unclosed("$(", start)


def _unclosed(opener: str, start: int) -> ShellError:
    return ShellError(
        f"The {opener} that opens here is never closed: copy the whole command.", start
    )
