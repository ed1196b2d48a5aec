"""Runs of the command through faults, Ctrl+C and kill -9: nothing is lost, nothing sent in vain."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.helpers.batch_rows import many, table, to, written
from tests.helpers.batch_server import BatchServer, Plan, batch_server
from tests.helpers.command import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_faulty_server_gets_every_event_once_in_content(shell: Shell, tmp_path: Path) -> None:
    plan = Plan(server_error=0.1, too_many=0.05, reset=0.05, lost=0.05)
    results = tmp_path / "results.jsonl"
    with batch_server(plan) as server:
        rows = written(tmp_path, many(4_000))
        options = ["--events", "100", "--workers", "8", "--tries", "8", "--out", results]
        code, out, err = shell.run("batch", rows, *to(server), *options)
        seen = server.seen()
    assert code == 0, (out, err)
    uuids = {json.loads(line)["uuid"] for line in results.read_text().splitlines()}
    assert len(uuids) == 4_000
    assert set(seen.taken) == uuids
    assert not seen.changed
    assert seen.requests > 40


def test_refused_events_are_told_and_the_others_arrive(shell: Shell, tmp_path: Path) -> None:
    ids = [f"01a1f640-bc00-7d61-8f90-4100000000{n:02x}" for n in range(50)]
    text = "event,distinct_id,uuid\n" + "".join(f"paid,p{n},{id_}\n" for n, id_ in enumerate(ids))
    with batch_server(Plan(refuses=frozenset({ids[17]}))) as server:
        rows = written(tmp_path, text)
        code, out, err = shell.run("batch", rows, *to(server), "--json")
        assert set(server.seen().taken) == {*ids} - {ids[17]}
    assert code == 1
    told = json.loads(out)
    assert (told["confirmed"], told["refused"], told["state"]) == (49, 1, "ended")
    assert "Row 18 (paid) was refused: The server refused" in err


def test_a_run_that_halts_says_why_and_goes_on_later(shell: Shell, tmp_path: Path) -> None:
    unauthorized = b"HTTP/1.1 401 X\r\nContent-Length: 2\r\n\r\nno"
    with batch_server(Plan(always=unauthorized)) as server:
        code, out, err = shell.run("batch", written(tmp_path, many(300)), *to(server))
        assert server.seen().requests <= 4
    assert code == 1
    assert "0 of 300 events confirmed" in out
    assert "Go on with: event-composer batch --resume 1" in err
    assert "300 not sent yet" in out or "uncertain" in out
    code, _, err = shell.run("batch", "--resume", "7")
    assert code == 2
    assert "There is no run 7." in err


def wait_for_requests(server: BatchServer, count: int) -> None:
    deadline = time.monotonic() + 20
    while server.seen().requests < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_ctrl_c_stops_at_once_and_the_run_goes_on_with_resume(shell: Shell, tmp_path: Path) -> None:
    rows, results = written(tmp_path, many(2_000)), tmp_path / "results.csv"
    with batch_server(Plan(slow=1.0, slow_s=0.1)) as server:
        options = ["--events", "20", "--workers", "2"]
        with shell.start("batch", rows, *to(server), *options) as process:
            wait_for_requests(server, 10)
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
            assert time.monotonic() - began < 1.5
        assert process.returncode == 130
        assert b"of 2,000 events confirmed" in out
        assert b"event-composer batch --resume 1" in err
        assert shell.run("batch", "--runs")[1].startswith("    1  ")
        code, out_again, _ = shell.run("batch", "--resume", "--out", results)
        after = server.seen()
    assert code == 0
    assert "2,000 of 2,000 events confirmed" in out_again
    assert set(after.taken) == {row["uuid"] for row in table(results)}
    twice = {uuid for uuid, times in after.taken.items() if times > 1}
    assert len(twice) <= 2 * 20  # what was in the air, and no more


def test_after_kill_9_in_the_middle_of_100_000_events_resume_sends_every_one(
    shell: Shell, tmp_path: Path
) -> None:
    rows, results = written(tmp_path, many(100_000)), tmp_path / "results.csv"
    with batch_server(Plan(slow=1.0, slow_s=0.05)) as server:
        options = ["--events", "1000", "--workers", "4"]
        with shell.start("batch", rows, *to(server), *options) as process:
            wait_for_requests(server, 40)
            process.kill()
            process.communicate()
        confirmed = set(server.seen().answered)
        assert 0 < len(confirmed) < 100_000
        assert "cut off" in shell.run("batch", "--runs")[1]
        code, out, _ = shell.run("batch", "--resume", "--json", "--out", results)
        seen = server.seen()
    assert code == 0
    assert json.loads(out)["confirmed"] == 100_000
    uuids = {row["uuid"] for row in table(results)}
    assert len(uuids) == 100_000
    assert set(seen.taken) == uuids
    assert not seen.changed
    assert sum(seen.taken.values()) <= 100_000 + 4 * 1_000
