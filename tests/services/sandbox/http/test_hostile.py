"""Slow, greedy and damaging clients: others have their answers, and the window is not held up."""

import gzip
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest

from composer.core.behaviour import Behaviour, parse_rule
from composer.services.sandbox.arrivals.body import MOST_IN_MEMORY
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import OK, TOKEN, exchange, head, known, plugged, post, read_all

PATIENCE_S = 1.0
SOON_S = 10
"""What a busy machine may need for a wait of one second."""


@pytest.fixture(scope="module")
def _impatient() -> Iterator[Sandbox]:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC), patience_s=PATIENCE_S)
    sandbox.start()
    assert sandbox.await_ready()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def impatient(_impatient: Sandbox) -> Iterator[Sandbox]:
    _impatient.clear()
    yield _impatient
    _impatient.behave(Behaviour())
    _impatient.listen(None)


@dataclass
class Ticker:
    """Stands for the window: a thread that wants to run every ten milliseconds."""

    longest_s: float = 0.0
    _end: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._tick)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        if self._thread:
            self._thread.join()

    def _tick(self) -> None:
        last = time.perf_counter()
        while not self._end.wait(0.01):
            now = time.perf_counter()
            self.longest_s = max(self.longest_s, now - last)
            last = now


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def batch(count: int) -> bytes:
    event = '{"event":"a","distinct_id":"b","properties":{"list":[1,2,{"deep":[true]}]}}'
    return f'{{"api_key":"{TOKEN}","batch":[{",".join([event] * count)}]}}'.encode()


def test_a_body_that_stops_coming_is_answered(impatient: Sandbox) -> None:
    began = time.monotonic()
    with plugged(impatient, head(1000) + b"{") as plug:
        answer = read_all(plug)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert answer.endswith(b"client stopped sending data")
    assert b"connection: close" in answer.lower()
    assert PATIENCE_S <= time.monotonic() - began < SOON_S
    (arrival,) = impatient.arrivals()
    assert (arrival.status, arrival.body.read(), arrival.events) == (408, b"{", ())


def test_a_head_that_does_not_come_is_cut_off(impatient: Sandbox) -> None:
    with plugged(impatient) as silent, plugged(impatient, b"POST /e HTTP/1.1\r\nHost") as slow:
        assert ended(silent)
        assert ended(slow)
    assert impatient.arrivals() == ()


def test_a_connection_is_kept_between_two_requests(impatient: Sandbox) -> None:
    body = known().encode()
    with plugged(impatient, head(len(body)) + body) as plug:
        assert plug.recv(65536).endswith(OK.encode())
        time.sleep(PATIENCE_S + 1.5)
        plug.sendall(head(len(body), "Connection: close") + body)
        assert read_all(plug).endswith(OK.encode())


def ended(plug: socket.socket) -> bool:
    try:
        return plug.recv(1) == b""
    except ConnectionResetError:
        return True


def test_two_hundred_slow_clients_hold_nobody_up(impatient: Sandbox) -> None:
    with ExitStack() as opened:
        for number in range(200):
            start = (b"POST /e HT", head(1000) + b"{", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 50)
            opened.enter_context(plugged(impatient, start[number % 3]))
        for _ in range(20):
            began = time.monotonic()
            assert post(impatient, known()).body == OK
            assert time.monotonic() - began < 1
        wait_until(lambda: sum(one.status == 408 for one in impatient.arrivals()) == 67)


def test_a_client_that_does_not_read_a_long_answer_is_cut_off(impatient: Sandbox) -> None:
    for _ in range(60):
        post(impatient, known(f'"properties":{{"pad":"{"x" * 200_000}"}}'))
    place = urlsplit(impatient.url).netloc
    ask = f"GET /_sandbox/events HTTP/1.1\r\nHost: {place}\r\n\r\n"
    with plugged(impatient, ask.encode()) as plug:
        time.sleep(PATIENCE_S + 2.5)
        received = 0
        try:
            while chunk := plug.recv(1_000_000):
                received += len(chunk)
        except ConnectionResetError:
            pass
    assert 0 < received < 60 * 200_000
    assert post(impatient, known()).body == OK


def test_too_many_connections_end_the_one_that_waited_longest() -> None:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC), most_connections=10)
    sandbox.start()
    try:
        assert sandbox.await_ready()
        with ExitStack() as opened:
            slow = [opened.enter_context(plugged(sandbox, b"POST /e HT")) for _ in range(10)]
            time.sleep(1.5)  # so that the server has looked at them
            assert post(sandbox, known()).body == OK
            assert len(select.select(slow, [], [], SOON_S)[0]) == 1
    finally:
        sandbox.stop()


def test_a_large_body_is_judged_elsewhere_and_its_values_are_read_again(
    impatient: Sandbox,
) -> None:
    body = batch(8000)
    assert len(body) > MOST_IN_MEMORY
    assert post(impatient, body, "/batch").body == OK
    (arrival,) = impatient.arrivals()
    assert len(arrival.events) == 8000
    assert arrival.events[0].sent is None
    assert arrival.body.is_on_disk
    assert arrival.body.read() == body
    (one,) = impatient.details(arrival.number, 7999, 1)
    assert one.record is not None
    assert one.record.get("uuid") == arrival.events[7999].uuid
    assert impatient.details(arrival.number + 1) == ()


def test_the_values_of_a_large_request_that_is_dropped_are_read_again_too(
    impatient: Sandbox,
) -> None:
    impatient.behave(Behaviour(quota_reached=True))
    assert post(impatient, batch(8000), "/batch").body == OK
    (arrival,) = impatient.arrivals()
    assert (len(arrival.events), len(arrival.dropped)) == (0, 8000)
    (one,) = impatient.details(arrival.number, 7999, 1)
    assert one.sent is not None
    assert one.record is None


def test_a_large_request_that_a_rule_lost_has_no_details(impatient: Sandbox) -> None:
    impatient.behave(Behaviour(rules=(parse_rule("503"),)))
    assert post(impatient, batch(8000), "/batch").status == 503
    (arrival,) = impatient.arrivals()
    assert impatient.details(arrival.number) == ()


def test_a_small_body_with_much_inside_is_judged_elsewhere_too(impatient: Sandbox) -> None:
    packed = gzip.compress(batch(8000))
    assert len(packed) < MOST_IN_MEMORY
    assert post(impatient, packed, "/batch", **{"Content-Encoding": "gzip"}).body == OK
    (arrival,) = impatient.arrivals()
    assert (len(arrival.events), arrival.events[0].sent) == (8000, None)
    assert not arrival.body.is_on_disk
    assert len(impatient.details(arrival.number, 0, 3)) == 3


def test_the_window_goes_on_while_heavy_requests_are_judged(impatient: Sandbox) -> None:
    bomb = gzip.compress(b'{"a":[' + b"[]," * 1_000_000 + b"[]]}")
    string = known(f'"properties":{{"pad":"{"x" * 15_000_000}"}}').encode()
    with Ticker() as window:
        assert post(impatient, bomb, **{"Content-Encoding": "gzip"}).status == 400
        assert post(impatient, string).body == OK
        assert post(impatient, batch(20_000), "/batch").body == OK
    assert window.longest_s < 1


def test_scripts_have_their_answers_while_many_heavy_requests_wait(impatient: Sandbox) -> None:
    body = batch(15_000)
    with ExitStack() as senders:
        for _ in range(12):  # more than a small machine has threads for such work
            sender = threading.Thread(target=post, args=(impatient, body, "/batch"))
            sender.start()
            senders.callback(sender.join)
        wait_until(lambda: bool(impatient.arrivals()))
        judged = len(impatient.arrivals())
        assert exchange(impatient, "GET", "/_sandbox/summary").status == 200
        assert len(impatient.arrivals()) <= judged + 2


def test_a_worker_that_dies_costs_its_request_and_nothing_else(impatient: Sandbox) -> None:
    body = batch(60_000)
    answers: list[int] = []
    sending = threading.Thread(
        target=lambda: answers.append(post(impatient, body, "/batch").status)
    )
    sending.start()
    wait_until(lambda: bool(active_children()))
    time.sleep(0.3)
    for process in active_children():
        process.kill()
    sending.join(30)
    assert answers == [503]
    assert impatient.arrivals()[0].answer == "transient error, please retry"
    assert post(impatient, batch(8000), "/batch").body == OK


def test_it_stops_at_once_while_heavy_requests_are_judged() -> None:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC))
    sandbox.start()
    assert sandbox.await_ready()
    body = batch(60_000)
    before = set(active_children())
    with ExitStack() as opened:
        for _ in range(5):
            opened.enter_context(plugged(sandbox, head(len(body)) + body))
        wait_until(lambda: bool(set(active_children()) - before))
        time.sleep(0.3)
        began = time.monotonic()
        sandbox.stop()
        assert time.monotonic() - began < 2
    wait_until(lambda: set(active_children()) <= before)


def test_a_disk_without_room_is_a_trouble_that_passes(impatient: Sandbox) -> None:
    assert post(impatient, batch(8000), "/batch").body == OK
    source = impatient.arrivals()[0].body.source
    assert isinstance(source, Path)
    folder = source.parent
    aside = folder.rename(folder.with_name(f"{folder.name}-aside"))
    folder.write_text("A file where the folder was.")
    try:
        reply = post(impatient, batch(8000), "/batch")
        assert (reply.status, reply.body) == (503, "transient error, please retry")
        assert post(impatient, known()).body == OK
    finally:
        folder.unlink()
        aside.rename(folder)
    assert post(impatient, batch(8000), "/batch").body == OK
