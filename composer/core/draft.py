"""What is being composed: an event type and the request body, as one immutable value.

The body is the whole truth: the form shows it field by field, the JSON editor shows it as text,
and each edit of either gives a new ``Draft``. Undo is therefore a list of drafts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from composer.core.events import by_id, fields_of, shown_as
from composer.core.fields import EventType, Field
from composer.core.follow import followed
from composer.core.jsontext import (
    JsonError,
    Layout,
    Number,
    Object,
    Path,
    Value,
    encode,
    get_at,
    has_at,
    parse,
    remove_at,
    set_at,
)
from composer.core.tokens import ALIASES

TOP_ORDER = ("api_key", "event", "distinct_id", "uuid", "timestamp", "properties")
"""The order of a new body's members; what a person arranges by hand stays as arranged."""

BATCH_ORDER = ("api_key", "historical_migration", "sent_at", "batch")
"""The same for a batch."""

TOP_PERSON: Path = ("distinct_id",)
"""Where the person's ID stands, but in some old shapes."""

STAMPS = frozenset({"uuid", "timestamp"})
"""Members that the app fills in for each new event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event in the making.

    ``source`` is the text of the JSON editor while it is not just the encoded ``payload``: text
    with a person's own spacing, or text that does not parse (then ``payload`` is the last good
    one). ``generated`` names the members whose value came from the app and may be renewed.
    """

    type_id: str
    payload: Object
    generated: frozenset[str] = frozenset()
    source: str | None = None
    fault: JsonError | None = field(default=None, compare=False)
    """Why ``source`` is not an event; ``None`` if it is one."""

    @property
    def event_type(self) -> EventType:
        """The form that this draft is shown in."""
        return by_id(self.type_id)

    def text(self, layout: Layout) -> str:
        """What the JSON editor shows and, encoded as UTF-8, what is sent."""
        return encode(self.payload, layout) if self.source is None else self.source

    def value(self, path: Path) -> Value:
        """The value at ``path``; ``None`` also where there is none (see ``has``)."""
        return get_at(self.payload, path)

    def has(self, path: Path) -> bool:
        """Whether something stands at ``path``."""
        return has_at(self.payload, path)

    def with_value(self, path: Path, value: Value) -> Draft:
        """Set the value at ``path``; the text is written anew in the chosen layout."""
        before = _after(str(path[0])) if len(path) == 1 else ()
        return self._followed(set_at(self.payload, path, value, before=before))

    def without(self, path: Path) -> Draft:
        """Remove the member at ``path``."""
        return self._followed(remove_at(self.payload, path))

    def with_payload(self, payload: Object) -> Draft:
        """Take over a whole body as if each of its values had been set in the form."""
        return self._followed(payload)

    def with_text(self, text: str) -> Draft:
        """Take over what was typed into the JSON editor, be it good or not (see ``fault``)."""
        try:
            payload = _read_event(text)
        except JsonError as fault:
            return replace(self, source=text, fault=fault)
        event_type = shown_as(self.event_type, payload)
        return replace(self._by_hand(payload), type_id=event_type.id, source=text)

    @property
    def token(self) -> str:
        """The project token; empty where there is none that is text."""
        value = self.payload.get(self._token_key)
        return value if isinstance(value, str) else ""

    @property
    def ids(self) -> Value:
        """The event ID; of a batch those of its events; ``None`` where there is none."""
        if not self.event_type.is_batch:
            return self.payload.get("uuid")
        ids = tuple(event.get("uuid") for event in self.events if "uuid" in event)
        return ids or None

    @property
    def events(self) -> tuple[Object, ...]:
        """The events of a batch; none for anything else."""
        entries = self.payload.get("batch") if self.event_type.is_batch else None
        return (
            tuple(e for e in entries if isinstance(e, Object)) if isinstance(entries, tuple) else ()
        )

    def with_token(self, token: str) -> Draft:
        """Put another project token in; text in the JSON editor keeps its spacing."""
        return self._renewed({self._token_key: token})

    def laid_out(self) -> Draft:
        """The draft without a person's own spacing; text that does not parse stays."""
        return self if self.fault else replace(self, source=None)

    def stamped(self, *, uuid: str, timestamp: str) -> Draft:
        """Renew those of ``uuid`` and ``timestamp`` that were made by the app."""
        stamps = {"uuid": uuid, "timestamp": timestamp}
        present = (key for key in stamps if key in self.generated and key in self.payload)
        return self._renewed({key: stamps[key] for key in present})

    def as_type(self, event_type: EventType) -> Draft:
        """The same person and time in the form of another event type.

        Left behind is what only the old type's form knows, or what stands there by its default;
        and, where the event gets another name, the properties of the old event. An event goes into
        a batch as it is; out of a batch only the token is taken along.
        """
        if event_type.is_batch is not self.event_type.is_batch:
            if event_type.is_batch:
                return self._into_batch(event_type)
            return new_draft(event_type, token=self.token, uuid="", timestamp="")
        payload = _person_moved(self.payload, self.event_type.person, event_type.person)
        known = {known.path for known in fields_of(event_type)}
        for old in self.event_type.fields:
            by_default = old.default is not None and self.value(old.path) == old.default
            if by_default or old.path not in known:
                payload = _without(payload, old)
        keeps_name = not self.event_type.event and not event_type.event
        if not keeps_name:
            payload = payload.with_member("event", event_type.event, before=TOP_ORDER[2:])
            payload = _without_free_properties(payload, event_type)
        payload = _with_defaults(payload, event_type.fields)
        return replace(self, type_id=event_type.id, payload=payload, source=None, fault=None)

    def with_new_ids(self, new_id: Callable[[Object], str]) -> Draft:
        """Another ID for each event of a batch that has one; ``new_id`` makes it."""
        entries = self.payload.get("batch")
        if not self.event_type.is_batch or not isinstance(entries, tuple):
            return self
        renewed = tuple(
            entry.with_member("uuid", new_id(entry))
            if isinstance(entry, Object) and "uuid" in entry
            else entry
            for entry in entries
        )
        return self if renewed == entries else self.with_value(("batch",), renewed)

    def _into_batch(self, event_type: EventType) -> Draft:
        """A batch with this event in it: the token moves up to where it counts."""
        event = Object(tuple(member for member in self.payload if member[0] not in ALIASES))
        payload = _with_defaults(_empty_batch(self.token), event_type.fields)
        payload = payload.with_member("batch", (event,))
        return Draft(type_id=event_type.id, payload=payload)

    @property
    def _token_key(self) -> str:
        """The name under which the token stands; two of them would be refused (2.3)."""
        return next((key for key, _ in self.payload if key in ALIASES), "api_key")

    def _renewed(self, changes: Mapping[str, str]) -> Draft:
        """Set text members of the top level, in the payload and, spliced in, in the text."""
        payload, source = self.payload, self.source
        for key, new in changes.items():
            old = payload.get(key)
            payload = payload.with_member(key, new, before=_after(key))
            if source is not None and isinstance(old, str):
                source = _splice(source, key, old, new)
        if source is not None and self.fault is None and parse(source) != payload:
            source = None  # the place was not found: right bytes matter more than spacing
        return replace(self, payload=payload, source=source)

    def _followed(self, payload: Object) -> Draft:
        """After an edit in the form: what follows from it is written too."""
        return self._by_hand(followed(self.payload, payload, self.event_type.follows))

    def _by_hand(self, payload: Object) -> Draft:
        """Members that a person changed are the person's own from now on."""
        kept = frozenset(k for k in self.generated if payload.get(k) == self.payload.get(k))
        return replace(self, payload=payload, generated=kept, source=None, fault=None)


def new_draft(event_type: EventType, *, token: str, uuid: str, timestamp: str) -> Draft:
    """A fresh draft with the type's defaults."""
    if event_type.is_batch:
        payload = _with_defaults(_empty_batch(token), event_type.fields)
        return Draft(type_id=event_type.id, payload=payload)
    payload = Object(
        (
            ("api_key", token),
            ("event", event_type.event),
            ("distinct_id", ""),
            ("uuid", uuid),
            ("timestamp", timestamp),
            ("properties", Object()),
        )
    )
    payload = _person_moved(payload, TOP_PERSON, event_type.person)
    payload = _with_defaults(payload, fields_of(event_type))
    return Draft(type_id=event_type.id, payload=payload, generated=STAMPS)


def first_draft(*, token: str, uuid: str, timestamp: str) -> Draft:
    """The event of the very first start: sensible, complete, ready to send."""
    draft = new_draft(by_id("custom"), token=token, uuid=uuid, timestamp=timestamp)
    values: tuple[tuple[Path, Value], ...] = (
        (("event",), "plan upgraded"),
        (("distinct_id",), "customer-42"),
        (("properties", "plan"), "pro"),
        (("properties", "seats"), Number("14")),
    )
    for path, value in values:
        draft = draft.with_value(path, value)
    return replace(draft, generated=STAMPS)


def _splice(source: str, key: str, old: str, new: str) -> str:
    """The text with the first ``"key": "old"`` in it made ``"key": "new"``."""
    member = rf"({re.escape(encode(key))}\s*:\s*){re.escape(encode(old))}"
    return re.sub(member, lambda found: found[1] + encode(new), source, count=1)


def _without(payload: Object, known: Field) -> Object:
    parent = get_at(payload, known.path[:-1])
    for key, _ in parent if isinstance(parent, Object) else ():
        path = (*known.path[:-1], key)
        payload = remove_at(payload, path) if known.owns(path) else payload
    return payload


def _without_free_properties(payload: Object, event_type: EventType) -> Object:
    properties = payload.get("properties")
    if not isinstance(properties, Object):
        return payload
    fields = fields_of(event_type)
    kept = (
        member
        for member in properties
        if any(known.owns(("properties", member[0])) for known in fields)
    )
    return payload.with_member("properties", Object(tuple(kept)))


def _person_moved(payload: Object, here: Path, there: Path) -> Object:
    """The person's ID where another event type has it, unless one stands there already."""
    if here == there or not has_at(payload, here) or has_at(payload, there):
        return payload
    person = get_at(payload, here)
    before = _after(str(there[0])) if len(there) == 1 else ()
    return set_at(remove_at(payload, here), there, person, before=before)


def _empty_batch(token: str) -> Object:
    return Object((("api_key", token), ("batch", ())))


def _after(key: str) -> tuple[str, ...]:
    """The members that a newly added ``key`` stands before."""
    orders = (order for order in (TOP_ORDER, BATCH_ORDER) if key in order)
    return tuple(later for order in orders for later in order[order.index(key) + 1 :])


def _with_defaults(payload: Object, fields: Iterable[Field]) -> Object:
    for known in fields:
        if known.default is not None:
            before = _after(known.key) if len(known.path) == 1 else ()
            payload = set_at(payload, known.path, known.default, before=before)
    return payload


def _read_event(text: str) -> Object:
    """The request body of one event. Raises ``JsonError``."""
    value = parse(text)
    if isinstance(value, Object):
        return value
    if isinstance(value, tuple):
        hint = "Put the events into the batch one by one."
        raise JsonError("This is a list; one event is an object { … }.", text, 0, hint)
    raise JsonError("An event is an object { … }.", text, 0, "Start with { and end with }.")
