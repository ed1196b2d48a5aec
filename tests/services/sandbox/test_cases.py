"""The reference cases of PostHog's two versions, over real HTTP: the answer and what is stored."""

import base64
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from composer.core.behaviour import Behaviour, Edition
from composer.core.ids import uuid7_milliseconds
from composer.services.sandbox.arrivals.stored import StoredEvent
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import NOW, TOKEN, exchange


@dataclass(frozen=True)
class Case:
    name: str
    edition: Edition
    method: str
    target: str
    headers: dict[str, str]
    body: Any
    status: int
    answer: str | None
    events: int | None

    def __str__(self) -> str:
        return f"{self.name}-as-{self.edition.value}"


EDITIONS = {"current": [Edition.CURRENT], "2024": [Edition.OF_2024], "both": list(Edition)}


def read_cases(line: str) -> list[Case]:
    source = json.loads(line)
    query = f"?{source['query']}" if source["query"] else ""
    return [
        Case(
            name=source["name"],
            edition=edition,
            method=source["method"],
            target=source["path"] + query,
            headers=source["headers"],
            body=source["body"],
            status=source["expect"]["status"],
            answer=source["expect"]["body"],
            events=source["expect"]["accepted_events"],
        )
        for edition in EDITIONS[source["version"]]
    ]


FOLDER = Path(__file__).parent
LINES = (FOLDER / "capture-cases.jsonl").read_text("utf-8").splitlines()
CASES = [case for line in LINES for case in read_cases(line)]
STORED = {
    record["name"]: record["events"]
    for record in map(json.loads, (FOLDER / "stored-events.jsonl").read_text("utf-8").splitlines())
}
"""What the reference says is stored; ``null`` is the time of arrival, or a generated uuid."""


def bytes_of(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    if "base64" in body:
        return base64.b64decode(body["base64"])
    plan = body["generate"]
    prefix, suffix = plan["prefix"].encode(), plan["suffix"].encode()
    fill = plan["fill"].encode() * (plan["total_bytes"] - len(prefix) - len(suffix))
    whole = prefix + fill + suffix
    assert len(whole) == plan["total_bytes"]
    return gzip.compress(whole) if plan["gzip"] else whole


@pytest.fixture(scope="module")
def timed() -> Iterator[Sandbox]:
    """A sandbox whose clock stands still."""
    sandbox = Sandbox(clock=lambda: NOW)
    sandbox.start()
    assert sandbox.await_ready()
    yield sandbox
    sandbox.stop()


def sent(sandbox: Sandbox, case: Case) -> tuple[int, str]:
    sandbox.clear()
    sandbox.behave(Behaviour(edition=case.edition))
    reply = exchange(sandbox, case.method, case.target, bytes_of(case.body) or None, case.headers)
    return reply.status, reply.body


def stored(sandbox: Sandbox) -> list[StoredEvent]:
    return [event for arrival in sandbox.arrivals() for event in arrival.events]


def test_all_cases_of_the_reference_are_here() -> None:
    assert len(LINES) == 122
    assert sum(case.edition is Edition.OF_2024 for case in CASES) == 16 + 47


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_answered_as_posthog_answers_it(timed: Sandbox, case: Case) -> None:
    status, body = sent(timed, case)
    assert status == case.status
    assert case.answer in {None, body}
    assert case.events in {None, len(stored(timed))}


ACCEPTED = [case for case in CASES if case.events]


@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_the_events_of_a_case_are_stored_as_posthog_stores_them(timed: Sandbox, case: Case) -> None:
    sent(timed, case)
    found = stored(timed)
    assert [facts(event) for event in found] == STORED[case.name]
    for event in found:
        assert event.record is not None
        inside = {key: value for key, value in event.record if key in {"event", "uuid", "token"}}
        assert inside == {"event": event.name, "uuid": event.uuid, "token": TOKEN}


def facts(event: StoredEvent) -> dict[str, str | None]:
    is_generated = uuid7_milliseconds(event.uuid) == int(event.timestamp.timestamp() * 1000)
    text = event.timestamp.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "event": event.name,
        "distinct_id": event.distinct_id,
        "uuid": None if is_generated else event.uuid,
        "timestamp": None if event.timestamp == NOW else text,
    }


def test_what_is_stored_is_written_down_for_each_accepted_case() -> None:
    assert set(STORED) == {case.name for case in ACCEPTED}
