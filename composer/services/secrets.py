"""Personal keys in the system's keyring, and in memory where there is none that can be used.

They stand in no file of the app and in no text that Python makes of its objects. The keyring
library is slow to load and its calls may wait for a person to unlock something, so all of this is
for a thread. What a key is good for is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import RLock
from typing import Protocol, cast

from composer.core.destination import is_personal_key
from composer.core.errors import ComposerError


class SecretError(ComposerError):
    """A key is none, or the keyring does not give one away."""


class _Keyring(Protocol):
    """What is used of the library's ``KeyringBackend``, which has no complete types."""

    @property
    def name(self) -> str: ...
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class SecretStore:
    """Implements ``ports.Secrets`` for the profile in ``folder``: another has other projects."""

    def __init__(self, folder: Path) -> None:
        self._service = f"Event Composer, {folder}"
        """The name under which the keyring lists the keys."""
        self._lock = RLock()
        self._keyring: _Keyring | None = None
        self._trouble: str | None = None
        """Why keys are kept in memory; empty if they are not, ``None`` while nobody has looked."""
        self._in_memory: dict[str, str] = {}

    @property
    def is_lasting(self) -> bool:
        """Whether keys that are kept now are there after the next start."""
        return self._settled() is not None and not self._trouble

    @property
    def words(self) -> str:
        """Where keys go, as a whole sentence."""
        keyring = self._settled()
        if keyring is not None and not self._trouble:
            return f"Personal keys are kept in the system's keyring ({_name_of(keyring)})."
        return f"Personal keys are kept until the app closes, for {self._trouble}."

    def personal_key(self, destination_id: str) -> str:
        """The personal key for a project; empty if there is none, or none can be read."""
        with self._lock:
            keyring = self._usable()
            if destination_id in self._in_memory or keyring is None:
                return self._in_memory.get(destination_id, "")
            try:
                found = keyring.get_password(self._service, destination_id) or ""
            except Exception as error:  # noqa: BLE001 -- backends raise what they like
                self._trouble = _why(error)
                return ""
            self._trouble = ""
            return found

    def keep(self, destination_id: str, key: str) -> None:
        """Keep a personal key in place of the one before. ``SecretError`` for what is none."""
        text = key.strip()
        if not (is_personal_key(text) and text.isascii() and text.isprintable()):
            raise SecretError(
                "A personal key begins with phx_. Copy it again: in PostHog it is made under "
                "Settings, Personal API keys."
            )
        with self._lock:
            if self._was_taken(destination_id, text):
                self._in_memory.pop(destination_id, None)
            else:
                self._in_memory[destination_id] = text

    def forget(self, destination_id: str) -> None:
        """Remove the key of a project; raises ``SecretError`` if the keyring does not let it go."""
        with self._lock:
            self._in_memory.pop(destination_id, None)
            keyring = self._usable()
            if keyring is None:
                return
            try:
                if keyring.get_password(self._service, destination_id) is not None:
                    keyring.delete_password(self._service, destination_id)
            except Exception as error:  # backends raise what they like
                raise SecretError(
                    f"The key is still in the keyring ({_name_of(keyring)}), for {_why(error)}. "
                    "Remove it again once that is mended."
                ) from error
            self._trouble = ""

    def _was_taken(self, destination_id: str, key: str) -> bool:
        """Whether the keyring has it; some lose what they are given without a word."""
        keyring = self._usable()
        if keyring is None:
            return False
        try:
            keyring.set_password(self._service, destination_id, key)
            kept = keyring.get_password(self._service, destination_id) == key
        except Exception as error:  # noqa: BLE001 -- backends raise what they like
            self._trouble = _why(error)
            return False
        self._trouble = "" if kept else "the keyring does not keep what it is given"
        return kept

    def _settled(self) -> _Keyring | None:
        """As ``_usable``, without waiting for a call that waits for a person."""
        if self._trouble is not None:
            return self._keyring
        with self._lock:
            return self._usable()

    def _usable(self) -> _Keyring | None:
        """The keyring, looked for once; ``None`` where keys can only be kept in memory."""
        if self._trouble is None:
            try:
                self._keyring = _find_keyring()
                self._trouble = "" if self._keyring else "no keyring was found"
            except Exception as error:  # noqa: BLE001 -- a broken set-up of the library
                self._trouble = _why(error)
        return self._keyring


def _find_keyring() -> _Keyring | None:
    """The first backend that keeps keys safely: not one that writes a file of its own."""
    import keyring  # noqa: PLC0415 -- 0.1 s, and only who has a personal key needs it
    from keyring.backends import chainer, fail, null  # noqa: PLC0415

    chosen = keyring.get_keyring()
    backends: Iterable[object] = [chosen]
    if isinstance(chosen, chainer.ChainerBackend):
        backends = cast("Iterable[object]", chosen.backends)
    none = (fail.Keyring, null.Keyring)
    safe = (one for one in backends if not isinstance(one, none) and not _writes_files(one))
    return cast("_Keyring | None", next(safe, None))


def _writes_files(backend: object) -> bool:
    """Backends of ``keyrings.alt`` keep passwords in a file, some of them as plain text."""
    return type(backend).__module__.startswith("keyrings.alt")


def _name_of(keyring: _Keyring) -> str:
    module = type(keyring).__module__.rpartition(".")[2]
    return _NAMES.get(module, keyring.name)


def _why(error: Exception) -> str:
    """The reason without the library's own text, which may tell more than it should."""
    name = type(error).__name__
    return _REASONS.get(name, f"the keyring failed ({name})")


_NAMES = {
    "SecretService": "Secret Service",
    "libsecret": "Secret Service",
    "kwallet": "KWallet",
    "macOS": "macOS Keychain",
    "Windows": "Windows Credential Manager",
}
_REASONS = {
    "KeyringLocked": "the keyring is locked",
    "NoKeyringError": "no keyring was found",
    "ModuleNotFoundError": "no keyring was found",
}
