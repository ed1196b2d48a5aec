"""Whether a library's own call for an alias or a group would make the very event."""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.jsontext import Object
from composer.core.snippets.sdk.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """``distinct_id`` and ``alias`` become the same person."""

    distinct_id: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Properties of a group."""

    type: str
    key: str
    properties: Object


def alias_of(event: Event) -> Alias | None:
    """What ``alias`` would have to be given; it sends just these two properties."""
    alias = event.properties.get("alias")
    if (
        event.name == "$create_alias"
        and _names(event) == {"distinct_id", "alias"}
        and event.properties.get("distinct_id") == event.distinct_id
        and isinstance(alias, str)
        and alias
    ):
        return Alias(distinct_id=event.distinct_id, alias=alias)
    return None


def group_of(event: Event) -> Group | None:
    """What ``groupIdentify`` would have to be given; it sends just these three properties."""
    kind, key = event.properties.get("$group_type"), event.properties.get("$group_key")
    properties = event.properties.get("$group_set")
    if (
        event.name == "$groupidentify"
        and _names(event) == {"$group_type", "$group_key", "$group_set"}
        and isinstance(kind, str)
        and isinstance(key, str)
        and isinstance(properties, Object)
        and kind
        and key
    ):
        return Group(type=kind, key=key, properties=properties)
    return None


def _names(event: Event) -> set[str]:
    return {name for name, _ in event.properties}
