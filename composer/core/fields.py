"""The vocabulary of the catalogue: what a field of an event is, and what an event type is.

Describe once, render many: the form, defaults, placeholders, checks and tests are all made from
these values. The tables themselves stand in ``composer.core.events``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from composer.core.jsontext import Path, Value


class Kind(StrEnum):
    """What a field holds, hence how it is edited and checked."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes/no"
    URL = "URL"
    UUID = "UUID"
    TIME = "time"
    CHOICE = "choice"
    """Text, with ``choices`` offered; other text is allowed."""
    PROPERTIES = "properties"
    """An object of free, typed rows (``$set``)."""
    MAP = "map"
    """An object of text to text (``$groups``)."""
    ANSWERS = "answers"
    """Several members beside each other whose keys begin with ``key`` (survey answers). The
    example is an object whose keys are what follows ``key``."""
    RECORDS = "records"
    """A list of objects that all have the text members ``columns``."""


class Place(StrEnum):
    """Where a field stands in the request body of a single event."""

    TOP = "top"
    PROPERTIES = "properties"


class Action(StrEnum):
    """What the button inside a field does."""

    NEW_UUID = "new"
    NOW = "now"
    URL_PARTS = "fill from address"
    """Derive host, path and campaign tags from the URL and put them into their own fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of an event, as a person sees it (event-catalogue.md, "where | key | label …")."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    place: Place = Place.PROPERTIES
    help: str = ""
    example: Value = None
    """Shown as placeholder, and put in by "Fill in an example"."""
    default: Value = None
    """Stands in a new draft. ``None``: the member is absent."""
    required: bool = False
    advanced: bool = False
    """Shown under "more options" only."""
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    max_length: int | None = None
    """Characters. Beyond it PostHog cuts or refuses; the form says so and does not stop anyone."""
    action: Action | None = None

    @property
    def path(self) -> Path:
        """Where the value stands in the request body."""
        return (self.key,) if self.place is Place.TOP else (Place.PROPERTIES.value, self.key)

    def owns(self, path: Path) -> bool:
        """Whether the member at ``path`` of the request body is shown in this field."""
        if self.kind is not Kind.ANSWERS:
            return path == self.path
        return path[:-1] == self.path[:-1] and str(path[-1]).startswith(self.key)


class Family(StrEnum):
    """The headings under which event types are listed."""

    PRODUCT = "Something happened"
    PERSON = "About a person"
    GROUP = "About a group"
    ACTIVITY = "Website and app"
    SURVEY = "Surveys"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One form: an event as PostHog documents it (event-catalogue.md)."""

    id: str
    family: Family
    title: str
    event: str = ""
    """The name on the wire; empty where the person chooses it."""
    summary: str
    """What the event is for and what PostHog does with it, in one or two sentences."""
    docs: str
    """The page of PostHog's documentation."""
    pitfalls: tuple[str, ...] = ()
    fields: tuple[Field, ...]
    """The type's own fields, in the order of the form. Those that every event has (person, time,
    event ID, options) stand in ``composer.core.events.common``."""
