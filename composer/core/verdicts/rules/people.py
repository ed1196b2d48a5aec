"""What rules about people and groups read from an event. It knows no rule."""

from __future__ import annotations

from composer.core.jsontext import Layout, Object, Path, Value, encode
from composer.core.verdicts.request import Event

PROFILE_SWITCH = "$process_person_profile"
NEEDS_PROFILE = frozenset({"$identify", "$create_alias", "$merge_dangerously", "$groupidentify"})
"""Events that PostHog throws away without a person profile (ingestion-rules.md, 1.3)."""
FULL_UPDATE = frozenset({"$identify", "$create_alias", "$merge_dangerously", "$set"})
"""Events after which every changed value is written to the person (ingestion-rules.md, 1.3)."""
NO_UPDATE = frozenset({"$exception", "$$heatmap"})
"""Events that never change a person (ingestion-rules.md, 1.3)."""
AI_PREFIX = "$ai_"
LONGEST_ID = 200
"""Characters of a person's ID that are kept (ingestion-rules.md, 1.6)."""


def at(key: str) -> Path:
    """Where the property stands in its event."""
    return ("properties", key)


def is_anonymous(event: Event) -> bool:
    """Whether the event may touch no person; only the JSON value ``false`` says so."""
    return event.properties.get(PROFILE_SWITCH) is False


def has_room(event: Event, key: str) -> bool:
    """Whether something can be moved to the property ``key`` without writing over anything."""
    properties = event.members.get("properties")
    if "properties" in event.members and not isinstance(properties, Object):
        return False
    return key not in event.properties


def id_text(value: Value) -> str:
    """A person's ID as PostHog reads it: what is no text becomes its JSON; empty for ``null``."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else encode(value, Layout.COMPACT)
    return text[:LONGEST_ID]
