"""Numbers and names as JavaScript, Python and others write them, and what JSON writes instead.

Knows one word at a time.
"""

from __future__ import annotations

import re

from composer.core.verdicts.repair.changes import UnclearError


def value_of(word: str) -> str:
    """A word in the place of a value, as JSON writes it. Raises ``UnclearError``."""
    if word in _NOTHING or _NOT_FINITE.fullmatch(word):
        return "null"
    lower = word.lower()
    return lower if lower in _CONSTANTS else _number(word)


def key_of(word: str) -> str:
    """A word in the place of a key, as JSON writes it. Raises ``UnclearError``."""
    if not _KEY.fullmatch(word) or word in {"True", "False", "None"}:
        raise UnclearError(f"{shown(word)} could be meant as several keys")
    return f'"{word}"'


def shown(word: str) -> str:
    """A word of any length, short enough for a sentence."""
    return word if len(word) <= _LONGEST else f"{word[:_LONGEST]}\u2026"


_LONGEST = 24
_NOTHING = frozenset({"None", "nil", "undefined"})
_NOT_FINITE = re.compile(r"[+-]?(?:NaN|nan|Infinity|[iI]nf)")
_CONSTANTS = frozenset({"true", "false", "null"})
_KEY = re.compile(r"[^\W\d][\w$.-]*+|\$[\w$.-]++|0|[1-9][0-9]*+")
_DIGITS = r"(?:[0-9]++(?:_[0-9]++)*)?"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<whole>{_DIGITS})(?P<point>\.?)(?P<part>{_DIGITS})"
    r"(?P<power>(?:[eE][+-]?[0-9]++)?)(?P<suffix>[nL]?)"
)
_OTHER_BASE = re.compile(
    r"[+-]?0(?:[xX](?:_?[0-9a-fA-F]){1,16}|[oO](?:_?[0-7]){1,21}|[bB](?:_?[01]){1,64})"
)
_LONGEST_NUMBER = 400


def _number(word: str) -> str:
    if _OTHER_BASE.fullmatch(word):
        return str(int(word, 0))
    match = _NUMBER.fullmatch(word) if len(word) <= _LONGEST_NUMBER else None
    if match is None or not (match["whole"] or match["part"]):
        raise UnclearError(f"{shown(word)} is no word of JSON")
    if match["suffix"] and (match["point"] or match["power"]):
        raise UnclearError(f"{shown(word)} is no number")
    whole = match["whole"].replace("_", "").lstrip("0") or "0"
    part = match["part"].replace("_", "") or "0"
    sign = "-" if match["sign"] == "-" else ""
    return f"{sign}{whole}{'.' + part if match['point'] else ''}{match['power']}"
