"""The catalogue of event types, as data: one small table a family, put together here.

To add an event type, add its table and name it in ``ALL``.
"""

from collections.abc import Iterator

from composer.core.events.activity import ACTIVITY_EVENTS
from composer.core.events.common import EVENT_ID, EVENT_NAME, OPTIONS, PERSON, TIME
from composer.core.events.group import GROUP_EVENTS
from composer.core.events.person import PERSON_EVENTS
from composer.core.events.product import ANONYMOUS, CUSTOM, GROUP_EVENT, PRODUCT_EVENTS
from composer.core.events.survey import SURVEY_EVENTS
from composer.core.fields import EventType, Family, Field
from composer.core.jsontext import Object, get_at

ALL: tuple[EventType, ...] = (
    *PRODUCT_EVENTS,
    *PERSON_EVENTS,
    *GROUP_EVENTS,
    *ACTIVITY_EVENTS,
    *SURVEY_EVENTS,
)
"""Every event type, in the order of the list beside the form."""

_BY_ID = {event_type.id: event_type for event_type in ALL}
_BY_EVENT = {event_type.event: event_type for event_type in ALL if event_type.event}

_USELESS_OPTIONS = {
    "anonymous": {"$set", "$set_once"},
    "identify": {"$process_person_profile"},
    "set": {"$process_person_profile"},
    "alias": {"$process_person_profile"},
    "groupidentify": {"$process_person_profile", "$set", "$set_once"},
}
"""Options that PostHog removes from such an event, or for which it drops the whole event
(ingestion-rules.md, sections 1.3 and 1.4). Not offered; shown as a property if present."""


def by_id(type_id: str) -> EventType:
    """The event type of that id; custom for an id that is not (or no longer) known."""
    return _BY_ID.get(type_id, CUSTOM)


def by_family() -> tuple[tuple[Family, tuple[EventType, ...]], ...]:
    """The event types under their headings."""
    return tuple((family, tuple(t for t in ALL if t.family is family)) for family in Family)


def fields_of(event_type: EventType) -> tuple[Field, ...]:
    """Every field of the type's form, in its order; no two have the same path.

    A type's own field takes the place of the common one of the same path: for the person's ID
    where that stands, for the others among the type's own.
    """
    return tuple(_form(event_type))


def own_fields(event_type: EventType) -> tuple[Field, ...]:
    """What sets the type apart: its fields without name, person, time, event ID and options."""
    return tuple(own for own in event_type.fields if own.path != PERSON.path)


def fits(event_type: EventType, payload: Object) -> bool:
    """Whether the form of ``event_type`` can show a body with this event name."""
    name = payload.get("event")
    if event_type.event:
        return name == event_type.event
    return name not in _BY_EVENT


def detect(payload: Object) -> EventType:
    """The event type whose form suits a body best."""
    name = payload.get("event")
    if isinstance(name, str) and name in _BY_EVENT:
        return _BY_EVENT[name]
    if get_at(payload, ("properties", "$process_person_profile")) is False:
        return ANONYMOUS
    if isinstance(get_at(payload, ("properties", "$groups")), Object):
        return GROUP_EVENT
    return CUSTOM


def _form(event_type: EventType) -> Iterator[Field]:
    own = {known.path: known for known in event_type.fields}
    useless = _USELESS_OPTIONS.get(event_type.id, frozenset[str]())
    if not event_type.event:
        yield EVENT_NAME
    yield own.get(PERSON.path, PERSON)
    yield from own_fields(event_type)
    for known in (TIME, EVENT_ID, *OPTIONS):
        if known.path not in own and known.key not in useless:
            yield known
