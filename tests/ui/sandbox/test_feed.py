"""The bridge from the sandbox's thread: nothing lost, nothing told a thousand times."""

import asyncio
import http.client
import threading
from datetime import UTC, datetime

from composer.services.ports import Arrival
from composer.services.sandbox.arrivals.body import Body
from composer.services.sandbox.arrivals.stored import Arrival as StoredArrival
from composer.ui.sandbox.feed import MOST, ArrivalFeed
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until


def arrival(number: int, body: bytes = b"{}") -> StoredArrival:
    return StoredArrival(
        number=number,
        received_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        method="POST",
        path="/i/v0/e/",
        headers=(),
        body=Body(body),
        status=200,
        answer='{"status":"Ok"}',
        events=(),
    )


class Heard:
    """What a feed told, and in which thread."""

    def __init__(self, feed: ArrivalFeed) -> None:
        self.batches: list[tuple[Arrival, ...]] = []
        self.threads: set[int] = set()
        feed.arrived.connect(self._on_arrived)

    def _on_arrived(self, arrivals: tuple[Arrival, ...]) -> None:
        self.batches.append(arrivals)
        self.threads.add(threading.get_ident())

    @property
    def numbers(self) -> list[int]:
        return [one.number for batch in self.batches for one in batch]


async def test_a_burst_from_another_thread_is_told_in_a_few_pieces(stage: Stage) -> None:
    feed = ArrivalFeed(stage.sandbox)
    heard = Heard(feed)

    def burst() -> None:
        for number in range(1500):
            feed.receive(arrival(number))

    await asyncio.to_thread(burst)
    await wait_until(lambda: len(heard.numbers) == 1500, "all of them")
    assert heard.numbers == list(range(1500))
    assert len(heard.batches) < 20
    assert heard.threads == {threading.get_ident()}
    assert feed.count == 1500


async def test_what_comes_later_is_told_too(stage: Stage) -> None:
    feed = ArrivalFeed(stage.sandbox)
    heard = Heard(feed)
    for number in range(3):
        feed.receive(arrival(number))
        await wait_until(lambda n=number: len(heard.numbers) == n + 1, "one more")
    assert heard.numbers == [0, 1, 2]


async def test_what_the_sandbox_keeps_no_more_is_not_kept_here(stage: Stage) -> None:
    feed = ArrivalFeed(stage.sandbox)
    heard = Heard(feed)
    stage.start_sandbox()
    await asyncio.to_thread(post_many, stage.sandbox.url, MOST + 20)
    await wait_until(lambda: heard.numbers and heard.numbers[-1] == MOST + 20, "the last one")
    assert feed.count == len(stage.sandbox.arrivals()) == MOST
    assert feed.oldest == feed.arrivals[0].number == 21


async def test_clearing_is_told_and_forgets_what_came_before(stage: Stage) -> None:
    feed = ArrivalFeed(stage.sandbox)
    heard = Heard(feed)
    feed.receive(arrival(1))
    await wait_until(lambda: heard.numbers == [1], "the first")
    feed.receive(arrival(2))
    await asyncio.to_thread(stage.sandbox.clear)
    feed.receive(arrival(3))
    await wait_until(lambda: heard.numbers == [1, 3], "the one after the clearing")
    assert heard.batches[1:] == [(), (feed.arrivals[0],)]
    assert [one.number for one in feed.arrivals] == [3]
    assert heard.threads == {threading.get_ident()}


async def test_what_the_real_sandbox_receives_comes_through(stage: Stage) -> None:
    feed = ArrivalFeed(stage.sandbox)
    heard = Heard(feed)
    stage.start_sandbox()
    body = b'{"api_key": "phc_x", "event": "e", "distinct_id": "d"}'
    await post(stage.sandbox.url, body)
    await wait_until(lambda: heard.numbers, "the request")
    stage.sandbox.listen(None)
    assert feed.arrivals[0].body.read() == body
    assert feed.arrivals[0].events[0].name == "e"


def post_many(address: str, count: int) -> None:
    """Send so many requests over one connection."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    for _ in range(count):
        connection.request("POST", "/i/v0/e/", b"{}")
        connection.getresponse().read()
    connection.close()


async def post(address: str, body: bytes, path: str = "/i/v0/e/") -> int:
    """Send a body from a thread of its own; the status."""

    def send() -> int:
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
        connection.close()
        return status

    return await asyncio.to_thread(send)
