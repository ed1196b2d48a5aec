"""Reading away from the window's thread: the newest wish counts, nothing piles up."""

import asyncio
import http.client

from composer.services.ports import Arrival
from composer.ui.sandbox.reader import ArrivalReader, Opening, Wish
from composer.ui.sandbox.reading import Side, SideText
from composer.ui.sandbox.rows import Row, rows_of
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until

BODY = '{"api_key": "phc_x", "event": "e%d", "distinct_id": "d"}'


class Reading:
    """A reader over the real sandbox with some arrivals, and what it told."""

    def __init__(self, stage: Stage) -> None:
        stage.start_sandbox()
        self.reader = ArrivalReader(stage.sandbox, stage.tasks)
        self.read: list[SideText] = []
        self.opened: list[Opening] = []
        self.slow: list[bool] = []
        self.reader.read.connect(self.read.append)
        self.reader.opened.connect(self.opened.append)
        self.reader.slow.connect(lambda: self.slow.append(True))
        self.rows = [row for one in self.sent(stage) for row in rows_of(one)]

    @staticmethod
    def sent(stage: Stage) -> tuple[Arrival, ...]:
        address = stage.sandbox.url.removeprefix("http://")
        connection = http.client.HTTPConnection(address, timeout=10)
        for number in range(20):
            connection.request("POST", "/i/v0/e/", (BODY % number).encode())
            connection.getresponse().read()
        connection.close()
        return stage.sandbox.arrivals()

    def want(self, row: Row, side: Side = Side.REQUEST) -> None:
        self.reader.want(Wish(row=row, side=side))


async def test_of_many_wishes_the_newest_is_read(stage: Stage) -> None:
    reading = Reading(stage)
    for row in reading.rows:
        reading.want(row)
    await wait_until(lambda: reading.read, "an answer")
    await asyncio.sleep(0.3)
    assert [found.row for found in reading.read] == [reading.rows[-1]]
    assert reading.read[0].passage.full == BODY % 19
    assert reading.slow == [], "what has been read is not called slow"


async def test_nothing_is_told_once_nothing_is_wished_for(stage: Stage) -> None:
    reading = Reading(stage)
    reading.want(reading.rows[0])
    reading.reader.want(None)
    await asyncio.sleep(0.3)
    assert reading.read == []
    assert reading.slow == []
    reading.want(reading.rows[1], Side.EVENT)
    await wait_until(lambda: reading.read, "an answer")
    assert '"event": "e1"' in reading.read[0].passage.full


async def test_two_presses_of_open_open_once(stage: Stage) -> None:
    reading = Reading(stage)
    reading.reader.open(reading.rows[3])
    reading.reader.open(reading.rows[3])
    await wait_until(lambda: reading.opened, "the drafts")
    await asyncio.sleep(0.1)
    (opening,) = reading.opened
    assert [draft.payload.get("event") for draft in opening.drafts] == ["e3"]
    reading.reader.open(reading.rows[4])
    await wait_until(lambda: len(reading.opened) == 2, "the others")
