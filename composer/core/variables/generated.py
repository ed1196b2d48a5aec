"""Values that are made anew each time: ``{{now -2d}}``, ``{{uuid7}}``, and their like.

Time and chance are handed in (``Maker``).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Protocol

from composer.core.jsontext import JsonError, Number, Value, parse
from composer.core.times import wire_text
from composer.core.variables.moments import OFFSET_HELP, moved, offset_of
from composer.core.variables.references import Reference


class Maker(Protocol):
    """Where time and chance come from, so that everything else stays pure."""

    def now(self) -> datetime:
        """The present moment, with its zone."""
        ...

    def uuid7(self, moment: datetime) -> str:
        """A version-7 UUID of that moment."""
        ...

    def below(self, n: int) -> int:
        """A random whole number from 0 up to but not ``n``."""
        ...


def reference_problem(reference: Reference) -> str:
    """Why a generated reference has no value, with the next step; empty if it has one."""
    match reference.name:
        case "now" if offset_of(reference.arguments) is None:
            return OFFSET_HELP
        case "uuid7" if reference.arguments:
            return "Write {{uuid7}} with nothing behind it."
        case "pick" if not reference.arguments:
            return 'Write what to pick from, such as {{pick red "light blue" 3}}.'
        case "int" if _bounds(reference) is None:
            return "Write two whole numbers, such as {{int 1 10}}."
        case _:
            return ""


def made(reference: Reference, maker: Maker, moment: datetime) -> tuple[Value, ...]:
    """The value of a generated reference, alone in a tuple; nothing if it cannot be made.

    ``moment`` is the time of the event that an ID is for.
    """
    if reference_problem(reference):
        return ()
    match reference.name:
        case "now":
            there = moved(maker.now(), offset_of(reference.arguments) or _NO_OFFSET)
            return () if there is None else (wire_text(there),)
        case "uuid7":
            return (maker.uuid7(moment),)
        case "pick":
            chosen = reference.arguments[maker.below(len(reference.arguments))]
            return (_literal(chosen),)
        case _:
            low, high = _bounds(reference) or (0, 0)
            return (Number(str(low + maker.below(high - low + 1))),)


_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_NO_OFFSET = timedelta()


def _bounds(reference: Reference) -> tuple[int, int] | None:
    """The two ends of a range, the lower one first."""
    words = reference.arguments
    if len(words) != len(("low", "high")) or not all(_WHOLE.fullmatch(word) for word in words):
        return None
    low, high = sorted(int(word) for word in words)
    return low, high


def _literal(argument: str) -> Value:
    """Numbers, ``true``, ``false`` and ``null`` without quotes are what they are in JSON."""
    if argument[0] in "\"'":
        return argument[1:-1]
    try:
        return parse(argument)
    except JsonError:
        return argument
