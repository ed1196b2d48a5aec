"""Nothing goes that the person did not ask for; what goes is the oldest, in small steps."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.history import HistoryQuery
from composer.core.outcome import Accepted
from composer.core.settings import Retention
from composer.services.environment import Environment, open_environment
from composer.services.history import pruning
from tests.helpers.clock import START, StandingClock
from tests.services.history.sending import OK, send

FINE = Accepted(response=OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    days_ago: int
    pinned: bool
    under_way: bool


sends = st.lists(
    st.builds(
        Sent,
        days_ago=st.integers(0, 9),
        pinned=st.integers(0, 3).map(lambda n: n == 0),
        under_way=st.integers(0, 3).map(lambda n: n == 0),
    ),
    max_size=12,
)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def environment(tmp_path: Path, clock: StandingClock) -> Iterator[Environment]:
    with closing(open_environment(tmp_path, clock)) as opened:
        yield opened


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    clock = StandingClock()
    with closing(open_environment(tmp_path_factory.mktemp("profile"), clock)) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@given(
    sent=sends,
    days=st.none() | st.integers(0, 9) | st.just(10**9),
    rows=st.none() | st.integers(0, 9),
)
def test_what_is_kept_is_what_a_plain_count_keeps(
    long_lived: Environment, sent: list[Sent], days: int | None, rows: int | None
) -> None:
    history, clock = long_lived.history, long_lived.clock
    assert isinstance(clock, StandingClock)
    for row in history.rows(limit=1000):
        history.finish(row.id, FINE)
        history.delete([row.id])
    history.empty_deleted()
    ids: list[int] = []
    for one in sent:
        clock.moment = START - timedelta(days=one.days_ago, seconds=1)
        ids.append(send(history, outcome=None if one.under_way else FINE))
        history.pin(ids[-1:], one.pinned)
    clock.moment = START
    safe = {i for i, one in zip(ids, sent, strict=True) if one.pinned or one.under_way}
    loose = [i for i in ids if i not in safe]
    if days is not None:
        age = {i: one.days_ago for i, one in zip(ids, sent, strict=True)}
        loose = [i for i in loose if age[i] < days]
    if rows is not None:
        loose = loose[len(loose) - min(rows, len(loose)) :]
    gone = history.prune(Retention(days=days, rows=rows), START)
    assert {row.id for row in history.rows(limit=1000)} == safe | set(loose)
    assert gone == len(ids) - len(safe) - len(loose)


def test_a_limit_in_megabytes_removes_the_oldest_and_no_more_than_needed(
    environment: Environment,
) -> None:
    history = environment.history
    ids = [send(history, b"x" * 200_000, FINE) for _ in range(20)]
    history.pin(ids[:2], pinned=True)
    before = history.size().bytes
    gone = history.prune(Retention(megabytes=3), START)
    size = history.size()
    assert size.bytes <= 3_000_000 < before
    assert size.bytes > 2_600_000
    assert [row.id for row in history.rows()] == [*ids[: 1 + gone : -1], ids[1], ids[0]]
    assert history.prune(Retention(megabytes=3), START) == 0


@pytest.mark.parametrize(
    ("retention", "gone"),
    [
        (Retention(), 0),
        (Retention(days=3), 7),
        (Retention(rows=7), 2),
        (Retention(days=3, rows=7), 7),
        (Retention(days=10**9), 0),
        (Retention(rows=100), 0),
    ],
    ids=str,
)
def test_what_would_go_is_known_beforehand(
    environment: Environment, clock: StandingClock, retention: Retention, gone: int
) -> None:
    history = environment.history
    for days in range(10, 0, -1):
        clock.moment = START - timedelta(days=days, seconds=-1)
        send(history, outcome=FINE)
    history.pin([history.rows(limit=1)[0].id], pinned=True)
    clock.moment = START
    assert history.prunable(retention, START) == gone
    assert history.prune(retention, START) == gone


def test_what_a_limit_in_megabytes_takes_is_known_more_or_less(environment: Environment) -> None:
    history = environment.history
    for _ in range(20):
        send(history, b"x" * 200_000, FINE)
    foreseen = history.prunable(Retention(megabytes=3), START)
    assert abs(foreseen - history.prune(Retention(megabytes=3), START)) <= 1


def test_room_goes_back_to_the_file_system(environment: Environment) -> None:
    history, file = environment.history, environment.profile.history
    for _ in range(40):
        send(history, b"x" * 200_000, FINE)
    history.prune(Retention(rows=1), START)
    history.keep_house(Retention(), START)
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("PRAGMA freelist_count").fetchone() == (0,)
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert file.stat().st_size < 1_000_000


def test_without_a_limit_everything_is_kept(environment: Environment) -> None:
    ids = [send(environment.history, outcome=FINE) for _ in range(3)]
    environment.history.keep_house(Retention(), START + timedelta(days=10_000))
    assert len(environment.history.rows()) == len(ids)


def test_what_was_deleted_goes_at_a_start_a_day_later(
    environment: Environment, clock: StandingClock
) -> None:
    history = environment.history
    one, two = send(history, outcome=FINE), send(history, outcome=FINE)
    history.delete([one, two])
    clock.go_on(hours=23)
    history.keep_house(Retention(), clock.now())
    history.restore([two])
    assert [row.id for row in history.rows()] == [two]
    clock.go_on(hours=2)
    history.keep_house(Retention(), clock.now())
    history.restore([one])
    assert [row.id for row in history.rows()] == [two]
    assert history.entry(one) is None


def test_an_id_is_never_given_again(environment: Environment) -> None:
    history = environment.history
    first = send(history, outcome=FINE)
    history.delete([first])
    assert history.empty_deleted() == 1
    assert send(history) > first


def test_what_is_gone_is_found_no_longer_nor_is_its_text_kept(environment: Environment) -> None:
    history = environment.history
    kept = send(history, b'{"event":"kept, needle"}', FINE)
    gone = send(history, b'{"event":"gone, needle"}', FINE)
    query = HistoryQuery(text="needle")
    assert [row.id for row in history.rows(query)] == [gone, kept]
    history.delete([gone])
    history.empty_deleted()
    assert [row.id for row in history.rows(query)] == [kept]
    index = environment.profile.history.with_name("history-search.sqlite3")
    with closing(sqlite3.connect(index)) as other:
        assert other.execute("SELECT count(*) FROM briefs").fetchone() == (1,)
        assert other.execute("SELECT rowid FROM texts").fetchall() == [(kept,)]


def test_a_send_waits_only_for_one_step(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "STEP_ROWS", 5)
    history = environment.history
    for _ in range(300):
        send(history, b"x" * 2000, FINE)
    pruned = threading.Thread(target=history.prune, args=(Retention(rows=0), START))
    pruned.start()
    waits: list[float] = []
    while pruned.is_alive():
        began = time.perf_counter()
        send(history)
        waits.append(time.perf_counter() - began)
    pruned.join()
    assert len(waits) > 10
    assert max(waits) < 1.0
    assert history.count() == len(waits)


def test_closing_ends_it_and_leaves_whole_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "STEP_ROWS", 1)
    with closing(open_environment(tmp_path)) as environment:
        for _ in range(500):
            send(environment.history, b"x" * 2000, FINE)
        pruned = threading.Thread(target=environment.history.prune, args=(Retention(rows=0), START))
        pruned.start()
        time.sleep(0.01)
    pruned.join()
    with closing(open_environment(tmp_path)) as again:
        rows = again.history.rows(limit=1000)
        assert len(rows) > 0
        assert all(again.history.entry(row.id) for row in rows)
