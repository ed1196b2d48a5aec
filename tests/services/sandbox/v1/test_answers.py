"""The answers that are given without a judgement: to bodies that do not come, or cannot be kept."""

import json

from composer.services.sandbox.answers import Answer
from composer.services.sandbox.v1.capture import ENDPOINT


def told(answer: Answer) -> tuple[int, str, str | None]:
    headers = dict(answer.headers)
    assert headers["content-type"] == "application/json"
    return answer.status, json.loads(answer.body)["error"], headers.get("retry-after")


def test_a_body_that_stops_coming_may_be_sent_again_soon() -> None:
    assert told(ENDPOINT.stalled) == (408, "body_read_timeout", "1")


def test_a_body_that_cannot_be_kept_may_be_sent_again_soon() -> None:
    assert told(ENDPOINT.unavailable) == (503, "service_unavailable", "1")


def test_a_body_that_ends_early_cannot_be_decoded() -> None:
    assert told(ENDPOINT.broken_off) == (400, "request_decoding_error", None)
