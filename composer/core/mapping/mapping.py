"""What a mapping is: where each column of a source goes in the events that are made of its rows.

Values only. Knows no rows, no files and no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """Where the value of a column, or a constant, goes."""

    EVENT = "event"
    """The event's name."""
    PERSON = "person"
    """The person's ID. Of several columns the first that is not empty counts."""
    TIME = "time"
    """When it happened."""
    ID = "id"
    """What makes the event the same one in a second import: its UUID, or one made of the value."""
    PROPERTY = "property"
    """A property of the event, ``name``."""
    PROPERTIES = "properties"
    """A JSON object: each of its members is a property."""
    SET = "set"
    """A property of the person, ``name``."""
    SET_ALL = "set all"
    """A JSON object: each of its members is a property of the person."""
    SET_ONCE = "set once"
    """A property of the person, ``name``, unless it has one already."""
    SET_ONCE_ALL = "set once all"
    """A JSON object: each of its members is such a property."""
    GROUP = "group"
    """The key of the group whose type is ``name``."""
    VARIABLE = "variable"
    """The answer for the variable ``name`` of the template."""
    IGNORE = "ignore"

    @property
    def is_named(self) -> bool:
        """Whether it needs a name."""
        return self in _NAMED

    @property
    def is_whole(self) -> bool:
        """Whether it takes a JSON object and puts in each of its members."""
        return self in _WHOLE


_NAMED = frozenset({Target.PROPERTY, Target.SET, Target.SET_ONCE, Target.GROUP, Target.VARIABLE})
_WHOLE = frozenset({Target.PROPERTIES, Target.SET_ALL, Target.SET_ONCE_ALL})


class CellKind(StrEnum):
    """How the text of a cell becomes a value."""

    AUTO = "auto"
    """A number where the text is one in JSON that loses nothing (``1.00``, but not ``007``, ``1e5``
    or twenty digits), ``true`` and ``false`` in small or capital letters; else text."""
    TEXT = "text"
    NUMBER = "number"
    """As in JSON: ``9.90``."""
    NUMBER_COMMA = "number with comma"
    """As in most of Europe: ``1.234,50`` is ``1234.50``."""
    YES_NO = "yes/no"
    DATE = "date"
    VALUE = "value"
    """Any JSON."""
    LIST = "list"
    """Texts with commas between."""


class WhenEmpty(StrEnum):
    """What an empty cell becomes."""

    LEAVE_OUT = "leave out"
    EMPTY_TEXT = "empty text"
    NULL = "null"
    PROBLEM = "problem"
    """The row is not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRule:
    """Where a column goes. Columns without a rule are ignored."""

    column: str
    target: Target
    name: str = ""
    """Of the property, group type or variable (``Target.is_named``)."""
    kind: CellKind = CellKind.AUTO
    time_format: str = ""
    """Of times and dates: ``iso``, ``unix s``, ``unix ms`` or a pattern such as ``%d/%m/%Y %H:%M``
    (``moments.DIRECTIVES``); empty: ISO 8601 or Unix time, whichever a cell has."""
    zone: str = ""
    """Of times without one (``Europe/Paris``); empty: the zone of the mapping."""
    when_empty: WhenEmpty = WhenEmpty.LEAVE_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The same in every event but for generated parts: ``{{int 1 10}}``, ``{{now}}``."""

    target: Target
    name: str = ""
    text: str
    kind: CellKind = CellKind.AUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How rows become events. ``name`` is empty for one that is not kept."""

    name: str = ""
    rules: tuple[ColumnRule, ...] = ()
    constants: tuple[Constant, ...] = ()
    """Where a rule has the same target, they count for rows whose cell is empty."""
    event_names: tuple[tuple[str, str], ...] = ()
    """Names of the source and what they are called in PostHog: ``$mp_web_page_view``,
    ``$pageview``."""
    template_id: str = ""
    """Of the template whose events the rows are filled into; empty: plain events."""
    zone: str = "UTC"
    """Of times without one, as IANA names it."""
    historical_migration: bool = False
