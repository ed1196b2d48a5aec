"""The headers that every v1 request must have, checked in PostHog's order.

Source: capture-server.md, 7.1 and 7.3. A token that is well-formed but not known meets the same
answer as a malformed one, in the same place: v1 has no other 401 for a token, and v0 looks for
unknown ones right behind their shape (3.5). It knows nothing of bodies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from composer.core.dates import read_rfc3339
from composer.core.ids import is_uuid
from composer.services.sandbox.v1.answers import INVALID_TOKEN, Fault, RefusedBatchError
from composer.services.sandbox.v1.unpack import ENCODINGS

REQUEST_ID = "PostHog-Request-Id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What the headers say.

    ``encoding`` is empty or one of ``ENCODINGS``; ``sent_at`` is the sender's clock, in UTC;
    ``library`` is the SDK's name and version, ``None`` where the header is of no use.
    """

    token: str
    encoding: str
    sent_at: datetime
    library: tuple[str, str] | None


def read_headers(headers: Mapping[str, str], known_tokens: frozenset[str] | None) -> Sender:
    """Check the headers, whose names are in lower case. Raises ``RefusedBatchError``."""
    if "authorization" not in headers:
        words = "request is missing the Authorization header"
        raise RefusedBatchError(Fault.MISSING_AUTHORIZATION, words)
    missing = [name for name in _REQUIRED if name.lower() not in headers]
    if missing:
        listed = ", ".join(f'"{name}"' for name in missing)
        words = f"request is missing required headers: [{listed}]"
        raise RefusedBatchError(Fault.MISSING_HEADERS, words)
    token = _token(_visible(headers, "authorization"), known_tokens)
    _check_content_type(_visible(headers, "content-type"))
    encoding = _encoding(_visible(headers, _ENCODING)) if _ENCODING.lower() in headers else ""
    _check_request_id(_visible(headers, REQUEST_ID))
    _check_attempt(_visible(headers, _ATTEMPT))
    sent_at = _sent_at(_visible(headers, _TIMESTAMP))
    _visible(headers, "user-agent")
    library = _library(_visible(headers, _SDK))
    return Sender(token=token, encoding=encoding, sent_at=sent_at, library=library)


_SDK, _ATTEMPT, _TIMESTAMP = "PostHog-Sdk-Info", "PostHog-Attempt", "PostHog-Request-Timestamp"
_ENCODING = "Content-Encoding"
_REQUIRED = (_SDK, _ATTEMPT, REQUEST_ID, _TIMESTAMP, "content-type", "user-agent")
_VISIBLE = re.compile(r"[\t -~]*")
_SCHEME = "bearer "
_LONGEST_TOKEN = 64  # bytes, of which each is a character here
_PERSONAL_KEY = "phx_"
_POSITIVE = re.compile(r"\+?0*([1-9][0-9]{0,9})", re.ASCII)
_U32_MAX = 2**32 - 1
_LONGEST_SDK = 200  # bytes, as above


def _visible(headers: Mapping[str, str], name: str) -> str:
    """The value of a header that is there, which may have no byte beyond visible ASCII."""
    value = headers[name.lower()]
    if not _VISIBLE.fullmatch(value):
        raise _invalid(f"{name} contains non-visible ASCII characters")
    return value


def _token(authorization: str, known: frozenset[str] | None) -> str:
    is_bearer = authorization[: len(_SCHEME)].lower() == _SCHEME
    if not is_bearer or len(authorization) == len(_SCHEME):
        raise _invalid("Authorization must use Bearer scheme")
    token = authorization[len(_SCHEME) :].strip()
    is_sound = 0 < len(token) <= _LONGEST_TOKEN and not token.startswith(_PERSONAL_KEY)
    if not is_sound or (known is not None and token not in known):
        raise RefusedBatchError(Fault.INVALID_TOKEN, INVALID_TOKEN)
    return token


def _check_content_type(value: str) -> None:
    if value.partition(";")[0].strip().lower() != "application/json":
        raise RefusedBatchError(Fault.CONTENT_TYPE, f"unsupported content type: {value}")


def _encoding(value: str) -> str:
    if value.lower() not in ENCODINGS:
        raise RefusedBatchError(Fault.ENCODING, f"unsupported content encoding: {value}")
    return value.lower()


def _check_request_id(value: str) -> None:
    if not is_uuid(value):
        raise _invalid(f"{REQUEST_ID} is not a valid UUID: {value}")


def _check_attempt(value: str) -> None:
    match = _POSITIVE.fullmatch(value)
    if match is None or int(match[1]) > _U32_MAX:
        raise _invalid(f"{_ATTEMPT} must be a positive integer: {value}")


def _sent_at(value: str) -> datetime:
    moment = read_rfc3339(value)
    if moment is None:
        raise _invalid(f"{_TIMESTAMP} is not valid RFC 3339: {value}")
    return moment


def _library(value: str) -> tuple[str, str] | None:
    name, _, version = value.rpartition("/")
    name, version = name.strip(), version.strip()
    return (name, version) if name and version and len(value) <= _LONGEST_SDK else None


def _invalid(detail: str) -> RefusedBatchError:
    return RefusedBatchError(Fault.INVALID_HEADER, f"invalid header value: {detail}")
