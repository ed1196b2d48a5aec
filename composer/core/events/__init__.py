"""The catalogue of event types, as data: one small table a family, put together here.

To add an event type, add its table and name it in ``ALL``.
"""

from collections.abc import Iterator

from composer.core.events.activity import ACTIVITY_EVENTS
from composer.core.events.ai import AI_EVENTS
from composer.core.events.batch import BATCHES
from composer.core.events.common import EVENT_ID, EVENT_NAME, OPTIONS, PERSON, TIME
from composer.core.events.errors import ERROR_EVENTS
from composer.core.events.flags import FLAG_EVENTS
from composer.core.events.group import GROUP_EVENTS
from composer.core.events.legacy import LEGACY_EVENTS
from composer.core.events.person import PERSON_EVENTS
from composer.core.events.product import CUSTOM, PRODUCT_EVENTS
from composer.core.events.survey import SURVEY_EVENTS
from composer.core.fields import EventType, Family, Field, Priority
from composer.core.jsontext import Object

ALL: tuple[EventType, ...] = (
    *PRODUCT_EVENTS,
    *PERSON_EVENTS,
    *GROUP_EVENTS,
    *ACTIVITY_EVENTS,
    *SURVEY_EVENTS,
    *FLAG_EVENTS,
    *ERROR_EVENTS,
    *AI_EVENTS,
    *BATCHES,
    *LEGACY_EVENTS,
)
"""Every event type, in the order of the catalogue."""


def _by_event() -> dict[str, tuple[EventType, ...]]:
    found: dict[str, tuple[EventType, ...]] = {}
    for event_type in ALL:
        for name in _names(event_type):
            found[name] = (*found.get(name, ()), event_type)
    return found


def _names(event_type: EventType) -> tuple[str, ...]:
    """The names that are a type's own; none where the person chooses it."""
    return event_type.names or tuple(filter(None, (event_type.event,)))


_BY_ID = {event_type.id: event_type for event_type in ALL}
_BY_EVENT = _by_event()
_FREE = tuple(t for t in ALL if not _names(t) and not t.is_batch)
_BATCHES = tuple(t for t in ALL if t.is_batch)

_USELESS_OPTIONS = {
    "anonymous": {"$set", "$set_once", "$unset"},
    "identify": {"$process_person_profile"},
    "set": {"$process_person_profile"},
    "set_once": {"$process_person_profile"},
    "unset": {"$process_person_profile"},
    "alias": {"$process_person_profile"},
    "merge": {"$process_person_profile"},
    "groupidentify": {"$process_person_profile", "$set", "$set_once", "$unset"},
    **{
        event_type.id: {"$set", "$set_once", "$unset"} for event_type in (*ERROR_EVENTS, *AI_EVENTS)
    },
}
"""Options that PostHog removes from such an event, or for which it drops the whole event
(ingestion-rules.md, sections 1.3 and 1.4). Not offered; shown as a property if present."""


def by_id(type_id: str) -> EventType:
    """The event type of that id; custom for an id that is not (or no longer) known."""
    return _BY_ID.get(type_id, CUSTOM)


def by_family(*priorities: Priority) -> tuple[tuple[Family, tuple[EventType, ...]], ...]:
    """The event types of these priorities (of all, if none is given) under their headings."""
    wanted = [t for t in ALL if not priorities or t.priority in priorities]
    headings = ((family, tuple(t for t in wanted if t.family is family)) for family in Family)
    return tuple((family, types) for family, types in headings if types)


def fields_of(event_type: EventType) -> tuple[Field, ...]:
    """Every field of the type's form, in its order; no two have the same path.

    A type's own field takes the place of the common one of the same path: for the person's ID
    where that stands, for the others among the type's own.
    """
    return tuple(_form(event_type))


def own_fields(event_type: EventType) -> tuple[Field, ...]:
    """What sets the type apart: its fields without name, person, time, event ID and options."""
    head = (EVENT_NAME.path, event_type.person)
    return tuple(own for own in event_type.fields if own.path not in head)


def is_batch(payload: Object) -> bool:
    """Whether a body holds events and is none itself (capture-server.md, 2.1)."""
    return isinstance(payload.get("batch"), tuple) or (
        "batch" in payload and "event" not in payload
    )


def fits(event_type: EventType, payload: Object) -> bool:
    """Whether the form of ``event_type`` can show a body with this event name."""
    if event_type.is_batch or is_batch(payload):
        return event_type.is_batch and is_batch(payload)
    name = payload.get("event")
    names = _names(event_type)
    return name in names if names else name not in _BY_EVENT


def detect(payload: Object) -> EventType:
    """The event type whose form suits a body best: by its name, then by what stands in it."""
    name = payload.get("event")
    known = _BY_EVENT.get(name, ()) if isinstance(name, str) else ()
    known = _BATCHES if is_batch(payload) else known
    return max(known or _FREE, key=lambda event_type: _score(event_type, payload))


def shown_as(current: EventType, payload: Object) -> EventType:
    """The event type of a body that was typed while the form of ``current`` was open.

    The form stays if it can show the body, unless only another of the same name is meant.
    """
    if not fits(current, payload):
        return detect(payload)
    best = detect(payload)
    is_old = best.family is Family.LEGACY
    if _score(current, payload) or (current in _FREE and not is_old):
        return current
    return best if _score(best, payload) else current


def _score(event_type: EventType, payload: Object) -> int:
    """How much speaks for a type. Of equals the first in the catalogue is taken."""
    return sum(mark.is_in(payload) for mark in event_type.marks)


def _form(event_type: EventType) -> Iterator[Field]:
    if event_type.is_batch:
        yield from event_type.fields
        return
    own = {known.path: known for known in event_type.fields}
    useless = _USELESS_OPTIONS.get(event_type.id, frozenset[str]())
    if not event_type.event or EVENT_NAME.path in own:
        yield own.get(EVENT_NAME.path, EVENT_NAME)
    yield own.get(event_type.person, PERSON)
    yield from own_fields(event_type)
    for known in (TIME, EVENT_ID, *OPTIONS):
        if known.path not in own and known.key not in useless:
            yield known
