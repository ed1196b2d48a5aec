"""How languages print the numbers that they have read: which of JSON's spellings survive them.

Each function takes a JSON number as spelled and returns what the language would write in its place,
``null`` for one beyond the range of a double.
"""

from __future__ import annotations

import re
from decimal import Decimal

_INTEGER = re.compile(r"-?[0-9]+")
_READABLE = 4000
"""Digits of the longest integer that is kept as one: Python reads no more than 4300."""

_LARGEST_64_BIT = 2**63 - 1


def python_number(text: str) -> str:
    """As ``json.dumps`` writes it: integers of any length, floats with the shortest spelling."""
    if is_integer(text) and text != "-0":
        return text
    return _or_null(text, repr(float(text)))


def javascript_number(text: str) -> str:
    """As ``JSON.stringify`` writes it: every number is a double (ECMA-262, Number::toString)."""
    return "0" if float(text) == 0 else _or_null(text, _printed(text, (-7, 21), ("", "e{:+d}")))


def php_number(text: str) -> str:
    """As ``json_encode`` writes it: integers of 64 bits, doubles without a fraction of zero."""
    if is_integer(text) and -_LARGEST_64_BIT <= int(text) <= _LARGEST_64_BIT and text != "-0":
        return text
    return _or_null(text, _printed(text, (-5, 17), (".0", "e{:+d}")))


def ruby_number(text: str) -> str:
    """As ``JSON.generate`` writes it: integers of any length, doubles always with a fraction."""
    if is_integer(text) and text != "-0":
        return text
    printed = _printed(text, (-5, 15), (".0", "e{:+03d}"))
    return _or_null(text, printed if re.search("[.e]", printed) else f"{printed}.0")


def exact_number(text: str) -> str:
    """As Go's ``json.Number`` writes it: as it was."""
    return _or_null(text, text)


def is_integer(text: str) -> bool:
    """Whether a language with integers of any length reads it as one."""
    return bool(_INTEGER.fullmatch(text)) and len(text) <= _READABLE


def is_same_value(text: str, other: str) -> bool:
    """Whether two spellings name the same number."""
    return other != "null" and Decimal(text) == Decimal(other)


def _or_null(text: str, printed: str) -> str:
    return "null" if abs(float(text)) == float("inf") else printed


def _printed(text: str, plain: tuple[int, int], scientific: tuple[str, str]) -> str:
    """The shortest digits that mean this double: plain while the exponent is within ``plain``.

    ``scientific`` is what a mantissa of one digit gets, and the form of the exponent.
    """
    value = float(text)
    if value in (0.0, float("inf"), float("-inf")):
        return "-0" if text.startswith("-") else "0"
    shortest = Decimal(repr(value)).normalize()
    shown = "".join(map(str, shortest.as_tuple().digits))
    point = shortest.adjusted() + 1  # where the point stands, counted from the first digit
    minus = "-" if value < 0 else ""
    if not plain[0] < point - 1 < plain[1]:
        tail = f".{shown[1:]}" if len(shown) > 1 else scientific[0]
        return f"{minus}{shown[0]}{tail}{scientific[1].format(point - 1)}"
    if point <= 0:
        return f"{minus}0.{'0' * -point}{shown}"
    if len(shown) <= point:
        return f"{minus}{shown}{'0' * (point - len(shown))}"
    return f"{minus}{shown[:point]}.{shown[point:]}"
