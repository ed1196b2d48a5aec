"""Which flags are on for whom, and the shapes in which senders of all ages are told.

Source: PostHog's ``rust/feature-flags/src/api/types.rs`` and ``endpoint.rs``. It knows neither
HTTP nor the request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from composer.core.behaviour import Flag
from composer.core.jsontext import Object, Value, from_python


class Shape(Enum):
    """The forms of an answer, oldest first."""

    ENABLED_KEYS = auto()
    """``/decide`` of version 1: a list of the flags that are on."""
    ENABLED_VALUES = auto()
    """``/decide`` of version 2: the flags that are on, with their variants."""
    VALUES = auto()
    """``/decide`` of version 3, ``/flags`` of version 1: all flags and, apart, their payloads."""
    DETAILS = auto()
    """``/decide`` of version 4, ``/flags`` of version 2: each flag with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A flag as it is for one person. ``number`` is its ID, from 1."""

    flag: Flag
    number: int
    enabled: bool

    @property
    def value(self) -> Value:
        """The variant, or yes or no."""
        return self.flag.variant if self.enabled and self.flag.variant else self.enabled


def evaluate(
    flags: Iterable[Flag], distinct_id: str, only: frozenset[str] | None
) -> tuple[Evaluated, ...]:
    """All flags for a person, or those whose keys are in ``only``."""
    return tuple(
        Evaluated(
            flag=flag,
            number=number,
            enabled=flag.enabled and (not flag.only_for or distinct_id in flag.only_for),
        )
        for number, flag in enumerate(flags, 1)
        if only is None or flag.key in only
    )


def shape_of(version: int | None, *, decide: bool) -> Shape:
    """The shape that a version of ``/flags`` or of ``/decide`` has."""
    if not decide:
        return Shape.DETAILS if version is not None and version > 1 else Shape.VALUES
    match version:
        case 2:
            return Shape.ENABLED_VALUES
        case 3:
            return Shape.VALUES
        case int() if version > _VALUES_OF_DECIDE:
            return Shape.DETAILS
        case _:
            return Shape.ENABLED_KEYS


def members(shape: Shape, evaluated: tuple[Evaluated, ...]) -> dict[str, Value]:
    """The part of an answer that tells the flags. ``errorsWhileComputingFlags`` is false."""
    enabled = [one for one in evaluated if one.enabled]
    match shape:
        case Shape.ENABLED_KEYS:
            return {"featureFlags": tuple(one.flag.key for one in enabled)}
        case Shape.ENABLED_VALUES:
            return {"featureFlags": _map((one.flag.key, one.value) for one in enabled)}
        case Shape.VALUES:
            payloads = ((one.flag.key, one.flag.payload) for one in enabled if one.flag.payload)
            return {
                "errorsWhileComputingFlags": False,
                "featureFlags": _map((one.flag.key, one.value) for one in evaluated),
                "featureFlagPayloads": _map(payloads),
            }
        case Shape.DETAILS:
            return {
                "errorsWhileComputingFlags": False,
                "flags": _map((one.flag.key, _details(one)) for one in evaluated),
            }


_VALUES_OF_DECIDE = 3


def _map(pairs: Iterable[tuple[str, Value]]) -> Object:
    """Of two flags with one key the later counts."""
    return Object(tuple(dict(pairs).items()))


def _details(one: Evaluated) -> Value:
    return from_python(
        {
            "key": one.flag.key,
            "enabled": one.enabled,
            "variant": (one.flag.variant or None) if one.enabled else None,
            "reason": {
                "code": "condition_match" if one.enabled else "no_condition_match",
                "condition_index": 0 if one.enabled else None,
                "description": "Matched condition set 1"
                if one.enabled
                else "No matching condition set",
            },
            "metadata": {
                "id": one.number,
                "version": 1,
                "description": None,
                "payload": (one.flag.payload or None) if one.enabled else None,
            },
        }
    )
