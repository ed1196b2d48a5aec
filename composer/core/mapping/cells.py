"""From a cell to a JSON value, as a column's rule wants it; or why that cannot be.

Cells of CSV are text; those of JSON are values, and have a type already. Knows no events.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isinf
from typing import TypeAlias

from composer.core.jsontext import (
    JsonError,
    Layout,
    Number,
    Object,
    Value,
    encode,
    parse,
)
from composer.core.mapping.mapping import CellKind
from composer.core.mapping.moments import Reader
from composer.core.spelling import shown


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be used: a sentence with the next step."""

    words: str


Convert: TypeAlias = "Callable[[Value], Value | Fault]"


def is_empty(cell: Value) -> bool:
    """Whether there is nothing in it: no value, ``null``, or nothing but white space."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def converter(kind: CellKind, read: Reader, *, typed: bool) -> Convert:
    """What makes values of cells that are not empty; ``typed`` tells whether text is meant as text.

    In CSV all cells are text, whatever is meant, in JSON only text is.
    """
    match kind:
        case CellKind.AUTO:
            return _same if typed else _guessed
        case CellKind.TEXT:
            return text_of
        case CellKind.NUMBER:
            return _number
        case CellKind.NUMBER_COMMA:
            return _comma_number
        case CellKind.YES_NO:
            return _yes_no
        case CellKind.DATE:
            return lambda cell: _date(cell, read)
        case CellKind.VALUE:
            return _value
        case CellKind.LIST:
            return _list


def text_of(cell: Value) -> str:
    """A cell as text: numbers as they are spelled, lists and objects as JSON."""
    return cell if isinstance(cell, str) else encode(cell, Layout.COMPACT)


def object_of(cell: Value) -> Object | Fault:
    """A cell that holds a JSON object, as such or as text."""
    value = _value(cell)
    if isinstance(value, Object | Fault):
        return value
    return Fault(f"{_shown(cell)} is no JSON object. Choose another use for the column.")


def number_fault(text: str) -> str:
    """Why the service could not read a number; empty if it can (capture-server.md, 2.3)."""
    if len(text) < _SURELY_FINITE and "e" not in text and "E" not in text:
        return ""
    return f"The number {shown(text)} is too large. Make the column text." * isinf(float(text))


_SURELY_FINITE = 300  # digits
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,30})?", re.ASCII)
_COMMA = re.compile(r"-?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:\.\d{3}){1,4})(?:,\d{1,30})?", re.ASCII)
_WORDS = {"true": True, "false": False, "TRUE": True, "FALSE": False, "True": True, "False": False}
_DIGITS_END = ":"  # comes right after the digits
_YES = frozenset({"yes", "true", "y", "on", "1", "t"})
_NO = frozenset({"no", "false", "n", "off", "0", "f"})


def is_plain_number(text: str) -> bool:
    """Whether ``AUTO`` makes a number of it."""
    return _PLAIN.fullmatch(text) is not None


def is_plain_text(text: str) -> bool:
    """Whether ``AUTO`` leaves it as it is: told only of text that begins like a word."""
    return text > _DIGITS_END and text not in _WORDS and not text.isspace()


def is_comma_number(text: str) -> bool:
    """Whether it is a number with a comma before its fraction: ``1.234,50``, ``9,90``, ``7``."""
    return _COMMA.fullmatch(text.strip()) is not None


def is_plain_word(text: str) -> bool:
    """Whether ``AUTO`` makes ``true`` or ``false`` of it."""
    return text in _WORDS


def _same(cell: Value) -> Value:
    return cell


def _guessed(cell: Value) -> Value:
    if not isinstance(cell, str):
        return cell
    if _PLAIN.fullmatch(cell):
        return Number(cell)
    return _WORDS.get(cell, cell)


def _number(cell: Value) -> Value | Fault:
    if isinstance(cell, Number):
        return cell
    try:
        return Number(cell.strip() if isinstance(cell, str) else "")
    except ValueError:
        return Fault(f"{_shown(cell)} is not a number. Write it as 12, -0.5 or 9.99.")


def _comma_number(cell: Value) -> Value | Fault:
    if isinstance(cell, Number):
        return cell
    text = cell.strip() if isinstance(cell, str) else ""
    if not is_comma_number(text):
        return Fault(f"{_shown(cell)} is not a number. Write it as 12, -0,5 or 1.234,50.")
    return Number(text.replace(".", "").replace(",", "."))


def _yes_no(cell: Value) -> Value | Fault:
    if isinstance(cell, bool):
        return cell
    word = text_of(cell).strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    return Fault(f"{_shown(cell)} is neither yes nor no. Write yes or no, or true or false.")


def _date(cell: Value, read: Reader) -> Value | Fault:
    moment = read(text_of(cell).strip())
    if moment is None:
        return date_fault(cell)
    return moment.day or moment.text


def date_fault(cell: Value) -> Fault:
    """Of a cell that is no date in the format of its column."""
    return Fault(f"{_shown(cell)} is no date in the column's format. Choose another time format.")


def _value(cell: Value) -> Value | Fault:
    if not isinstance(cell, str):
        return cell
    try:
        return parse(cell)
    except JsonError as error:
        return Fault(f"{_shown(cell)} is no JSON. {error.message}")


def _list(cell: Value) -> Value | Fault:
    match cell:
        case tuple():
            return cell
        case Object():
            return Fault(f"{_shown(cell)} is no list. Choose another type for the column.")
        case _:
            items = (item.strip() for item in text_of(cell).split(","))
            return tuple(item for item in items if item)


def _shown(cell: Value) -> str:
    return shown(text_of(cell).replace("\n", " "))
