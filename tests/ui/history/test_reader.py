"""Reading history beside the window: typing pauses count, old answers do not."""

import asyncio
import sqlite3

from composer.core.history import Facets, HistoryQuery
from composer.services.paths import Profile
from composer.ui.history.reader import NEWEST, PAGE, Count, HistoryReader, Page, Part
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until


class Heard:
    """What a reader said."""

    def __init__(self, reader: HistoryReader) -> None:
        self.pages: list[Page] = []
        self.counts: list[Count] = []
        self.failures: list[str] = []
        self.stops = 0
        reader.read.connect(self.pages.append)
        reader.counted.connect(self.counts.append)
        reader.failed.connect(self.failures.append)
        reader.stopped.connect(self._on_stopped)

    def _on_stopped(self) -> None:
        self.stops += 1

    def events(self) -> list[str]:
        return [row.summary.event for row in self.pages[-1].rows]


def counts(heard: Heard) -> list[tuple[int, int]]:
    """What was found, and of how many."""
    return [(count.found, count.total) for count in heard.counts]


def reader_on(stage: Stage) -> tuple[HistoryReader, Heard]:
    reader = HistoryReader(stage.environment.history, stage.tasks)
    return reader, Heard(reader)


def fill_with_much(stage: Stage) -> None:
    """So much that looking through it takes some time."""
    for number in range(60):
        stage.remember(f"alpha {number}", body=b"x" * 400_000)


def is_reading() -> bool:
    return any(task.get_name() == "read history" for task in asyncio.all_tasks())


async def test_the_first_page_comes_with_the_count(stage: Stage) -> None:
    for number in range(3):
        stage.remember(f"event {number}")
    reader, heard = reader_on(stage)
    reader.set_query(HistoryQuery(text=""), at_once=True)
    await wait_until(lambda: heard.counts, "the count")
    assert heard.pages[0].part is Part.FIRST
    assert heard.events() == ["event 2", "event 1", "event 0"]
    assert not heard.pages[0].more
    assert counts(heard) == [(3, 3)]
    assert heard.counts[0].size.rows == 3
    assert heard.counts[0].size.bytes > 0


async def test_pages_follow_each_other(stage: Stage) -> None:
    for number in range(PAGE + 5):
        stage.remember(f"event {number}")
    reader, heard = reader_on(stage)
    reader.set_query(HistoryQuery(text=""), at_once=True)
    await wait_until(lambda: heard.pages, "the first page")
    assert heard.pages[0].more
    reader.want_more(heard.pages[0].rows[-1].id)
    await wait_until(lambda: len(heard.pages) == 2, "the next page")
    assert heard.pages[1].part is Part.NEXT
    assert not heard.pages[1].more
    assert heard.events() == [f"event {number}" for number in range(4, -1, -1)]


async def test_only_the_last_of_several_letters_is_looked_for(stage: Stage) -> None:
    stage.remember("alpha")
    stage.remember("alps")
    reader, heard = reader_on(stage)
    for text in ("a", "al", "alp", "alph"):
        reader.set_query(HistoryQuery(text=text))
        await asyncio.sleep(0.01)
    assert heard.pages == []
    await wait_until(lambda: heard.counts, "the search")
    assert len(heard.pages) == 1
    assert heard.events() == ["alpha"]
    assert counts(heard) == [(1, 2)]


async def test_the_answer_to_an_older_search_is_dropped(stage: Stage) -> None:
    fill_with_much(stage)
    stage.remember("beta")
    reader, heard = reader_on(stage)
    reader.set_query(HistoryQuery(text="omega"), at_once=True)
    await wait_until(is_reading, "the search to begin")
    reader.set_query(HistoryQuery(text="beta"), at_once=True)
    await wait_until(lambda: heard.counts, "the second search")
    await asyncio.sleep(0.1)
    found = [row.summary.event for page in heard.pages for row in page.rows]
    assert found == ["beta"]
    assert counts(heard) == [(1, 61)]
    assert heard.failures == []


async def test_what_is_new_is_read_once_for_many_changes(stage: Stage) -> None:
    reader, heard = reader_on(stage)
    reader.set_query(HistoryQuery(text=""), at_once=True)
    await wait_until(lambda: heard.counts, "the first page")
    for number in range(NEWEST + 10):
        stage.remember(f"event {number}")
        reader.want_newest()
    await wait_until(lambda: len(heard.counts) == 2, "the newest")
    assert [page.part for page in heard.pages] == [Part.FIRST, Part.NEWEST]
    assert len(heard.pages[1].rows) == NEWEST
    assert heard.counts[-1].total == NEWEST + 10


async def test_a_search_that_somebody_else_stopped_is_begun_again(stage: Stage) -> None:
    fill_with_much(stage)
    reader, heard = reader_on(stage)
    reader.set_query(HistoryQuery(text="omega"), at_once=True)
    await wait_until(is_reading, "the search to begin")
    stage.environment.history.stop_searching()
    await wait_until(lambda: heard.counts, "the search")
    assert counts(heard)[-1] == (0, 60)


async def test_a_broken_file_is_told_in_a_sentence(stage: Stage) -> None:
    reader, heard = reader_on(stage)
    file = Profile(stage.environment.profile.folder).history
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("DROP TABLE contents")
    other.execute("DROP TABLE sends")
    other.close()
    reader.set_query(HistoryQuery(text=""), at_once=True)
    await wait_until(lambda: heard.failures, "the failure")
    assert "could not be read" in heard.failures[0]
    assert heard.stops == 1


async def test_rows_of_one_destination_share_it(stage: Stage) -> None:
    for number in range(3):
        stage.remember(f"event {number}")
    reader, heard = reader_on(stage)
    reader.set_query(HistoryQuery(), at_once=True)
    await wait_until(lambda: heard.pages, "the page")
    assert len({id(row.destination) for row in heard.pages[0].rows}) == 1


async def test_what_can_be_filtered_by_comes_back_with_its_purpose(stage: Stage) -> None:
    stage.remember("alpha")
    reader, heard = reader_on(stage)
    found: list[tuple[object, Facets]] = []
    reader.faceted.connect(lambda purpose, facets: found.append((purpose, facets)))
    reader.want_facets("menu")
    await wait_until(lambda: found, "the filters")
    ((purpose, facets),) = found
    assert purpose == "menu"
    assert [event.name for event in facets.events] == ["alpha"]
    assert heard.failures == []


async def test_filters_of_a_broken_file_are_told_in_a_sentence(stage: Stage) -> None:
    reader, heard = reader_on(stage)
    other = sqlite3.connect(stage.environment.profile.history, isolation_level=None)
    other.execute("DROP TABLE sends")
    other.close()
    reader.want_facets("menu")
    await wait_until(lambda: heard.failures, "the failure")
