"""Counts add up, and a run says whether there is something left to send."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import Counts, Run, RunState
from composer.core.destination import Destination, DestinationKind

COUNTS = Counts(waiting=1, sending=2, confirmed=4, refused=8, uncertain=16, set_aside=32)
RUN = Run(
    id=1,
    began_at=datetime(2026, 11, 21, tzinfo=UTC),
    ended_at=None,
    state=RunState.RUNNING,
    trouble="",
    destination=Destination(id="x", name="X", kind=DestinationKind.US, address=""),
    options=BatchOptions(),
    source="a",
    counts=COUNTS,
    requests=0,
    bytes=0,
    is_alive=False,
)


def test_every_event_is_in_one_state() -> None:
    assert COUNTS.total == 63
    assert COUNTS.failures == 24
    assert COUNTS.done == 28
    assert COUNTS.left == 17


def test_a_run_without_its_process_was_cut_off_and_can_go_on() -> None:
    assert RUN.is_cut_off
    assert RUN.can_go_on
    assert not replace(RUN, is_alive=True).is_cut_off
    assert not replace(RUN, is_alive=True).can_go_on


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": RunState.READY}, True),
        ({"state": RunState.STOPPED}, True),
        ({"state": RunState.PREPARING}, False),
        ({"state": RunState.ENDED, "counts": Counts(confirmed=5, refused=1)}, False),
        ({"state": RunState.ENDED, "counts": Counts(confirmed=5, uncertain=1)}, True),
    ],
)
def test_only_what_is_waiting_or_uncertain_can_go_on(change: dict, expected: bool) -> None:
    run = replace(RUN, **change)
    assert run.can_go_on == expected
    assert not run.is_cut_off
