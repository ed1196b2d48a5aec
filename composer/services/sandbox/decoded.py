"""The text in a request for a person to read, however it was packed, and accepted or not.

The endpoints unpack as PostHog does, which refuses much that a person could still make sense of:
base64 in a form on ``/batch``, say. Here every known wrapping is taken off wherever it is found.

It knows nothing of answers. Safe to call from any thread; bounded by ``TEXT_LIMIT``.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from composer.services.ports import Arrival, DecodedBody
from composer.services.sandbox.v0 import lz64
from composer.services.sandbox.v1.answers import RefusedBatchError
from composer.services.sandbox.v1.unpack import ENCODINGS, TEXT_LIMIT, decompress

MOST_LZ64 = 2 * 1024 * 1024
"""Bytes of lz-string text that are unpacked: it is slow work, and no SDK sends more."""


def decoded(arrival: Arrival) -> DecodedBody:
    """The text of a request. A ``fault`` says why there is none, with the next step."""
    headers = {name.lower(): value for name, value in arrival.headers}
    query = _fields(arrival.path.partition("?")[2].encode("latin-1", "replace"))
    data, body = query.get("data", b""), arrival.body.read()
    if not body and not data:
        is_lost = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        return DecodedBody(text="", fault=_LOST if is_lost else "There is no body.")
    work = _Work(
        payload=data or body,
        hint=_text(query.get("compression")) or headers.get("content-encoding", ""),
        wrappings=("data in the address",) if data else (),
    )
    try:
        for _ in range(_DEEPEST):
            following = _unwrapped(work)
            if following is None:
                break
            work = following
    except _UnreadableError as error:
        return DecodedBody(text="", wrappings=work.wrappings, fault=str(error))
    try:
        text = work.payload.decode("utf-8")
    except UnicodeDecodeError:
        fault = "What came is not text (UTF-8). Look at the bytes under Raw."
        return DecodedBody(text="", wrappings=work.wrappings, fault=fault)
    return DecodedBody(text=text, wrappings=work.wrappings)


_LOST = "The body was not kept: it was too large, or did not come whole. Look at the answer."


class _UnreadableError(Exception):
    """A wrapping is known but cannot be taken off; the words are for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is left to unwrap; ``hint`` is the compression that the sender names, if any."""

    payload: bytes
    hint: str
    wrappings: tuple[str, ...]

    def inside(self, payload: bytes, wrapping: str, hint: str = "") -> _Work:
        return _Work(payload=payload, hint=hint or self.hint, wrappings=(*self.wrappings, wrapping))


_DEEPEST = 5  # wrappings; senders use three at most
_GZIP_MAGIC = b"\x1f\x8b\x08"
_ENCODINGS = ENCODINGS - {"gzip"}  # gzip is known by its first bytes instead
_LZ64_HINTS = frozenset({"lz64", "lz-string"})
_JSON_START = re.compile(rb"\s*[\[{]")
_FORM_START = re.compile(rb"(?:[\w$.-]+=[^&]*&)*(?:data|compression|_|ip)=", re.ASCII)
_LOOK = 4096  # bytes from which a form is recognised
_BASE64 = re.compile(rb"[A-Za-z0-9+/=_\s-]+")


def _unwrapped(work: _Work) -> _Work | None:
    """One wrapping less; ``None`` where there is none."""
    payload = work.payload
    if work.hint in _ENCODINGS and work.hint not in work.wrappings:
        return _from_encoding(work)
    if payload.startswith(_GZIP_MAGIC):
        return work.inside(_inflated(payload, "gzip"), "gzip")
    if _is_json(payload):
        return None
    if _FORM_START.match(payload[:_LOOK]):
        return _from_form(work)
    if work.hint.lower() in _LZ64_HINTS and (text := _from_lz64(payload)) is not None:
        return work.inside(text, "lz-string")
    if (data := _from_base64(payload)) is not None:
        return work.inside(data, "base64")
    return None


def _from_encoding(work: _Work) -> _Work | None:
    """By the header, which v0 does not read: plain JSON may stand under it too."""
    try:
        return work.inside(_inflated(work.payload, work.hint), work.hint)
    except _UnreadableError:
        if _is_json(work.payload):
            return None
        raise


def _inflated(payload: bytes, encoding: str) -> bytes:
    try:
        return decompress(payload, encoding)
    except RefusedBatchError:
        most = TEXT_LIMIT // (1024 * 1024)
        raise _UnreadableError(
            f"It says it is {encoding}, but it is damaged, or more than {most} MB once unpacked. "
            "Look at the bytes under Raw."
        ) from None


def _from_form(work: _Work) -> _Work | None:
    fields = _fields(work.payload)
    data = fields.get("data")
    return None if data is None else work.inside(data, "form", _text(fields.get("compression")))


def _fields(form: bytes) -> dict[str, bytes]:
    """Form fields; of a repeated one the last."""
    pairs = (pair.replace(b"+", b" ").partition(b"=") for pair in form.split(b"&"))
    return {_text(unquote_to_bytes(key)): unquote_to_bytes(value) for key, _, value in pairs}


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")


def _from_lz64(payload: bytes) -> bytes | None:
    if len(payload) > MOST_LZ64:
        raise _UnreadableError("It is lz-string, and too long to be unpacked here.")
    try:
        units = lz64.decompress(payload.replace(b" ", b"+"), TEXT_LIMIT)
        text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
    except (lz64.Lz64Error, lz64.TooLongError, UnicodeDecodeError):
        return None
    return text if _is_json(text) else None


def _from_base64(payload: bytes) -> bytes | None:
    """Lenient: blanks for plus signs, the alphabet for addresses, missing padding."""
    if not _BASE64.fullmatch(payload):
        return None
    letters = payload.strip().replace(b" ", b"+").translate(_URL_LETTERS, b"\r\n\t")
    try:
        data = base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except binascii.Error:
        return None
    return data if _makes_sense(data) else None


_URL_LETTERS = bytes.maketrans(b"-_", b"+/")


def _makes_sense(data: bytes) -> bool:
    """Whether it is worth taking for base64: many a word is spelled in its letters."""
    return (
        data.startswith(_GZIP_MAGIC)
        or _is_json(data)
        or _FORM_START.match(data[:_LOOK]) is not None
        or _BASE64.fullmatch(data) is not None
    )


def _is_json(data: bytes) -> bool:
    return _JSON_START.match(data) is not None
