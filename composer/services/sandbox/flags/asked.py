"""What a request to the flag service asks: for which project and person, and which flags.

Source: PostHog's ``rust/feature-flags/src/flags/flag_request.rs``; ingestion-rules.md, 4.1. What
the sandbox's flags do not depend on (groups, properties, contexts) is only checked for its type.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.behaviour import Behaviour
from composer.core.jsontext import Number, Object, Value
from composer.core.spelling import text_of

LONGEST_ID = 200
"""Characters of a distinct ID; the rest is cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRequest:
    """A well-formed question. ``distinct_id`` and ``flag_keys`` are ``None`` if not given."""

    token: str = ""
    distinct_id: str | None = None
    disable_flags: bool = False
    flag_keys: frozenset[str] | None = None


def understood(value: Value) -> FlagRequest | None:
    """The question that a JSON value is; ``None`` for a field of the wrong type or given twice."""
    if not isinstance(value, Object):
        return None
    fields: dict[str, Value] = {}
    for key, item in dict(value).items():
        name = _ALIASES.get(key, key)
        if name in fields or not _fits(name, item):
            return None
        fields[name] = item
    token, distinct_id, keys = (fields.get(key) for key in ("token", "distinct_id", "flag_keys"))
    return FlagRequest(
        token=token if isinstance(token, str) else "",
        distinct_id=None if distinct_id is None else _text_of(distinct_id)[:LONGEST_ID],
        disable_flags=fields.get("disable_flags") is True,
        flag_keys=frozenset(map(str, keys)) if isinstance(keys, tuple) else None,
    )


def is_known(token: str, behaviour: Behaviour) -> bool:
    """Whether the sandbox has a project with this token."""
    if behaviour.known_tokens is not None:
        return token in behaviour.known_tokens
    sound = token.isascii() and "\0" not in token and len(token) <= _LONGEST_TOKEN
    return sound and not token.startswith(_PERSONAL_KEY)


_LONGEST_TOKEN = 64
_PERSONAL_KEY = "phx_"
_ALIASES = {
    "$token": "token",
    "api_key": "token",
    "$distinct_id": "distinct_id",
    "$properties": "person_properties",
    "$groups": "groups",
    "$group_properties": "group_properties",
    "$anon_distinct_id": "anon_distinct_id",
    "$device_id": "device_id",
    "flag_keys_to_evaluate": "flag_keys",
    "evaluation_environments": "evaluation_contexts",
}
_TEXTS = frozenset(
    {"token", "anon_distinct_id", "device_id", "ip_address", "timezone", "cookieless_hash_extra"}
)
_SWITCHES = frozenset({"geoip_disable", "disable_flags"})
_MAPS = frozenset({"person_properties", "groups", "group_properties"})
_LISTS = frozenset({"flag_keys", "evaluation_contexts"})


def _fits(name: str, value: Value) -> bool:
    if value is None:
        return True
    if name in _TEXTS:
        return isinstance(value, str)
    if name == "distinct_id":
        return isinstance(value, str | Number)
    if name in _SWITCHES:
        return isinstance(value, bool)
    if name in _LISTS:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    if name not in _MAPS:
        return True
    return isinstance(value, Object) and (
        name != "group_properties" or all(isinstance(item, Object) for _, item in value)
    )


def _text_of(value: Value) -> str:
    return text_of(value)
