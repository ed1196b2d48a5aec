"""Identifiers: made from a time and random bits that are handed in, or read; and IDs of nobody.

PostHog looks an event up by the time inside its version-7 UUID (event-catalogue.md, 0.1), so the
two are made together.
"""

from __future__ import annotations

import re
from uuid import UUID

PLACEHOLDER_IDS = frozenset(
    {
        "0",
        "00000000-0000-0000-0000-000000000000",
        "[object object]",
        "anonymous",
        "anonymous-user",
        "backend",
        "distinct_id",
        "distinctid",
        "email",
        "false",
        "guest",
        "id",
        "nan",
        "none",
        "not_authenticated",
        "null",
        "system",
        "true",
        "undefined",
        "user",
    }
)
"""IDs of nobody, trimmed and in small letters (ingestion-rules.md, 1.2; it holds all of 1.1)."""


def uuid7(milliseconds: int, randomness: int) -> str:
    """A version-7 UUID (RFC 9562, section 5.7) for a Unix time in milliseconds.

    ``randomness`` supplies 74 bits; what exceeds them is ignored.
    """
    high = randomness >> 62 & 0xFFF
    low = randomness & 0x3FFF_FFFF_FFFF_FFFF
    time = milliseconds & 0xFFFF_FFFF_FFFF
    return str(UUID(int=time << 80 | _VERSION << 76 | high << 64 | 0b10 << 62 | low))


def is_uuid(text: str) -> bool:
    """Whether the capture service reads ``text`` as a UUID (capture-server.md, section 2.3).

    It takes 32 digits, hyphenated ones, and those in braces or after ``urn:uuid:``, in any case.
    """
    return _UUID.fullmatch(text) is not None


def uuid7_milliseconds(text: str) -> int | None:
    """The Unix time in milliseconds inside a version-7 UUID; ``None`` for any other text."""
    if not _UUID.fullmatch(text):
        return None
    parsed = UUID(text)
    return parsed.int >> 80 if parsed.version == _VERSION else None


_VERSION = 7
_HYPHENATED = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_UUID = re.compile(
    rf"{_HYPHENATED}|[0-9a-f]{{32}}|\{{{_HYPHENATED}\}}|urn:uuid:{_HYPHENATED}",
    re.ASCII | re.IGNORECASE,
)
