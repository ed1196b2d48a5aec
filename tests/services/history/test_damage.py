"""A damaged page, a locked file, a full disk: told in words, and all the rest goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.core.history import HistoryQuery, OutcomeKind
from composer.core.outcome import Accepted
from composer.core.settings import Retention
from composer.services import database
from composer.services.environment import Environment, open_environment
from tests.helpers.clock import START
from tests.services.history.sending import OK, send

FINE = Accepted(response=OK)
SENDS = 400
PAGE = 4096
LOCKED = "another program is using the file"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with many sends, closed."""
    with closing(open_environment(tmp_path)) as environment:
        for number in range(SENDS):
            send(environment.history, b'{"distinct_id":"customer-%d"}' % number, FINE)
    return tmp_path


def opened(folder: Path) -> Iterator[Environment]:
    with closing(open_environment(folder)) as environment:
        yield environment


def pages_of(file: Path, name: str) -> list[int]:
    """The numbers of the leaf pages of a table or an index, in the order of their content."""
    with closing(sqlite3.connect(file)) as connection:
        find = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        return [number for (number,) in connection.execute(find, (name,)).fetchall()]


def scribble(file: Path, page: int) -> None:
    data = bytearray(file.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = b"\x5a" * PAGE
    file.write_bytes(bytes(data))


def spoil_sends(folder: Path, place: int = 3) -> None:
    file = folder / "history.sqlite3"
    scribble(file, pages_of(file, "sends")[place])


@pytest.fixture
def torn(folder: Path) -> Iterator[Environment]:
    """A profile in whose table of sends a page is damaged."""
    spoil_sends(folder)
    yield from opened(folder)


def test_the_rows_around_a_damaged_page_are_listed_and_the_others_told(torn: Environment) -> None:
    history = torn.history
    assert torn.notices == ()
    assert history.damage() == ""
    ids = [row.id for row in history.rows(limit=1000)]
    missing = sorted(set(range(1, SENDS + 1)) - set(ids))
    assert ids == sorted(ids, reverse=True)
    assert 1 < len(missing) < 60
    assert missing == list(range(missing[0], missing[-1] + 1))
    assert f"the sends numbered {missing[0]} to {missing[-1]} cannot be read" in history.damage()
    pages: list[int] = []
    while page := history.rows(limit=7, before=pages[-1] if pages else None):
        pages += [row.id for row in page]
    assert pages == ids


def test_searches_filters_and_counts_go_on_around_a_damaged_page(torn: Environment) -> None:
    history = torn.history
    ids = {row.id for row in history.rows(limit=1000)}
    found = {row.id for row in history.rows(HistoryQuery(text="distinct_id:customer"), limit=1000)}
    assert found == ids
    wanted = HistoryQuery(text="plan", outcomes=frozenset({OutcomeKind.ACCEPTED}))
    assert {row.id for row in history.rows(wanted, limit=1000)} == ids
    assert history.count(wanted) == len(ids)
    assert history.facets().events[0].count in {len(ids), SENDS}


def test_an_export_leaves_out_what_cannot_be_read_and_says_so(torn: Environment) -> None:
    ids = [row.id for row in torn.history.rows(limit=1000)]
    assert [entry.row.id for entry in torn.history.entries(HistoryQuery())] == ids
    entries = torn.history.entries(range(SENDS, 0, -1))
    assert [next(entries).row.id for _ in ids] == ids
    with pytest.raises(StoreError, match=f"{SENDS - len(ids)} of the sends could not be read"):
        next(entries)


def test_a_send_whose_request_is_damaged_is_listed_and_told(folder: Path) -> None:
    file = folder / "history.sqlite3"
    scribble(file, pages_of(file, "contents")[5])
    for environment in opened(folder):
        history = environment.history
        rows = history.rows(limit=1000)
        assert len(rows) == SENDS
        unread = 0
        for row in rows:
            try:
                assert history.entry(row.id) is not None
            except StoreError as error:
                unread += 1
                assert "This send cannot be read" in str(error)  # noqa: PT017 -- of many
        assert 0 < unread < 60
        found = history.rows(HistoryQuery(text="customer-42"), limit=1000)
        assert len(found) == SENDS


def test_sending_goes_on_with_a_damaged_page_in_the_middle(torn: Environment) -> None:
    identifier = send(torn.history, outcome=FINE)
    assert identifier == SENDS + 1
    torn.history.annotate(identifier, note="afterwards", ticket="")
    assert [row.id for row in torn.history.rows(HistoryQuery(text="afterwards"))] == [identifier]


def test_a_damaged_index_beside_a_damaged_page_does_not_stop_sending(folder: Path) -> None:
    file = folder / "history.sqlite3"
    for page in (*pages_of(file, "sends_by_event"), pages_of(file, "sends")[3]):
        scribble(file, page)
    for environment in opened(folder):
        identifier = send(environment.history, outcome=FINE)
        assert environment.history.rows(limit=1)[0].id == identifier
        assert len(environment.history.rows(limit=1000)) > SENDS - 60


def test_a_damaged_index_at_the_start_does_not_cost_the_history(folder: Path) -> None:
    file = folder / "history.sqlite3"
    for page in pages_of(file, "sends_under_way"):
        scribble(file, page)
    for environment in opened(folder):
        assert environment.notices == ()
        assert environment.history.count() == SENDS
        assert environment.history.mark_cut_off() == 0
        send(environment.history)
    for environment in opened(folder):
        assert environment.history.count(HistoryQuery(text="cut off")) == 1


@pytest.mark.parametrize(
    "index", ["sends_by_event", "sends_by_destination", "sends_by_outcome", "sends_changed"]
)
def test_a_damaged_index_is_made_anew_by_the_send_that_meets_it(folder: Path, index: str) -> None:
    file = folder / "history.sqlite3"
    for page in pages_of(file, index):
        scribble(file, page)
    for environment in opened(folder):
        history = environment.history
        before = len(history.rows(limit=1000))
        identifier = send(history, outcome=FINE)
        assert before == SENDS
        assert history.count() == SENDS + 1
        assert [row.id for row in history.rows(limit=1)] == [identifier]
        wanted = HistoryQuery(outcomes=frozenset({OutcomeKind.ACCEPTED}))
        assert history.count(wanted) == SENDS + 1
        with closing(sqlite3.connect(file)) as other:
            find = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
            assert other.execute(find).fetchone() == (7,)


def test_a_file_that_another_program_locks_is_told_and_works_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    for environment in opened(folder):
        with closing(sqlite3.connect(folder / "history.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match=LOCKED):
                send(environment.history)
            with pytest.raises(StoreError, match=LOCKED):
                environment.history.pin([1], pinned=True)
            with pytest.raises(StoreError, match=LOCKED):
                environment.history.prune(Retention(rows=1), START)
            assert len(environment.history.rows(HistoryQuery(text="customer-42"))) == 200
            other.execute("ROLLBACK")
        assert send(environment.history) == SENDS + 1


def test_an_index_that_another_program_locks_is_done_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    for environment in opened(folder):
        assert environment.history.count(HistoryQuery(text="customer-42")) == SENDS
        with closing(sqlite3.connect(folder / "history-search.sqlite3")) as other:
            other.execute("BEGIN IMMEDIATE")
            identifier = send(environment.history)
            rows = environment.history.rows(HistoryQuery(text="under way"))
            assert [row.id for row in rows] == [identifier]
