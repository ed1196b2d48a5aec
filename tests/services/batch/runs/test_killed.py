"""Killed at any moment, a run loses nothing, repeats nothing that was confirmed, and adds up."""

import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Timer

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import EventState
from composer.core.settings import KEEP_EVERYTHING
from composer.services.batch.runs import RunStore
from tests.helpers.clock import StandingClock
from tests.services.batch.runs.making import made, uuid_of

ROOT = Path(__file__).parents[4]
EVENTS = 900


def hunt(arguments: list[str], random: Random, lines: int) -> list[tuple[str, set[str]]]:
    """What a victim says; it is killed a moment after one of so many lines."""
    module = "tests.services.batch.runs.victim"
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdout
        assert victim.stderr
        last, timer = random.randint(1, lines), Timer(random.uniform(0, 0.002), victim.kill)
        said: list[tuple[str, set[str]]] = []
        for line in victim.stdout:
            word, *names = line.split()
            said.append((word, set(names)))
            if len(said) == last:
                timer.start()
        timer.cancel()
        assert victim.stderr.read() == ""
    return said


@pytest.mark.parametrize(("alone", "lines"), [(False, 50), (True, 300)])
def test_a_run_that_is_killed_again_and_again_ends_with_every_event(
    tmp_path: Path, alone: bool, lines: int
) -> None:
    random = Random(f"runs {alone}")
    path = tmp_path / "runs.sqlite3"
    every = {uuid_of(number) for number in range(1, EVENTS + 1)}
    sent, confirmed, kills = set[str](), set[str](), 0
    with closing(RunStore(path, StandingClock())) as store:
        run = made(store, EVENTS, BatchOptions(one_each=alone, most_events=7)).id
        found = store.run(run)
        for sitting in range(40):
            said = hunt([str(path), f"{sitting}", str(run)], random, lines)
            for word, names in said:
                if word == "sent":
                    assert not names & confirmed
                    sent |= names
                else:
                    confirmed |= names
            found = store.run(run)
            assert found
            events = {event.uuid: event.state for event in store.events(run, limit=EVENTS)}
            assert set(events) == every
            by_state = Counter(events.values())
            assert by_state == Counter(
                {
                    EventState.WAITING: found.counts.waiting,
                    EventState.CONFIRMED: found.counts.confirmed,
                    EventState.UNCERTAIN: found.counts.uncertain,
                }
            )
            assert confirmed <= {u for u, state in events.items() if state is EventState.CONFIRMED}
            assert {u for u, state in events.items() if state is EventState.CONFIRMED} <= sent
            assert not found.is_alive
            kills += found.is_cut_off
            if not found.can_go_on:
                break
        assert found
        assert found.counts.confirmed == EVENTS
    assert sent == every
    assert kills > 1


def test_a_run_that_was_killed_while_it_was_filled_was_never_there(tmp_path: Path) -> None:
    path, random = tmp_path / "runs.sqlite3", Random("filling")
    with closing(RunStore(path, StandingClock())) as store:
        whole = made(store, 5).id
        for _ in range(2):
            hunt([str(path), "0"], random, 1)
            assert [run.id for run in store.runs()] == [whole]
        with store.file.reading() as connection:
            assert connection.execute("SELECT count(*) FROM run").fetchone()[0] > 1
        assert store.prune(KEEP_EVERYTHING, store.clock.now()) > 0
        with store.file.reading() as connection:
            assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)
