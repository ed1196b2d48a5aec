"""HTTPS on a second port: for those who trust the sandbox's authority, and for nobody else."""

import http.client
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from composer.core.behaviour import Behaviour
from composer.core.behaviour.text import parse_rule
from composer.core.destination import Destination, DestinationKind
from composer.core.explain import explain
from composer.core.outcome import Fault, Unreachable
from composer.core.wire import build_request
from composer.services.sandbox.certificate import Certificate
from composer.services.sandbox.loopback import listen_on, port_of
from composer.services.sandbox.server import Sandbox
from composer.services.sender import Sender, Timeouts
from tests.services.sandbox.client import OK, event, known, post

ROOT = Path(__file__).parents[3]
OVER_TLS = Behaviour(serves_tls=True)
STOPS_WITHIN_S = 2.0


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sandbox"


@pytest.fixture
def sandbox(folder: Path) -> Iterator[Sandbox]:
    made = Sandbox(clock=now, tls_folder=folder)
    yield made
    made.stop()


def serve(sandbox: Sandbox) -> str:
    """Start it with HTTPS; returns that address once it answers."""
    sandbox.behave(OVER_TLS)
    sandbox.start()
    assert sandbox.await_tls()
    return sandbox.tls_url


def place_of(address: str) -> tuple[str, int]:
    place = urlsplit(address)
    return str(place.hostname), place.port or 0


def over_tls(sandbox: Sandbox, body: str, host: str = "127.0.0.1") -> tuple[int, str]:
    trust = ssl.create_default_context(cafile=sandbox.ca_file)
    port = place_of(sandbox.tls_url)[1]
    connection = http.client.HTTPSConnection(host, port, timeout=10, context=trust)
    try:
        connection.request("POST", "/e", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def curl(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["curl", "--silent", "--show-error", "--max-time", "10", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def is_closed(address: str) -> bool:
    """Found out without knocking: a knock might come in the moment of closing."""
    try:
        socket.create_server(place_of(address)).close()
    except OSError:
        return False
    return True


def until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_who_trusts_the_authority_is_answered_as_over_http(sandbox: Sandbox, host: str) -> None:
    serve(sandbox)
    assert over_tls(sandbox, known(), host) == (200, OK)
    assert over_tls(sandbox, event(), host)[0] == 400
    assert post(sandbox, known()).body == OK
    assert [arrival.status for arrival in sandbox.arrivals()] == [200, 400, 200]


def test_curl_has_to_be_told_whom_to_trust(sandbox: Sandbox) -> None:
    url = serve(sandbox)
    untrusting = curl(url)
    assert untrusting.returncode == 60
    assert "certificate" in untrusting.stderr
    assert curl("--cacert", sandbox.ca_file, url).stdout == "capture"
    assert curl("--insecure", "--http2", url).stdout == "capture"


async def test_a_send_to_it_says_that_the_certificate_is_not_trusted(sandbox: Sandbox) -> None:
    place = Destination(
        id="x", name="Mine", kind=DestinationKind.SELF_HOSTED, address=serve(sandbox)
    )
    request = build_request(known().encode(), place, "/e")
    outcome = await Sender().send(request, Timeouts(connect=5, answer=5))
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.TLS
    assert "certificate" in outcome.detail
    assert "self-made" in explain(outcome, place).advice
    assert sandbox.arrivals() == ()


def test_without_being_asked_there_is_no_second_port(sandbox: Sandbox, folder: Path) -> None:
    sandbox.start()
    assert sandbox.await_ready()
    assert (sandbox.tls_url, sandbox.tls_trouble) == ("", "")
    assert sandbox.ca_file == str(folder / "ca.pem")
    assert not folder.exists()


def test_it_is_switched_on_and_off_while_the_sandbox_runs(sandbox: Sandbox) -> None:
    sandbox.start()
    sandbox.behave(OVER_TLS)
    url = sandbox.tls_url
    assert sandbox.await_tls()
    assert over_tls(sandbox, known()) == (200, OK)
    sandbox.behave(Behaviour())
    assert sandbox.tls_url == ""
    until(lambda: is_closed(url), "the port is closed")
    assert post(sandbox, known()).body == OK
    sandbox.behave(OVER_TLS)
    assert sandbox.await_tls()
    assert sandbox.tls_url == url
    assert over_tls(sandbox, known()) == (200, OK)


def test_a_connection_that_stands_outlives_the_switch(sandbox: Sandbox) -> None:
    url = serve(sandbox)
    trust = ssl.create_default_context(cafile=sandbox.ca_file)
    connection = http.client.HTTPSConnection(*place_of(url), timeout=10, context=trust)
    for behaviour in (OVER_TLS, Behaviour()):
        sandbox.behave(behaviour)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"capture"
    connection.close()


def test_however_quickly_it_is_switched_the_last_word_counts(sandbox: Sandbox) -> None:
    url = serve(sandbox)
    for _ in range(50):
        sandbox.behave(Behaviour())
        sandbox.behave(OVER_TLS)
    assert sandbox.await_tls()
    assert over_tls(sandbox, known()) == (200, OK)
    for _ in range(50):
        sandbox.behave(OVER_TLS)
        sandbox.behave(Behaviour())
    until(lambda: is_closed(url), "the port is closed")


def test_who_comes_early_waits_for_the_certificate(sandbox: Sandbox) -> None:
    sandbox.behave(OVER_TLS)
    sandbox.bind()
    url = sandbox.tls_url
    with socket.create_connection(place_of(url), timeout=10) as plug:
        sandbox.start()
        assert sandbox.await_tls()
        trust = ssl.create_default_context(cafile=sandbox.ca_file)
        with trust.wrap_socket(plug, server_hostname="127.0.0.1") as secure:
            secure.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert secure.recv(100).startswith(b"HTTP/1.1 200")


def test_the_port_after_the_plain_one_is_preferred(folder: Path) -> None:
    for _ in range(20):
        with listen_on(0) as first:
            port = port_of(first)
        sandbox = Sandbox(port, clock=now, tls_folder=folder)
        sandbox.behave(OVER_TLS)
        plain, secure = (place_of(url)[1] for url in (sandbox.bind(), sandbox.tls_url))
        sandbox.stop()
        if secure == plain + 1:
            return
    pytest.fail("it was free not once")


def test_another_port_is_taken_where_that_one_is_in_use(sandbox: Sandbox) -> None:
    port = place_of(sandbox.bind())[1]
    with ExitStack() as opened:
        if port < 65_535 and is_closed(f"http://127.0.0.1:{port + 1}"):
            opened.enter_context(socket.create_server(("127.0.0.1", port + 1)))
        sandbox.start()
        sandbox.behave(OVER_TLS)
        assert place_of(sandbox.tls_url)[1] not in {port, port + 1}
        assert sandbox.await_tls()
        assert over_tls(sandbox, known()) == (200, OK)


def test_beyond_the_highest_port_any_other_is_taken() -> None:
    with listen_on(65_536) as listening:
        assert 0 < port_of(listening) < 65_536


def test_it_listens_on_this_computer_only(sandbox: Sandbox) -> None:
    assert place_of(serve(sandbox))[0] == "127.0.0.1"
    with listen_on(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_who_speaks_no_tls_there_is_hung_up_on_and_no_one_else(sandbox: Sandbox) -> None:
    url = serve(sandbox)
    with socket.create_connection(place_of(url), timeout=10) as plug:
        plug.sendall(b"POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        assert b"HTTP" not in plug.recv(1000)
    assert over_tls(sandbox, known()) == (200, OK)


@pytest.mark.parametrize("rule", ["reset", "half", "silence", "503 retry-after=5"])
def test_a_rule_does_there_what_it_does_over_http(sandbox: Sandbox, rule: str) -> None:
    url = serve(sandbox)
    sandbox.behave(Behaviour(serves_tls=True, rules=(parse_rule(rule),)))
    command = ["curl", "--silent", "--include", "--max-time", "1", "--json", known()]
    asked = [[*command, sandbox.url + "/e"], [*command, "--cacert", sandbox.ca_file, url + "/e"]]
    plain, secure = (subprocess.run(each, capture_output=True, check=False) for each in asked)
    assert without_date(secure.stdout) == without_date(plain.stdout)
    assert secure.returncode == plain.returncode
    sandbox.behave(OVER_TLS)
    assert over_tls(sandbox, known()) == (200, OK)


def test_it_stops_in_time_whatever_its_clients_do(sandbox: Sandbox) -> None:
    before = set(threading.enumerate())
    url = serve(sandbox)
    place = place_of(url)
    trust = ssl.create_default_context(cafile=sandbox.ca_file)
    with ExitStack() as opened:
        silent, greeting, idle, half = (
            opened.enter_context(socket.create_connection(place, timeout=10)) for _ in range(4)
        )
        greeting.sendall(b"\x16\x03\x01\x02\x00\x01")
        secure = [
            opened.enter_context(trust.wrap_socket(plug, server_hostname="127.0.0.1"))
            for plug in (idle, half)
        ]
        secure[1].sendall(b"POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        time.sleep(0.1)  # so that the server has read what was written
        began = time.monotonic()
        sandbox.stop()
        assert time.monotonic() - began < STOPS_WITHIN_S
        for plug in (silent, greeting, *secure):
            assert is_gone(plug)
    assert is_closed(url)
    assert set(threading.enumerate()) <= before


def test_it_can_be_started_again_where_it_was(sandbox: Sandbox) -> None:
    url = serve(sandbox)
    sandbox.stop()
    assert sandbox.tls_url == ""
    sandbox.start()
    assert sandbox.await_tls()
    assert sandbox.tls_url == url
    assert over_tls(sandbox, known()) == (200, OK)


def test_a_stop_in_the_middle_of_the_start_leaves_nothing_open(folder: Path) -> None:
    for _ in range(5):
        sandbox = Sandbox(clock=now, tls_folder=folder)
        sandbox.behave(OVER_TLS)
        sandbox.start()
        urls = (sandbox.url, sandbox.tls_url)
        sandbox.stop()
        assert all(is_closed(url) for url in urls)


def test_a_folder_that_cannot_be_used_costs_https_only(sandbox: Sandbox, folder: Path) -> None:
    folder.write_bytes(b"")
    sandbox.behave(OVER_TLS)
    sandbox.start()
    assert not sandbox.await_tls()
    assert sandbox.tls_url == ""
    assert "is not a folder. Rename it" in sandbox.tls_trouble
    assert post(sandbox, known()).body == OK
    folder.unlink()
    sandbox.behave(OVER_TLS)
    assert sandbox.await_tls()
    assert sandbox.tls_trouble == ""
    assert over_tls(sandbox, known()) == (200, OK)


def test_trouble_is_forgotten_with_the_wish(sandbox: Sandbox, folder: Path) -> None:
    folder.write_bytes(b"")
    sandbox.behave(OVER_TLS)
    sandbox.start()
    assert not sandbox.await_tls()
    sandbox.behave(Behaviour())
    assert sandbox.tls_trouble == ""


def test_a_sandbox_without_a_folder_says_that_it_has_no_certificate() -> None:
    sandbox = Sandbox(clock=now)
    sandbox.behave(OVER_TLS)
    sandbox.start()
    assert not sandbox.await_tls()
    assert "keeps no files" in sandbox.tls_trouble
    assert (sandbox.tls_url, sandbox.ca_file) == ("", "")
    sandbox.stop()


@pytest.mark.parametrize(
    ("behaviour", "has_certificate", "loaded"),
    [("serves_tls=False", False, "[]"), ("serves_tls=True", True, "[]")],
    ids=["without TLS", "with a certificate that is made already"],
)
def test_the_library_that_makes_certificates_is_not_loaded(
    folder: Path, behaviour: str, has_certificate: bool, loaded: str
) -> None:
    if has_certificate:
        Certificate(folder, now).context()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from composer.core.behaviour import Behaviour\n"
        "from composer.services.sandbox.server import Sandbox\n"
        "sandbox = Sandbox(clock=lambda: datetime.now(UTC), tls_folder=Path(sys.argv[1]))\n"
        f"sandbox.behave(Behaviour({behaviour}))\n"
        "sandbox.start(); sandbox.await_ready(); sandbox.await_tls(1.0); sandbox.stop()\n"
        "print([name for name in ('trustme', 'cryptography') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    assert ran.stdout.strip() == loaded


def without_date(answer: bytes) -> list[bytes]:
    return [line for line in answer.splitlines() if not line.startswith(b"date:")]


def is_gone(plug: socket.socket) -> bool:
    try:
        return plug.recv(1000)[:1] != b"H"
    except (ConnectionResetError, ssl.SSLError):
        return True
