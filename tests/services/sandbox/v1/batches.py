"""How the tests of v1 talk to its judge: sound headers, a sound batch, and what is said to it."""

import json
from dataclasses import dataclass
from typing import Any

from composer.core import jsontext
from composer.core.behaviour import Behaviour
from composer.services.sandbox.request import Judgement, Submission
from composer.services.sandbox.v1.capture import judge
from tests.services.sandbox.client import NOW, TOKEN

PATH = "/i/v1/analytics/events"
FIRST = "0190f3c2-0000-7000-8000-000000000001"
SECOND = "0190f3c2-0000-7000-8000-000000000002"
REQUEST_ID = "7b0f2f3e-2f0e-4b57-9d6b-2d3b7f7f0a01"
HEADERS = {
    "authorization": f"Bearer {TOKEN}",
    "content-type": "application/json",
    "user-agent": "sandbox/1.0",
    "posthog-sdk-info": "posthog-rust/1.2.3",
    "posthog-attempt": "1",
    "posthog-request-id": REQUEST_ID,
    "posthog-request-timestamp": "2026-03-19T14:30:00Z",
}


@dataclass(frozen=True)
class Refusal:
    """What stands in the JSON of an error, with its status."""

    status: int
    tag: str
    words: str
    manual: str = "https://posthog.com/docs/api"


def event(**members: Any) -> dict[str, Any]:
    """A sound event; ``members`` replace or join its own."""
    sound = {
        "event": "door opened",
        "uuid": FIRST,
        "distinct_id": "visitor-7",
        "timestamp": "2026-03-19T14:29:58.123Z",
    }
    return sound | members


def batch(*events: dict[str, Any], **members: Any) -> str:
    """A sound batch, of a sound event if none is given."""
    envelope = {"created_at": "2026-03-19T14:30:00Z", "batch": events or [event()]}
    return json.dumps(envelope | members)


def judged(
    body: bytes | None,
    headers: dict[str, str],
    *,
    path: str = PATH,
    behaviour: Behaviour | None = None,
    most_text: int | None = None,
) -> Judgement:
    """Have exactly this judged; a body over the limit is ``None``."""
    return judge(
        Submission(
            path=path,
            headers=headers,
            body=body,
            now=NOW,
            peer="192.0.2.7",
            behaviour=behaviour or Behaviour(),
            most_text=most_text,
        )
    )


def submit(
    body: str | bytes | None = None,
    *,
    headers: dict[str, str] | None = None,
    path: str = PATH,
    behaviour: Behaviour | None = None,
) -> Judgement:
    """Have a body judged, with ``headers`` over the sound ones; by default a sound batch."""
    text = batch() if body is None else body
    data = text.encode() if isinstance(text, str) else text
    return judged(data, HEADERS | (headers or {}), path=path, behaviour=behaviour)


def refusal(judgement: Judgement) -> Refusal:
    """The error of an answer, which may keep nothing and say nothing else."""
    assert (judgement.events, judgement.dropped) == ((), ())
    assert ("content-type", "application/json") in judgement.answer.headers
    said = json.loads(judgement.answer.body)
    assert list(said) == ["error", "error_description", "error_uri"]
    return Refusal(judgement.answer.status, *said.values())


def results(judgement: Judgement) -> dict[str, dict[str, str]]:
    """The results of an answer, which must be 200."""
    assert judgement.answer.status == 200
    assert ("content-type", "application/json") in judgement.answer.headers
    return json.loads(judgement.answer.body)["results"]


def outcome(**members: Any) -> dict[str, str]:
    """The result of a batch of one event with these ``members``."""
    return results(submit(batch(event(**members))))[FIRST]


def drop(details: str) -> dict[str, str]:
    return {"result": "drop", "details": details}


OK = {"result": "ok"}


def record(body: str, headers: dict[str, str] | None = None, path: str = PATH) -> dict[str, Any]:
    """The first event of a batch as it is stored."""
    stored = submit(body, headers=headers, path=path).events[0].record
    assert stored is not None
    return json.loads(jsontext.encode(stored))


def properties(headers: dict[str, str] | None = None, **members: Any) -> dict[str, Any]:
    """The properties of an event as it is stored."""
    return record(batch(event(**members)), headers)["properties"]
