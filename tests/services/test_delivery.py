"""A send and its row in history: written first, completed in every case."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.errors import StoreError
from composer.core.outcome import Accepted, Cancelled, Fault, Interrupted, Unreachable
from composer.core.personal_keys import PersonalKeyError
from composer.core.records import HistoryEntry, Summary
from composer.core.settings import Settings
from composer.core.wire import WireRequest, build_request
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.sender import Sender, Timeouts
from tests.helpers.recorder import recording
from tests.helpers.servers import request_in, serving

PATIENT = Timeouts(connect=5, answer=5)
SUMMARY = Summary(event="paid", person="customer-42")
BODY = b'{"api_key":"phc_x",  "event":"paid","distinct_id":"customer-42"}'


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    opened = open_environment(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def delivery(environment: Environment) -> HistoryDelivery:
    return HistoryDelivery(Sender(), environment.history, lambda: PATIENT)


def place_at(address: str) -> Destination:
    return Destination(id="x", name="X", kind=DestinationKind.SELF_HOSTED, address=address)


def request_to(address: str) -> WireRequest:
    return build_request(BODY, place_at(address), "/i/v0/e/")


@contextmanager
def refusing(environment: Environment, change: str) -> Iterator[None]:
    """History that cannot be written, as on a full disk. ``change`` is INSERT or UPDATE."""
    with closing(sqlite3.connect(environment.profile.history)) as other:
        other.execute(
            f"CREATE TRIGGER full BEFORE {change} ON sends BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        yield
        other.execute("DROP TRIGGER full")


def newest(environment: Environment) -> HistoryEntry:
    entry = environment.history.entry(environment.history.rows()[0].id)
    assert entry
    return entry


async def test_the_bytes_sent_are_the_bytes_in_the_row(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    with recording() as recorder:
        request = request_to(recorder.address)
        sent = await delivery.deliver(request, place_at(recorder.address), SUMMARY)
        received = recorder.next()
    entry = newest(environment)
    assert isinstance(sent.outcome, Accepted)
    assert (entry.row.id, entry.outcome) == (sent.history_id, sent.outcome)
    assert entry.row.summary == SUMMARY
    assert entry.request == request
    assert received.body == entry.request.body
    assert received.headers == entry.request.headers


async def test_the_row_stands_in_the_file_before_the_first_byte_leaves(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    seen: list[HistoryEntry | None] = []

    async def look(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Already when the connection stands, and through a connection to the file of its own.
        seen.append(await asyncio.to_thread(environment.history.entry, 1))
        await request_in(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with serving(look) as host:
        address = f"http://{host}"
        await delivery.deliver(request_to(address), place_at(address), SUMMARY)
    assert seen[0]
    assert seen[0].outcome is None
    assert seen[0].request.body == BODY


async def test_cancelling_is_written_down(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    arrived = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await request_in(reader)
        arrived.set()
        await reader.read()

    async with serving(silent) as host:
        address = f"http://{host}"
        coroutine = delivery.deliver(request_to(address), place_at(address), SUMMARY)
        task = asyncio.create_task(coroutine)
        await asyncio.wait_for(arrived.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    outcome = newest(environment).outcome
    assert isinstance(outcome, Cancelled)
    assert outcome.milliseconds > 0


async def test_a_failure_is_written_down(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    address = "http://127.0.0.1:9"
    sent = await delivery.deliver(request_to(address), place_at(address), SUMMARY)
    assert isinstance(sent.outcome, Unreachable)
    assert sent.outcome.fault is Fault.REFUSED
    assert newest(environment).outcome == sent.outcome


async def test_a_fault_of_our_own_leaves_no_row_under_way(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    with recording() as recorder:
        headers = (("Host", "not\nallowed"), ("Content-Length", str(len(BODY))))
        url = f"{recorder.address}/"
        request = WireRequest(method="POST", url=url, headers=headers, body=BODY)
        with pytest.raises(Exception, match="Illegal header value"):
            await delivery.deliver(request, place_at(recorder.address), SUMMARY)
    outcome = newest(environment).outcome
    assert isinstance(outcome, Unreachable)
    assert "Illegal header value" in outcome.detail


async def test_without_a_row_nothing_is_sent(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    with refusing(environment, "INSERT"), recording() as recorder:
        request, place = request_to(recorder.address), place_at(recorder.address)
        with pytest.raises(StoreError):
            await delivery.deliver(request, place, SUMMARY)
        assert recorder.requests.empty()


async def test_a_personal_key_is_neither_sent_nor_written_down(
    environment: Environment, delivery: HistoryDelivery
) -> None:
    body = BODY.replace(b"phc_x", b"phx_x")
    with recording() as recorder:
        place = place_at(recorder.address)
        with pytest.raises(PersonalKeyError, match="Nothing was sent"):
            await delivery.deliver(build_request(body, place, "/e/"), place, SUMMARY)
        assert recorder.requests.empty()
    assert environment.history.rows() == []


async def test_a_send_takes_the_way_to_its_destination(environment: Environment) -> None:
    with recording() as proxy:
        address = "http://posthog.invalid"
        place = replace(place_at(address), proxy=proxy.address)
        own = HistoryDelivery(Sender(), environment.history, lambda: PATIENT)
        sent = await own.deliver(request_to(address), place, SUMMARY)
        assert isinstance(sent.outcome, Accepted)
        assert proxy.next().line.startswith("POST http://posthog.invalid/")


async def test_a_resend_takes_the_way_that_is_set_now(environment: Environment) -> None:
    with recording() as proxy:
        address = "http://posthog.invalid"
        settings = Settings(destinations=(replace(place_at(address), proxy=proxy.address),))
        now = HistoryDelivery(
            Sender(), environment.history, lambda: PATIENT, route_to=settings.route_to
        )
        sent = await now.deliver(request_to(address), place_at(address), SUMMARY)
        assert isinstance(sent.outcome, Accepted)
        assert proxy.next().line.startswith("POST http://posthog.invalid/")


async def test_an_outcome_that_cannot_be_written_down_is_told_all_the_same(
    environment: Environment, delivery: HistoryDelivery, caplog: pytest.LogCaptureFixture
) -> None:
    with recording() as recorder, refusing(environment, "UPDATE"), caplog.at_level("ERROR"):
        request, place = request_to(recorder.address), place_at(recorder.address)
        sent = await delivery.deliver(request, place, SUMMARY)
    assert isinstance(sent.outcome, Accepted)
    assert "could not be written down" in caplog.text
    environment.close()
    again = open_environment(environment.profile.folder)
    assert isinstance(newest(again).outcome, Interrupted)
    again.close()
