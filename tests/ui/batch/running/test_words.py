"""How runs are put into words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import Counts, RequestRow, RequestState, Run, RunState, Try
from composer.core.batch.table import RowOutlook, Totals
from composer.core.destination import Destination, DestinationKind
from composer.services.ports.batch_jobs import RunProgress
from composer.ui.batch.running import words
from composer.ui.widgets import Severity

MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PLACE = Destination(
    id="mine", name="Mine", kind=DestinationKind.SELF_HOSTED, address="http://h", token="phc_1"
)


def a_run(state: RunState, *, alive: bool = False, trouble: str = "", **counts: int) -> Run:
    return Run(
        id=3,
        began_at=MOMENT,
        ended_at=None,
        state=state,
        trouble=trouble,
        destination=PLACE,
        options=BatchOptions(),
        source="orders.csv",
        counts=Counts(**counts),
        requests=4,
        bytes=100,
        is_alive=alive,
    )


def a_try(number: int, waits: float) -> Try:
    return Try(request=7, number=number, at=MOMENT, status=503, words="Busy.", waits=waits)


def test_the_meter_tells_events_bytes_and_requests() -> None:
    totals = Totals(events=100_000, bytes=21_000_000, largest=400)
    assert words.meter_words(totals, BatchOptions(), 60) == (
        "100,000 events · 21 MB · about 50 requests"
    )
    one_each = BatchOptions(one_each=True)
    assert words.meter_words(totals, one_each, 60).endswith(" · 100,000 requests")


def test_the_largest_event_is_held_against_the_limit() -> None:
    assert words.largest_words(Totals(largest=412)) == "Largest event: 412 bytes of 1.0 MB"
    assert "over the limit" in words.largest_words(Totals(largest=1_000_001))


def test_what_is_set_aside_and_lost_is_said_before() -> None:
    totals = Totals(events=9, by_outlook={RowOutlook.REFUSED: 1, RowOutlook.LOST: 2})
    assert words.foreseen_words(totals) == (
        "1 event would be refused and is set aside, not sent. "
        "2 events would be taken and then dropped."
    )
    assert words.foreseen_words(Totals(events=9, by_outlook={RowOutlook.ALTERED: 9})) == ""
    assert words.unseen_words(Totals(events=9)) == ""
    assert words.unseen_words(Totals(events=9, unseen=1)).startswith("1 event has not")


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (a_run(RunState.ENDED, confirmed=2), ("Confirmed", Severity.OK)),
        (a_run(RunState.ENDED, confirmed=2, refused=1), ("1 failed", Severity.ERROR)),
        (a_run(RunState.ENDED, confirmed=2, set_aside=1), ("Set aside", Severity.WARNING)),
        (a_run(RunState.RUNNING, alive=True, waiting=2), ("Sending", Severity.INFO)),
        (a_run(RunState.RUNNING, waiting=2), ("Cut off", Severity.WARNING)),
        (a_run(RunState.STOPPED, waiting=2), ("Stopped", Severity.WARNING)),
        (a_run(RunState.PAUSED, waiting=2), ("Paused", Severity.WARNING)),
        (a_run(RunState.READY, waiting=2), ("Not sent yet", Severity.NEUTRAL)),
    ],
)
def test_each_state_of_a_run_has_its_word(run: Run, said: tuple[str, Severity]) -> None:
    assert words.state_pill(run) == said


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (a_run(RunState.ENDED, confirmed=1), "The event was confirmed."),
        (a_run(RunState.ENDED, confirmed=1_200), "All 1,200 events were confirmed."),
        (
            a_run(RunState.ENDED, confirmed=3, refused=1, uncertain=2),
            "Sent, not all of it: 3 confirmed · 1 refused · 2 uncertain.",
        ),
        (a_run(RunState.ENDED, confirmed=3, set_aside=1), "Sent: 3 confirmed · 1 set aside."),
        (
            a_run(RunState.STOPPED, confirmed=3, waiting=1),
            "Stopped: 3 of 4 events were confirmed, 1 event left.",
        ),
        (
            a_run(RunState.PAUSED, confirmed=1, waiting=1, trouble="Check the token."),
            "Paused: 1 of 2 events was confirmed. Check the token.",
        ),
    ],
)
def test_the_end_of_a_run_is_told(run: Run, said: str) -> None:
    assert words.ended_words(run)[0] == said


def test_resume_says_what_it_sends_and_why_that_is_safe() -> None:
    both = words.resume_words(Counts(waiting=10, uncertain=2))
    assert both == (
        "Resume sends 2 events of which nobody knows whether they arrived and 10 events not sent "
        f"yet. {words.SAME_IDS}"
    )
    assert words.resume_words(Counts(waiting=1)) == "Resume sends 1 event not sent yet."


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (
            RunProgress(state=RunState.RUNNING, counts=Counts(), rate=1234.4, seconds_left=65.0),
            "1,234 events/s · 1 min 5 s left",
        ),
        (
            RunProgress(state=RunState.RUNNING, counts=Counts(), rate=9.0, waits_s=12.0),
            "Waits 12 s before the next request",
        ),
        (RunProgress(state=RunState.PAUSED, counts=Counts(), rate=9.0), "Paused"),
        (RunProgress(state=RunState.RUNNING, counts=Counts()), ""),
    ],
)
def test_the_pace_is_told(progress: RunProgress, said: str) -> None:
    assert words.pace_words(progress) == said


def test_seconds_are_told_in_the_unit_that_fits() -> None:
    told = [words.seconds_text(seconds) for seconds in (0.2, 59.4, 60, 125, 3600, 4320)]
    assert told == ["1 s", "59 s", "1 min", "2 min 5 s", "1 h", "1 h 12 min"]


def test_a_try_says_what_came_and_what_is_next() -> None:
    assert words.try_words(a_try(2, 2.0)) == "Try 2: Busy, again after 2 s"
    assert words.try_words(a_try(5, 0.0)) == "Try 5: Busy"
    assert words.next_words(a_try(1, 2.0), is_paused=True) == "again after 2 s"
    assert words.next_words(a_try(1, 0.0), is_paused=True) == "after Resume"
    assert words.next_words(a_try(1, 0.0), is_paused=False) == "again at once"


def test_a_request_is_told_in_one_sentence() -> None:
    row = RequestRow(
        id=12,
        parcel=1,
        first=0,
        events=30,
        bytes=5_000,
        sha256="",
        state=RequestState.CONFIRMED,
        tries=2,
        status=200,
        words="200 OK",
        milliseconds=12.0,
        finished_at=MOMENT,
    )
    assert words.request_words(row) == (
        "Request 12 with 30 events. Confirmed: 200 OK, answered in 12 ms, 2 tries."
    )
