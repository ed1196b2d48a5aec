"""Runs for tests: events that can be told apart, and a sender that does what it is told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from composer.core.batch.claim import Claim, Settled
from composer.core.batch.options import BatchOptions
from composer.core.batch.run import RequestState, Run
from composer.core.destination import Destination, DestinationKind
from composer.services.batch.runs import RunStore

PLACE = Destination(
    id="shop",
    name="Shop",
    kind=DestinationKind.SELF_HOSTED,
    address="https://posthog.example.com",
    token="phc_shop",
    production=False,
)
SMALL = BatchOptions(most_events=10)
CONFIRMED, REFUSED, UNCERTAIN = (
    RequestState.CONFIRMED,
    RequestState.REFUSED,
    RequestState.UNCERTAIN,
)


def uuid_of(number: int) -> str:
    return f"019a964c-b1c0-769e-b2a7-{number:012d}"


def body(number: int, **properties: object) -> str:
    event = {
        "event": f"order {number % 3}",
        "distinct_id": f"customer-{number}",
        "uuid": uuid_of(number),
        "properties": {"amount": number, **properties},
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def made(
    store: RunStore, count: int, options: BatchOptions = SMALL, place: Destination = PLACE
) -> Run:
    """A run of events 1 to ``count``, which were rows 101 and so on."""
    with store.begin(place, options, "orders.csv") as writer:
        writer.add((100 + number, body(number)) for number in range(1, count + 1))
        return writer.finish()


def uuids(data: bytes) -> list[str]:
    """Of the events in a request body."""
    content = json.loads(data)
    return [event["uuid"] for event in content.get("batch", [content])]


def ended(claim: Claim, state: RequestState = CONFIRMED, status: int | None = 200) -> Settled:
    return Settled(
        claim=claim,
        state=state,
        status=status,
        words=f"It is {state.name.lower()}.",
        milliseconds=12.5,
        sha256=sha256(claim.body).hexdigest(),
    )


def all_ended(claims: Iterable[Claim], state: RequestState = CONFIRMED) -> list[Settled]:
    return [ended(claim, state) for claim in claims]
