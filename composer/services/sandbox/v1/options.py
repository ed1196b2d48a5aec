"""The ``options`` of a v1 event, whose values may be spelled in several ways.

Source: capture-server.md, 7.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.jsontext import Number, Object, Value
from composer.core.spelling import trimmed


class InvalidOptionsError(ValueError):
    """One of the known options has a value that it cannot have, or there is no object at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an event asks for; ``None`` where it asks for nothing."""

    cookieless_mode: bool | None = None
    disable_skew_correction: bool | None = None
    product_tour_id: str | None = None
    process_person_profile: bool | None = None


def read_options(source: Value) -> Options:
    """Read them; ``null`` stands for none, and unknown ones are passed over.

    Raises ``InvalidOptionsError``.
    """
    if source is None:
        return _NONE
    if not isinstance(source, Object):
        raise InvalidOptionsError
    return Options(
        cookieless_mode=_switch(source.get("cookieless_mode")),
        disable_skew_correction=_switch(source.get("disable_skew_correction")),
        product_tour_id=_name(source.get("product_tour_id")),
        process_person_profile=_switch(source.get("process_person_profile")),
    )


_NONE = Options()
_SWITCHES = {"true": True, "1": True, "false": False, "0": False}
_INTEGER = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_SMALLEST, _LARGEST = -(2**63), 2**64 - 1


def _switch(value: Value) -> bool | None:
    match value:
        case bool() | None:
            return value
        case Number(text):
            return float(text) != 0
        case str() if trimmed(value).lower() in _SWITCHES:
            return _SWITCHES[trimmed(value).lower()]
        case _:
            raise InvalidOptionsError


def _name(value: Value) -> str | None:
    match value:
        case str() | None:
            return value
        case Number(text) if _is_integer(text):
            return str(int(text))
        case _:
            raise InvalidOptionsError


def _is_integer(text: str) -> bool:
    """Whether serde holds the number as an integer of 64 bits; ``-0`` it holds as a double."""
    return (
        _INTEGER.fullmatch(text) is not None and text != "-0" and _SMALLEST <= int(text) <= _LARGEST
    )
