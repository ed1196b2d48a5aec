"""A server that fails in every way it can: all events come to an end, and none is changed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import EventState, RunState
from composer.services.sending.way import Timeouts
from tests.helpers.batch_runs import a_store, numbers, ready, sending, states, uuid_of
from tests.helpers.batch_server import BatchServer, Plan, batch_server

REFUSED, TOO_LARGE = {7, 511, 512}, {33, 900}
FAULTY = Plan(
    server_error=0.1,
    too_many=0.05,
    retry_after="0",
    reset=0.05,
    lost=0.05,
    silent=0.02,
    slow=0.05,
    slow_s=0.05,
    refuses=frozenset(map(uuid_of, REFUSED)),
    too_large=frozenset(map(uuid_of, TOO_LARGE)),
)
BRIEF = Timeouts(connect=5.0, answer=0.3)


def all_is_well_at(server: BatchServer, confirmed: list[int], every: list[int]) -> None:
    seen = server.seen()
    assert numbers(seen.contents) == every
    assert not seen.changed
    assert set(confirmed) <= set(numbers(seen.taken))


@pytest.mark.parametrize("gzip", [False, True])
async def test_batches_survive_it(tmp_path: Path, gzip: bool) -> None:
    options = BatchOptions(most_events=10, workers=8, gzip=gzip, tries=12)
    store = a_store(tmp_path)
    with batch_server(FAULTY) as server:
        run = ready(store, server.address, 1000, options)
        end = await sending(store, run, timeouts=BRIEF).ended()
        found = states(store, run)
        assert end.state is RunState.ENDED
        confirmed = numbers(u for u, state in found.items() if state is EventState.CONFIRMED)
        refused = numbers(u for u, state in found.items() if state is EventState.REFUSED)
        assert set(refused) == REFUSED | TOO_LARGE
        assert Counter(found.values()) == {EventState.CONFIRMED: 995, EventState.REFUSED: 5}
        assert (end.counts.confirmed, end.counts.refused, end.counts.uncertain) == (995, 5, 0)
        assert end.counts.total == 1000
        all_is_well_at(server, confirmed, list(range(1, 1001)))
    store.close()


async def test_requests_with_one_event_survive_it(tmp_path: Path) -> None:
    options = BatchOptions(one_each=True, workers=16, tries=3)
    store = a_store(tmp_path)
    with batch_server(FAULTY) as server:
        run = ready(store, server.address, 600, options)
        end = await sending(store, run, timeouts=BRIEF).ended()
        found = states(store, run)
        tally = Counter(found.values())
        assert end.state is RunState.ENDED
        assert tally[EventState.CONFIRMED] > 560
        assert sum(tally.values()) == end.counts.total == end.counts.done == 600
        assert tally[EventState.UNCERTAIN] == end.counts.uncertain
        assert set(map(uuid_of, (7, 33, 511, 512))) <= {
            uuid for uuid, state in found.items() if state is EventState.REFUSED
        }
        confirmed = numbers(u for u, state in found.items() if state is EventState.CONFIRMED)
        seen = server.seen()
        assert not seen.changed
        assert set(confirmed) == set(numbers(seen.answered))
    store.close()


async def test_a_kept_connection_that_the_server_closes_is_no_failure(tmp_path: Path) -> None:
    options = BatchOptions(one_each=True, workers=1, tries=1)
    store = a_store(tmp_path)
    with batch_server(Plan(requests_a_connection=5)) as server:
        run = ready(store, server.address, 300, options)
        end = await sending(store, run).ended()
        assert end.counts.confirmed == 300
        assert server.seen().connections >= 60
    store.close()
