"""A request body taken apart for the rules: its shape, its events, and what is known around it.

The shapes are told apart as leniently as is useful: a body that the service refuses still has
events here, so that the rules can say what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from functools import cached_property

from composer.core.destination import Destination
from composer.core.jsontext import JsonError, Object, Path, Value, parse
from composer.core.verdicts.texts import Mark, marks_in


class Shape(Enum):
    """What a body looks like."""

    SINGLE = auto()
    BATCH = auto()
    """An object with ``batch``."""
    ARRAY = auto()
    """A bare list of events."""
    OTHER = auto()
    """No JSON, or JSON that is neither object nor list."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event of a request. ``payload`` is the object as it stands; never changed."""

    payload: Object

    @cached_property
    def members(self) -> dict[str, Value]:
        """The top level, the last of repeated keys."""
        return dict(self.payload.members)

    @cached_property
    def properties(self) -> dict[str, Value]:
        """What stands in ``properties``; empty where that is no object."""
        found = self.members.get("properties")
        return dict(found.members) if isinstance(found, Object) else {}

    @cached_property
    def name(self) -> str:
        """The event's name; empty where it is no text."""
        found = self.members.get("event")
        return found if isinstance(found, str) else ""

    @cached_property
    def person_path(self) -> Path:
        """Where the person's ID is read from (capture-server.md, 2.5)."""
        for key in ("distinct_id", "$distinct_id"):
            if self.members.get(key) is not None:
                return (key,)
        return (
            ("properties", "distinct_id") if "distinct_id" in self.properties else ("distinct_id",)
        )

    @cached_property
    def person(self) -> Value:
        """The person's ID as it is read; ``None`` where there is none."""
        path = self.person_path
        return self.members.get(str(path[0])) if len(path) == 1 else self.properties["distinct_id"]

    @cached_property
    def marks(self) -> frozenset[Mark]:
        """Which odd characters its texts have anywhere; looked up once for all rules."""
        return marks_in(self.payload)


@dataclass(frozen=True, kw_only=True)
class Request:
    """A body. ``value`` is ``None`` where ``fault`` says why it is no JSON.

    ``text`` is ``None`` for bytes that are not UTF-8; ``size`` is in bytes. The event at place
    ``i`` of ``events`` stands at ``event_path(i)``; what is no object in a list is no event.
    """

    text: str | None
    size: int
    value: Value = None
    fault: JsonError | None = None
    shape: Shape = Shape.OTHER
    events: tuple[Event, ...] = ()
    places: tuple[int, ...] = ()
    """Where in the list of the body each event stands."""
    raw: bytes = field(default=b"", repr=False)
    """The bytes, where they are not UTF-8."""

    @property
    def top(self) -> Object:
        """The body if it is an object, else an empty one."""
        return self.value if isinstance(self.value, Object) else Object()

    def event_path(self, index: int) -> Path:
        """Where the event of that index stands in the body."""
        match self.shape:
            case Shape.BATCH:
                return ("batch", self.places[index])
            case Shape.ARRAY:
                return (self.places[index],)
            case _:
                return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An event that history has: what must be the same for a repeat to be one."""

    event: str
    distinct_id: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What history knows of earlier sends to the same project.

    ``people`` are distinct IDs by their small-letter form; ``sent`` is by uuid; ``groups`` are the
    pairs of type and key that a ``$groupidentify`` named; ``joined`` maps an ID that was folded in
    to the ID it was folded into; ``kinds`` maps a property's name to the kind it was first sent as.
    """

    people: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    sent: Mapping[str, Sent] = field(default_factory=dict[str, Sent])
    group_types: frozenset[str] = frozenset()
    groups: frozenset[tuple[str, str]] = frozenset()
    joined: Mapping[str, str] = field(default_factory=dict[str, str])
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What is known beside the body.

    ``path`` is that of the request, without a slash at its end; ``now`` has a zone;
    ``destination`` is ``None`` where it is not known (a file that is only checked); ``shape`` and
    ``sent_at`` are those of the body, for rules about a single event. A generated uuid, for a
    mend, is made from ``randomness`` (at least 74 bits).
    """

    now: datetime
    path: str = "/i/v0/e"
    query: str = ""
    destination: Destination | None = None
    shape: Shape = Shape.SINGLE
    historical: bool = False
    sent_at: datetime | None = None
    memory: Memory = field(default_factory=Memory)
    randomness: int = 0


def read_request(body: bytes) -> Request:
    """Take a body apart; anything at all is taken."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return Request(text=None, size=len(body), raw=body)
    try:
        value = parse(text)
    except JsonError as fault:
        return Request(text=text, size=len(body), fault=fault)
    return request_of(value, text=text, size=len(body))


def request_of(value: Value, *, text: str | None, size: int) -> Request:
    """A value that has been read already."""
    if isinstance(value, tuple):
        return _listed(value, Shape.ARRAY, value, text, size)
    if not isinstance(value, Object):
        return Request(text=text, size=size, value=value)
    items = value.get("batch")
    if isinstance(items, tuple):
        return _listed(items, Shape.BATCH, value, text, size)
    shape = Shape.BATCH if "batch" in value and "event" not in value else Shape.SINGLE
    events = (Event(payload=value),) if shape is Shape.SINGLE else ()
    return Request(text=text, size=size, value=value, shape=shape, events=events, places=(0,))


def _listed(
    items: tuple[Value, ...], shape: Shape, value: Value, text: str | None, size: int
) -> Request:
    places = tuple(place for place, item in enumerate(items) if isinstance(item, Object))
    events = tuple(Event(payload=item) for item in items if isinstance(item, Object))
    return Request(text=text, size=size, value=value, shape=shape, events=events, places=places)
