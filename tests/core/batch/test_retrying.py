"""What follows from a try, for every kind of answer and of failure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.retrying import (
    LONGEST_HOLD,
    Attempt,
    Backoff,
    Decision,
    Step,
    decide,
    is_unanswered,
    retry_after,
)
from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import (
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Response,
    Unreachable,
    judge,
)

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PLACE = Destination(
    id="mine", name="Mine", kind=DestinationKind.SELF_HOSTED, address="https://mine.example"
)
PAGE = b"<!doctype html><title>Oh</title>"


def outcome(status: int, body: bytes = b"", **headers: str) -> Outcome:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return judge(Response(status=status, body=body, headers=named))


def decided(
    result: Outcome,
    *,
    events: int = 10,
    tries: int = 1,
    unanswered: bool = False,
    stale: bool = False,
) -> Decision:
    attempt = Attempt(
        outcome=result,
        events=events,
        tries=tries,
        most_tries=5,
        was_unanswered=unanswered,
        is_stale=stale,
    )
    return decide(attempt, PLACE, backoff=Backoff(), chance=0.0, now=NOW)


@pytest.mark.parametrize(
    ("result", "step"),
    [
        (outcome(200, b'{"status":"Ok"}'), Step.CONFIRMED),
        (outcome(200, b'{"status":1}'), Step.CONFIRMED),
        (outcome(204), Step.CONFIRMED),
        (outcome(400), Step.SPLIT),
        (outcome(413), Step.SPLIT),
        (outcome(413, PAGE), Step.SPLIT),
        (outcome(422), Step.SPLIT),
        (outcome(408), Step.RETRY),
        (outcome(425), Step.RETRY),
        (outcome(429), Step.RETRY),
        (outcome(500), Step.RETRY),
        (outcome(502, PAGE), Step.RETRY),
        (outcome(503), Step.RETRY),
        (outcome(599), Step.RETRY),
        (outcome(401), Step.HALT),
        (outcome(403), Step.HALT),
        (outcome(404), Step.HALT),
        (outcome(405), Step.HALT),
        (outcome(407), Step.HALT),
        (outcome(301, Location="/"), Step.HALT),
        (outcome(200, PAGE), Step.HALT),
        (outcome(400, PAGE), Step.HALT),
        (outcome(600), Step.HALT),
        (outcome(101), Step.HALT),
        (Unreachable(fault=Fault.NAME_NOT_FOUND), Step.RETRY),
        (Unreachable(fault=Fault.REFUSED), Step.RETRY),
        (Unreachable(fault=Fault.NO_ROUTE), Step.RETRY),
        (Unreachable(fault=Fault.CONNECT_TIMEOUT), Step.RETRY),
        (Unreachable(fault=Fault.ANSWER_TIMEOUT), Step.RETRY),
        (Unreachable(fault=Fault.RESET), Step.RETRY),
        (Unreachable(fault=Fault.TLS), Step.HALT),
        (Unreachable(fault=Fault.NOT_HTTP), Step.HALT),
        (Unreachable(fault=Fault.BAD_ADDRESS), Step.HALT),
        (Unreachable(fault=Fault.ROUTE), Step.HALT),
        (Cancelled(), Step.UNCERTAIN),
        (Interrupted(), Step.UNCERTAIN),
    ],
)
def test_each_end_has_its_consequence(result: Outcome, step: Step) -> None:
    decision = decided(result)
    assert decision.step is step
    assert decision.words


def test_no_fault_is_forgotten() -> None:
    for fault in Fault:
        assert decided(Unreachable(fault=fault)).step in {Step.RETRY, Step.HALT}


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_single_event_that_is_refused_is_refused(status: int) -> None:
    assert decided(outcome(status), events=1).step is Step.REFUSED


@pytest.mark.parametrize(
    ("result", "unanswered", "step"),
    [
        (outcome(500), False, Step.UNCERTAIN),
        (outcome(429), False, Step.REFUSED),
        (outcome(429), True, Step.UNCERTAIN),
        (Unreachable(fault=Fault.ANSWER_TIMEOUT), False, Step.UNCERTAIN),
        (Unreachable(fault=Fault.REFUSED), True, Step.UNCERTAIN),
        (outcome(200), True, Step.CONFIRMED),
    ],
)
def test_the_last_try_decides(result: Outcome, unanswered: bool, step: Step) -> None:
    assert decided(result, tries=5, unanswered=unanswered).step is step


def test_the_wait_doubles_up_to_a_limit() -> None:
    waits = [Backoff().after(tries, 0.0) for tries in (1, 2, 3, 4, 5, 6, 7, 1000)]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    assert Backoff().after(6, 1.0) == 36
    assert decided(outcome(500), tries=3).after == 4
    assert not decided(outcome(500), tries=3).holds_all


def test_a_connection_that_had_been_closed_is_no_reason_to_wait() -> None:
    reset = Unreachable(fault=Fault.RESET)
    assert decided(reset, stale=True).after == 0
    assert decided(reset).after == 1
    assert decided(reset, stale=True, tries=5).step is Step.RETRY
    assert decided(reset, stale=True, tries=6).step is Step.UNCERTAIN


def test_nonsense_on_a_connection_that_was_kept_says_nothing_of_the_server() -> None:
    nonsense = decided(Unreachable(fault=Fault.NOT_HTTP), stale=True)
    assert (nonsense.step, nonsense.after) == (Step.RETRY, 0)


@pytest.mark.parametrize("status", [429, 503, 408])
def test_a_server_that_asks_to_wait_holds_all(status: int) -> None:
    decision = decided(outcome(status, Retry_After="7"))
    assert (decision.after, decision.holds_all) == (7, True)


def test_too_many_requests_hold_all_even_without_a_time() -> None:
    decision = decided(outcome(429), tries=2)
    assert (decision.after, decision.holds_all) == (2, True)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 5 ", 5),
        ("86400", LONGEST_HOLD),
        ("9" * 400, LONGEST_HOLD),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0),
        (format_datetime(NOW + timedelta(days=1), usegmt=True), LONGEST_HOLD),
        ("Sat, 21 Nov 2026 09:31:00", 60),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("1.5", None),
        ("٣", None),
        ("Sat, 99 Nov 99999 09:31:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text: str, seconds: float | None) -> None:
    response = Response(status=429, headers=(("retry-after", text),))
    assert retry_after(response, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_is_a_surprise(text: str) -> None:
    wait = retry_after(Response(status=429, headers=(("Retry-After", text),)), NOW)
    assert wait is None or 0 <= wait <= LONGEST_HOLD


def test_what_may_have_arrived_is_known() -> None:
    unsure = {fault for fault in Fault if is_unanswered(Unreachable(fault=fault))}
    assert unsure == {Fault.ANSWER_TIMEOUT, Fault.RESET, Fault.NOT_HTTP}
    assert is_unanswered(Cancelled())
    assert is_unanswered(Interrupted())
    assert not is_unanswered(outcome(500))


def test_what_halts_says_the_next_step() -> None:
    words = decided(outcome(401, b"no such token")).words
    assert "no such token" in words
    assert "Copy the project token again" in words
    assert decided(outcome(502, PAGE)).words == "The server answered 502."
