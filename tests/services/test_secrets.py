"""Personal keys are in the keyring or in memory, and in no file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordSetError

from composer.services import ports
from composer.services.secrets import SecretError, SecretStore

KEY = "phx_" + "Ab3dE6gH" * 5


class Ring(KeyringBackend):
    """A keyring that works, unless it ``refuses`` keys, ``forgets`` them or is ``locked``."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self, *, refuses: bool = False, forgets: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self._refuses = refuses
        self._forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        if self._refuses:
            raise PasswordSetError(f"cannot set {password}")
        if not self._forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.kept[service, username]

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked(f"locked: {KEY}")


class Plain(Ring):
    """As the backend that keeps passwords in a file."""

    __module__ = "keyrings.alt.file"


class Several(chainer.ChainerBackend):
    """Several keyrings, the first of which must not be used."""

    backends = [Plain(), Ring()]  # type: ignore[assignment]  # noqa: RUF012


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def store_over(ring: KeyringBackend, folder: Path) -> SecretStore:
    keyring.set_keyring(ring)
    return SecretStore(folder)


def test_a_key_is_in_the_keyring_and_back_after_a_start(tmp_path: Path) -> None:
    ring = Ring()
    secrets: ports.Secrets = store_over(ring, tmp_path)
    secrets.keep("us", f" {KEY}\n")
    assert secrets.is_lasting
    assert secrets.words.startswith("Personal keys are kept in the system's keyring (")
    assert list(ring.kept.values()) == [KEY]
    again = SecretStore(tmp_path)
    assert (again.personal_key("us"), again.personal_key("eu")) == (KEY, "")


def test_each_profile_has_keys_of_its_own(tmp_path: Path) -> None:
    store_over(Ring(), tmp_path / "a").keep("us", KEY)
    assert SecretStore(tmp_path / "b").personal_key("us") == ""


def test_a_key_that_is_forgotten_is_gone(tmp_path: Path) -> None:
    ring = Ring()
    secrets = store_over(ring, tmp_path)
    secrets.keep("us", KEY)
    secrets.forget("us")
    secrets.forget("us")
    assert ring.kept == {}
    assert secrets.personal_key("us") == ""


@pytest.mark.parametrize(
    ("ring", "why"),
    [
        (fail.Keyring(), "no keyring was found"),
        (null.Keyring(), "no keyring was found"),
        (Plain(), "no keyring was found"),
        (Ring(refuses=True), "the keyring failed (PasswordSetError)"),
        (Ring(forgets=True), "the keyring does not keep what it is given"),
    ],
    ids=["fail", "null", "plain", "refusing", "forgetful"],
)
def test_without_a_keyring_a_key_is_kept_in_memory_and_it_is_said(
    ring: KeyringBackend, why: str, tmp_path: Path
) -> None:
    secrets = store_over(ring, tmp_path)
    secrets.keep("us", KEY)
    assert secrets.personal_key("us") == KEY
    assert not secrets.is_lasting
    assert secrets.words == f"Personal keys are kept until the app closes, for {why}."
    secrets.forget("us")
    assert secrets.personal_key("us") == ""
    assert list(tmp_path.iterdir()) == []


def test_a_locked_keyring_is_told_and_used_once_it_is_open(tmp_path: Path) -> None:
    ring = Ring()
    secrets = store_over(ring, tmp_path)
    ring.locked = True
    assert secrets.personal_key("us") == ""
    secrets.keep("us", KEY)
    assert "until the app closes, for the keyring is locked." in secrets.words
    assert (secrets.personal_key("us"), ring.kept) == (KEY, {})
    ring.locked = False
    secrets.keep("us", KEY)
    assert secrets.is_lasting
    assert list(ring.kept.values()) == [KEY]


def test_a_key_that_the_keyring_holds_fast_is_told(tmp_path: Path) -> None:
    ring = Ring()
    secrets = store_over(ring, tmp_path)
    secrets.keep("us", KEY)
    ring.locked = True
    with pytest.raises(SecretError, match="still in the keyring") as raised:
        secrets.forget("us")
    assert KEY not in str(raised.value)


def test_a_backend_that_writes_a_file_is_passed_over(tmp_path: Path) -> None:
    secrets = store_over(Several(), tmp_path)
    secrets.keep("us", KEY)
    plain, ring = Several.backends
    assert isinstance(plain, Plain)
    assert isinstance(ring, Ring)
    assert (plain.kept, list(ring.kept.values())) == ({}, [KEY])


@pytest.mark.parametrize("key", ["", "phc_project", "phx_a b\nc", "phx_é"])
def test_what_is_no_personal_key_is_not_kept(key: str, tmp_path: Path) -> None:
    secrets = store_over(Ring(), tmp_path)
    with pytest.raises(SecretError, match="begins with phx_"):
        secrets.keep("us", key)
    assert secrets.personal_key("us") == ""


def test_no_text_of_the_store_shows_a_key(tmp_path: Path) -> None:
    secrets = store_over(fail.Keyring(), tmp_path)
    secrets.keep("us", KEY)
    assert KEY not in f"{secrets!r} {secrets} {secrets.words}"
