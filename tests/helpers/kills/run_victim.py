"""A victim: sends a run as the window does, says when a part of it is confirmed, and is killed.

Arguments: the profile and the run.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from composer.services.batch.runner.process import RunProcesses
from composer.services.batch.runs import RunStore
from composer.services.environment import open_environment
from composer.services.ports.batch_jobs import RunProgress
from tests.helpers.batch_runs import PATIENT, QUICK


def main(folder: str, run_id: str) -> None:
    environment = open_environment(Path(folder))
    store = RunStore(environment.profile.runs, environment.clock)
    control = RunProcesses(
        environment.profile, store, lambda: PATIENT, lambda place: place.route, backoff=QUICK
    )
    run = store.run(int(run_id))
    assert run is not None
    said: list[int] = []

    def look(progress: RunProgress) -> None:
        if progress.counts.confirmed > progress.counts.total / 4 and not said:
            said.append(progress.counts.confirmed)
            print(progress.counts.confirmed, flush=True)  # noqa: T201 -- the test reads it

    asyncio.run(control.go(run, look).ended())


if __name__ == "__main__":
    main(*sys.argv[1:])
