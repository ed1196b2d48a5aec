"""Sending a run: what goes out, at which pace, what holds it, and what makes it pause by itself."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.retrying import Backoff
from composer.core.batch.run import EventState, RequestState, RunState
from composer.core.errors import ComposerError, StoreError
from composer.core.outcome import Accepted, Rejected
from composer.services.ports.batch_jobs import RunProgress
from composer.services.sending.way import Timeouts
from tests.helpers.batch_runs import (
    NoHistory,
    a_store,
    event,
    numbers,
    ready,
    sending,
    states,
    tally,
    uuid_of,
)
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.patience import until

ONE_EACH = BatchOptions(one_each=True)
_FULL = "CREATE TRIGGER full BEFORE UPDATE ON request BEGIN SELECT raise(FAIL, 'full'); END"


def answer(status: str, body: str = "", *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers)
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def test_every_event_goes_out_as_it_is_kept(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server() as server:
        run = ready(store, server.address, 25, BatchOptions(most_events=10, workers=1))
        end = await sending(store, run).ended()
        seen = server.seen()
        requests = store.requests(run.id)
        assert [request.events for request in requests] == [10, 10, 5]
        for row, body, head in zip(requests, seen.bodies, seen.heads, strict=True):
            wire = store.request_of(run.id, row.id)
            assert (wire.body, wire.head) == (body, head.replace("\r\n", "\n"))
            assert (row.status, row.state, row.tries) == (200, RequestState.CONFIRMED, 1)
            assert row.sha256 == wire.sha256
        bodies = b",".join(body.partition(b"[")[2].removesuffix(b"]}") for body in seen.bodies)
        assert bodies.decode() == ",".join(event(number) for number in range(1, 26))
    assert (end.state, end.counts.confirmed) == (RunState.ENDED, 25)
    again = store.run(run.id)
    assert again is not None
    assert (again.state, again.counts, again.is_alive) == (RunState.ENDED, end.counts, False)
    store.close()


async def test_what_is_compressed_is_the_same_when_unpacked(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server() as server:
        small = ready(store, server.address, 3, BatchOptions(gzip=True))
        large = ready(store, server.address, 400, BatchOptions(gzip=True), "x" * 400)
        await sending(store, small).ended()
        await sending(store, large).ended()
        seen = server.seen()
        for run, head, body in zip((small, large), seen.heads, seen.bodies, strict=True):
            (row,) = store.requests(run.id)
            assert gzip.decompress(body) == store.request_of(run.id, row.id).body
            assert f"Content-Length: {len(body)}\r\n" in head + "\r\n"
            assert "Content-Encoding: gzip" in head
    store.close()


async def test_several_requests_are_in_the_air_but_never_more_than_wanted(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(slow=1.0, slow_s=0.1)) as server:
        run = ready(store, server.address, 24, BatchOptions(one_each=True, workers=4))
        await sending(store, run).ended()
        seen = server.seen()
    assert seen.connections == 4
    moments = sorted(seen.moments)
    assert moments[-1] - moments[0] > 0.4  # six times four, 0.1 s each
    assert all(later - early > 0.05 for early, later in zip(moments, moments[4:], strict=False))
    store.close()


async def test_the_rate_is_kept(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server() as server:
        for options, events in (
            (BatchOptions(one_each=True, rate=200.0, workers=8), 200),
            (BatchOptions(most_events=20, rate=800.0), 800),
        ):
            before = len(server.seen().moments)
            run = ready(store, server.address, events, options)
            await sending(store, run).ended()
            moments = server.seen().moments[before:]
            span = moments[-1] - moments[0]
            assert options.rate
            wanted = (events - events / len(moments)) / options.rate
            assert 0.9 * wanted < span < 1.3 * wanted  # slower only where this machine is
    store.close()


@pytest.mark.parametrize("status", ["429 Slow Down", "503 Busy"])
async def test_retry_after_holds_up_the_whole_run(tmp_path: Path, status: str) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with batch_server(Plan(always=answer(status, "", "Retry-After: 30"))) as server:
        run = ready(store, server.address, 50, BatchOptions(one_each=True, workers=2))
        going = sending(store, run, on_progress=told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: told and told[-1].waits_s)
        await asyncio.sleep(0.3)
        assert server.seen().requests <= 2
        assert told[-1].waits_s == pytest.approx(29, abs=1.5)
        assert told[-1].tries[0].waits == 30
        going.pause()
        going.resume()
        await asyncio.sleep(0.2)
        assert server.seen().requests <= 2
        going.stop()
        end = await task
    assert end.state is RunState.STOPPED
    assert end.counts.uncertain <= 2
    assert end.counts.waiting >= 48
    store.close()


async def test_no_time_to_wait_is_no_reason_to_press(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(always=answer("503 Busy", "", "Retry-After: 0"))) as server:
        run = ready(store, server.address, 1, BatchOptions(tries=4))
        await sending(store, run, backoff=Backoff(first=0.1, longest=0.1, jitter=0.0)).ended()
        moments = server.seen().moments
    assert all(later - early > 0.09 for early, later in pairwise(moments))
    assert len(moments) == 4
    store.close()


@pytest.mark.parametrize("status", ["429 No", "500 Oh"])
async def test_a_server_that_takes_nothing_is_not_pressed_with_everything(
    tmp_path: Path, status: str
) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(always=answer(status))) as server:
        run = ready(store, server.address, 200, BatchOptions(one_each=True, workers=4, tries=2))
        end = await sending(store, run, waits_for_person=False).ended()
        assert server.seen().requests < 40
    assert end.state is RunState.PAUSED
    assert "The server does not answer as it should." in end.trouble
    assert end.counts.waiting > 160
    assert end.counts.total == 200
    store.close()


async def test_retry_after_may_be_a_date(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    with batch_server(Plan(always=answer("429 No", "", f"Retry-After: {date}"))) as server:
        run = ready(store, server.address, 5, ONE_EACH)
        going = sending(store, run, on_progress=told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: told and told[-1].waits_s)
        assert told[-1].waits_s == pytest.approx(99, abs=3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    store.close()


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        (answer("401 No"), "Copy the project token again"),
        (answer("403 No"), "Copy the project token again"),
        (answer("404 No"), "Check the address"),
        (answer("405 No"), "Check the address"),
        (answer("302 Go", "", "Location: /x"), "Use that address"),
        (answer("200 OK", "<!doctype html><p>Log in"), "A web page answered"),
        (answer("400 Bad", "<html>plain HTTP to HTTPS port"), "A web page answered"),
        (answer("415 No"), "refused the request"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "does not speak HTTP"),
    ],
)
async def test_what_concerns_all_requests_pauses_the_run(
    tmp_path: Path, whole: bytes, words: str
) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(always=whole)) as server:
        run = ready(store, server.address, 100, BatchOptions(most_events=10, workers=1))
        end = await sending(store, run, waits_for_person=False).ended()
        assert server.seen().requests == 1
    assert end.state is RunState.PAUSED
    assert words in end.trouble
    assert end.counts.confirmed == end.counts.refused == 0
    kept = store.run(run.id)
    assert kept is not None
    assert (kept.state, kept.trouble, kept.can_go_on) == (RunState.PAUSED, end.trouble, True)
    store.close()


async def test_after_a_pause_by_itself_the_run_can_be_resumed(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    options = BatchOptions(one_each=True, workers=2, tries=1)
    run = ready(store, f"http://127.0.0.1:{port}", 40, options)
    going = sending(store, run, on_progress=told.append)
    task = asyncio.create_task(going.ended())
    await until(lambda: told and told[-1].state is RunState.PAUSED)
    assert "Nothing is listening" in told[-1].trouble
    assert told[-1].counts.uncertain <= 4
    assert told[-1].counts.sending == 0
    with socket.create_server(("127.0.0.1", port)) as server:
        going.resume()
        server.settimeout(5)
        connection, _ = await asyncio.to_thread(server.accept)  # it tries again
        connection.close()
        going.stop()
        end = await task
    assert (end.state, end.counts.total) == (RunState.STOPPED, 40)
    store.close()


async def test_one_bad_event_is_found_and_all_others_arrive(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    plan = Plan(refuses=frozenset({uuid_of(77)}), too_large=frozenset({uuid_of(123)}))
    with batch_server(plan) as server:
        run = ready(store, server.address, 200)
        end = await sending(store, run).ended()
        assert (end.counts.confirmed, end.counts.refused) == (198, 2)
        assert numbers(server.seen().answered) == sorted(set(range(1, 201)) - {77, 123})
    found = states(store, run)
    assert numbers(u for u, state in found.items() if state is EventState.REFUSED) == [77, 123]
    events = store.events(run.id, states=(EventState.REFUSED,))
    assert [row.status for row in events] == [400, 413]
    store.close()


async def test_all_tries_carry_the_same_and_are_told(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(always=answer("500 Oh"))) as server:
        run = ready(store, server.address, 3, BatchOptions(tries=4))
        end = await sending(store, run).ended()
        seen = server.seen()
    assert end.state is RunState.ENDED
    assert end.counts.uncertain == 3
    assert len(seen.bodies) == 4
    assert len(set(seen.bodies)) == 1
    (row,) = store.requests(run.id)
    assert (row.tries, row.status, row.state) == (4, 500, RequestState.UNCERTAIN)
    tries = store.tries(row.id)
    assert [one.status for one in tries] == [500] * 4
    assert [one.number for one in tries] == [1, 2, 3, 4]
    assert [one.waits > 0 for one in tries] == [True, True, True, False]
    store.close()


async def test_a_pause_lets_end_what_is_in_the_air(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with batch_server(Plan(slow=1.0, slow_s=0.05)) as server:
        run = ready(store, server.address, 60, BatchOptions(one_each=True, workers=2))
        going = sending(store, run, on_progress=told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: told and told[-1].counts.confirmed)
        going.pause()
        await until(lambda: told[-1].state is RunState.PAUSED and not told[-1].counts.sending)
        assert told[-1].counts.waiting > 20
        kept = store.run(run.id)
        assert kept is not None
        assert kept.state is RunState.PAUSED
        assert kept.is_alive
        before = server.seen().requests
        await asyncio.sleep(0.2)
        assert server.seen().requests == before
        going.resume()
        end = await task
        assert numbers(server.seen().answered) == list(range(1, 61))
        assert set(server.seen().answered.values()) == {1}
    assert (end.state, end.counts.confirmed) == (RunState.ENDED, 60)
    store.close()


async def test_a_pause_before_it_has_begun_is_one(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with batch_server() as server:
        run = ready(store, server.address, 10)
        going = sending(store, run, on_progress=told.append)
        going.pause()
        task = asyncio.create_task(going.ended())
        await until(lambda: told)
        kept = store.run(run.id)
        assert kept is not None
        assert (told[-1].state, kept.state) == (RunState.PAUSED, RunState.PAUSED)
        assert server.seen().requests == 0
        going.resume()
        assert (await task).counts.confirmed == 10
    store.close()


async def test_a_fault_of_our_own_stops_it_and_leaves_nothing_open(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []

    def fail(progress: RunProgress) -> None:
        told.append(progress)
        if progress.counts.confirmed:
            raise ZeroDivisionError

    with batch_server(Plan(slow=1.0, slow_s=0.02)) as server:
        run = ready(store, server.address, 200, BatchOptions(one_each=True, workers=4))
        with pytest.RaisesGroup(ZeroDivisionError):
            await sending(store, run, on_progress=fail).ended()
        kept = store.run(run.id)
        assert kept is not None
        assert (kept.state, kept.is_alive, kept.counts.sending) == (RunState.STOPPED, False, 0)
        end = await sending(store, run).ended()
        assert end.counts.confirmed == 200
        assert numbers(server.seen().taken) == list(range(1, 201))
    store.close()


async def test_what_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with batch_server(Plan(slow=1.0, slow_s=0.02)) as server:
        run = ready(store, server.address, 200, BatchOptions(one_each=True, workers=4))
        going = sending(store, run, on_progress=told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: told and told[-1].counts.confirmed > 20)
        going.stop()
        first = await task
        assert first.state is RunState.STOPPED
        assert first.counts.uncertain <= 4
        assert first.counts.sending == 0
        assert first.counts.waiting > 50
        second = await sending(store, run).ended()
        seen = server.seen()
    assert (second.state, second.counts.confirmed) == (RunState.ENDED, 200)
    assert numbers(seen.taken) == list(range(1, 201))
    assert sum(count > 1 for count in seen.taken.values()) <= 4
    store.close()


async def test_a_small_run_stands_in_history_too(tmp_path: Path) -> None:
    store, rows = a_store(tmp_path), NoHistory()
    with batch_server(Plan(refuses=frozenset({uuid_of(2)}))) as server:
        run = ready(store, server.address, 4)
        await sending(store, run, history=rows).ended()
    kinds = [type(row) for row in rows.rows]
    assert kinds == [Rejected, Rejected, Accepted, Accepted, Rejected] or len(kinds) == 5
    assert kinds.count(Rejected) == 3
    assert kinds.count(Accepted) == 2
    store.close()


async def test_a_large_run_does_not(tmp_path: Path) -> None:
    store, rows = a_store(tmp_path), NoHistory()
    with batch_server() as server:
        many = ready(store, server.address, 21, BatchOptions(most_events=1))
        single = ready(store, server.address, 2, ONE_EACH)
        await sending(store, many, history=rows).ended()
        await sending(store, single, history=rows).ended()
    assert rows.rows == []
    store.close()


async def test_an_address_that_is_none_is_told_before_anything_is_done(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    run = ready(store, "ftp://nowhere", 2)
    with pytest.raises(ComposerError, match="Start the address with https://"):
        await sending(store, run).ended()
    kept = store.run(run.id)
    assert kept is not None
    assert kept.state is RunState.READY
    store.close()


async def test_two_cannot_send_the_same_run(tmp_path: Path) -> None:
    store, other = a_store(tmp_path), a_store(tmp_path)
    with batch_server(Plan(silent=1.0)) as server:
        run = ready(store, server.address, 2)
        going = sending(store, run, timeouts=Timeouts(connect=5.0, answer=30.0))
        task = asyncio.create_task(going.ended())
        await until(lambda: server.seen().requests)
        with pytest.raises(StoreError, match="busy with run"):
            await sending(other, run).ended()
        going.stop()
        end = await task
    assert end.counts.uncertain == 2
    assert tally(store, run) == {EventState.UNCERTAIN: 2}
    store.close()
    other.close()


async def test_progress_tells_rate_and_time_left(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with batch_server() as server:
        run = ready(store, server.address, 150, BatchOptions(one_each=True, rate=150.0))
        await sending(store, run, on_progress=told.append).ended()
    late = told[-2]
    assert late.rate == pytest.approx(150, rel=0.3)
    assert late.seconds_left is not None
    assert late.seconds_left < 1
    assert len(told) >= 8
    assert json.dumps([progress.counts.total for progress in told]) == json.dumps([150] * len(told))
    store.close()


async def test_what_can_no_longer_be_written_down_is_no_longer_sent(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    told: list[RunProgress] = []
    with batch_server(Plan(slow=1.0, slow_s=0.02)) as server:
        run = ready(store, server.address, 500, BatchOptions(one_each=True, workers=4))
        task = asyncio.create_task(sending(store, run, on_progress=told.append).ended())
        await until(lambda: told and told[-1].counts.confirmed)
        with closing(sqlite3.connect(tmp_path / "runs.sqlite3", timeout=5)) as other:
            other.execute(_FULL)
            other.commit()
            with pytest.raises(StoreError, match=r"runs\.sqlite3 could not be written"):
                await task
            requests = server.seen().requests
            assert requests < 400
            other.execute("DROP TRIGGER full")
            other.commit()
        kept = store.run(run.id)
        assert kept is not None
        assert kept.can_go_on
        assert kept.counts.total == 500
        end = await sending(store, run).ended()
        assert end.counts.confirmed == 500
        assert numbers(server.seen().taken) == list(range(1, 501))
    store.close()
