"""What is asked of the runs that are kept: pages, searches, bytes, and what is removed."""

import asyncio
import json
import sqlite3
import threading
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.results import ResultsFormat, ResultsKind
from composer.core.batch.run import EventState, RunState
from composer.core.errors import StoreError
from composer.core.settings import Retention
from composer.services.batch.runs import Journal, RunStore
from composer.services.batch.runs.sampling import MOST_STEPS
from composer.services.notices import Notices
from composer.services.ports import SearchStoppedError
from tests.helpers.clock import StandingClock
from tests.services.batch.runs.making import (
    CONFIRMED,
    PLACE,
    REFUSED,
    SMALL,
    UNCERTAIN,
    all_ended,
    body,
    ended,
    made,
    uuid_of,
    uuids,
)

FAILED = [EventState.REFUSED, EventState.UNCERTAIN]


def mixed(store: RunStore) -> int:
    """Events 1 to 10 confirmed, to 20 refused, to 30 uncertain, to 40 waiting; 41 set aside."""
    with store.begin(PLACE, SMALL, "orders.csv") as writer:
        writer.add((100 + number, body(number)) for number in range(1, 41))
        writer.set_aside(141, "It has no name.", body(41))
        run = writer.finish()
    with Journal(store, run.id) as journal:
        claims = journal.claim(3)
        states = (CONFIRMED, REFUSED, UNCERTAIN)
        journal.settle([ended(c, state) for c, state in zip(claims, states, strict=True)])
        journal.set_state(RunState.STOPPED)
    return run.id


def numbers(store: RunStore, run: int, **wanted: object) -> list[int]:
    return [event.number for event in store.events(run, **wanted)]  # pyright: ignore[reportArgumentType]


# Pages and searches


def test_events_come_in_pages_by_number(store: RunStore) -> None:
    run = mixed(store)
    pages = [numbers(store, run, limit=7, after=after) for after in range(0, 42, 7)]
    assert [number for page in pages for number in page] == list(range(1, 42))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([EventState.CONFIRMED], range(1, 11)),
        (FAILED, range(11, 31)),
        ([EventState.WAITING, EventState.SET_ASIDE], range(31, 42)),
        ([EventState.SET_ASIDE], [41]),
        ([EventState.REFUSED, EventState.SET_ASIDE], [*range(11, 21), 41]),
        ([EventState.SENDING], []),
    ],
)
def test_events_are_found_by_their_state(
    store: RunStore, states: list[EventState], expected: range
) -> None:
    run = mixed(store)
    assert numbers(store, run, states=states) == list(expected)
    assert numbers(store, run, states=states, after=15) == [n for n in expected if n > 15]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CUSTOMER-7", [7]),
        ("customer-4", [4, 40, 41]),
        (' say "hi" ', [50]),
        ("größe", [51]),
        ("no name", [41]),
        ("nowhere", []),
    ],
)
def test_events_are_found_by_their_text(store: RunStore, text: str, expected: list[int]) -> None:
    with store.begin(PLACE, SMALL, "x") as writer:
        writer.add((number, body(number)) for number in range(1, 41))
        writer.set_aside(41, "It has no name.", body(41))
        writer.add((number, body(number)) for number in range(42, 50))
        writer.add([(50, body(50, words='They say "Hi"')), (51, body(51, words="GRÖSSE"))])
        run = writer.finish()
    found = [number for number in numbers(store, run.id, text=text) if number not in range(42, 50)]
    assert found == expected
    assert numbers(store, run.id, text=text, states=[EventState.CONFIRMED]) == []


def test_a_search_that_is_not_wanted_any_more_ends(store: RunStore) -> None:
    run = made(store, 200, BatchOptions(most_events=1))
    begun, stopped = threading.Event(), threading.Event()

    class Slow(str):
        """A text that is only looked at once the search was stopped."""

        __slots__ = ()

        def strip(self, chars: str | None = None, /) -> str:
            begun.set()
            stopped.wait(10)
            return super().strip(chars)

    raised: list[Exception] = []

    def search() -> None:
        try:
            store.events(run.id, text=Slow("nowhere"))
        except SearchStoppedError as error:
            raised.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    assert begun.wait(10)
    store.stop_searching()
    stopped.set()
    thread.join(10)
    assert len(raised) == 1
    assert store.events(run.id, text="nowhere") == []


def test_requests_come_in_pages_and_by_their_state(store: RunStore) -> None:
    first, run, last = made(store, 50), made(store, 50), made(store, 50)
    with closing(Journal(store, first.id)) as a, closing(Journal(store, run.id)) as b:
        a.open()
        b.open()
        for state in (CONFIRMED, REFUSED, UNCERTAIN, REFUSED, CONFIRMED):
            for journal in (a, b):
                journal.settle(all_ended(journal.claim(1), state))
    rows = store.requests(run.id)
    assert [row.state for row in rows] == [CONFIRMED, REFUSED, UNCERTAIN, REFUSED, CONFIRMED]
    page = store.requests(run.id, limit=2)
    assert page + store.requests(run.id, limit=9, after=page[-1].id) == rows
    for states in ([REFUSED], [REFUSED, UNCERTAIN], [CONFIRMED], [CONFIRMED, UNCERTAIN]):
        assert store.requests(run.id, states=states) == [row for row in rows if row.state in states]
        after = store.requests(run.id, states=states, after=rows[2].id)
        assert after == [row for row in rows[3:] if row.state in states]
    assert store.requests(last.id) == []
    assert store.request(999) is None


def test_runs_are_listed_newest_first(store: RunStore) -> None:
    ids = [made(store, 1).id for _ in range(3)]
    assert [run.id for run in store.runs()] == ids[::-1]
    assert store.run(99) is None


# Bytes


def test_a_request_is_made_again_as_it_was_sent(store: RunStore) -> None:
    run = made(store, 25, replace(SMALL, historical_migration=True))
    with Journal(store, run.id) as journal:
        claims = journal.claim(3)
        journal.settle(all_ended(claims[:2]))
    for claim in claims:
        request = store.request_of(run.id, claim.request_id)
        assert request.body == claim.body
        assert request.url == "https://posthog.example.com/batch/"
    with pytest.raises(StoreError, match="no request 999"):
        store.request_of(run.id, 999)
    with pytest.raises(StoreError, match="no run 999"):
        store.request_of(999, claims[0].request_id)


def change(store: RunStore, *statements: str) -> None:
    with store.file.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def test_bytes_that_have_changed_are_not_shown_as_those_that_were_sent(store: RunStore) -> None:
    run = made(store, 10)
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        journal.settle([ended(claim)])
    change(store, "UPDATE parcel SET body = CAST(replace(body, 'order', 'ORDER') AS BLOB)")
    with pytest.raises(StoreError, match="not those that were sent"):
        store.request_of(run.id, claim.request_id)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM parcel",
        "UPDATE parcel SET body = substr(body, 2)",
        "UPDATE parcel SET offsets = substr(offsets, 5)",
    ],
)
def test_a_damaged_parcel_is_told_and_nothing_of_it_is_sent(store: RunStore, damage: str) -> None:
    run = made(store, 10)
    journal = Journal(store, run.id)
    journal.open()
    change(store, damage)
    with pytest.raises(StoreError, match="damaged"):
        journal.claim(1)
    assert journal.counts().waiting == 10
    journal.close()


def test_a_destination_that_has_moved_keeps_its_token(store: RunStore) -> None:
    run = made(store, 10)
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        journal.settle([ended(claim)])
    store.readdress(run.id, replace(PLACE, address="http://127.0.0.1:9", token="phc_other"))
    request = store.request_of(run.id, claim.request_id)
    assert (request.url, request.body) == ("http://127.0.0.1:9/batch/", claim.body)
    with Journal(store, run.id) as journal:
        assert journal.claim(1) == []


# Failures


def test_failures_become_a_run_of_their_own_with_the_same_ids(store: RunStore) -> None:
    run = mixed(store)
    assert [event.uuid for event in store.failures(run)] == [uuid_of(n) for n in range(11, 31)]
    again = store.resend(run)
    assert (again.source, again.counts.waiting) == (f"Failures of run {run}", 20)
    assert (again.destination, again.options) == (PLACE, SMALL)
    with Journal(store, again.id) as journal:
        sent = [uuid for claim in journal.claim(9) for uuid in uuids(claim.body)]
    assert sent == [uuid_of(number) for number in range(11, 31)]
    assert [event.row for event in store.events(again.id)] == list(range(111, 131))


def test_other_events_can_be_sent_again_in_other_requests(store: RunStore) -> None:
    run = mixed(store)
    options = BatchOptions(one_each=True)
    again = store.resend(run, states=[EventState.CONFIRMED], options=options)
    assert (again.source, again.counts.waiting, again.options) == (f"Run {run}", 10, options)


def test_nothing_to_send_again_makes_no_run(store: RunStore) -> None:
    run = made(store, 3)
    with pytest.raises(StoreError, match="nothing to send again"):
        store.resend(run.id)
    assert len(store.runs()) == 1


# Results


async def test_results_are_written_whole(store: RunStore, tmp_path: Path) -> None:
    run, path = mixed(store), tmp_path / "results"
    told: list[int] = []
    for kind, count in (
        (ResultsKind.EVENTS, 41),
        (ResultsKind.REQUESTS, 3),
        (ResultsKind.FAILURES, 20),
    ):
        done = await store.export_results(
            run, str(path), kind, ResultsFormat.JSON_LINES, on_progress=told.append
        )
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        assert (done.rows, done.bytes) == (count, path.stat().st_size)
        assert len(lines) == count
        table = await store.export_results(run, str(path), kind, ResultsFormat.CSV)
        assert table.rows == count
        assert path.read_bytes().count(b"\r\n") == count + 1
    assert {41, 3, 20} <= set(told)
    assert path.stat().st_mode & 0o777 == 0o600


async def test_failures_that_are_exported_are_the_events_that_were_sent(
    store: RunStore, tmp_path: Path
) -> None:
    run, path = mixed(store), tmp_path / "failures.jsonl"
    await store.export_results(run, str(path), ResultsKind.FAILURES, ResultsFormat.JSON_LINES)
    assert path.read_text().splitlines() == [body(number) for number in range(11, 31)]


async def test_an_export_that_is_cancelled_leaves_nothing(store: RunStore, tmp_path: Path) -> None:
    run, folder = made(store, 5_000, BatchOptions()), tmp_path / "out"
    folder.mkdir()
    path = folder / "events.csv"

    def stop(_: int) -> None:
        task.cancel()

    export = store.export_results(
        run.id, str(path), ResultsKind.EVENTS, ResultsFormat.CSV, on_progress=stop
    )
    task = asyncio.create_task(export)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(folder.iterdir()) == []


async def test_an_export_to_nowhere_is_told(store: RunStore, tmp_path: Path) -> None:
    run = mixed(store)
    path = tmp_path / "missing" / "events.csv"
    with pytest.raises(StoreError, match="could not be written"):
        await store.export_results(run, str(path), ResultsKind.EVENTS, ResultsFormat.CSV)


# Removing


def test_a_run_that_is_deleted_gives_its_room_back(store: RunStore, tmp_path: Path) -> None:
    kept = mixed(store)
    store.close()
    before = (tmp_path / "runs.sqlite3").stat().st_size
    run = made(store, 5_000, BatchOptions())
    with Journal(store, run.id) as journal:
        journal.settle(all_ended(journal.claim(2)))
    store.delete(run.id)
    store.delete(run.id)
    with store.file.reading() as connection:
        for table in ("parcel", "request", "sample", "try", "aside"):
            find = f"SELECT count(*) FROM {table} WHERE run = ?"  # noqa: S608
            assert connection.execute(find, (run.id,)).fetchone() == (0,), table
    store.close()
    assert (tmp_path / "runs.sqlite3").stat().st_size <= before + 8 * 4096
    assert [one.id for one in store.runs()] == [kept]
    assert made(store, 1).id > run.id


def test_a_run_whose_removal_was_killed_is_not_seen_and_goes_later(store: RunStore) -> None:
    run = made(store, 50)
    kept = made(store, 1)
    change(
        store,
        f"UPDATE run SET state = 'preparing' WHERE id = {run.id}",  # noqa: S608
        f"DELETE FROM parcel WHERE run = {run.id} AND number < 2",  # noqa: S608
    )
    assert [one.id for one in store.runs()] == [kept.id]
    assert store.run(run.id) is None
    with pytest.raises(StoreError, match="never made ready"):
        Journal(store, run.id).open()
    new = made(store, 1)
    assert [one.id for one in store.runs()] == [new.id, kept.id]
    with store.file.reading() as connection:
        found = connection.execute("SELECT DISTINCT run FROM parcel").fetchall()
    assert found == [(kept.id,), (new.id,)]


def test_old_runs_go_and_those_that_somebody_is_at_stay(
    store: RunStore, clock: StandingClock
) -> None:
    old, ended_late, cut_off, busy, new = (made(store, 20).id for _ in range(5))
    for run in (old, cut_off):
        with Journal(store, run) as journal:
            journal.claim(1)
    with closing(Journal(store, busy)) as working:
        working.open()
        clock.go_on(days=20)
        with Journal(store, ended_late) as journal:
            journal.set_state(RunState.ENDED)
        new = made(store, 1).id
        assert store.prune(Retention(), clock.now()) == 0
        assert store.prune(Retention(rows=1, megabytes=1), clock.now()) == 0
        assert store.prune(Retention(days=10**9), clock.now()) == 0
        assert store.prune(Retention(days=19), clock.now()) == 3
        assert [run.id for run in store.runs()] == [new, busy, ended_late]


def test_samples_are_told_in_few_steps(store: RunStore) -> None:
    run = made(store, 1)
    rows = ", ".join(f"({run.id}, {n}, 10, {1 + n % 2}, {n % 7}, {n})" for n in range(1000))
    change(store, f"INSERT INTO sample VALUES {rows}")  # noqa: S608
    samples = store.samples(run.id)
    assert len(samples) <= MOST_STEPS
    assert {sample.span for sample in samples} == {4}
    assert sum(sample.events for sample in samples) == 10_000
    assert sum(sample.requests for sample in samples) == 1500
    assert [sample.second for sample in samples] == list(range(0, 1000, 4))
    assert samples[-1].slowest_ms == 999
    # The medians 0, 1, 2 and 3 of 1, 2, 1 and 2 requests: half of the six are done with the 1.
    assert samples[0].median_ms == 1


# Trouble


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_put_aside_and_told(tmp_path: Path, damage: bytes) -> None:
    path, notices = tmp_path / "runs.sqlite3", Notices()
    path.write_bytes(damage)
    with closing(RunStore(path, StandingClock(), notices)) as store:
        made(store, 1)
        assert len(store.runs()) == 1
    (told,) = notices.all()
    assert "runs.sqlite3 was damaged. It is kept as" in told
    assert [aside.read_bytes() for aside in tmp_path.glob("*.broken-*")] == [damage]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path, notices = tmp_path / "runs.sqlite3", Notices()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with closing(RunStore(path, StandingClock(), notices)) as store:
        assert made(store, 1).id == 1
    assert path.read_bytes() == before
    assert (tmp_path / "runs-1.sqlite3").exists()
    assert "A newer version" in notices.all()[0]


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = RunStore(tmp_path / "file" / "runs.sqlite3", StandingClock())
    with pytest.raises(StoreError, match="cannot be used"):
        store.runs()
    with pytest.raises(StoreError, match="cannot be used"):
        store.begin(PLACE, SMALL, "x")


def fill_the_disk(connection: sqlite3.Connection) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.parametrize(
    "work",
    [
        lambda journal, claims: journal.settle(
            [replace(end, words="x" * 9000) for end in all_ended(claims)]
        ),
        lambda journal, _: journal.set_state(RunState.PAUSED, "x" * 50_000),
    ],
)
def test_a_full_disk_changes_nothing_and_the_run_can_be_resumed(
    store: RunStore, work: Callable[[Journal, list], None]
) -> None:
    run = made(store, 30)
    journal = Journal(store, run.id)
    journal.open()
    claims = journal.claim(2)
    assert journal._held  # noqa: SLF001 -- there is no full disk to be had otherwise
    with journal._held.database.mending() as connection:  # noqa: SLF001
        fill_the_disk(connection)
    before = journal.counts()
    with pytest.raises(StoreError, match="no room on the disk"):
        work(journal, claims)
    assert journal.counts() == before
    found = store.run(run.id)
    assert found
    assert found.counts == before
    journal.close()
    with Journal(store, run.id) as journal:
        journal.settle(all_ended(journal.claim(9)))
        assert journal.counts().confirmed == 30


def test_a_full_disk_while_a_run_is_filled_leaves_no_run(store: RunStore) -> None:
    writer = store.begin(PLACE, SMALL, "x")
    with writer._database.mending() as connection:  # noqa: SLF001 -- as above
        fill_the_disk(connection)
    with pytest.raises(StoreError, match="no room on the disk"), writer:
        writer.add((number, body(number)) for number in range(5000))
    assert store.runs() == []


def test_a_file_that_another_program_holds_is_told(
    store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.database.BUSY_SECONDS", 0.05)
    run = made(store, 10)
    journal = Journal(store, run.id)
    journal.open()
    with closing(sqlite3.connect(tmp_path / "runs.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is using the file"):
            journal.claim(1)
        other.execute("ROLLBACK")
    assert journal.counts().waiting == 10
    assert len(journal.claim(1)) == 1
    journal.close()


def test_a_run_whose_process_is_gone_can_be_seen_while_nothing_can_be_written(
    store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.database.BUSY_SECONDS", 0.05)
    run = made(store, 20)
    journal = Journal(store, run.id)
    journal.open()
    journal.claim(1)
    assert journal._held  # noqa: SLF001 -- as if the process had died
    journal._held.release()  # noqa: SLF001
    with closing(sqlite3.connect(tmp_path / "runs.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (found,) = store.runs()
        assert found.is_cut_off
        assert (found.counts.sending, found.counts.uncertain) == (10, 0)
        other.execute("ROLLBACK")
    (found,) = store.runs()
    assert (found.counts.sending, found.counts.uncertain) == (0, 10)


def test_any_thread_may_ask_and_close(store: RunStore) -> None:
    run = made(store, 200)
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(10):
                assert len(store.runs()) == 1
                assert len(store.events(run.id)) == 200
        except BaseException as error:  # noqa: BLE001 -- told in the test's own thread
            raised.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    closing_thread = threading.Thread(target=store.close)
    closing_thread.start()
    closing_thread.join(30)
    assert raised == []
    assert len(store.runs()) == 1


def test_memory_is_bounded_by_a_parcel(store: RunStore) -> None:
    options = BatchOptions(request_bytes=60_000)

    def work() -> None:
        with store.begin(PLACE, options, "x") as writer:
            writer.add((number, body(number, text="x" * 900)) for number in range(5_000))
            run = writer.finish()
        with Journal(store, run.id) as journal:
            while claims := journal.claim(2):
                journal.settle(all_ended(claims, REFUSED))
        assert sum(1 for _ in store.failures(run.id)) == 5_000

    tracemalloc.start()
    try:
        work()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_500_000  # of 5 MB


def test_the_file_is_private(store: RunStore, tmp_path: Path) -> None:
    made(store, 1)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
