"""Where rows come from: a file, pasted text, or a plain count. Streamed, in chunks of rows.

Everything here blocks, and is called in a thread or in a process of its own. What becomes of the
rows is not known here.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from composer.core.tabular import (
    LONGEST_ROW,
    MOST_ROWS,
    BrokenOffError,
    Chunk,
    Dialect,
    Guess,
    Row,
    RowFormat,
    RowProblem,
    TabularError,
    guess,
    reader_of,
)
from composer.core.tabular.guessing import HEAD, MOST_SAMPLES, tells_encoding
from composer.services.batch.source_files import Part, SourceError, SourceFile

__all__ = [
    "CountSource",
    "FileSource",
    "Source",
    "SourceError",
    "TextSource",
    "chunks",
    "look",
    "size_of",
]


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file: plain, packed (gzip, zstd, brotli) or a zip archive of such files."""

    path: str


@dataclass(frozen=True, slots=True)
class TextSource:
    """Text that was pasted; ``name`` is what a person calls it."""

    text: str
    name: str = "Pasted text"


@dataclass(frozen=True, slots=True)
class CountSource:
    """Rows that say nothing but their number: one column ``row`` with 1, 2 and so on."""

    count: int


Source: TypeAlias = FileSource | TextSource | CountSource


def look(source: Source, dialect: Dialect | None = None) -> Guess:
    """What the source looks like from its beginning; with ``dialect`` it is only read so.

    Raises ``SourceError``.
    """
    if isinstance(source, CountSource):
        first = next(_counted(source), Chunk(rows=[], problems=[], read=0))
        rows = tuple(first.rows[:MOST_SAMPLES])
        return Guess(dialect=Dialect(format=RowFormat.CSV), columns=("row",), rows=rows)
    if dialect is not None:
        dialect = _fit(source, dialect)
    encoding = _PASTED if isinstance(source, TextSource) else ""
    with _opened(source) as opened, closing(opened.parts()) as parts:
        part = next(parts, Part("", iter(())))
        size, head = HEAD, b""
        while True:
            head += _up_to(size - len(head), part.pieces)
            try:
                found = guess(head, name=part.name, dialect=dialect, encoding=encoding)
            except TabularError as error:
                raise SourceError(str(error)) from error
            is_telling = bool(found.rows) or found.misfits > MOST_SAMPLES
            is_long = not is_telling and len(head) > LONGEST_ROW
            if is_long:
                _check_lines(head)
            if is_telling or is_long or len(head) < size:
                break
            size *= 5  # the first row is not whole yet
        if not (dialect or encoding) and len(head) >= size and not tells_encoding(head):
            beyond = _telling(part.pieces)
            found = guess(head, name=part.name, beyond=beyond) if beyond else found
        return found


def chunks(source: Source, dialect: Dialect) -> Iterator[Chunk]:
    """The rows, and the problems, in chunks; see ``composer.core.tabular.reader_of``.

    ``read`` of a chunk is to be compared with ``size_of``. The files of an archive are read one
    after the other, as if they were one. Raises ``SourceError``.
    """
    if isinstance(source, CountSource):
        yield from _counted(source)
        return
    dialect = _fit(source, dialect)
    columns: tuple[str, ...] = ()
    after, is_first = 0, True
    with _opened(source) as opened, closing(opened.parts()) as parts:
        for part in parts:
            try:
                reader = reader_of(part.pieces, dialect, after=after, expected=columns)
                for chunk in reader.chunks():
                    after = reader.number
                    chunk.read = opened.position
                    yield chunk
                columns = columns or reader.columns
            except TabularError as error:
                if is_first:
                    raise SourceError(str(error)) from error
                after += 1
                reason = f"{part.name} is left out. {error}"
                problem = RowProblem(number=after, reason=reason, text="")
                yield Chunk(rows=[], problems=[problem], read=opened.position)
            is_first = False


def size_of(source: Source) -> int:
    """Bytes, as they are stored; of a count the rows. Raises ``SourceError``."""
    match source:
        case FileSource(path):
            with SourceFile(path) as file:
                return file.size
        case TextSource(text):
            return sum(map(len, _encoded(text)))
        case CountSource(count):
            return count


class _Parts(Protocol):
    @property
    def position(self) -> int: ...

    def parts(self) -> Generator[Part]: ...


class _PastedParts:
    """Pasted text as if it were a file in UTF-8."""

    def __init__(self, source: TextSource) -> None:
        self._source = source
        self.position = 0

    def parts(self) -> Generator[Part]:
        yield Part(self._source.name, self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        for piece in _encoded(self._source.text):
            self.position += len(piece)
            yield piece


@contextmanager
def _opened(source: FileSource | TextSource) -> Generator[_Parts]:
    if isinstance(source, TextSource):
        yield _PastedParts(source)
        return
    with SourceFile(source.path) as file:
        yield file


def _fit(source: Source, dialect: Dialect) -> Dialect:
    """Pasted text is text already: whatever was chosen, it is encoded here, in UTF-8."""
    return replace(dialect, encoding=_PASTED) if isinstance(source, TextSource) else dialect


def _up_to(size: int, pieces: Iterator[bytes], *, is_needed: bool = True) -> bytes:
    """At least so many of the bytes; fewer where there are no more.

    Raises ``SourceError`` where there should be some, and they cannot be had.
    """
    data = bytearray()
    try:
        while len(data) < size and (piece := next(pieces, b"")):
            data += piece
    except BrokenOffError as error:
        if is_needed and not data:
            raise SourceError(str(error)) from error
    return bytes(data)


def _check_lines(head: bytes) -> None:
    """Raises ``SourceError`` where not even the first line ends within it."""
    if b"\n" not in head and b"\r" not in head:
        raise SourceError(
            f"The first line is longer than {LONGEST_ROW:,} characters, the most that is read. "
            "Choose a file that has its rows in lines."
        )


def _telling(pieces: Iterator[bytes]) -> bytes:
    """The first piece that tells the encoding, if one comes before long."""
    seen = 0
    while seen < _FARTHEST and (piece := _up_to(1, pieces, is_needed=False)):
        if not piece.isascii():
            return piece
        seen += len(piece)
    return b""


def _encoded(text: str) -> Iterator[bytes]:
    """In UTF-8, a little at a time. Half a character becomes bytes that are not UTF-8."""
    for start in range(0, len(text), _STEP):
        yield text[start : start + _STEP].encode(_PASTED, "surrogatepass")


def _counted(source: CountSource) -> Iterator[Chunk]:
    for start in range(1, source.count + 1, MOST_ROWS):
        end = min(start + MOST_ROWS, source.count + 1)
        rows: list[Row] = [(number, [str(number)]) for number in range(start, end)]
        yield Chunk(rows=rows, problems=[], read=end - 1)


_PASTED = "utf-8"
_FARTHEST = 16 * 1024 * 1024
_STEP = 64 * 1024
