"""The texts of the detail: tokens concealed everywhere, damaged and vanished bodies survived."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from composer.core.tokens import KeyMode, concealed
from composer.services.sandbox.arrivals.body import Body
from composer.services.sandbox.arrivals.stored import Arrival
from composer.services.sandbox.server import Sandbox
from composer.ui.sandbox.reading import MOST_HEX, Side, read_drafts, read_side
from composer.ui.sandbox.rows import Row, rows_of

TOKEN = "phc_aRealProjectsToken00000000000000"
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def now() -> datetime:
    return NOW


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(clock=now)


def row(body: Body, path: str = "/i/v0/e/", status: int = 400, **values: str) -> Row:
    arrival = Arrival(
        number=1,
        received_at=NOW,
        method="POST",
        path=path,
        headers=(("Host", "127.0.0.1"), ("Authorization", f"Bearer {TOKEN}")),
        body=body,
        status=status,
        answer=values.get("answer", ""),
        fault=values.get("fault", ""),
    )
    return next(rows_of(arrival))


def test_a_token_is_concealed_in_json_and_bare_but_not_within_other_words() -> None:
    text = f'{{"api_key": "{TOKEN}"}} Bearer {TOKEN}'
    assert TOKEN not in concealed(text, [TOKEN], KeyMode.MASKED)
    assert concealed(text, [TOKEN], KeyMode.ENV).count("$POSTHOG_PROJECT_TOKEN") == 2
    assert concealed(text, [TOKEN], KeyMode.INLINE) == text
    assert concealed('"k" and book', ["k"], KeyMode.MASKED) == '"…" and book'


def test_events_take_over_the_token_of_the_header(sandbox: Sandbox) -> None:
    body = b'{"created_at": "x", "batch": [{"event": "a"}, {"event": "b"}]}'
    drafts = read_drafts(sandbox, row(Body(body), "/i/v1/analytics/events"))
    assert [draft.payload.get("event") for draft in drafts] == ["a", "b"]
    assert {draft.payload.get("api_key") for draft in drafts} == {TOKEN}


def test_the_token_of_a_header_can_be_concealed_in_the_raw_request(sandbox: Sandbox) -> None:
    found = read_side(sandbox, row(Body(b"{}")), Side.RAW)
    assert found.passage.full == (
        f"POST /i/v0/e/\nHost: 127.0.0.1\nAuthorization: Bearer {TOKEN}\n\n{{}}"
    )
    assert found.tokens == (TOKEN,)


def test_hex_is_shown_of_the_beginning_alone(sandbox: Sandbox) -> None:
    found = read_side(sandbox, row(Body(b"\xff" * (MOST_HEX + 5))), Side.RAW)
    assert "first 65,536 of 65,541 bytes" in found.passage.note
    assert found.passage.full.count("ff ff") < MOST_HEX


def test_a_body_whose_file_is_gone_is_said_to_be(sandbox: Sandbox, tmp_path: Path) -> None:
    vanished = row(Body.in_file(tmp_path / "gone", 300_000))
    for side in Side:
        read_side(sandbox, vanished, side)
    note = read_side(sandbox, vanished, Side.REQUEST).passage.note
    assert note == "The file with this body is gone."
    assert read_drafts(sandbox, vanished) == ()


def test_values_that_are_not_kept_any_more_are_said_to_be(sandbox: Sandbox) -> None:
    found = read_side(sandbox, row(Body(b"{}")), Side.COMPARE)
    assert found.differences is None
    assert "does not keep" in found.passage.note


@pytest.mark.parametrize(
    ("status", "fault", "note"),
    [
        (503, "", "Answered with 503 Service Unavailable."),
        (299, "", "Answered with 299."),
        (0, "reset", "No answer. A rule of the sandbox did this: reset."),
    ],
)
def test_the_answer_says_what_was_answered_and_what_did_it(
    sandbox: Sandbox, status: int, fault: str, note: str
) -> None:
    shown = row(Body(b"{}"), status=status, fault=fault)
    assert read_side(sandbox, shown, Side.ANSWER).passage.note == note
