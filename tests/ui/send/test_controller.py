"""One send at a time: its start, its end in every way, and its cancelling."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
import pytest_asyncio

from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.core.outcome import Accepted, Cancelled, Fault, Unreachable
from composer.core.records import Summary
from composer.services.delivery import HistoryDelivery
from composer.services.sender import Sender, Timeouts
from composer.ui.send.controller import Report, Send, SendController
from tests.helpers.stage import SANDBOX, Stage
from tests.helpers.window import wait_until

BODY = b'{"api_key": "phc_x", "event": "paid", "distinct_id": "customer-42"}'
SUMMARY = Summary(event="paid", person="customer-42")


class Sends:
    """The controller, and all that it tells."""

    def __init__(self, stage: Stage, controller: SendController | None = None) -> None:
        self.stage = stage
        self.sends = controller or stage.sends
        self.started: list[Send] = []
        self.reports: list[Report] = []
        self.failures: list[str] = []
        self.busy_at_the_end: list[bool] = []
        self.sends.started.connect(self.started.append)
        self.sends.finished.connect(self.reports.append)
        self.sends.finished.connect(self.note_busy)
        self.sends.failed.connect(self.failures.append)
        self.sends.failed.connect(self.note_busy)

    def note_busy(self) -> None:
        self.busy_at_the_end.append(self.sends.is_busy)

    def a_send(self, tag: object = None) -> Send:
        place = replace(SANDBOX, address=self.stage.sandbox.url)
        request = self.stage.request(BODY, place)
        return Send(request=request, destination=place, summary=SUMMARY, tag=tag)

    async def ended(self) -> None:
        await wait_until(lambda: self.reports or self.failures, "the end")

    def outcomes_in_history(self) -> list[object]:
        return [row.outcome for row in self.stage.environment.history.rows()]


@pytest_asyncio.fixture
async def sends(stage: Stage) -> Sends:
    return Sends(stage)


@pytest_asyncio.fixture
async def slow(stage: Stage) -> Sends:
    """To a sandbox that takes its time."""
    stage.start_sandbox()
    stage.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=0.4)))
    return Sends(stage)


@contextmanager
def unwritable_history(stage: Stage) -> Iterator[None]:
    """As on a full disk."""
    with closing(sqlite3.connect(stage.environment.profile.history)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON sends BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        yield
        other.execute("DROP TRIGGER full")


async def test_a_send_ends_in_one_report_that_says_where_history_has_it(sends: Sends) -> None:
    sends.stage.start_sandbox()
    send = sends.a_send(tag="mine")
    assert sends.sends.start(send)
    assert sends.sends.is_busy
    assert sends.started == [send]
    await sends.ended()
    (report,) = sends.reports
    assert report.send is send
    assert isinstance(report.outcome, Accepted)
    assert report.history_id is not None
    entry = sends.stage.environment.history.entry(report.history_id)
    assert entry is not None
    assert entry.request == send.request
    assert sends.busy_at_the_end == [False]
    assert sends.failures == []


async def test_while_one_is_under_way_no_other_begins(slow: Sends) -> None:
    first, second = slow.a_send("first"), slow.a_send("second")
    assert slow.sends.start(first)
    assert not slow.sends.start(second)
    await wait_until(slow.outcomes_in_history, "the row")
    assert not slow.sends.start(second)
    slow.sends.cancel()
    await slow.ended()
    assert slow.started == [first]
    assert len(slow.outcomes_in_history()) == 1


async def test_the_next_may_begin_when_one_has_ended_even_within_its_report(sends: Sends) -> None:
    sends.stage.start_sandbox()
    second = sends.a_send("second")
    begun: list[bool] = []

    def go_on(report: Report) -> None:
        if report.send.tag == "first":
            begun.append(sends.sends.start(second))

    sends.sends.finished.connect(go_on)
    sends.sends.start(sends.a_send("first"))
    await wait_until(lambda: len(sends.reports) == 2, "both ends")
    assert begun == [True]
    assert [report.send.tag for report in sends.reports] == ["first", "second"]


async def test_cancelling_ends_it_at_once_and_history_knows(slow: Sends) -> None:
    slow.sends.start(slow.a_send())
    await wait_until(slow.outcomes_in_history, "the row")
    await asyncio.sleep(0.02)
    slow.sends.cancel()
    await wait_until(lambda: slow.reports, "the end", seconds=5)
    (report,) = slow.reports
    assert isinstance(report.outcome, Cancelled)
    assert report.outcome.milliseconds >= 15
    assert isinstance(slow.outcomes_in_history()[0], Cancelled)
    assert slow.busy_at_the_end == [False]
    await asyncio.sleep(0.02)
    assert len(slow.reports) == 1


async def test_cancelling_before_the_first_step_sends_nothing(sends: Sends) -> None:
    sends.stage.start_sandbox()
    send = sends.a_send()
    sends.sends.start(send)
    sends.sends.cancel()
    await sends.ended()
    assert sends.reports == [Report(send=send, outcome=Cancelled(), history_id=None)]
    assert sends.outcomes_in_history() == []
    assert sends.stage.sandbox.arrivals() == ()
    assert sends.busy_at_the_end == [False]
    assert sends.sends.start(send)  # and it may be sent again
    await wait_until(lambda: len(sends.reports) == 2, "the second end")


async def test_cancelling_where_nothing_is_under_way_does_nothing(sends: Sends) -> None:
    sends.sends.cancel()
    sends.stage.start_sandbox()
    sends.sends.start(sends.a_send())
    await sends.ended()
    sends.sends.cancel()
    assert isinstance(sends.reports[0].outcome, Accepted)


async def test_history_that_cannot_be_written_stops_the_send_with_a_sentence(
    sends: Sends,
) -> None:
    sends.stage.start_sandbox()
    with unwritable_history(sends.stage):
        assert sends.sends.start(sends.a_send())
        await sends.ended()
    assert len(sends.failures) == 1
    assert sends.failures[0].endswith(".")
    assert sends.reports == []
    assert sends.busy_at_the_end == [False]
    assert sends.stage.sandbox.arrivals() == ()
    assert sends.sends.start(sends.a_send())
    await wait_until(lambda: sends.reports, "the second end")


async def test_a_personal_key_stops_the_send_with_a_sentence(sends: Sends) -> None:
    sends.stage.start_sandbox()
    send = sends.a_send()
    body = BODY.replace(b"phc_x", b"phx_x")
    sends.sends.start(replace(send, request=sends.stage.request(body, send.destination)))
    await sends.ended()
    assert sends.failures[0].startswith("This is a personal key.")
    assert sends.busy_at_the_end == [False]
    assert sends.outcomes_in_history() == []


async def test_a_mistake_of_our_own_is_logged_told_and_leaves_nothing_busy(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    mistakes: list[BaseException] = []
    stage.tasks.failed.connect(mistakes.append)

    def broken() -> Timeouts:
        raise ZeroDivisionError

    stage.start_sandbox()
    delivery = HistoryDelivery(Sender(), stage.environment.history, broken)
    sends = Sends(stage, SendController(delivery, stage.tasks))
    with caplog.at_level(logging.ERROR):
        sends.sends.start(sends.a_send())
        await wait_until(lambda: mistakes, "the mistake")
    assert isinstance(mistakes[0], ZeroDivisionError)
    assert [record.getMessage() for record in caplog.records] == ["Task send failed"]
    assert sends.failures == ["The app made a mistake; see the log. Send again."]
    assert sends.reports == []
    assert sends.busy_at_the_end == [False]


async def test_where_nothing_answers_it_is_a_report_and_no_failure(sends: Sends) -> None:
    sends.stage.sandbox.bind()
    sends.stage.sandbox.stop()
    sends.sends.start(sends.a_send())
    await sends.ended()
    outcome = sends.reports[0].outcome
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.REFUSED
    assert sends.failures == []


async def test_closing_the_window_ends_a_send_and_none_begins_afterwards(slow: Sends) -> None:
    slow.sends.start(slow.a_send())
    await wait_until(slow.outcomes_in_history, "the row")
    await slow.stage.tasks.aclose()
    assert isinstance(slow.reports[0].outcome, Cancelled)
    assert isinstance(slow.outcomes_in_history()[0], Cancelled)
    assert not slow.sends.start(slow.a_send())
    assert not slow.sends.is_busy
    assert len(slow.started) == 1
