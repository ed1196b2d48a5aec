"""After a start the runs go whose days are over, and nothing is made where nothing can be due."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.settings import KEEP_EVERYTHING, Retention
from composer.services.batch.runs import Journal
from composer.services.batch.services import ProfileBatch
from composer.services.environment import Environment, open_environment
from composer.services.sending.way import Timeouts
from tests.helpers.clock import StandingClock
from tests.services.batch.runs.making import all_ended, made

MONTH = Retention(days=30)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    with closing(open_environment(tmp_path, StandingClock())) as opened:
        yield opened


@pytest.fixture
def batch(environment: Environment) -> Iterator[ProfileBatch]:
    services = ProfileBatch(
        environment, lambda: Timeouts(connect=5, answer=5), lambda place: place.route
    )
    with closing(services):
        yield services


def test_runs_go_after_the_days_that_are_set(environment: Environment, batch: ProfileBatch) -> None:
    clock = environment.clock
    assert isinstance(clock, StandingClock)
    old = made(batch.runs, 10)
    with Journal(batch.runs, old.id) as journal:
        journal.settle(all_ended(journal.claim(9)))
    clock.go_on(days=31)
    new = made(batch.runs, 10)
    batch.keep_house(KEEP_EVERYTHING, clock.now())
    assert [run.id for run in batch.runs.runs()] == [new.id, old.id]
    batch.keep_house(MONTH, clock.now())
    assert [run.id for run in batch.runs.runs()] == [new.id]


def test_without_runs_no_file_is_made(environment: Environment, batch: ProfileBatch) -> None:
    batch.keep_house(MONTH, environment.clock.now())
    assert not environment.profile.runs.exists()
