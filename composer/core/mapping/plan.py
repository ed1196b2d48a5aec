"""A mapping made ready for rows: who gives the parts of an event, and where each part goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from composer.core.mapping.cells import converter
from composer.core.mapping.giving import (
    Cell,
    FirstOf,
    FromCell,
    FromConstant,
    ZoneOf,
    as_text,
    cell_of,
    places_of,
    reader_of,
)
from composer.core.mapping.mapping import CellKind, ColumnRule, Constant, Mapping, Target
from composer.core.mapping.moments import Reader, reader
from composer.core.tabular import path_of

NESTED = {
    Target.PROPERTY: ("properties",),
    Target.SET: ("properties", "$set"),
    Target.SET_ONCE: ("properties", "$set_once"),
    Target.GROUP: ("properties", "$groups"),
}
"""Where the named targets stand in an event, in the order in which they are put there."""
_WHOLE = {
    Target.PROPERTIES: ("properties",),
    Target.SET_ALL: ("properties", "$set"),
    Target.SET_ONCE_ALL: ("properties", "$set_once"),
}
_BY_NAME = {"$set": Target.SET_ALL, "$set_once": Target.SET_ONCE_ALL}
"""Properties that are such an object themselves."""


@dataclass(frozen=True, slots=True)
class TimeGiver:
    """A column or a constant with the time of the event."""

    giver: FromCell | FromConstant
    read: Reader
    is_utc: bool = False
    """Whether that is the zone of times without one."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An object whose members go to ``path``, but for those that have a rule of their own."""

    path: tuple[str, ...]
    giver: FromCell | FromConstant
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of the event."""

    path: tuple[str, ...]
    giver: FirstOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that is put into an event, and who gives it."""

    name: FirstOf
    names: dict[str, str]
    """What events of the source are called in PostHog."""
    person: FirstOf
    times: tuple[TimeGiver, ...]
    id: FirstOf
    wholes: tuple[Whole, ...]
    """In the order in which they are put in, before the entries: outer ones first."""
    entries: tuple[Entry, ...]
    variables: dict[str, FirstOf]


def plan_of(mapping: Mapping, columns: Sequence[str], zones: ZoneOf) -> Plan:
    """The plan. Raises ``MappingError``."""
    return _Planner(mapping, columns, zones).plan()


class _Planner:
    def __init__(self, mapping: Mapping, columns: Sequence[str], zones: ZoneOf) -> None:
        self._mapping = mapping
        self._zones = zones
        rules = [rule for rule in mapping.rules if rule.target is not Target.IGNORE]
        places = places_of(columns)
        self._rules = [(rule, cell_of(rule.column, places)) for rule in rules]
        self._paths = [path_of(rule.column) for rule in mapping.rules]
        self._in_zone = reader_of(ColumnRule(column="", target=Target.TIME), mapping.zone, zones)

    def plan(self) -> Plan:
        return Plan(
            name=self._first(Target.EVENT),
            names=dict(self._mapping.event_names),
            person=self._first(Target.PERSON),
            times=tuple(self._times()),
            id=self._first(Target.ID),
            wholes=tuple(sorted(self._wholes(), key=lambda whole: len(whole.path))),
            entries=tuple(self._entries()),
            variables=self._variables(),
        )

    def _first(self, target: Target) -> FirstOf:
        """Text, from whichever gives some."""
        cells = [
            self._from_cell(as_text(rule), cell)
            for rule, cell in self._rules
            if rule.target is target
        ]
        constants = [
            FromConstant.of(_as_text(constant), _ANY)
            for constant in self._mapping.constants
            if constant.target is target
        ]
        return FirstOf((*cells, *constants))

    def _times(self) -> Iterable[TimeGiver]:
        for rule, cell in self._rules:
            if rule.target is Target.TIME:
                read = reader_of(rule, self._mapping.zone, self._zones)
                is_utc = (rule.zone or self._mapping.zone) == "UTC"
                yield TimeGiver(self._from_cell(as_text(rule), cell), read, is_utc)
        for constant in self._mapping.constants:
            if constant.target is Target.TIME:
                yield TimeGiver(FromConstant.of(_as_text(constant), _ANY), self._in_zone)

    def _wholes(self) -> Iterable[Whole]:
        for constant in self._mapping.constants:
            if path := _path_of_whole(constant):
                yield Whole(path, FromConstant.of(_as_text(constant), _ANY))
        for rule, cell in self._rules:
            if path := _path_of_whole(rule):
                own = frozenset(
                    other[-1]
                    for other in self._paths
                    if len(other) == len(cell.path) + 1 and other[:-1] == cell.path
                )
                yield Whole(path, FromCell(rule, cell, _same, _same), own)

    def _entries(self) -> Iterable[Entry]:
        found: dict[tuple[str, ...], list[FromCell | FromConstant]] = {}
        for target, path in NESTED.items():
            for rule, cell in self._rules:
                if rule.target is target and not _path_of_whole(rule):
                    own = as_text(rule) if target is Target.GROUP else rule
                    found.setdefault((*path, rule.name), []).append(self._from_cell(own, cell))
            for constant in self._mapping.constants:
                if constant.target is target and not _path_of_whole(constant):
                    own = _as_text(constant) if target is Target.GROUP else constant
                    giver = FromConstant.of(own, self._in_zone)
                    found.setdefault((*path, constant.name), []).append(giver)
        return (Entry(path, FirstOf(tuple(givers))) for path, givers in found.items())

    def _variables(self) -> dict[str, FirstOf]:
        found: dict[str, list[FromCell | FromConstant]] = {}
        for rule, cell in self._rules:
            if rule.target is Target.VARIABLE:
                is_raw = rule.kind is CellKind.AUTO
                giver = (
                    FromCell(rule, cell, _same, _same) if is_raw else self._from_cell(rule, cell)
                )
                found.setdefault(rule.name, []).append(giver)
        for constant in self._mapping.constants:
            if constant.target is Target.VARIABLE:
                giver = FromConstant.of(_as_text(constant), _ANY)
                found.setdefault(constant.name, []).append(giver)
        return {name: FirstOf(tuple(givers)) for name, givers in found.items()}

    def _from_cell(self, rule: ColumnRule, cell: Cell) -> FromCell:
        return FromCell.of(rule, cell, reader_of(rule, self._mapping.zone, self._zones))


_ANY = reader("", UTC)
_same = converter(CellKind.AUTO, _ANY, typed=True)


def _as_text(constant: Constant) -> Constant:
    return Constant(
        target=constant.target, name=constant.name, text=constant.text, kind=CellKind.TEXT
    )


def _path_of_whole(one: ColumnRule | Constant) -> tuple[str, ...] | None:
    if one.target is Target.PROPERTY:
        if one.name == "$groups":
            return NESTED[Target.GROUP]
        return _WHOLE.get(_BY_NAME.get(one.name, Target.IGNORE))
    return _WHOLE.get(one.target)
