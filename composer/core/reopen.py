"""From a request body back to drafts: what was sent can be opened and sent anew."""

from __future__ import annotations

from composer.core.draft import Draft
from composer.core.events import detect
from composer.core.jsontext import JsonError, Layout, Object, encode, parse_bytes
from composer.core.tokens import ALIASES


def drafts_from_body(body: bytes) -> tuple[Draft, ...]:
    """The events of a body: one, or those of a batch or a list (capture-server.md, 2.1).

    A single event keeps its text as it was. Raises ``JsonError`` for a body that is not JSON or
    holds something else than events.
    """
    value = parse_bytes(body)
    match value:
        case Object() if isinstance(events := value.get("batch"), tuple):
            return tuple(_draft(event, _key(value)) for event in _objects(events))
        case Object():
            return (_with_source(_draft(value), body.decode("utf-8")),)
        case tuple():
            return tuple(_draft(event) for event in _objects(value))
        case _:
            raise JsonError("This is no event.", body.decode("utf-8"), 0, "It should begin with {.")


def _key(batch: Object) -> Object:
    """The batch's own key as a member that each of its events can take over."""
    key = batch.get("api_key", batch.get("token"))
    return Object((("api_key", key),)) if isinstance(key, str) else Object()


def _draft(event: Object, inherited: Object = Object()) -> Draft:  # noqa: B008 -- immutable
    has_own = any(key in ALIASES for key, _ in event)
    payload = event if has_own else Object(inherited.members + event.members)
    return Draft(type_id=detect(payload).id, payload=payload)


def _with_source(draft: Draft, text: str) -> Draft:
    """Keep the text's own spacing, if it has any."""
    usual = {encode(draft.payload, layout) for layout in Layout}
    return draft if text in usual else draft.with_text(text)


def _objects(events: tuple[object, ...]) -> tuple[Object, ...]:
    return tuple(event for event in events if isinstance(event, Object))
