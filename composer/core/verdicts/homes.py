"""Where a member belongs that stands at the top of an event and is not read there.

Older shapes and other programs put much at the top that PostHog now reads from the properties
(event-catalogue.md, section J). It knows no rule.
"""

from __future__ import annotations

from composer.core.jsontext import Object, Value
from composer.core.verdicts.mending import Mend, Take
from composer.core.verdicts.places import into_properties
from composer.core.verdicts.request import Event


def homed(event: Event, key: str) -> Mend | None:
    """Put the top-level member ``key`` where PostHog reads it; what says nothing is removed.

    ``None`` where another value stands there already.
    """
    value = event.members[key]
    if key == "type" or value in _EMPTY:
        return Mend(label=f"Remove {key}", edits=(Take(path=(key,)),))
    home = _home(event.name, key, value)
    label = f"Move it to {home}" if home != key else "Move it into the properties"
    return into_properties(event, key, home, label)


_EMPTY: tuple[Value, ...] = (None, "", "{}", (), Object())
_ANYWHERE = {"ip": "$ip", "lib": "$lib", "library": "$lib"}
_IN_EVENT = {
    ("$page", "name"): "title",
    ("$pageview", "name"): "title",
    ("$screen", "name"): "$screen_name",
    ("$group", "groupId"): "$group_key",
    ("$groupidentify", "groupId"): "$group_key",
}
_TRAITS = {
    "$group": "$group_set",
    "$groupidentify": "$group_set",
    "$identify": "$set",
    "$set": "$set",
}


def _home(name: str, key: str, value: Value) -> str:
    if isinstance(value, str):
        return _IN_EVENT.get((name, key)) or _ANYWHERE.get(key, key)
    if key == "traits" and isinstance(value, Object):
        return _TRAITS.get(name, key)
    return key
