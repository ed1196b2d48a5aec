"""Reading the members of a JSON object one by one, where each may be missing or wrong.

It knows what sorts of values settings have, and none of the settings.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from composer.core.jsontext import Number, Object
from composer.core.route import LONGEST_WAIT
from composer.core.settings import HIGHEST_PORT

_E = TypeVar("_E", bound=StrEnum)
_D = TypeVar("_D")


class Members:
    """The members of ``source``. ``faults`` gets the names of those that are wrong."""

    def __init__(self, source: Object, name: str = "", faults: list[str] | None = None) -> None:
        self.source = source
        self.faults: list[str] = [] if faults is None else faults
        self._name = name

    def part(self, key: str) -> Members:
        """The members of the object at ``key``; none where there is no object."""
        value = self.source.get(key, Object())
        source = value if isinstance(value, Object) else self.wrong(key, Object())
        return Members(source, f"{self._name}{key} > ", self.faults)

    def wrong(self, key: str, default: _D) -> _D:
        """Note that ``key`` is wrong; returns ``default``."""
        self.faults.append(self._name + key)
        return default

    def text(self, key: str, default: str) -> str:
        """Any text."""
        value = self.source.get(key, default)
        return value if isinstance(value, str) else self.wrong(key, default)

    def switch(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.source.get(key, default)
        return value if isinstance(value, bool) else self.wrong(key, default)

    def choice(self, key: str, kind: type[_E], default: _D) -> _E | _D:
        """A member of ``kind``; ``null`` only where that is the default."""
        value = self.source.get(key)
        if key not in self.source or (value is None and default is None):
            return default
        known = next((member for member in kind if member.value == value), None)
        return self.wrong(key, default) if known is None else known

    def seconds(self, key: str, default: float) -> float:
        """A timeout."""
        number = self._number(key, default)
        return number if 0 < number <= LONGEST_WAIT else self.wrong(key, default)

    def seconds_or_none(self, key: str) -> float | None:
        """A timeout, or ``None`` where there is none."""
        return None if self.source.get(key) is None else self.seconds(key, 0.0) or None

    def count_or_none(self, key: str, most: int) -> int | None:
        """A whole number from 1, or ``None`` where there is none."""
        if self.source.get(key) is None:
            return None
        number = self._number(key, 0)
        fits = number.is_integer() and 1 <= number <= most
        return int(number) if fits else self.wrong(key, None)

    def number(self, key: str, default: float, *, allows: Callable[[float], bool]) -> float:
        """A number that is allowed."""
        number = self._number(key, default)
        return number if allows(number) else self.wrong(key, default)

    def texts_or_none(self, key: str) -> tuple[str, ...] | None:
        """A list of texts, or ``None`` where there is none."""
        value = self.source.get(key)
        if value is None:
            return None
        items = value if isinstance(value, tuple) else (None,)
        texts = tuple(item for item in items if isinstance(item, str))
        return texts if len(texts) == len(items) else self.wrong(key, None)

    def port(self, key: str, default: int) -> int:
        """A port; 0 is any that is free."""
        number = self._number(key, default)
        whole = number.is_integer() and 0 <= number <= HIGHEST_PORT
        return int(number) if whole else self.wrong(key, default)

    def _number(self, key: str, default: float) -> float:
        """The number, which may be infinite; one that no limit allows for what is no number."""
        value = self.source.get(key, Number(repr(default)))
        return float(value.text) if isinstance(value, Number) else -1.0
