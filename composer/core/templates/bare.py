"""An event without its project tokens, as templates keep it.

Where the service looks for a token: capture-server.md, sections 2.1 to 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import Object, Value
from composer.core.tokens import ALIASES

_IN_PROPERTIES = "token"


def without_tokens(payload: Object) -> Object:
    """The body of an event or a batch without the members that hold a token."""
    own = frozenset(tokens_of(payload))
    return Object(tuple(_members(payload, own)))


def tokens_of(payload: Object) -> Iterator[str]:
    """The tokens of an event, or of a batch and its events."""
    tokens = [text for key, text in payload if key in ALIASES and isinstance(text, str)]
    yield from (token for token in tokens if token)
    inside = _text_in(payload.get("properties"))
    if inside and not tokens:
        yield inside
    for event in _events(payload):
        yield from tokens_of(event)


def _members(payload: Object, own: frozenset[str]) -> Iterator[tuple[str, Value]]:
    for key, value in payload:
        match value:
            case _ if key in ALIASES:
                continue
            case Object() if key == "properties" and _text_in(value) in own:
                yield key, value.without(_IN_PROPERTIES)
            case tuple() if key == "batch" and any(True for _ in _events(payload)):
                yield key, tuple(_bare(event, own) for event in value)
            case _:
                yield key, value


def _bare(event: Value, own: frozenset[str]) -> Value:
    return Object(tuple(_members(event, own))) if isinstance(event, Object) else event


def _events(payload: Object) -> Iterator[Object]:
    batch = payload.get("batch")
    for event in batch if isinstance(batch, tuple) else ():
        if isinstance(event, Object):
            yield event


def _text_in(properties: Value) -> str:
    token = properties.get(_IN_PROPERTIES) if isinstance(properties, Object) else None
    return token if isinstance(token, str) else ""
