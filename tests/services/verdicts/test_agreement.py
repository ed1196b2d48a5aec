"""The verdicts and the sandbox are of one mind about what is refused, whatever the body holds."""

import base64
import gzip
import json
import zlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.behaviour import Behaviour
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report
from composer.services.sandbox import routes
from composer.services.sandbox.answers import Answer
from composer.services.sandbox.request import Submission
from composer.services.verdicts.service import VerdictService
from tests.services.verdicts.bodies import BODIES, PATHS, TOKEN

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SOUND = f'{{"api_key":"{TOKEN}","event":"paid","distinct_id":"a"}}'


def answer(body: bytes, path: str, query: str = "") -> Answer:
    """The sandbox's answer to a POST as this program sends it."""
    route = routes.route_of(path)
    found = routes.endpoint(route, Behaviour())
    assert found
    submission = Submission(
        path=route,
        query=query.encode(),
        headers={"content-type": "application/json"},
        body=body if len(body) <= found.wire_limit else None,
        now=NOW,
    )
    return found.judge(submission).answer


def judged(body: bytes, path: str = "/i/v0/e/", query: str = "") -> Report:
    return VerdictService().judge(body, path=path, query=query, destination=None, now=NOW)


def errors(report: Report) -> list[str]:
    return [one.rule.id for one in report.verdicts if one.severity is Severity.ERROR]


def assert_agreed(body: bytes, path: str, query: str = "") -> list[str]:
    found = errors(judged(body, path, query))
    told = answer(body, path, query)
    assert bool(found) is (told.status >= 400), told.text
    return found


@settings(max_examples=400)
@given(BODIES, PATHS)
def test_any_json_is_an_error_exactly_if_it_is_refused(text: str, path: str) -> None:
    assert "refused" not in assert_agreed(text.encode(), path)


@settings(max_examples=300)
@given(st.binary(max_size=60), PATHS, st.sampled_from(["", "compression=gzip", "_=x", "_=1"]))
def test_any_bytes_are_an_error_exactly_if_they_are_refused(
    body: bytes, path: str, query: str
) -> None:
    assert_agreed(body, path, query)


@settings(max_examples=300)
@given(st.data(), BODIES, PATHS)
def test_damaged_json_is_an_error_exactly_if_it_is_refused(
    data: st.DataObject, text: str, path: str
) -> None:
    body = bytearray(text.encode())
    place = data.draw(st.integers(0, len(body)))
    body[place : place + data.draw(st.integers(0, 3))] = data.draw(
        st.sampled_from(
            [b"", b",", b'"', b"\xff", b"\xef\xbb\xbf", b"NaN", b"\\", b"}", b" //", b"'"]
        )
    )
    assert "refused" not in assert_agreed(bytes(body), path)


PACKINGS = {
    "gzip": gzip.compress,
    "base64": base64.b64encode,
    "gzip in base64": lambda body: base64.b64encode(gzip.compress(body)),
    "zlib": zlib.compress,
}


@pytest.mark.parametrize("packing", PACKINGS)
@settings(max_examples=30)
@given(text=BODIES, path=PATHS)
def test_what_is_packed_is_judged_by_what_is_inside(packing: str, text: str, path: str) -> None:
    found = assert_agreed(PACKINGS[packing](text.encode()), path)
    if packing != "zlib":
        assert "refused" not in found


def levels(count: int) -> bytes:
    """An event with ``count`` levels, itself among them."""
    inner = "[" * (count - 2) + "]" * (count - 2)
    return SOUND.replace("}", f',"properties":{{"a":{inner}}}}}').encode()


EDGES: dict[str, tuple[bytes, list[str]]] = {
    "nothing": (b"", ["body.empty"]),
    "blanks": (b" \n", ["body.empty"]),
    "null": (b"null", ["body.not_events_shape"]),
    "true, which is base64": (b"true", ["body.not_events_shape"]),
    "127 levels": (levels(127), []),
    "128 levels": (levels(128), ["json.depth"]),
    "150,000 levels": (b"[" * 150_000, ["json.syntax"]),
    "a byte order mark": (b"\xef\xbb\xbf" + SOUND.encode(), ["json.syntax"]),
    "UTF-16": (SOUND.encode("utf-16"), ["json.encoding"]),
    "half a character": (SOUND.replace("paid", "\\ud83d").encode(), ["text.broken_unicode"]),
    "NaN": (SOUND.replace('"a"', "NaN").encode(), ["json.syntax"]),
    "a number beyond a double": (SOUND.replace('"a"', "1e999").encode(), ["json.syntax"]),
    "a key twice": (SOUND.replace("{", '{"event":"a",').encode(), ["json.twice_same_key"]),
    "a name twice inside": (SOUND.replace("}", ',"x":{"b":1,"b":2}}').encode(), []),
    "20 MiB": (SOUND.ljust(20 * 1024 * 1024).encode(), []),
    "one byte more": (SOUND.ljust(20 * 1024 * 1024 + 1).encode(), ["size.request"]),
}


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_is_told_by_its_rule(edge: str) -> None:
    body, expected = EDGES[edge]
    assert assert_agreed(body, "/i/v0/e/") == expected


def test_an_address_that_does_not_exist_refuses_everything() -> None:
    (verdict,) = (
        one for one in judged(SOUND.encode(), "/nowhere").verdicts if one.rule.id == "refused"
    )
    assert "404" in verdict.says


V1 = (
    '{"created_at":"2026-11-21T09:00:00Z","batch":[{"event":"a","distinct_id":"b",'
    '"uuid":"019aa000-0000-7000-8000-000000000001","timestamp":"2026-11-21T09:00:00Z"}]}'
)


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (V1, []),
        ('{"created_at":"2026-11-21T09:00:00Z","batch":[]}', ["body.empty"]),
        (SOUND, ["body.not_events_shape"]),
    ],
)
def test_a_v1_address_judges_by_its_own_rules(body: str, rules: list[str]) -> None:
    assert errors(judged(body.encode(), "/i/v1/analytics/events")) == rules


CASES = Path(__file__).parents[1] / "sandbox" / "capture-cases.jsonl"


def bytes_of(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    if "base64" in body:
        return base64.b64decode(body["base64"])
    plan = body["generate"]
    fill = plan["total_bytes"] - len(plan["prefix"]) - len(plan["suffix"])
    whole = f"{plan['prefix']}{plan['fill'] * fill}{plan['suffix']}".encode()
    return gzip.compress(whole) if plan["gzip"] else whole


V1_HEADERS = {
    *("authorization", "content-type", "user-agent", "posthog-sdk-info", "posthog-attempt"),
    *("posthog-request-id", "posthog-request-timestamp"),
}
ABOUT_HEADERS = {
    *("v1-personal-key", "v1-bad-request-id", "v1-bad-request-timestamp", "v1-text-plain")
}
"""Cases of v1 that have every header, but one of them wrong."""


def left_out(case: dict[str, Any]) -> str:
    """Why a case is none of a body that is sent as JSON to today's PostHog; empty if it is."""
    headers = {name.lower(): value for name, value in case["headers"].items()}
    if case["version"] == "2024":
        return "the service of 2024"
    if case["method"] != "POST":
        return "another method"
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return "a form"
    if "/v1/" not in case["path"]:
        return ""
    if headers.keys() != V1_HEADERS or case["name"] in ABOUT_HEADERS:
        return "the headers of v1"
    return ""


ALL = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
JUDGED = [case for case in ALL if not left_out(case)]


def test_the_reference_cases_are_judged_but_for_good_reason() -> None:
    assert Counter(map(left_out, ALL)) == {
        "": 89,
        "the service of 2024": 16,
        "another method": 8,
        "a form": 3,
        "the headers of v1": 6,
    }


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case["name"])
def test_a_reference_case_is_an_error_exactly_if_it_must_be_refused(case: dict[str, Any]) -> None:
    report = judged(bytes_of(case["body"]), case["path"], case["query"])
    assert bool(errors(report)) is (case["expect"]["status"] >= 400)
