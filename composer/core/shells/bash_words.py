r"""The words of a command line for bash, zsh or Git Bash.

What people paste is read as they meant it where bash would not: quotes and blanks that a word
processor has changed, a backslash with blanks between it and the end of its line. Each is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from composer.core.shells import curly
from composer.core.shells.bash_escapes import in_ansi_quotes, in_double_quotes
from composer.core.shells.gathering import ESCAPES_PER_PIECE, MOST_PIECES, Gathering
from composer.core.shells.word import ShellError, TooMuchError, Word

_BLANKS = "\u00a0\u2002\u2003\u2007\u2009\u200b\u202f\u3000\ufeff"
"""Blanks of word processors and web pages. bash takes them for letters."""

_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t]++ | \\\r?\n)
    | (?P<gap>\\[ \t{_BLANKS}]++\r?\n)
    | (?P<line>\r?\n | \r)
    | (?P<single>(?:'[^']*+')++)
    | (?P<ansi>\$'(?:[^'\\]++|\\.)*+')
    | (?P<double>\$?")
    | (?P<escape>\\.?)
    | (?P<process>[<>]\()
    | (?P<unclosed>\$?')
    | (?P<expansion>[$`])
    | (?P<operator>[0-9]*+(?:<<<|<<-?|<[&>]?|>[>&|]?) | &>>? | &&? | \|[|&]? | ;;? | [()])
    | (?P<blank>[{_BLANKS}]++)
    | (?P<plain>[^ \t\r\n'"\\$`|&;<>(){_BLANKS}]++)
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_DOUBLE = re.compile(r'(?:[^"\\$`]++|\\.)++', re.DOTALL)
_IN_DOCUMENT = re.compile(r"(?:[^\\$`]++|\\.)++", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*+|\{[^}]*+\}|[0-9@*#?$!-])", re.ASCII)
_IN_COMMAND = re.compile(r"""'[^']*+'|"(?:[^"\\]++|\\.)*+"|\\.|[()]|[^'"\\()]++|.""", re.DOTALL)
_BACKTICKS = re.compile(r"`(?:[^`\\]++|\\.)*+`", re.DOTALL)
_DOCUMENTS = {"<<": False, "<<-": True}
"""The operators of here-documents, and whether they take tabs off the lines."""

_DOCUMENT_COUNTS = 1000
"""As many pieces as a here-document takes the time of."""
_LONGEST_NAME = 60
_QUOTES = frozenset({"single", "ansi", "double"})


def read_lines(text: str, start: int = 0) -> Iterator[tuple[Word, ...]]:
    """The words of each command line from ``start`` on. Raises ``ShellError``."""
    return _Reader(text, start).lines()


class _Reader:
    """Reads ``text`` from ``start`` to its end, once."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._place = start
        self._gathering = Gathering()
        self._curlies = curly.Curly(text)
        self._pieces = 0

    def lines(self) -> Iterator[tuple[Word, ...]]:
        while self._place < len(self._text):
            self._line()
            yield self._gathering.take()

    def _line(self) -> None:
        """Read up to the end of a command line, and the here-documents that follow it."""
        gathering = self._gathering
        while match := _TOKEN.match(self._text, self._place):
            self._count(1)
            start, self._place = match.span()
            if match.lastgroup == "line":
                gathering.operator("\n", start, self._place)
                break
            self._token(match, start)
        gathering.close(self._place)
        self._documents()

    def _count(self, pieces: int) -> None:
        self._pieces += pieces
        if self._pieces > MOST_PIECES:
            raise TooMuchError(self._place)

    def _token(self, match: re.Match[str], start: int) -> None:
        gathering = self._gathering
        match match.lastgroup:
            case "space":
                # An escaped line end alone joins what stands on its two sides.
                if match[0][0] != "\\":
                    gathering.close(start)
            case "gap" | "blank":
                self._odd_space(match, start)
            case "operator":
                gathering.operator(match[0], start, match.end())
            case "plain":
                self._plain(match[0], start)
            case "unclosed":
                raise _unclosed(match[0], start)
            case _:
                gathering.add("", start, is_quoted=match.lastgroup in _QUOTES)
                self._quote(match, start)

    def _quote(self, match: re.Match[str], start: int) -> None:
        """What is quoted, and what would be replaced."""
        gathering = self._gathering
        match match.lastgroup:
            case "single":
                gathering.add(match[0].replace("'", ""), start)
            case "ansi":
                self._count(match[0].count("\\") // ESCAPES_PER_PIECE)
                gathering.add(in_ansi_quotes(match[0][2:-1], gathering.tell), start)
            case "double":
                self._place = self._double(start, match.end())
            case "escape":
                gathering.add(match[0][1:], start)
            case "process":
                self._place = self._command(start, start + 2)
            case _:
                self._place = self._expansion(start)

    def _odd_space(self, match: re.Match[str], start: int) -> None:
        self._gathering.close(start)
        if match.lastgroup == "gap":
            self._gathering.tell(
                "\\", "Blanks stood between it and the end of the line; read as if there were none."
            )
        else:
            self._gathering.tell("no-break space", "Read as an ordinary blank.")

    def _plain(self, piece: str, start: int) -> None:
        """Letters that mean themselves; at the start of a word also a comment or a curly quote."""
        gathering = self._gathering
        if not gathering.is_open and piece[0] == "#":
            end = self._text.find("\n", start)
            self._place = end if end >= 0 else len(self._text)
            return
        if not gathering.is_open and piece[0] in curly.OPENERS and self._curly(start):
            return
        gathering.add(piece, start)
        if "{" in piece and ("," in piece or self._text[self._place : self._place + 1] == '"'):
            gathering.tell("{", "Put single quotes around it: without them bash changes JSON.")

    def _curly(self, start: int) -> bool:
        """Read what stands in curly quotes, if it is plain where they close."""
        end = self._curlies.closing(start)
        if end < 0:
            return False
        text, is_double = self._text[start + 1 : end], self._text[start] in "“”„"
        self._gathering.add(in_double_quotes(text, '"$`') if is_double else text, start)
        self._gathering.tell(self._text[start], curly.SAYS)
        self._place = end + 1
        return True

    def _double(self, start: int, place: int) -> int:
        """Read from after the quote that opened at ``start``; gives where the word goes on."""
        place = self._quoted(place, len(self._text), _IN_DOUBLE, '"$`')
        if not self._text.startswith('"', place):
            raise _unclosed('"', start)
        return place + 1

    def _quoted(self, place: int, stop: int, fine: re.Pattern[str], special: str) -> int:
        """Read text in which variables count; gives where ``fine`` and they end."""
        while place < stop:
            self._count(1)
            if match := fine.match(self._text, place, stop):
                self._gathering.add(in_double_quotes(match[0], special), place)
                place = match.end()
            if self._text[place : min(place + 1, stop)] not in {"$", "`"}:
                break
            place = self._expansion(place)
        return place

    def _expansion(self, start: int) -> int:
        """What bash would put something in place of stands as it is written; gives its end."""
        text, gathering = self._text, self._gathering
        if match := _VARIABLE.match(text, start):
            gathering.add(match[0], start)
            gathering.tell(_name(match[0]), "A variable is not looked up: it stands as written.")
            return match.end()
        if text.startswith(("$(", "${"), start):
            if text[start + 1] != "(":
                raise _unclosed(text[start : start + 2], start)
            return self._command(start, start + 2)
        if text[start] == "$":
            gathering.add("$", start)
            return start + 1
        match = _BACKTICKS.match(text, start)
        if match is None:
            raise _unclosed("`", start)
        return self._not_run(start, match.end())

    def _command(self, start: int, place: int) -> int:
        """A command in brackets that is open at ``place``; gives its end."""
        depth = 1
        for match in _IN_COMMAND.finditer(self._text, place):
            self._count(1)
            depth += (match[0] == "(") - (match[0] == ")")
            if depth == 0:
                return self._not_run(start, match.end())
        raise _unclosed(self._text[start : start + 2], start)

    def _not_run(self, start: int, end: int) -> int:
        text = self._text[start:end]
        self._gathering.add(text, start)
        self._gathering.tell(_name(text), "A command is not run: it stands as written.")
        return end

    def _documents(self) -> None:
        """Put the here-documents that begin here in place of the words that end them."""
        words = self._gathering.take()
        places = {
            n: _DOCUMENTS[opener.text] for n, opener in enumerate(words[:-1], 1) if _opens(opener)
        }
        done = [
            self._document(word, no_tabs=places[n]) if n in places else word
            for n, word in enumerate(words)
        ]
        self._gathering.words += done

    def _document(self, word: Word, *, no_tabs: bool) -> Word:
        self._count(_DOCUMENT_COUNTS)
        tabs = r"\t*" if no_tabs else ""
        end = re.compile(rf"^{tabs}{re.escape(word.text)}\r?$", re.MULTILINE)
        found = end.search(self._text, self._place)
        begin, stop = self._place, found.start() if found else len(self._text)
        self._place = min(found.end() + 1, len(self._text)) if found else stop
        remarks = word.remarks
        text = self._text[begin:stop]
        if not set("'\"\\") & set(self._text[word.start : word.end]):
            inner = self._expanded(begin, stop)
            text, remarks = inner.text, (*remarks, *inner.remarks)
        if no_tabs:
            text = re.sub(r"^\t+", "", text, flags=re.MULTILINE)
        return replace(word, text=text, end=self._place, remarks=remarks)

    def _expanded(self, begin: int, stop: int) -> Word:
        """A here-document whose variables count, as a word."""
        self._gathering.add("", begin)
        end = self._quoted(begin, stop, _IN_DOCUMENT, "$`")
        self._gathering.add(self._text[end:stop], end)
        self._gathering.close(stop)
        return self._gathering.take()[0]


def _opens(word: Word) -> bool:
    return word.is_operator and word.text in _DOCUMENTS


def _name(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"


def _unclosed(opener: str, start: int) -> ShellError:
    hint = {"'": r" Within single quotes an apostrophe has to be written '\''."}
    return ShellError(
        f"The {opener} that opens here is never closed: copy the whole command."
        + hint.get(opener, ""),
        start,
    )
