"""What an editor writes its value on: the session, or an object in a list that an editor shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from composer.core.jsontext import Path, Value


class Sheet(Protocol):
    """Takes a person's edits, and knows what new values are made of."""

    def set_value(self, path: Path, value: Value) -> None:
        """Set one value; what is typed in one go is one step to undo."""
        ...

    def set_values(self, values: Sequence[tuple[Path, Value]]) -> None:
        """Set several values as one step."""
        ...

    def remove(self, path: Path) -> None:
        """Remove one member."""
        ...

    def fresh_uuid(self) -> str:
        """A new version-7 UUID."""
        ...

    def now_text(self) -> str:
        """The time as it is written into a timestamp."""
        ...

    def describe_time(self, text: str) -> str:
        """A timestamp in UTC and relative to now."""
        ...


class PartSheet:
    """The sheet of an editor for one part of an object; the path that it names does not count."""

    def __init__(
        self,
        outer: Sheet,
        put: Callable[[Value], None],
        rearrange: Callable[[Value], None],
        drop: Callable[[], None],
    ) -> None:
        self._outer = outer
        self._put = put
        self._rearrange = rearrange
        self._drop = drop

    def set_value(self, path: Path, value: Value) -> None:
        """Set the part."""
        del path
        self._put(value)

    def set_values(self, values: Sequence[tuple[Path, Value]]) -> None:
        """Set the part, as a step of its own."""
        for _, value in values:
            self._rearrange(value)

    def remove(self, path: Path) -> None:
        """Remove the part."""
        del path
        self._drop()

    def fresh_uuid(self) -> str:
        """A new version-7 UUID."""
        return self._outer.fresh_uuid()

    def now_text(self) -> str:
        """The time as it is written into a timestamp."""
        return self._outer.now_text()

    def describe_time(self, text: str) -> str:
        """A timestamp in UTC and relative to now."""
        return self._outer.describe_time(text)
