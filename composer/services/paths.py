"""Where a profile keeps its files. Names only: nothing is made or read here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

APP_NAME = "event-composer"


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder with everything that is kept. Its files are private to the person (mode 0600).

    A slot is the number of a running instance (``composer.services.instance``).
    """

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def behaviour(self) -> Path:
        """The switches of the sandbox."""
        return self.folder / "sandbox.json"

    @property
    def certificate(self) -> Path:
        """A folder with the sandbox's certificate and its authority."""
        return self.folder / "sandbox"

    @property
    def history(self) -> Path:
        return self.folder / "history.sqlite3"

    @property
    def runs(self) -> Path:
        """Every sending of many events. Locks of those who send lie beside it."""
        return self.folder / "runs.sqlite3"

    def batch(self, slot: int) -> Path:
        """The events of the Batch place of that slot."""
        return self.folder / f"batch-{slot}.sqlite3"

    @property
    def templates(self) -> Path:
        """A folder with one file a template."""
        return self.folder / "templates"

    @property
    def mappings(self) -> Path:
        """How the columns of imported files become events."""
        return self.folder / "mappings.json"

    @property
    def gate(self) -> Path:
        """Locked for the moment in which an instance opens the profile."""
        return self.folder / "opening.lock"

    def lock(self, slot: int) -> Path:
        """Locked as long as the instance of that slot runs."""
        return self.folder / f"instance-{slot}.lock"

    def workspace(self, slot: int) -> Path:
        return self.folder / f"workspace-{slot}.json"

    def log(self, slot: int) -> Path:
        """Each slot has a log of its own: two processes cannot rotate one file."""
        return self.folder / "logs" / f"event-composer-{slot}.log"


def default_profile() -> Profile:
    """The profile in the platform's folder for application data."""
    return Profile(user_data_path(APP_NAME, appauthor=False))
