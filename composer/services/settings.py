"""The settings file: ``core.settings.Settings`` as JSON that a person can read and mend.

One wrong value costs that value only, and nothing unknown is lost: a save changes in the file just
what has changed since this store last read or wrote it. So two windows, or an older and a newer
version, do not undo each other's choices. The file holds project tokens: it is private (0600).
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from composer.core.destination import is_personal_key
from composer.core.errors import StoreError
from composer.core.jsontext import Object, encode, set_at
from composer.core.personal_keys import without_personal_keys
from composer.core.settings import Settings
from composer.services.files import write_atomically
from composer.services.kept import read_object
from composer.services.locks import FileLock
from composer.services.merging import merge
from composer.services.notices import Notices
from composer.services.ports import Clock
from composer.services.settings_form import read_settings, written_settings

_PATIENCE = 5.0
"""Seconds that another window may take to save."""


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
        with self._alone():
            merged = _without_personal_keys(merge(self._read(), self._known, new))
            text = without_personal_keys(encode(merged))
            write_atomically(self._path, text.encode("utf-8") + b"\n")
        self._known = new

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Between reading and writing no other window writes. Raises ``StoreError``."""
        with FileLock(self._path.with_suffix(".lock")) as lock:
            try:
                is_ours = lock.take(_PATIENCE)
            except OSError:  # the folder is missing or read-only: whoever writes finds out
                is_ours = True
            if not is_ours:
                raise StoreError(
                    "The settings could not be saved: another window is saving them. Change one "
                    "again in a moment."
                )
            yield

    def _read(self) -> Object:
        return read_object(
            self._path,
            self._clock,
            self._notices,
            what="settings",
            instead="goes on with the settings it starts with",
        )


def _without_personal_keys(source: Object) -> Object:
    """The settings without those tokens that are personal keys: no file of ours may hold one."""
    places = source.get("destinations")
    for key, place in places if isinstance(places, Object) else ():
        if isinstance(place, Object):
            token = place.get("token")
            if isinstance(token, str) and is_personal_key(token):
                source = set_at(source, ("destinations", key, "token"), "")
    return source
