"""A draft as a JSON object and back, exact to the character.

The payload is kept as JSON text inside a JSON string: so it can be nested as deep as a payload
may be, and stays readable as text even where it is not valid JSON. Knows nothing of files.
"""

from __future__ import annotations

from composer.core.draft import Draft
from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse


class FormError(ValueError):
    """What should hold a draft does not; the text says in a few words what is wrong."""


def written_draft(draft: Draft) -> Object:
    """The draft as it stands in a workspace file."""
    members: list[tuple[str, Value]] = [
        ("type", draft.type_id),
        ("generated", tuple(sorted(draft.generated))),
        ("payload", encode(draft.payload, Layout.COMPACT)),
    ]
    if draft.source is not None:
        members.append(("source", draft.source))
    return Object(tuple(members))


def read_draft(source: Value) -> Draft:
    """The draft in ``source``. Raises ``FormError``.

    A payload that cannot be parsed comes back as the text of the JSON editor.
    """
    if not isinstance(source, Object):
        raise FormError("a draft is missing")
    text = text_of(source, "payload")
    shown = source.get("source")
    payload = _parsed(text)
    draft = Draft(
        type_id=text_of(source, "type"),
        payload=payload or Object(),
        generated=frozenset(texts_of(source, "generated")),
    )
    if payload is None and shown is None:
        shown = text
    return draft.with_text(shown) if isinstance(shown, str) else draft


def text_of(source: Object, key: str) -> str:
    """The text at ``key``. Raises ``FormError``."""
    value = source.get(key)
    if not isinstance(value, str):
        raise FormError(f"{key} is not text")
    return value


def texts_of(source: Object, key: str) -> tuple[str, ...]:
    """The list of texts at ``key``. Raises ``FormError``."""
    return tuple(item for item in list_of(source, key) if isinstance(item, str))


def list_of(source: Object, key: str) -> tuple[Value, ...]:
    """The list at ``key``. Raises ``FormError``."""
    value = source.get(key)
    if not isinstance(value, tuple):
        raise FormError(f"{key} is not a list")
    return value


def _parsed(text: str) -> Object | None:
    try:
        value = parse(text)
    except JsonError:
        return None
    return value if isinstance(value, Object) else None
