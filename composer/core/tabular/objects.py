"""The rows of JSON Lines and of JSON documents: objects, and problems for all that is none.

Knows nothing of what the members of an object mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import JsonError, Object, Value, parse
from composer.core.tabular.documents import Documents
from composer.core.tabular.encodings import fault_in, readable
from composer.core.tabular.texts import Lines, Texts
from composer.core.tabular.values import LONGEST_TEXT, MOST_ROWS, Chunk, Row, RowProblem


class _Objects:
    """What both ways to divide the text have in common. ``after`` rows came before these."""

    def __init__(self, texts: Texts, *, longest: int, after: int = 0) -> None:
        self.columns: tuple[str, ...] = ()
        self._texts = texts
        self._longest = longest
        self.number = after
        """That of the last row so far."""
        self._rows: list[Row] = []
        self._problems: list[RowProblem] = []
        self._block = 1  # the one that is gone through

    def _take(self, text: str, columns: tuple[Value, ...] = ()) -> None:
        """The row that ``text`` is, or why it is none."""
        if not self._texts.is_sound and (fault := fault_in(text, self._texts.encoding)):
            self._refuse(fault, text)
            return
        try:
            value = parse(text)
        except JsonError as error:
            self._refuse(_words(error), text)
            return
        if columns and isinstance(value, tuple) and len(value) == len(columns):
            value = Object(tuple(zip(map(str, columns), value, strict=True)))
        if isinstance(value, Object):
            self._rows.append((self.number, value))
        else:
            self._refuse(f"This is {_kind(value)}, and an event is an object in braces.", text)

    def _refuse(self, reason: str, text: str) -> None:
        text = readable(text[: LONGEST_TEXT + 2]).rstrip("\r\n")[:LONGEST_TEXT]
        self._problems.append(RowProblem(number=self.number, reason=reason, text=text))

    def _is_due(self) -> bool:
        """Whether a chunk is full, or a block of text has been gone through."""
        if len(self._rows) + len(self._problems) < MOST_ROWS and self._block == self._texts.blocks:
            return False
        self._block = self._texts.blocks
        return True

    def _chunk(self) -> Chunk:
        rows, self._rows = self._rows, []
        problems, self._problems = self._problems, []
        return Chunk(rows=rows, problems=problems, read=self._texts.read)

    def _last(self, rest: str) -> Chunk:
        """The last chunk; it tells what broke off."""
        if self._texts.broken is not None:
            self.number += 1
            self._refuse(str(self._texts.broken), rest)
        return self._chunk()


class ObjectLines(_Objects):
    """JSON Lines: each line is an object, and blank ones are passed over."""

    def chunks(self) -> Iterator[Chunk]:
        """One after each block of text, and whenever there are enough rows."""
        lines = Lines(self._texts, self._longest)
        for block in lines:
            for line in block:
                self.number += 1
                if len(line) > self._longest:
                    self._refuse(
                        f"This line is longer than {self._longest:,} characters, "
                        "the most that is read.",
                        line,
                    )
                elif text := line.strip(_SPACE):
                    self._take(text)
                if self._is_due():
                    yield self._chunk()
        yield self._last(lines.rest)


class ObjectArray(_Objects):
    """JSON documents: each element of the list ``within``, or of those at the top, is an object."""

    def __init__(self, texts: Texts, *, within: str, longest: int, after: int = 0) -> None:
        super().__init__(texts, longest=longest, after=after)
        self._within = within

    def chunks(self) -> Iterator[Chunk]:
        """One after each block of text, and whenever there are enough rows."""
        documents = Documents(self._texts, within=self._within, longest=self._longest)
        columns: tuple[Value, ...] = ()
        rest = ""
        for element in documents:
            if documents.columns and not columns:
                columns = _names(documents.columns)
            if not documents.is_whole and self._texts.broken is not None:
                rest = element.text
                break
            self.number += 1
            if element.fault:
                self._refuse(element.fault, element.text)
            else:
                self._take(element.text, columns)
            if self._is_due():
                yield self._chunk()
        if documents.is_whole and not documents.is_closed and self._texts.broken is None:
            self.number += 1
            self._refuse("The text ends before the list does: rows may be missing.", "")
        yield self._last(rest)


def _names(text: str) -> tuple[Value, ...]:
    try:
        value = parse(text)
    except JsonError:
        return ()
    named = isinstance(value, tuple) and all(isinstance(name, str) for name in value)
    return value if named and isinstance(value, tuple) else ()


def _words(error: JsonError) -> str:
    place = f"Line {error.line}, column" if error.line > 1 else "Column"
    return f"{place} {error.column:,}: {error.message} {error.hint}".rstrip()


def _kind(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "text"
        case tuple():
            return "a list"
        case _:
            return "a number"


_SPACE = " \t\r\n"
