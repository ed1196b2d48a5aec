"""What verdicts cost: an event that is typed, a large batch of which one event changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from composer.core.destination import Destination, DestinationKind
from composer.core.ids import uuid7
from composer.core.jsontext import Layout, Object, Value, encode, from_python
from composer.core.times import wire_text
from composer.core.verdicts.request import request_of
from composer.services.verdicts.service import VerdictService
from tests.bench.costs import Cost, cost, timed

TOKEN = "phc_benchTokenAAAA1111"
PLACE = Destination(
    id="us", name="US", kind=DestinationKind.US, address="https://us.i.posthog.com", token=TOKEN
)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
EVENTS = 10_000
LIMIT_EVENT_MS, LIMIT_BATCH_MS = 16.0, 150.0


def measure() -> Iterator[Cost]:
    service = VerdictService()
    typed = [_text(_event(number, size=8)) for number in range(200)]
    for body in typed[:20]:
        _judge(service, body)
    strokes = [timed(lambda body=body: _judge(service, body)) for body in typed]
    yield cost("a keystroke in an ordinary event", strokes, LIMIT_EVENT_MS)
    large = [_text(_event(number, size=20_000)) for number in range(5)]
    yield cost(
        "an event of 1 MB", [timed(lambda body=body: _judge(service, body)) for body in large]
    )
    events = tuple(_event(number, size=4) for number in range(EVENTS))
    yield cost(f"a batch of {EVENTS:,}, the first time", [timed(lambda: _batch(service, events))])
    changes: list[float] = []
    for number in range(20):
        place = number * 499
        events = (*events[:place], _event(EVENTS + number, size=4), *events[place + 1 :])
        changes.append(timed(lambda events=events: _batch(service, events)))
    yield cost("one changed event in it", changes, LIMIT_BATCH_MS)
    bad = Object((("event", "invoice paid"),))
    refused: list[float] = []
    for number in range(10):
        events = (*events[:number], bad, *events[number + 1 :])
        refused.append(timed(lambda events=events: _batch(service, events)))
    yield cost("the same, while it would be refused", refused, LIMIT_BATCH_MS)


def _event(number: int, *, size: int) -> Object:
    """An event with ``size`` properties of about fifty characters each."""
    moment = NOW - timedelta(seconds=number % 3600)
    properties = {f"property_{place}": f"{number:08d}" + "x" * 30 for place in range(size)}
    event = from_python(
        {
            "api_key": TOKEN,
            "event": "invoice paid",
            "distinct_id": f"cust-{number}",
            "uuid": uuid7(int(moment.timestamp() * 1000), number),
            "timestamp": wire_text(moment),
            "properties": {"$geoip_disable": True, "amount": number, **properties},
        }
    )
    assert isinstance(event, Object)
    return event


def _text(value: Value) -> bytes:
    return encode(value, Layout.PRETTY).encode()


def _judge(service: VerdictService, body: bytes) -> None:
    service.judge(body, path="/i/v0/e/", destination=PLACE, now=NOW)


def _batch(service: VerdictService, events: tuple[Value, ...]) -> None:
    value = Object((("api_key", TOKEN), ("batch", events)))
    request = request_of(value, text=None, size=500 * len(events))
    service.judge(request, path="/batch/", destination=PLACE, now=NOW)
