"""What must stand in no file: personal keys. And the files that a connection needs."""

from __future__ import annotations

from typing import Protocol

from composer.core.route import Route


class Secrets(Protocol):
    """Personal keys, one for each project, in the system's keyring.

    Every call may take seconds, or wait for the person to unlock the keyring: never in the GUI
    thread. What the keyring does not take is kept until the app closes, and ``words`` say so.
    ``is_lasting`` and ``words`` load the keyring at their first use; after any other call they
    answer at once, in any thread.
    """

    @property
    def is_lasting(self) -> bool:
        """Whether keys that are kept now are there after the next start."""
        ...

    @property
    def words(self) -> str:
        """Where keys go, as a whole sentence, with the reason where it is not the keyring."""
        ...

    def personal_key(self, destination_id: str) -> str:
        """The personal key for a project; empty if there is none."""
        ...

    def keep(self, destination_id: str, key: str) -> None:
        """Keep a personal key; ``ComposerError`` for what is none."""
        ...

    def forget(self, destination_id: str) -> None:
        """Remove it; ``ComposerError`` if the keyring does not let it go."""
        ...


class Routes(Protocol):
    """Tells whether the files of a route can be used."""

    def problem(self, route: Route) -> str:
        """What is wrong with its certificates, with the next step; empty if all is well.

        Reads the files: not in the GUI thread.
        """
        ...
