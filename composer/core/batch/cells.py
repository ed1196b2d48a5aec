"""What stands in a cell of the table of events, as text to edit, and the event with another text.

A column is named as ``TableQuery.sort`` names it: ``event``, ``person``, ``time`` or
``property:NAME``. A value stays of the kind that it was: text that looks like a number stays text.
It knows nothing of widgets, and does not judge whether PostHog takes the event.
"""

from __future__ import annotations

from composer.core import times
from composer.core.batch import facts
from composer.core.batch.table import PROPERTY
from composer.core.errors import ComposerError
from composer.core.jsontext import (
    Layout,
    Object,
    Path,
    Value,
    encode,
    get_at,
    has_at,
    remove_at,
    set_at,
)
from composer.core.rows import RowFault, RowKind, kind_of, text_of, value_from

EVENT = "event"
PERSON = "person"
TIME = "time"


class CellError(ComposerError):
    """Why the event cannot have that text there, with the next step."""


def property_column(name: str) -> str:
    """The name of the column of a property."""
    return PROPERTY + name


def property_of(column: str) -> str | None:
    """The property that a column shows; ``None`` for any other column."""
    return column.removeprefix(PROPERTY) if column.startswith(PROPERTY) else None


def can_be_edited(column: str) -> bool:
    """Whether there is something in that column that a person can write."""
    return column in {EVENT, PERSON, TIME} or property_of(column) is not None


def event_in(body: str) -> Object:
    """The event in the text of one. Raises ``CellError`` if it is none."""
    try:
        return facts.event_in(body)
    except ValueError:
        raise CellError(
            "This is no event that can be edited here. Remove it and add it again."
        ) from None


def cell_text(event: Object, column: str) -> str:
    """What stands there, in full; empty where there is nothing."""
    path = _path(event, column)
    return text_of(get_at(event, path)) if has_at(event, path) else ""


def with_cell(event: Object, column: str, text: str) -> Object:
    """The event with ``text`` in that column; no text takes the value out of it.

    Raises ``CellError`` where the text spells no value of the kind that stands there.
    """
    path = _path(event, column)
    if text == cell_text(event, column):
        return event
    if len(path) > 1 and not isinstance(event.get("properties", Object()), Object):
        raise CellError("The properties of this event are no object. Open it in Compose.")
    if not text and column != EVENT:
        return remove_at(event, path)
    value = _typed(get_at(event, path), has_at(event, path), column, text)
    return set_at(event, path, value, before=_BEFORE.get(column, ()))


def changed_body(body: str, column: str, text: str) -> str:
    """The same for the text of an event. Raises ``CellError``."""
    event = event_in(body)
    changed = with_cell(event, column, text)
    return body if changed is event else encode(changed, Layout.COMPACT)


def _path(event: Object, column: str) -> Path:
    if column == EVENT:
        return ("event",)
    if column == TIME:
        return ("timestamp",)
    if column == PERSON:
        return next((path for path in _PEOPLE if get_at(event, path) is not None), _PEOPLE[0])
    name = property_of(column)
    if name is None:
        raise ValueError(f"there is no column {column!r} to edit")
    return ("properties", name)


def _typed(old: Value, is_there: bool, column: str, text: str) -> Value:  # noqa: FBT001 -- private
    if column == TIME:
        return _moment(text)
    kind = kind_of(old) if is_there else RowKind.TEXT
    if kind in {RowKind.TEXT, RowKind.DATE, RowKind.NULL}:
        return text
    value = value_from(kind, text)
    if not isinstance(value, RowFault):
        return value
    if column in {EVENT, PERSON}:  # a name that was a number by mistake may become a text
        return text
    raise CellError(f"{value.message} To change what kind of value it is, open it in Compose.")


def _moment(text: str) -> Value:
    if times.read(text) is None:
        raise CellError("Write date and time like 2026-11-21T09:30:00Z.")
    return text.strip()


_PEOPLE: tuple[Path, ...] = (("distinct_id",), ("$distinct_id",), ("properties", "distinct_id"))
"""Where the service looks for it, in its order (capture-server.md, 2.3 and 2.5)."""

_BEFORE = {
    EVENT: ("distinct_id", "uuid", "timestamp", "properties"),
    PERSON: ("uuid", "timestamp", "properties"),
    TIME: ("properties",),
}
"""The members that a newly added one stands before."""
