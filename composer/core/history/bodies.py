"""The text of a request body that a search finds: names and values, as a person reads them.

A member stands as ``name:value``, with the characters of the value itself and not as JSON escapes
them. Project tokens are left out. Of a body of more than ``WHOLE`` bytes only the events' names
and IDs count, so that a batch of 20 MB is found by any of its people and costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.history.words import joined
from composer.core.jsontext import JsonError, Number, Object, Value, parse, parse_bytes
from composer.core.tokens import tokens_in

WHOLE = 256 * 1024
"""Bytes of a body up to which all of it can be found."""
MOST_IDS = 4_000_000
"""Characters of names and IDs that are taken from a larger one."""

_IDS = (
    "event|uuid|timestamp|alias|email|name"
    r"|\$?distinct_id|\$anon_distinct_id|\$device_id|\$user_id|\$session_id|\$window_id|\$insert_id"
    r"|\$group_type|\$group_key|\$ai_trace_id|\$survey_id|\$feature_flag|\$current_url"
)
_NAMED = re.compile(
    rf'"({_IDS})"\s*:\s*("(?:[^"\\]|\\.){{0,400}}"|-?[0-9][0-9.eE+-]{{0,40}})'.encode()
)


def body_text(body: bytes) -> str:
    """The folded text of a body. Never raises."""
    if len(body) > WHOLE:
        return _ids(body)
    tokens = frozenset(tokens_in(body))
    try:
        value = parse_bytes(body)
    except JsonError:
        text = body.decode("utf-8", "replace")
        for token in tokens:
            text = text.replace(token, " ")
        return joined((text,))
    return joined(_parts(value, tokens))


def _parts(value: Value, tokens: frozenset[str]) -> Iterator[str]:
    """Names and values in their order, without recursion: bodies may be deep."""
    waiting: list[tuple[str, Value]] = [("", value)]
    while waiting:
        name, one = waiting.pop()
        match one:
            case Object(members=members):
                yield name
                waiting.extend(reversed(members))
            case tuple():
                yield name
                waiting.extend(("", item) for item in reversed(one))
            case str() if one in tokens:
                yield name
            case _:
                yield f"{name}:{_plain(one)}" if name else _plain(one)


def _plain(value: Value) -> str:
    match value:
        case str():
            return value
        case Number(text=text):
            return text
        case None:
            return "null"
        case _:
            return "true" if value else "false"


def _ids(body: bytes) -> str:
    found: dict[bytes, None] = {}
    length = 0
    for match in _NAMED.finditer(body):
        part = match[1] + b":" + match[2]
        if part in found:
            continue
        length += len(part)
        if length > MOST_IDS:
            break
        found[part] = None
    return joined(map(_decoded, found))


def _decoded(part: bytes) -> str:
    """``name:"value"`` as ``name:value``."""
    name, _, value = part.decode("utf-8", "replace").partition(":")
    if not value.startswith('"'):
        return f"{name}:{value}"
    if "\\" not in value:
        return f"{name}:{value[1:-1]}"
    try:
        return f"{name}:{_plain(parse(value))}"
    except JsonError:  # a body that is no JSON after all
        return f"{name}:{value[1:-1]}"
