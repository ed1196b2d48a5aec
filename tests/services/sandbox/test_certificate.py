"""The sandbox's certificate: made once, good for every name, private, anew before it ends."""

import os
import ssl
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.errors import StoreError
from composer.services.sandbox.certificate import LIFETIME, NAMES, RESERVE, Certificate
from tests.helpers.clock import StandingClock

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "sandbox"


@pytest.fixture
def clock() -> StandingClock:
    """From now on: the other side of a connection looks at the real time."""
    return StandingClock(datetime.now(UTC))


def contents(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "ca.pem").read_bytes(), (folder / "certificate.pem").read_bytes()


def shake_hands(server_side: ssl.SSLContext, ca_file: Path, name: str = NAMES[0]) -> dict[str, str]:
    """What a client that trusts ``ca_file`` sees. Raises ``ssl.SSLError`` if it sees none."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context(cafile=ca_file).wrap_bio(back, there, server_hostname=name)
    server = server_side.wrap_bio(there, back, server_side=True)
    for side in (client, server, client, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    seen = client.getpeercert()
    assert seen
    return {str(key): str(value) for key, value in seen.items()}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "::1"])
def test_a_client_that_trusts_the_authority_accepts_it(
    folder: Path, clock: StandingClock, name: str
) -> None:
    certificate = Certificate(folder, clock.now)
    seen = shake_hands(certificate.context(), certificate.ca_file, name)
    assert "Event Composer" in seen["issuer"]


def test_it_is_good_for_no_other_name(folder: Path, clock: StandingClock) -> None:
    certificate = Certificate(folder, clock.now)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(certificate.context(), certificate.ca_file, "us.i.posthog.com")


def test_it_is_made_once(folder: Path, clock: StandingClock) -> None:
    Certificate(folder, clock.now).context()
    made = contents(folder)
    Certificate(folder, clock.now).context()
    assert contents(folder) == made


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_its_files_are_private(folder: Path, clock: StandingClock) -> None:
    Certificate(folder, clock.now).context()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_the_authority_can_sign_nothing_more(folder: Path, clock: StandingClock) -> None:
    Certificate(folder, clock.now).context()
    keys = [file.name for file in folder.iterdir() if b"PRIVATE KEY" in file.read_bytes()]
    assert keys == ["certificate.pem"]
    assert contents(folder)[1].count(b"BEGIN EC PRIVATE KEY") == 1
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pytest.raises(ssl.SSLError, match=r"(?i)key values mismatch"):
        context.load_cert_chain(folder / "ca.pem", folder / "certificate.pem")


def test_it_lives_no_longer_than_any_system_allows(folder: Path, clock: StandingClock) -> None:
    certificate = Certificate(folder, clock.now)
    seen = shake_hands(certificate.context(), certificate.ca_file)
    days = [ssl.cert_time_to_seconds(seen[key]) / 86_400 for key in ("notBefore", "notAfter")]
    assert 790 < days[1] - days[0] <= 825


def test_it_is_made_anew_before_it_ends(folder: Path, clock: StandingClock) -> None:
    Certificate(folder, clock.now).context()
    made = contents(folder)
    clock.moment += LIFETIME - RESERVE
    clock.go_on(days=-2)
    Certificate(folder, clock.now).context()
    assert contents(folder) == made
    clock.go_on(days=2)
    Certificate(folder, clock.now).context()
    assert contents(folder)[0] != made[0]
    assert contents(folder)[1] != made[1]


@pytest.mark.parametrize("name", ["ca.pem", "certificate.pem"])
@pytest.mark.parametrize("damage", ["gone", "empty", "cut off", "garbage", "of another pair"])
def test_what_is_damaged_is_made_anew(
    folder: Path, clock: StandingClock, name: str, damage: str
) -> None:
    certificate = Certificate(folder, clock.now)
    certificate.context()
    file = folder / name
    match damage:
        case "gone":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "cut off":
            file.write_bytes(file.read_bytes()[:400])
        case "garbage":
            file.write_bytes(b"\xff\x00garbage")
        case _:
            other = Certificate(folder / "other", clock.now)
            other.context()
            file.write_bytes((folder / "other" / name).read_bytes())
    shake_hands(certificate.context(), certificate.ca_file)


@settings(max_examples=25)
@given(st.binary(max_size=200), st.sampled_from(["ca.pem", "certificate.pem"]))
def test_whatever_stands_in_its_files_it_is_good_afterwards(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("certificate")
    (folder / name).write_bytes(content)
    certificate = Certificate(folder, StandingClock(datetime.now(UTC)).now)
    shake_hands(certificate.context(), certificate.ca_file)


def test_several_windows_that_make_it_at_once_have_the_same(
    folder: Path, clock: StandingClock
) -> None:
    def use(_: int) -> ssl.SSLContext:
        return Certificate(folder, clock.now).context()

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(use, range(6)))
    for context in made:
        shake_hands(context, folder / "ca.pem")


def test_a_file_in_place_of_the_folder_is_told(folder: Path, clock: StandingClock) -> None:
    folder.parent.mkdir()
    folder.write_bytes(b"")
    with pytest.raises(StoreError, match=r"sandbox cannot be used: .* Rename it"):
        Certificate(folder, clock.now).context()
    folder.unlink()
    Certificate(folder, clock.now).context()


def test_a_folder_in_place_of_a_file_is_told(folder: Path, clock: StandingClock) -> None:
    (folder / "ca.pem" / "full").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"ca\.pem could not be saved"):
        Certificate(folder, clock.now).context()


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files as POSIX does")
def test_a_full_disk_is_told_and_leaves_nothing_half_written(folder: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from composer.core.errors import StoreError\n"
        "from composer.services.sandbox.certificate import Certificate\n"
        "import trustme\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "try: Certificate(Path(sys.argv[1]), lambda: datetime.now(UTC)).context()\n"
        "except StoreError as error: print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert "no room on the disk" in ran.stdout
    assert [file.name for file in folder.iterdir()] == ["certificate.lock"]
