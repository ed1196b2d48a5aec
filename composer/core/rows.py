"""Typed rows of free properties: from a JSON value to a kind and an editable text, and back.

Knows nothing of widgets, and nothing of what a property means.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from composer.core import times
from composer.core.jsontext import JsonError, Layout, Number, Object, Value, encode, parse


class RowKind(StrEnum):
    """The kinds of value a person can choose for a property."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes/no"
    DATE = "date"
    """Text that is a date with a time, in ISO 8601."""
    LIST = "list"
    OBJECT = "object"
    NULL = "null"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """Why a text is no value of the chosen kind, with the next step."""

    message: str


def kind_of(value: Value) -> RowKind:
    """The kind that a value is shown as."""
    match value:
        case None:
            return RowKind.NULL
        case bool():
            return RowKind.YES_NO
        case Number():
            return RowKind.NUMBER
        case str():
            return RowKind.DATE if _is_moment(value) else RowKind.TEXT
        case Object():
            return RowKind.OBJECT
        case tuple():
            return RowKind.LIST


def text_of(value: Value) -> str:
    """A value as text to edit: numbers as they are spelled, lists and objects as compact JSON."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case _:
            return encode(value, Layout.COMPACT)


def value_from(kind: RowKind, text: str) -> Value | RowFault:
    """The value that ``text`` spells, exactly as spelled; or why it spells none."""
    match kind:
        case RowKind.TEXT:
            return text
        case RowKind.NUMBER:
            return _number(text.strip())
        case RowKind.YES_NO:
            answer = _ANSWERS.get(text.strip().lower())
            return RowFault(message="Choose yes or no.") if answer is None else answer
        case RowKind.DATE:
            return text if _is_moment(text) else RowFault(message=_NO_MOMENT)
        case RowKind.LIST:
            return _structure(text, tuple, "A list is written in [ ], like [1, 2].")
        case RowKind.OBJECT:
            return _structure(text, Object, 'An object is written in { }, like {"seats": 14}.')
        case RowKind.NULL:
            return None
        case _:
            assert_never(kind)


def convert(value: Value, kind: RowKind) -> Value:
    """The value as another kind, for a person who changes a row's type.

    What is already of the kind, or spells a value of it, is kept; so text, list and object can be
    changed to and fro. Otherwise the nearest value is taken: 0, no, an empty or a wrapping list.
    """
    if kind_of(value) is kind:
        return value
    text = _as_text(value)
    spelled = value_from(kind, text)
    match kind:
        case RowKind.TEXT | RowKind.DATE:
            return text
        case RowKind.NUMBER if isinstance(value, bool):
            return Number("1" if value else "0")
        case RowKind.YES_NO if isinstance(value, Number):
            return float(value.text) != 0
        case _ if not isinstance(spelled, RowFault):
            return spelled
        case RowKind.NUMBER:
            return Number("0")
        case RowKind.LIST:
            return (value,) if text else ()
        case RowKind.OBJECT:
            return Object((("value", value),)) if text else Object()
        case _:
            return False


_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_NO_MOMENT = "Write date and time like 2026-11-21T09:30:00Z, or choose text for a date alone."
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}


def _as_text(value: Value) -> str:
    """A value as text on the wire: nothing for null, and for yes what JSON says for it."""
    match value:
        case None:
            return ""
        case bool():
            return encode(value)
        case _:
            return text_of(value)


def _is_moment(text: str) -> bool:
    return _MOMENT.fullmatch(text) is not None and times.read(text) is not None


def _number(text: str) -> Number | RowFault:
    try:
        number = Number(text)
    except ValueError:
        return RowFault(message=_number_slip(text))
    if math.isinf(float(text)):
        return RowFault(message="PostHog refuses numbers this large. Choose text to keep it.")
    return number


def _number_slip(text: str) -> str:
    if not text:
        return "Enter a number."
    if "," in text:
        return "Use a point for decimals and nothing between thousands: 1234.5."
    if text.startswith("+"):
        return "Leave out the plus sign."
    if text.startswith((".", "-.")) or text.endswith("."):
        return "Write a digit before and after the point, like 0.5."
    if re.fullmatch(r"-?0[0-9]+(?:\.[0-9]+)?", text):
        return "A number cannot begin with 0. Choose text to keep the zero."
    return "This is not a number. Write it like 1.5, or choose text."


def _structure(text: str, shape: type[Value], advice: str) -> Value | RowFault:
    try:
        value = parse(text)
    except JsonError as error:
        return RowFault(message=f"{error} {error.hint}".rstrip())
    return value if isinstance(value, shape) else RowFault(message=advice)
