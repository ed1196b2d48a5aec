"""A file of runs."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from composer.services.batch.runs import RunStore
from tests.helpers.clock import StandingClock


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[RunStore]:
    with closing(RunStore(tmp_path / "runs.sqlite3", clock)) as opened:
        yield opened
