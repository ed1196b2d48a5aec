"""The body of a request, from its bytes to JSON: packings, encodings of text, strings in strings.

It knows nothing of addresses and little of events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from composer.core.jsontext import Layout, Object, encode
from composer.core.paste.characters import as_sent, characters, put_back
from composer.core.paste.mending import Mended
from composer.core.paste.pasted import PasteError
from composer.core.paste.shapes import holds_events, is_flags_question
from composer.core.paste.texts import Texts, json_texts
from composer.core.unwrap import (
    DECOMPRESSORS,
    MOST_BYTES,
    Decompressor,
    UnwrapError,
    unwrap,
)

ADDRESS = "the address"
"""The name of the wrapping that a query is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """How packings come off, and how many bytes at ``most`` are taken out of one."""

    decompressors: Mapping[str, Decompressor] = field(default_factory=lambda: DECOMPRESSORS)
    most: int = MOST_BYTES


def read_body(
    payload: bytes,
    *,
    hint: str,
    tools: Tools,
    outside: tuple[str, ...] = (),
) -> Texts:
    """The JSON texts in a body, each with the steps to it. Raises ``PasteError`` or ``HeavyError``.

    ``hint`` is the compression that the request names; ``outside`` are wrappings that are off.
    """
    steps: list[str] = []
    is_packed = False
    for _ in range(_DEEPEST):
        payload, moved = put_back(payload)
        try:
            found = unwrap(payload, hint=hint, decompressors=tools.decompressors, most=tools.most)
        except UnwrapError as error:
            raise PasteError(f"{error} Copy it once more, or ask for the plain body.") from None
        is_packed = is_packed or found.wrappings != ()
        text = characters(found.payload)
        if text is None:
            raise PasteError(_NO_TEXT)
        steps += [*moved, *_packed((*outside, *found.wrappings)), *text.steps]
        texts = json_texts(text.text)
        inside = _inside(texts.found)
        if inside is None:
            after = tuple(_after(steps, one) for one in texts.found)
            return replace(texts, found=after, is_packed=is_packed)
        payload, said = inside
        steps += [*texts.found[0].steps, said]
        outside, hint = (), ""
    raise PasteError("This is text in text in text. Paste the innermost part by itself.")


_DEEPEST = 5
_NO_TEXT = (
    "This is neither text nor packed in a way that can be taken off. Paste the command or the HAR "
    "file with which it was sent, for the headers say how it is packed."
)
_CONTAINERS = {"form": "in a form", ADDRESS: "in the address"}


def _packed(wrappings: Sequence[str]) -> list[str]:
    """All wrappings in one sentence, the innermost first."""
    if not wrappings:
        return []
    words = ""
    for name in reversed(wrappings):
        place = _CONTAINERS.get(name, f"in {name}" if words else name)
        words = f"{words} {place}"
    return [f"It was{words}"]


def _after(steps: Sequence[str], text: Mended) -> Mended:
    return replace(text, steps=(*steps, *text.steps)) if steps else text


def _inside(texts: Sequence[Mended]) -> tuple[bytes, str] | None:
    """What stands in a JSON string, or in a member of what a log or a proxy wrote around it."""
    if len(texts) != 1:
        return None
    value = texts[0].value
    if isinstance(value, str):
        is_json = value.lstrip().startswith(("{", "["))
        return as_sent(value), "It was JSON inside a JSON string" if is_json else "It was in quotes"
    if not isinstance(value, Object) or holds_events(value) or is_flags_question(value):
        return None
    for name in _MEMBERS:
        body = value.get(name)
        if isinstance(body, str) and body.strip():
            return as_sent(body), f"Taken out of {name}"
        if isinstance(body, Object | tuple) and holds_events(body):
            return encode(body, Layout.PRETTY).encode(), f"Taken out of {name}"
    return None


_MEMBERS = ("body", "payload", "data", "requestBody", "request_body", "postData", "json")
