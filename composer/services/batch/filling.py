"""A source whose rows are understood, and the events they become, block by block.

For a run without a table between; no more than a block is in memory. Everything here blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from composer.core.jsontext import Number, Object
from composer.core.mapping import (
    COUNTER,
    Converter,
    Mapping,
    NewEvent,
    problems_in,
    suggest,
)
from composer.core.tabular import Guess, Row, RowProblem
from composer.core.templates import Template
from composer.core.variables import Maker
from composer.services.batch.sources import Source, chunks, look
from composer.services.batch.zones import zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a source is read, and what becomes of its rows.

    ``is_numbered``: each row gets its number as a last column ``row``, which the source lacks.
    ``problems`` are sentences; with any, no row becomes an event.
    """

    source: Source
    guess: Guess
    mapping: Mapping
    template: Template | None
    is_numbered: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What some rows have become. ``read``: see ``composer.core.tabular.Chunk``."""

    events: list[NewEvent]
    problems: list[RowProblem]
    read: int


def understand(
    source: Source, template: Template | None, mapping: Mapping | None, *, zone_name: str = ""
) -> Understood:
    """Look at the source; without ``mapping`` one is suggested. Raises ``SourceError``.

    ``zone_name`` goes before the zone of the mapping.
    """
    guess = look(source)
    is_numbered = _wants_numbers(template, mapping) and COUNTER not in guess.columns
    if is_numbered:
        guess = replace(
            guess,
            columns=(*guess.columns, COUNTER),
            rows=tuple(map(_numbered, guess.rows)),
        )
    mapping = mapping or suggest(guess, template)
    mapping = replace(mapping, zone=zone_name or mapping.zone)
    return Understood(
        source=source,
        guess=guess,
        mapping=mapping,
        template=template,
        is_numbered=is_numbered,
        problems=problems_in(mapping, guess.columns, template, zone=zone),
    )


def blocks(rows: Understood, maker: Maker) -> Iterator[Block]:
    """The events of the source. Raises ``SourceError`` and ``MappingError``."""
    dialect = rows.guess.dialect
    converter = Converter(
        rows.mapping,
        rows.guess.columns,
        rows.template,
        zone=zone,
        maker=maker,
        delimiter=dialect.delimiter,
    )
    for chunk in chunks(rows.source, dialect):
        read = list(map(_numbered, chunk.rows)) if rows.is_numbered else chunk.rows
        converted = converter.convert(read)
        problems = converted.problems + chunk.problems
        problems.sort(key=_number)
        yield Block(converted.events, problems, chunk.read)


def _wants_numbers(template: Template | None, mapping: Mapping | None) -> bool:
    asked = {variable.name for variable in template.prompts} if template else set[str]()
    columns = {rule.column for rule in mapping.rules} if mapping else set[str]()
    return COUNTER in asked | columns


def _numbered(row: Row) -> Row:
    number, cells = row
    if isinstance(cells, Object):
        return number, cells.with_member(COUNTER, Number(str(number)))
    return number, [*cells, str(number)]


def _number(problem: RowProblem) -> int:
    return problem.number
