"""The project tokens in a request body: which stand there, how to hide them, how to put in another.

Where the service looks for a token: capture-server.md, sections 2.1 to 2.3. What is changed is the
text, not the values in it, so that everything but the token stays as a person spelled it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from composer.core.destination import mask
from composer.core.jsontext import (
    LEXEME,
    JsonError,
    Object,
    Value,
    encode_string,
    parse,
    parse_bytes,
)

ALIASES = frozenset({"api_key", "token", "$token"})
"""Names of the member that holds the token of an event; the first two serve a batch as well."""

TOKEN_VARIABLE = "POSTHOG_PROJECT_TOKEN"
"""The environment variable that stands for the token with ``KeyMode.ENV``."""


class KeyMode(StrEnum):
    """How what leaves the app as text carries the project token."""

    INLINE = "inline"
    """In full."""
    ENV = "env"
    """As the name of a variable."""
    MASKED = "masked"
    """With its middle left out."""


def tokens_in(body: bytes) -> tuple[str, ...]:
    """The tokens in a request body, in order, each once.

    In a body that is not JSON (cut off, say) everything counts that is spelled like one.
    """
    if (only := _only_token(body)) is not None:
        return (only,)
    try:
        found = _tokens(parse_bytes(body))
    except JsonError:
        found = _spelled(body.decode("utf-8", "replace"))
    return tuple(dict.fromkeys(token for token in found if token))


def _only_token(body: bytes) -> str | None:
    """The token of a body that begins with it and spells no other; reading 20 MB takes seconds."""
    first = _FIRST.match(body)
    if first is None or b"\\u00" in body:  # with which a name could be spelled otherwise
        return None
    others = _OTHERS.finditer(body)
    return first[1].decode() if all(other[1] == first[1] for other in others) else None


_FIRST = re.compile(rb'\{\s*"api_key"\s*:\s*"([!#-\[\]-~]+)"')
_OTHERS = re.compile(rb'"(?:api_key|\$?token)"\s*:\s*(?:"((?:[^"\\]|\\.)*)")?', re.DOTALL)


def masked(text: str, tokens: Iterable[str]) -> str:
    """``text`` with the middle of each token left out, wherever it stands as a whole string."""
    for token in tokens:
        text = text.replace(encode_string(token), encode_string(mask(token)))
    return text


def carried(text: str, tokens: Iterable[str], key: KeyMode) -> str:
    """JSON ``text`` as it leaves the app, its tokens carried as ``key`` says."""
    match key:
        case KeyMode.INLINE:
            return text
        case KeyMode.ENV:
            for token in tokens:
                text = text.replace(encode_string(token), encode_string(f"${TOKEN_VARIABLE}"))
            return text
        case KeyMode.MASKED:
            return masked(text, tokens)


def concealed(text: str, tokens: Iterable[str], key: KeyMode) -> str:
    """``text`` with its tokens carried as ``key`` says, within JSON and, as in headers, bare."""
    tokens = tuple(tokens)
    text = carried(text, tokens, key)
    if key is not KeyMode.INLINE:
        for token in tokens:
            if len(token) >= _LEAST_BARE:
                shown = mask(token) if key is KeyMode.MASKED else f"${TOKEN_VARIABLE}"
                text = text.replace(token, shown)
    return text


_LEAST_BARE = 12  # characters of a token that is not mistaken for a part of some other word


def with_token(text: str, token: str) -> str:
    """Valid JSON ``text`` with ``token`` wherever a token stands; nothing else changes.

    An event or batch without a place for one gets ``api_key`` as its first member: without it
    the service would refuse. Events inside a batch go by the token of the batch.
    """
    parts: list[str] = []
    done = 0
    for spot in _spots(text):
        parts += (text[done : spot.begin], spot.filled(encode_string(token)))
        done = spot.end
    return "".join((*parts, text[done:]))


def _tokens(body: Value) -> Iterator[str]:
    """Of an event or a batch, or of an array of events; in the order of the text."""
    events = body if isinstance(body, tuple) else (body,)
    for event in events:
        if isinstance(event, Object):
            yield from _tokens_of_object(event)


def _tokens_of_object(event: Object) -> Iterator[str]:
    has_own = any(key in ALIASES for key, _ in event)
    for key, value in event:
        match value:
            case str() if key in ALIASES:
                yield value
            case tuple() if key == "batch":
                yield from _tokens(value)
            case Object() if key == "properties" and not has_own:
                yield from (text for k, text in value if k == "token" and isinstance(text, str))
            case _:
                pass


def _spelled(text: str) -> Iterator[str]:
    for match in _SPELLED.finditer(text):
        # A property of one's own may well be called token, so its value has to look like one.
        if match["name"] != "token" or match["token"].startswith("phc_"):
            yield _read(match["token"])


def _read(literal: str) -> str:
    try:
        return str(parse(f'"{literal}"'))
    except JsonError:
        return literal


_SPELLED = re.compile(r'"(?P<name>api_key|\$?token)"\s*:\s*"(?P<token>(?:[^"\\]|\\.)*)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a token stands, or (``is_gap``, zero wide) where one would have to stand."""

    begin: int
    end: int
    is_gap: bool = False
    is_last: bool = False

    def filled(self, quoted: str) -> str:
        if not self.is_gap:
            return quoted
        return f'"api_key": {quoted}' + ("" if self.is_last else ", ")


@dataclass(frozen=True, slots=True)
class _Item:
    """A member of an object or, without ``key``, of an array: where its value stands."""

    key: str
    begin: int
    end: int


def _spots(text: str) -> Iterator[_Spot]:
    """All places, in the order of the text."""
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        for item in _items(text, start):
            yield from _spots_of_object(text, item.begin, may_lack=False)
    else:
        yield from _spots_of_object(text, start, may_lack=False)


def _spots_of_object(text: str, start: int, *, may_lack: bool) -> Iterator[_Spot]:
    if not text.startswith("{", start):
        return
    items = list(_items(text, start))
    batch = [item for item in items if item.key == "batch" and text[item.begin] == "["]
    found = [_Spot(item.begin, item.end) for item in items if item.key in ALIASES]
    if not found:
        found = _in_properties(text, items)
    if not found and not may_lack:
        found = [_Spot(start + 1, start + 1, is_gap=True, is_last=not items)]
    for event in (event for item in batch for event in _items(text, item.begin)):
        found += _spots_of_object(text, event.begin, may_lack=True)
    yield from sorted(found, key=attrgetter("begin"))


def _in_properties(text: str, items: list[_Item]) -> list[_Spot]:
    """An event without a token of its own may have it as text in its properties."""
    inner = (item for item in items if item.key == "properties" and text[item.begin] == "{")
    return [
        _Spot(item.begin, item.end)
        for properties in inner
        for item in _items(text, properties.begin)
        if item.key == "token" and text[item.begin] == '"'
    ]


def _items(text: str, start: int) -> Iterator[_Item]:
    """What stands directly in the object or array that opens at ``start``."""
    depth, key, begin, end = 0, "", -1, -1
    for match in LEXEME.finditer(text, start):
        sign = match[0]
        if depth == 1 and sign in ",]}":
            if begin >= 0:
                yield _Item(key, begin, end)
            key, begin = "", -1
        elif depth == 1 and sign == ":":
            key, begin = str(parse(text[begin:end])), -1
        elif depth and begin < 0:
            begin = match.start()
        depth += (sign in "[{") - (sign in "]}")
        end = match.end()
        if depth == 0:
            return
