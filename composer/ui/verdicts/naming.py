"""The place of a verdict in words: what the form calls the value, or its name in the JSON."""

from __future__ import annotations

from composer.core.events import fields_of
from composer.core.fields import EventType
from composer.core.jsontext import Path
from composer.core.tokens import ALIASES

TOKEN_LABEL = "Project token"


def is_token(path: Path) -> bool:
    """Whether the project token of a single event or a batch stands there."""
    return len(path) == 1 and path[0] in ALIASES


def place_name(path: Path, event_type: EventType) -> str:
    """``Timestamp``, ``plan``, ``Event 3: Person's ID``; empty for the body as a whole."""
    if not path:
        return ""
    if is_token(path):
        return TOKEN_LABEL
    if path[0] == "batch" and len(path) > 1 and isinstance(path[1], int):
        inner = place_name(path[2:], event_type)
        return f"Event {path[1] + 1}" + (f": {inner}" if inner else "")
    return _label(path, event_type) or _key(path)


def _label(path: Path, event_type: EventType) -> str:
    known = {field.path: field.label for field in fields_of(event_type)}
    found = (size for size in range(len(path), 0, -1) if path[:size] in known)
    size = next(found, 0)
    if not size:
        return ""
    label = known[path[:size]]
    return label if size == len(path) else f"{label}, {_key(path)}"


def _key(path: Path) -> str:
    """The last name on the way, with the number of an item in its list."""
    last = path[-1]
    if isinstance(last, str):
        return last or "a property without a name"
    return f"{_key(path[:-1])}, item {last + 1}" if path[:-1] else f"item {last + 1}"
