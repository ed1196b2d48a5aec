"""The log is small, private and holds no token."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.services.logs import install_log
from composer.services.paths import Profile

LOGGER = logging.getLogger("composer.test")


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield Profile(tmp_path)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_importing_installs_nothing(profile: Profile) -> None:
    assert not (profile.folder / "logs").exists()


def test_what_matters_is_logged_for_the_slot(profile: Profile) -> None:
    path = install_log(profile, 2)
    LOGGER.debug("too much")
    LOGGER.info("started \u2028 \ud83d")
    text = path.read_text(encoding="utf-8")
    assert path == profile.log(2)
    assert "too much" not in text
    assert "INFO composer.test: started \u2028 \\ud83d" in text


def test_no_token_is_logged_not_even_in_a_traceback(
    profile: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    path = install_log(profile, 1)
    LOGGER.info("sent with %s to %s", "phc_abcdefghijklmnop", {"key": "phx_qrstuvwxyz123456"})
    error = ValueError("bad token phc_abcdefghijklmnop")
    with caplog.at_level(logging.ERROR):
        LOGGER.error("failed", exc_info=error)
    text = path.read_text(encoding="utf-8")
    assert "abcdefghijklmnop" not in text
    assert "qrstuvwxyz123456" not in text
    assert text.count("phc_abcd\u2026mnop") == 2
    assert "ValueError: bad token" in text


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer {}",
        "GET https://us.posthog.com/api/?personal_api_key={} HTTP/1.1",
        "{{'authorization': 'bearer {}'}}",
    ],
)
@pytest.mark.parametrize(
    "secret",
    ["phx_" + "aB3" * 14, "phx%5F" + "aB3" * 14, "phx_short_one", "phc_abcdefghijklmnop"],
)
def test_no_key_is_logged_however_it_is_written(profile: Profile, text: str, secret: str) -> None:
    path = install_log(profile, 1)
    LOGGER.info("%s", text.format(secret))
    written = path.read_text(encoding="utf-8")
    assert secret not in written
    assert secret[-12:] not in written


def test_no_credentials_of_a_header_are_logged(profile: Profile) -> None:
    path = install_log(profile, 1)
    LOGGER.info("sent {'Authorization': 'Basic dXNlcjpwYXNzd29yZA=='} to a basic server")
    written = path.read_text(encoding="utf-8")
    assert "Basic …" in written
    assert "dXNlcjpw" not in written
    assert "a basic server" in written


def test_the_log_stays_small(profile: Profile) -> None:
    path = install_log(profile, 1)
    for _ in range(50):
        LOGGER.info("x" * 100_000)
    files = list(path.parent.iterdir())
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) <= 3_000_000


def test_a_log_that_cannot_be_kept_stops_nobody(
    profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    (profile.folder / "logs").write_bytes(b"")
    install_log(profile, 1)
    LOGGER.info("nobody hears this")
    assert capsys.readouterr().err == ""


def test_a_mistake_in_a_log_call_is_still_shown(
    profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    install_log(profile, 1)
    handler = logging.getLogger().handlers[-1]
    handler.handle(logging.LogRecord("x", logging.INFO, "x", 1, "%d", ("text",), None))
    assert "Logging error" in capsys.readouterr().err
