"""The query parameters that the flag service reads.

Source: PostHog's ``rust/feature-flags/src/api/types.rs`` and ``endpoint.rs``. It knows nothing of
bodies or of flags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus

from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.v0.query import RepeatedFieldError, form_fields


class Packing(Enum):
    """What ``compression`` says of a body."""

    UNSAID = auto()
    GZIP = auto()
    BASE64 = auto()
    UNSUPPORTED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsQuery:
    """``version`` is ``None`` if it was not given, ``config`` too."""

    version: int | None = None
    packing: Packing = Packing.UNSAID
    config: bool | None = None


def read_query(raw: bytes) -> FlagsQuery:
    """Read a query string. Raises ``RefusedError`` (400)."""
    try:
        fields = form_fields(raw, _FIELDS)
    except RepeatedFieldError as error:
        raise _unreadable(str(error)) from None
    sent_at = fields.get("sent_at", "")
    if sent_at and not _INTEGER.fullmatch(sent_at):
        raise _unreadable("invalid digit found in string")
    config = fields.get("config")
    return FlagsQuery(
        version=_version(fields.get("version", "")),
        packing=_PACKINGS.get(fields.get("compression", "").lower(), Packing.UNSUPPORTED),
        config=None if config is None else config.lower() not in _NO,
    )


_FIELDS = {
    "version": "version",
    "v": "version",
    "compression": "compression",
    "config": "config",
    "sent_at": "sent_at",
    "_": "sent_at",
}
_PACKINGS = {
    "": Packing.UNSAID,
    "gzip": Packing.GZIP,
    "gzip-js": Packing.GZIP,
    "base64": Packing.BASE64,
}
_NO = frozenset({"false", "0", "no", "off"})  # anything else means yes, even nothing at all
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_SMALL_INTEGER = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)


def _version(text: str) -> int | None:
    if not text:
        return None
    return int(text) if _SMALL_INTEGER.fullmatch(text) else 1


def _unreadable(detail: str) -> RefusedError:
    return RefusedError(HTTPStatus.BAD_REQUEST, f"Failed to deserialize query string: {detail}")
