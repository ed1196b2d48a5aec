"""The bridge from the sandbox's thread: nothing lost, nothing told a thousand times."""

import asyncio
import threading
from datetime import UTC, datetime

from composer.services.ports import Arrival
from composer.services.sandbox.stored import Arrival as StoredArrival
from composer.ui.sandbox import feed as module
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
        body=body,
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


async def test_a_burst_from_another_thread_is_told_in_a_few_pieces() -> None:
    feed = ArrivalFeed()
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


async def test_what_comes_later_is_told_too() -> None:
    feed = ArrivalFeed()
    heard = Heard(feed)
    for number in range(3):
        feed.receive(arrival(number))
        await wait_until(lambda n=number: len(heard.numbers) == n + 1, "one more")
    assert heard.numbers == [0, 1, 2]


async def test_only_the_newest_are_kept() -> None:
    feed = ArrivalFeed()
    heard = Heard(feed)
    for number in range(MOST + 100):
        feed.receive(arrival(number))
        if number == 99:
            await wait_until(lambda: len(heard.numbers) == 100, "the first hundred")
    await wait_until(lambda: len(heard.numbers) == MOST + 100, "the rest")
    assert feed.count == MOST
    assert feed.arrivals[0].number == 100


async def test_large_bodies_are_bounded_by_their_bytes() -> None:
    feed = ArrivalFeed()
    heard = Heard(feed)
    body = bytes(module.MOST_BYTES // 2 + 1)
    for number in range(3):
        feed.receive(arrival(number, body))
    await wait_until(lambda: heard.numbers, "the three")
    assert [one.number for one in feed.arrivals] == [2]


async def test_clearing_is_told_and_forgets_what_is_on_its_way() -> None:
    feed = ArrivalFeed()
    heard = Heard(feed)
    feed.receive(arrival(1))
    feed.clear()
    assert heard.batches == [()]
    await asyncio.sleep(0.1)
    assert heard.batches == [()]
    assert feed.count == 0


async def test_what_the_real_sandbox_receives_comes_through(stage: Stage) -> None:
    feed = ArrivalFeed()
    heard = Heard(feed)
    stage.start_sandbox()
    stage.sandbox.listen(feed.receive)
    body = b'{"api_key": "phc_x", "event": "e", "distinct_id": "d"}'
    await post(stage.sandbox.url, body)
    await wait_until(lambda: heard.numbers, "the request")
    stage.sandbox.listen(None)
    assert feed.arrivals[0].body == body
    assert feed.arrivals[0].events[0].name == "e"


async def post(address: str, body: bytes, path: str = "/i/v0/e/") -> int:
    """Send a body from a thread of its own; the status."""
    import http.client

    def send() -> int:
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
        connection.close()
        return status

    return await asyncio.to_thread(send)
