"""The reference cases of PostHog's current version, over real HTTP."""

import base64
import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import exchange

V1 = "the v1 endpoint is not served yet"
NOT_IMITATED = {
    "v1-three-ok": V1,
    "v1-trailing-slash": V1,
    "v1-gzip": V1,
    "v1-missing-attempt-header": V1,
    "v1-personal-key": V1,
    "v1-lowercase-bearer": V1,
    "v1-text-plain": V1,
    "v1-bad-request-id": V1,
    "v1-bad-request-timestamp": V1,
    "v1-empty-body": V1,
    "v1-malformed-json": V1,
    "v1-v0-array-shape": V1,
    "v1-missing-created-at": V1,
    "v1-empty-batch": V1,
    "v1-bad-created-at": V1,
    "v1-event-empty-uuid": V1,
    "v1-event-missing-distinct-id-key": V1,
    "v1-drop-empty-name": V1,
    "v1-drop-blank-distinct-id": V1,
    "v1-drop-long-distinct-id": V1,
    "v1-long-multibyte-distinct-id-counts-bytes": V1,
    "v1-drop-properties-list": V1,
    "v1-option-coerced": V1,
    "v1-illegal-distinct-id": V1,
    "v1-get-405": V1,
}


@dataclass(frozen=True)
class Case:
    name: str
    method: str
    target: str
    headers: dict[str, str]
    body: Any
    status: int
    answer: str | None
    events: int | None


def read_case(line: str) -> Case:
    source = json.loads(line)
    query = f"?{source['query']}" if source["query"] else ""
    return Case(
        name=source["name"],
        method=source["method"],
        target=source["path"] + query,
        headers=source["headers"],
        body=source["body"],
        status=source["expect"]["status"],
        answer=source["expect"]["body"],
        events=source["expect"]["accepted_events"],
    )


LINES = (Path(__file__).parent / "capture-cases.jsonl").read_text("utf-8").splitlines()
CASES = [read_case(line) for line in LINES]


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


def is_answered_as_expected(sandbox: Sandbox, case: Case) -> bool:
    reply = exchange(sandbox, case.method, case.target, bytes_of(case.body) or None, case.headers)
    stored = sum(len(arrival.events) for arrival in sandbox.arrivals())
    return (
        reply.status == case.status
        and case.answer in {None, reply.body}
        and case.events in {None, stored}
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_answered_as_posthog_answers_it(sandbox: Sandbox, case: Case) -> None:
    # A case on the list that comes to pass must leave the list, so that the list stays true.
    assert is_answered_as_expected(sandbox, case) is (case.name not in NOT_IMITATED)


def test_every_case_that_is_not_imitated_exists() -> None:
    assert set(NOT_IMITATED) <= {case.name for case in CASES}
