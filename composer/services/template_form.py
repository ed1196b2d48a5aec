"""A template as a JSON file that a person can read, share and write by hand; and its file name.

A body is the event as it goes on the wire, but without the project token, and without the uuid
and time that the app made: those are made anew each time the template is opened. Which folder the
file is in says the template's folder; the file itself does not.

Version 1 had one ``body`` and no variables: braces in it are text. It is read for ever; a file
without ``format`` is one, unless it has ``variables`` or ``steps``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import datetime

from composer.core.draft import STAMPS, TOP_ORDER, Draft
from composer.core.events import by_id, detect, fits, is_batch
from composer.core.jsontext import Layout, Number, Object, Value, encode, parse_bytes
from composer.core.personal_keys import without_personal_keys
from composer.core.templates import Step, Template
from composer.core.templates.bare import tokens_of, without_tokens
from composer.core.times import read
from composer.core.tokens import KeyMode, concealed
from composer.core.variables.patterns import escaped_value
from composer.services.draft_form import FormError, list_of, texts_of
from composer.services.variable_form import read_variable, written_variable

FORMAT = 2

_LONGEST_SLUG = 50
"""Characters. With the endings that are added, up to four bytes each, it fits into 255 bytes."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows keeps for devices, whatever ending follows."""

_KNOWN = (
    *("format", "name", "description", "tags", "saved_at", "variables"),
    *("type", "generated", "body", "steps"),
)
_KNOWN_OF_STEP = ("type", "after", "generated", "body")


class NewerFormError(FormError):
    """A newer version of the app wrote the file, so this one leaves it alone."""


def written_template(template: Template) -> bytes:
    """The template as the bytes of its file; its tokens and personal keys are not in them."""
    members: list[tuple[str, Value]] = [("format", Number(str(FORMAT))), ("name", template.name)]
    if template.description:
        members.append(("description", template.description))
    if template.tags:
        members.append(("tags", template.tags))
    members.append(("saved_at", template.saved_at.isoformat(timespec="seconds")))
    if template.variables:
        members.append(("variables", tuple(map(written_variable, template.variables))))
    if template.is_sequence:
        members.append(("steps", tuple(map(_written_step, template.steps))))
    else:
        members += (*_written_event(template.draft), *template.steps[0].extra)
    text = encode(Object((*members, *template.extra)), Layout.PRETTY)
    tokens = {token for step in template.steps for token in tokens_of(step.draft.payload)}
    secret = sorted(filter(_SURELY.fullmatch, {*tokens, *_TOKEN.findall(text)}))
    return without_personal_keys(concealed(text, secret, KeyMode.MASKED)).encode() + b"\n"


def read_template(identifier: str, data: bytes, changed: datetime) -> Template:
    """The template in a file's bytes. Raises ``JsonError`` or ``FormError``.

    Only ``body`` or ``steps`` have to be there. ``changed``, the file's own time, stands in for
    ``saved_at``.
    """
    content = parse_bytes(data)
    if not isinstance(content, Object):
        raise FormError("it has no body")
    is_first = _format(content) == 1
    first = "body" in content or "steps" not in content
    steps = (content,) if first else list_of(content, "steps")
    if not steps:
        raise FormError("it has no steps")
    extra = _others(content, (*_KNOWN, *_KNOWN_OF_STEP) if first else _KNOWN)
    return Template(
        id=identifier,
        name=_text(content.get("name")) or identifier,
        steps=tuple(_step(step, is_first=is_first, alone=first) for step in steps),
        saved_at=read(_text(content.get("saved_at"))) or changed,
        description=_text(content.get("description")),
        tags=texts_of(content, "tags") if "tags" in content else (),
        variables=(
            tuple(map(read_variable, list_of(content, "variables")))
            if "variables" in content
            else ()
        ),
        extra=extra,
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


_TOKEN = re.compile(r"phc_[A-Za-z0-9]{20,}")
_SURELY = re.compile(r"phc_\S+|\S{12,}")
"""What is masked wherever it stands; a shorter word may stand there for another reason."""


def _written_event(draft: Draft) -> tuple[tuple[str, Value], ...]:
    body = without_tokens(draft.payload)
    for key in draft.generated:
        body = body.without(key)
    return (
        ("type", draft.type_id),
        ("generated", tuple(sorted(draft.generated))),
        ("body", body),
    )


def _written_step(step: Step) -> Object:
    kind, *event = _written_event(step.draft)
    after = ("after", Number(repr(step.after).removesuffix(".0")))
    return Object((kind, after, *event, *step.extra))


def _format(content: Object) -> int:
    """The number of the form. Raises ``FormError``."""
    if "format" not in content:
        return FORMAT if "variables" in content or "steps" in content else 1
    number = content.get("format")
    if not isinstance(number, Number) or not number.text.isdecimal():
        raise FormError("its format is no number")
    if number not in _FORMATS:
        raise NewerFormError(
            "a newer version of Event Composer wrote it. To use it here, update Event Composer"
        )
    return int(number.text)


_FORMATS = tuple(Number(str(number)) for number in range(1, FORMAT + 1))


def _step(source: Value, *, is_first: bool, alone: bool) -> Step:
    """An event with its pause; ``is_first``: in the first form, where braces are text."""
    body = source.get("body") if isinstance(source, Object) else None
    if not isinstance(source, Object) or not isinstance(body, Object):
        raise FormError("it has no body")
    generated = texts_of(source, "generated") if "generated" in source else tuple(STAMPS)
    text = escaped_value(body) if is_first else body
    ready = text if isinstance(text, Object) else body
    return Step(
        draft=_draft(ready, _text(source.get("type")), frozenset(generated)),
        after=_seconds(source.get("after", Number("1"))),
        extra=Object() if alone else _others(source, _KNOWN_OF_STEP),
    )


def _seconds(value: Value) -> float:
    seconds = float(value.text) if isinstance(value, Number) else math.nan
    if not 0 <= seconds < math.inf:
        raise FormError("a pause (after) is no number of seconds")
    return seconds


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


def _others(source: Object, known: tuple[str, ...]) -> Object:
    return Object(tuple(member for member in source if member[0] not in known))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
