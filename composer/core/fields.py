"""The vocabulary of the catalogue: what a field of an event is, and what an event type is.

Describe once, render many: the form, defaults, placeholders, checks and tests are all made from
these values. The tables themselves stand in ``composer.core.events``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from composer.core.jsontext import Object, Path, Value, get_at, has_at
from composer.core.rows import RowKind


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
    FLAGS = "flags"
    """Several members beside each other whose keys begin with ``key`` (``$feature/…``): the key of
    a flag, then text or yes/no. The example as for answers."""
    RECORDS = "records"
    """A list of objects that all have the members ``columns``."""
    TEXTS = "texts"
    """A list of text (``$unset``)."""
    WORDS = "words"
    """A list of text in which no text has a space, edited as one line."""
    VALUE = "value"
    """One value whose type the person chooses among ``kinds``."""
    ITEMS = "items"
    """A list of objects, which may hold lists of objects themselves, described by ``shape``."""
    EVENTS = "events"
    """The events of a batch: each one as a row."""


_SPREAD = frozenset({Kind.ANSWERS, Kind.FLAGS})


class Place(StrEnum):
    """Where a field stands in the request body of a single event."""

    TOP = "top"
    PROPERTIES = "properties"


class Action(StrEnum):
    """What the button inside a field does."""

    NEW_UUID = "new"
    NOW = "now"
    NEW_SESSION = "new session"
    """A session ID: a version 7 UUID whose time is the draft's timestamp, as for the event ID."""
    URL_PARTS = "fill from address"
    """Derive host, path and campaign tags from the URL and put them into their own fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One member of the objects in a list of records: text."""

    key: str
    required: bool = False
    """Whether it stands in every new object."""


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
    columns: tuple[Column, ...] = ()
    kinds: tuple[RowKind, ...] = ()
    """The types to choose from, of a ``VALUE``."""
    shape: Shape | None = None
    """What the objects of ``ITEMS`` are made of."""
    max_length: int | None = None
    """Characters. Beyond it PostHog cuts or refuses; the form says so and does not stop anyone."""
    action: Action | None = None
    ignored: str = ""
    """What PostHog makes of the field today, where that is nothing (old shapes)."""

    @property
    def path(self) -> Path:
        """Where the value stands in the request body."""
        return (self.key,) if self.place is Place.TOP else (Place.PROPERTIES.value, self.key)

    @property
    def is_spread(self) -> bool:
        """Whether it stands for several members, whose keys begin with ``key``."""
        return self.kind in _SPREAD

    def owns(self, path: Path) -> bool:
        """Whether the member at ``path`` of the request body is shown in this field."""
        if not self.is_spread:
            return path == self.path
        return path[:-1] == self.path[:-1] and str(path[-1]).startswith(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One member of the objects in a list of ``ITEMS``; ``field`` says what it holds."""

    path: tuple[str, ...]
    """Where it stands inside the object."""
    field: Field
    """With ``required``: empty text stays. With a ``default``: a new object has it."""
    is_wide: bool = False
    """Needs a line of its own."""
    variant: str = ""
    """Offered in objects of this variant only; shown wherever it stands."""
    repeats: bool = False
    """A new object takes it over from the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the objects of a list are made of, and how they are shown."""

    noun: str
    """``stack frame``: what one object is, in a sentence and on buttons."""
    parts: tuple[Part, ...]
    title: tuple[tuple[str, ...], ...] = ()
    """The members that tell a folded object from the others."""
    opens: int = 0
    """In a list of at most so many, the objects are unfolded."""
    is_flat: bool = False
    """The objects do not fold: the first part stands in their head, the others below it."""
    variant: str = ""
    """The member beside the list whose text says of which variant the objects are."""
    kin: tuple[tuple[str, Value], ...] = ()
    """Members beside the list that come with its first object and go with its last."""


class Family(StrEnum):
    """The headings under which event types are listed."""

    PRODUCT = "Something happened"
    PERSON = "About a person"
    GROUP = "About a group"
    ACTIVITY = "Website and app"
    SURVEY = "Surveys"
    FLAG = "Feature flags"
    ERROR = "Errors"
    AI = "AI"
    MANY = "Many events at once"
    LEGACY = "Old shapes"


class Priority(StrEnum):
    """How often a type is needed, hence where it is offered (event-catalogue.md, 0.4)."""

    CORE = "core"
    COMMON = "common"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something in a body that speaks for an event type: a member, perhaps of one shape or value.

    A name of several types goes to the one with the most marks in the body.
    """

    path: Path
    shape: type[Value] | None = None
    """``Object``, ``tuple``, ``str``, ``bool``; ``None``: any value speaks."""
    value: Value = None
    """Only this value speaks; ``None``: any."""
    unless: Path = ()
    """It does not speak where something stands there."""

    def is_in(self, payload: Object) -> bool:
        """Whether the body has it."""
        if not has_at(payload, self.path) or (self.unless and has_at(payload, self.unless)):
            return False
        found = get_at(payload, self.path)
        if self.value is not None and (found != self.value or type(found) is not type(self.value)):
            return False
        return self.shape is None or isinstance(found, self.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A member that the form writes by itself: its key ends in one value, it holds another.

    ``$feature/<flag key>`` follows ``$feature_flag`` and ``$feature_flag_response``.
    """

    parent: Path
    """The object it stands in."""
    prefix: str
    name: Path
    """Where the end of its key stands."""
    value: Path
    """Where its value stands."""
    is_needed: bool = False
    """Whether it is also written where a person has left it out."""

    def writes(self, field: Field) -> bool:
        """Whether the member is shown in ``field``."""
        return field.path == self.parent or (field.is_spread and field.key == self.prefix)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One form: an event as PostHog documents it (event-catalogue.md)."""

    id: str
    family: Family
    title: str
    event: str = ""
    """The name on the wire; empty where the person chooses it."""
    names: tuple[str, ...] = ()
    """All names that the form is for, where there are more than ``event``."""
    marks: tuple[Mark, ...] = ()
    """What tells it from other types of the same name (or, without one, from a custom event)."""
    priority: Priority = Priority.CORE
    summary: str
    """What the event is for and what PostHog does with it, in one or two sentences."""
    docs: str
    """The page of PostHog's documentation."""
    pitfalls: tuple[str, ...] = ()
    fields: tuple[Field, ...]
    """The type's own fields, in the order of the form. Those that every event has (person, time,
    event ID, options) stand in ``composer.core.events.common``."""
    follows: tuple[Follow, ...] = ()
    person: Path = ("distinct_id",)
    """Where the person's ID stands in a new body."""
    is_batch: bool = False
    """Whether the body holds events and is none itself: it has only the type's own fields."""
