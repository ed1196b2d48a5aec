"""The kind that PostHog's menus give a property, from its name and its first value.

Source: ingestion-rules.md, ``props.type_fixed`` and ``props.utm_flag_text`` (S58). It knows no rule
and no clock.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from composer.core.dates import read_rfc3339
from composer.core.jsontext import Number, Value


class PropertyKind(StrEnum):
    """The kinds, in words for people."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    DATE = "date"


def is_always_text(name: str) -> bool:
    """Whether the name alone makes a property text: campaigns, flags and answers to surveys."""
    return name.lower().startswith(_TEXT_NAMES)


def kind_of(name: str, value: Value, now: datetime) -> PropertyKind | None:
    """The kind; ``None`` for a list, an object or ``null``, which settle none."""
    if is_always_text(name) or name.lower() == "$feature_flag_response":
        return PropertyKind.TEXT
    if isinstance(value, bool):
        return PropertyKind.YES_NO
    if isinstance(value, Number):
        return PropertyKind.DATE if _is_moment(name, value, now) else PropertyKind.NUMBER
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text in {"true", "false", "TRUE", "FALSE"}:
        return PropertyKind.YES_NO
    return PropertyKind.DATE if _is_date(text) else PropertyKind.TEXT


_TEXT_NAMES = ("utm_", "$initial_utm_", "$feature/", "$survey_response")
_TIME_NAME = re.compile("time|date|_at|-at|createdat|updatedat")
_LONGEST_DATE = 64
_DATE = re.compile(
    r"(?:[0-9]{4}[/-][0-2][0-9][/-][0-3][0-9]|[0-2][0-9][/-][0-3][0-9][/-][0-9]{4})"
    r"(?:[ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9].*)?"
)
_MAIL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})? \S+"
)
_WHOLE = re.compile(r"[0-9]{1,19}")
_HALF_A_YEAR = timedelta(seconds=15_768_000)


def _is_date(text: str) -> bool:
    if len(text) > _LONGEST_DATE or not text[:1].isalnum():
        return False
    return bool(_DATE.fullmatch(text) or _MAIL_DATE.fullmatch(text) or read_rfc3339(text))


def _is_moment(name: str, value: Number, now: datetime) -> bool:
    """Whether a number passes for a Unix time: by its name, and if it is not long past."""
    if not _TIME_NAME.search(name.lower()) or not _WHOLE.fullmatch(value.text):
        return False
    return int(value.text) >= int((now - _HALF_A_YEAR).timestamp())
