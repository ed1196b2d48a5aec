"""What gives the values of a row: its cells, as their rules want them, and constants.

Several may give the same value, a column that is empty leaving it to the next; constants come last.
Knows rows and values; where in the event a value goes is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Protocol, TypeAlias

from composer.core.errors import ComposerError
from composer.core.jsontext import Object, Value, get_at
from composer.core.mapping.cells import Convert, Fault, converter, is_empty, text_of
from composer.core.mapping.mapping import CellKind, ColumnRule, Constant, WhenEmpty
from composer.core.mapping.moments import Reader, format_problem, reader
from composer.core.tabular import path_of
from composer.core.variables import Maker, Reference
from composer.core.variables.generated import made
from composer.core.variables.references import Part, parts_of_template
from composer.core.variables.rendering import Gap

Given: TypeAlias = "Value | Gap | Fault"
ZoneOf: TypeAlias = Callable[[str], tzinfo]
"""The zone of an IANA name. Raises ``LookupError`` or ``ValueError`` for a name without one."""


class MappingError(ComposerError):
    """No row at all can become an event so. The text says why, and what to do."""


@dataclass(slots=True)
class Line:
    """A row while it becomes events."""

    number: int
    cells: list[str] | Object
    maker: Maker
    now: datetime
    moment: datetime
    """The event's own time as far as it is known, for IDs that have it inside."""
    values: Mapping[str, Given] = field(default_factory=dict[str, Given])
    """Of the template's variables, by name, each of its kind."""
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """The same as a person would type them."""
    raw: dict[str, Given] = field(default_factory=dict[str, Given])
    """Of variables that columns are mapped to, by name, as it stands in their cells; also of those
    that only constants have. An answer for the template (``values`` are not known yet) and a name
    that the template does not have are looked up here."""


class Giver(Protocol):
    """Gives a value of a row, nothing (``Gap``), or why it cannot."""

    def __call__(self, line: Line, /) -> Given: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column stands in a row: the place in CSV, the keys in JSON."""

    place: int
    path: tuple[str, ...]

    def of(self, cells: list[str] | Object) -> Value:
        """What stands there; ``None`` where there is nothing."""
        if isinstance(cells, Object):
            return get_at(cells, self.path)
        return cells[self.place] if 0 <= self.place < len(cells) else None


def places_of(columns: Iterable[str]) -> dict[str, int]:
    """The place of each column in a row of CSV."""
    return {column: place for place, column in enumerate(columns)}


def cell_of(column: str, places: Mapping[str, int]) -> Cell:
    """The cell of a column. One that is in no header is empty in CSV; in JSON it may turn up."""
    return Cell(places.get(column, -1), path_of(column))


def reader_of(rule: ColumnRule, zone: str, zones: ZoneOf) -> Reader:
    """What reads the times in a column. Raises ``MappingError``."""
    name = rule.zone or zone
    if problem := format_problem(rule.time_format):
        raise MappingError(f"The time format of “{rule.column}” cannot be used. {problem}")
    try:
        return reader(rule.time_format, zones(name))
    except (LookupError, ValueError) as error:
        raise MappingError(
            f"“{name}” is no time zone that is known. Choose one such as Europe/Paris."
        ) from error


@dataclass(frozen=True, slots=True)
class FromCell:
    """Gives what stands in a column; a ``Giver``."""

    rule: ColumnRule
    cell: Cell
    as_text: Convert
    as_value: Convert

    @classmethod
    def of(cls, rule: ColumnRule, cell: Cell, read: Reader) -> FromCell:
        """A column whose cells become values of the rule's kind."""
        texts, values = (converter(rule.kind, read, typed=typed) for typed in (False, True))
        return cls(rule, cell, texts, values)

    def __call__(self, line: Line, /) -> Given:
        convert = self.as_value if isinstance(line.cells, Object) else self.as_text
        return self._given(self.cell.of(line.cells), convert)

    def of_text(self, cell: str) -> Given:
        """What a cell of CSV gives."""
        return self._given(cell, self.as_text)

    def _given(self, found: Value, convert: Convert) -> Given:
        if is_empty(found):
            return self._empty()
        given = convert(found)
        return Fault(f"{self.rule.column}: {given.words}") if isinstance(given, Fault) else given

    def _empty(self) -> Given:
        match self.rule.when_empty:
            case WhenEmpty.LEAVE_OUT:
                return Gap.LEFT_OUT
            case WhenEmpty.EMPTY_TEXT:
                return ""
            case WhenEmpty.NULL:
                return None
            case WhenEmpty.PROBLEM:
                return Fault(f"“{self.rule.column}” is empty. Fill it in.")


@dataclass(frozen=True, slots=True)
class FromConstant:
    """Gives the value of a constant; a ``Giver``."""

    parts: tuple[Part, ...]
    as_text: Convert
    as_value: Convert

    @classmethod
    def of(cls, constant: Constant, read: Reader) -> FromConstant:
        """A constant whose text becomes a value of its kind."""
        texts, values = (converter(constant.kind, read, typed=typed) for typed in (False, True))
        return cls(parts_of_template(constant.text), texts, values)

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same in every row."""
        return not any(isinstance(part, Reference) for part in self.parts)

    def fixed(self) -> Given:
        """What it gives where it is the same in every row."""
        text = "".join(part for part in self.parts if isinstance(part, str))
        return self.as_text(text) if text else Gap.LEFT_OUT

    def __call__(self, line: Line, /) -> Given:
        match self.parts:
            case (Reference() as only,):
                value = _referred(only, line)
                if isinstance(value, Gap | Fault):
                    return value
                is_raw = only.name in line.raw and only.name not in line.values
                is_text = is_raw and isinstance(line.cells, list)
                return (self.as_text if is_text else self.as_value)(value)
            case _:
                texts: list[str] = []
                for part in self.parts:
                    value = part if isinstance(part, str) else _referred(part, line)
                    if isinstance(value, Fault):
                        return value
                    texts.append("" if isinstance(value, Gap) else text_of(value))
                return self.as_text("".join(texts)) if any(texts) else Gap.LEFT_OUT


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Gives what the first of several gives that gives anything; a ``Giver``."""

    givers: tuple[FromCell | FromConstant, ...]

    def __call__(self, line: Line, /) -> Given:
        for giver in self.givers:
            given = giver(line)
            if not isinstance(given, Gap):
                return given
        return Gap.LEFT_OUT


def as_text(rule: ColumnRule) -> ColumnRule:
    """The rule of a column whose value can only be text: a name, an ID."""
    leaves_out = rule.when_empty is not WhenEmpty.PROBLEM
    when_empty = WhenEmpty.LEAVE_OUT if leaves_out else rule.when_empty
    return replace(rule, kind=CellKind.TEXT, when_empty=when_empty)


def _referred(reference: Reference, line: Line) -> Given:
    """What stands for a reference in a constant."""
    if reference.is_generated:
        values = made(reference, line.maker, line.moment)
        return values[0] if values else Fault(f"{reference.text} cannot be made. Correct it.")
    words = f"{reference.text} is not filled in. Map a column to the variable, or remove it."
    return line.values.get(reference.name, line.raw.get(reference.name, Fault(words)))
