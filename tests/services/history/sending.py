"""Sends to put into history."""

from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import Outcome, Response
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.services import ports

PLACE = Destination(
    id="mine",
    name="My 100 % server",
    kind=DestinationKind.SELF_HOSTED,
    address="https://events.example.com",
    token="phc_1",
    path="/e/",
)
OK = Response(
    status=200,
    reason="OK",
    headers=(("content-type", "application/json"), ("set-cookie", "a"), ("set-cookie", "b")),
    body=b'{"status":"Ok"}',
    milliseconds=12.5,
)
BODY = b'{"api_key":"phc_1","event":"plan upgraded","distinct_id":"customer-42","n":1.00}'
SUMMARY = Summary(event="plan upgraded", person="customer-42")


def send(
    history: ports.History,
    body: bytes = BODY,
    outcome: Outcome | None = None,
    summary: Summary = SUMMARY,
    place: Destination = PLACE,
) -> int:
    """Begin a send, and finish it if it has an outcome."""
    identifier = history.begin(build_request(body, place, place.path), place, summary)
    if outcome:
        history.finish(identifier, outcome)
    return identifier
