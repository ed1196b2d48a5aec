"""A template as a JSON file that a person can read, share and write by hand; and its file name.

The body is the event as it goes on the wire, but without the project token, and without the uuid
and time that the app made: those are made anew each time the template is opened.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from composer.core.draft import STAMPS, TOP_ORDER, Draft
from composer.core.events import by_id, detect, fits, is_batch
from composer.core.jsontext import Layout, Object, Value, encode, parse_bytes
from composer.core.records import Template
from composer.core.times import read
from composer.core.tokens import ALIASES
from composer.services.draft_form import FormError, texts_of

_LONGEST_SLUG = 50
"""Characters. With the endings that are added, up to four bytes each, it fits into 255 bytes."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows keeps for devices, whatever ending follows."""


def written_template(name: str, draft: Draft, saved_at: datetime) -> bytes:
    """The template as the bytes of its file."""
    body = draft.payload
    for key in (*ALIASES, *draft.generated):
        body = body.without(key)
    content = Object(
        (
            ("name", name),
            ("type", draft.type_id),
            ("saved_at", saved_at.isoformat(timespec="seconds")),
            ("generated", tuple(sorted(draft.generated))),
            ("body", body),
        )
    )
    return encode(content, Layout.PRETTY).encode("utf-8") + b"\n"


def read_template(identifier: str, data: bytes, changed: datetime) -> Template:
    """The template in a file's bytes. Raises ``JsonError`` or ``FormError``.

    Only ``body`` has to be there. ``changed``, the file's own time, stands in for ``saved_at``.
    """
    content = parse_bytes(data)
    body = content.get("body") if isinstance(content, Object) else None
    if not isinstance(content, Object) or not isinstance(body, Object):
        raise FormError("it has no body")
    generated = texts_of(content, "generated") if "generated" in content else tuple(STAMPS)
    return Template(
        id=identifier,
        name=_text(content.get("name")) or identifier,
        draft=_draft(body, _text(content.get("type")), frozenset(generated)),
        saved_at=read(_text(content.get("saved_at"))) or changed,
    )


def slug(name: str) -> str:
    """A file name, without ending, that is fit for every system: ``Sign-up (EU)``, ``sign-up-eu``.

    Accents are dropped; letters of other scripts stay as they are.
    """
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
    )
    words = re.split(r"[\W_]+", unicodedata.normalize("NFC", plain).casefold())
    short = "-".join(word for word in words if word)[:_LONGEST_SLUG].strip("-")
    if not short or _RESERVED.fullmatch(short):
        return f"template-{short}".strip("-")
    return short


def _draft(body: Object, type_id: str, generated: frozenset[str]) -> Draft:
    """The draft of a template's body; what the app generates stands empty, to be stamped."""
    made = frozenset[str]() if is_batch(body) else generated & STAMPS
    absent = [key for key in TOP_ORDER if key in made and key not in body]
    for key in absent:
        body = body.with_member(key, "", before=TOP_ORDER[TOP_ORDER.index(key) + 1 :])
    event_type = by_id(type_id)
    if event_type.id != type_id or not fits(event_type, body):
        event_type = detect(body)
    return Draft(type_id=event_type.id, payload=body, generated=frozenset(absent))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
