"""From a request back to drafts: what was sent can be opened and sent anew.

How a body was packed is not its business: packed ones come here as the text that was in them.
"""

from __future__ import annotations

from dataclasses import replace

from composer.core.draft import Draft
from composer.core.events import detect
from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse, parse_bytes
from composer.core.tokens import ALIASES


def drafts_from_body(body: bytes) -> tuple[Draft, ...]:
    """The events of a body: one, or those of a batch or a list (capture-server.md, 2.1).

    A single event keeps its text as it was. Raises ``JsonError`` for a body that is not JSON or
    holds something else than events.
    """
    value = parse_bytes(body)
    return drafts_from_value(value, body.decode("utf-8"))


def drafts_from_text(text: str, token: str = "") -> tuple[Draft, ...]:
    """The same for a body's text. Events without a token of their own take over ``token``, if any.

    That is for requests which carry it beside the body (capture-server.md, 7.1).
    """
    return drafts_from_value(parse(text), text, token)


def drafts_from_value(value: Value, text: str, token: str = "") -> tuple[Draft, ...]:
    """The same for ``text`` that has been read already, as ``value``."""
    match value:
        case Object() if isinstance(events := value.get("batch"), tuple):
            own = value.get("api_key", value.get("token"))
            key = _inherited(own if isinstance(own, str) else token)
            return tuple(_draft(event, key) for event in _objects(events))
        case Object():
            draft = _draft(value, _inherited(token))
            return (_with_source(draft, text) if draft.payload == value else draft,)
        case tuple():
            return tuple(_draft(event, _inherited(token)) for event in _objects(value))
        case _:
            raise JsonError("This is no event.", text, 0, "It should begin with {.")


def draft_of_event(event: Object, token: str) -> Draft:
    """One event of a request as it was sent; ``token`` is that of the request, or empty."""
    return _draft(event, _inherited(token))


def drafts_of_batch(batch: Draft) -> tuple[Draft, ...]:
    """The events of a batch that is being composed, each under the batch's token."""
    key = _inherited(batch.token)
    return tuple(_draft(event, key) for event in batch.events)


def _inherited(token: str) -> Object:
    """The token of a request as a member that each of its events can take over."""
    return Object((("api_key", token),)) if token else Object()


def _draft(event: Object, inherited: Object) -> Draft:
    has_own = any(key in ALIASES for key, _ in event)
    payload = event if has_own else Object(inherited.members + event.members)
    return Draft(type_id=detect(payload).id, payload=payload)


def _with_source(draft: Draft, text: str) -> Draft:
    """Keep the text's own spacing, if it has any."""
    usual = {encode(draft.payload, layout) for layout in Layout}
    return draft if text in usual else replace(draft, source=text)


def _objects(events: tuple[object, ...]) -> tuple[Object, ...]:
    return tuple(event for event in events if isinstance(event, Object))
