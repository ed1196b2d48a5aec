"""The settings as the window holds them: one value, told to all when it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from composer.core.destination import Destination, DestinationKind
from composer.core.settings import Settings
from composer.core.tokens import KeyMode


class Preferences(QObject):
    """Holds the ``Settings``; ``Autosave`` writes them down."""

    changed = Signal(object)
    """``Settings``"""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._sandbox_address = ""

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def change(self, **values: Any) -> None:
        """Replace some settings by name."""
        settings = replace(self._settings, **values)
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)

    @property
    def destination(self) -> Destination:
        """The chosen destination; the sandbox with the address it listens at."""
        return self._located(self._settings.destination())

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """All destinations, in the order of the list."""
        return tuple(self._located(place) for place in self._settings.destinations)

    def locate_sandbox(self, address: str) -> None:
        """Tell where the sandbox listens; it is not kept, since it may change at each start."""
        self._sandbox_address = address
        self.changed.emit(self._settings)

    def change_destination(self, destination: Destination) -> None:
        """Replace the destination of the same id."""
        kept = tuple(
            replace(destination, address=old.address)
            if old.id == destination.id and old.kind is DestinationKind.SANDBOX
            else destination
            if old.id == destination.id
            else old
            for old in self._settings.destinations
        )
        self.change(destinations=kept)

    def add_destination(self, destination: Destination, *, before: int | None = None) -> None:
        """Put one more into the list, at its end or at a place counted from 0."""
        places = list(self._settings.destinations)
        places.insert(len(places) if before is None else before, destination)
        self.change(destinations=tuple(places))

    def remove_destination(self, identifier: str) -> None:
        """Take one out of the list; the sandbox stays, and is chosen if that one was."""
        kept = tuple(
            place
            for place in self._settings.destinations
            if place.id != identifier or place.kind is DestinationKind.SANDBOX
        )
        chosen = self._settings.destination_id
        if all(place.id != chosen for place in kept):
            chosen = next(p.id for p in kept if p.kind is DestinationKind.SANDBOX)
        self.change(destinations=kept, destination_id=chosen)

    def move_destination(self, identifier: str, steps: int) -> None:
        """Move one up (negative) or down in the list; not beyond its ends."""
        places = list(self._settings.destinations)
        place = next((p for p in places if p.id == identifier), None)
        if place is None:
            return
        at = places.index(place)
        places.insert(min(max(0, at + steps), len(places) - 1), places.pop(at))
        self.change(destinations=tuple(places))

    @property
    def copy_key(self) -> KeyMode:
        """How a copy carries the key of the chosen destination."""
        return self.copy_key_for(self.destination)

    def copy_key_for(self, destination: Destination) -> KeyMode:
        """How a copy carries a key. Unless chosen: a real project's key stays out of it."""
        if self._settings.copy_key is not None:
            return self._settings.copy_key
        is_sandbox = destination.kind is DestinationKind.SANDBOX
        return KeyMode.INLINE if is_sandbox else KeyMode.ENV

    def _located(self, destination: Destination) -> Destination:
        if destination.kind is DestinationKind.SANDBOX:
            return replace(destination, address=self._sandbox_address)
        return destination
