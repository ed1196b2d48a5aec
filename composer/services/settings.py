"""The settings file: ``core.settings.Settings`` as JSON that a person can read and mend.

One wrong value costs that value only, and nothing unknown is lost: a save changes in the file just
what has changed since this store last read or wrote it. So two windows, or an older and a newer
version, do not undo each other's choices. The file holds project tokens: it is private (0600).
"""

from __future__ import annotations

from pathlib import Path

from composer.core.jsontext import Object, Value, encode
from composer.core.settings import Settings
from composer.services.files import write_atomically
from composer.services.kept import read_object
from composer.services.notices import Notices
from composer.services.ports import Clock
from composer.services.settings_form import read_settings, written_settings


class SettingsStore:
    """Implements ``ports.SettingsStore``."""

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self._path = path
        self._clock = clock
        self._notices = notices
        self._known = Object()
        """The settings as this store last read or wrote them."""

    def load(self) -> Settings:
        """The settings, with a default for each that is missing or wrong.

        A file that is no JSON object is put aside. Raises ``StoreError`` if it cannot be.
        """
        settings, wrong = read_settings(self._read())
        self._known = written_settings(settings)
        if wrong:
            self._notices.add(
                f"Some settings could not be used and are at their default: {', '.join(wrong)}. "
                f"Choose them anew, or mend {self._path}."
            )
        return settings

    def save(self, settings: Settings) -> None:
        """Write what has changed. Raises ``StoreError``; the file is then as it was."""
        new = written_settings(settings)
        merged = merge(self._read(), self._known, new)
        write_atomically(self._path, encode(merged).encode("utf-8") + b"\n")
        self._known = new

    def _read(self) -> Object:
        return read_object(
            self._path,
            self._clock,
            self._notices,
            what="settings",
            instead="goes on with the settings it starts with",
        )


def merge(base: Object, old: Object, new: Object) -> Object:
    """``base`` with the changes that lead from ``old`` to ``new``, member by member.

    What ``base`` has and both others lack stays. What ``base`` lacks and ``new`` has is added.
    """
    for key, _ in old:
        if key not in new:
            base = base.without(key)
    for key, _ in new:
        value = new.get(key)
        if key not in base:
            base = base.with_member(key, value)
        elif old.get(key) != value or key not in old:
            base = base.with_member(key, _merged(base.get(key), old.get(key), value))
    return base


def _merged(base: Value, old: Value, new: Value) -> Value:
    if isinstance(base, Object) and isinstance(new, Object):
        return merge(base, old if isinstance(old, Object) else Object(), new)
    return new
