"""The rules about the shape of the body."""

from typing import Any

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import from_python
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Circumstances
from composer.core.verdicts.rule import AnyRule, Finding
from composer.core.verdicts.rules import body
from tests.core.verdicts.cases import NOW, TOKEN, RuleCase, event, findings, request_from

UUID = "019a964c-b1c0-769e-b2a7-4de452e6b438"
SOUND = event()
BARE = {"event": "invoice paid", "distinct_id": "cust-20417"}
DEST = Destination(
    id="us",
    name="Larkspur",
    kind=DestinationKind.US,
    address="https://us.i.posthog.com",
    token=TOKEN,
)


def batch(*events: Any, **members: Any) -> dict[str, Any]:
    return {"api_key": TOKEN, "batch": list(events)} | members


CASES = (
    RuleCase(rule="body.not_events_shape", triggers='"text"', quiet=SOUND),
    RuleCase(rule="body.not_events_shape", triggers="null", quiet=""),
    RuleCase(rule="body.not_events_shape", triggers=[SOUND, 5], quiet=[SOUND]),
    RuleCase(rule="body.not_events_shape", triggers=batch(BARE, [BARE]), quiet=batch(BARE)),
    RuleCase(
        rule="body.not_events_shape",
        triggers=batch() | {"batch": BARE},
        quiet=event(batch="of text beside an event"),
    ),
    RuleCase(
        rule="body.not_events_shape",
        triggers=batch(BARE, api_key=5),
        quiet=batch(BARE, api_key=None),
    ),
    RuleCase(
        rule="body.not_events_shape",
        triggers=batch(BARE, sent_at=1763717400),
        quiet=batch(BARE, sent_at=None),
    ),
    RuleCase(
        rule="body.not_events_shape",
        triggers=batch(BARE, historical_migration="true"),
        quiet=batch(BARE, historical_migration=True),
    ),
    RuleCase(rule="body.not_events_shape", triggers=event(api_key=5), quiet=event(api_key=None)),
    RuleCase(
        rule="body.not_events_shape", triggers=event(timestamp=True), quiet=event(timestamp=5)
    ),
    RuleCase(rule="body.not_events_shape", triggers=event(offset=10.0), quiet=event(offset=-10)),
    RuleCase(
        rule="body.not_events_shape", triggers=event(offset=2**63), quiet=event(offset=2**63 - 1)
    ),
    RuleCase(rule="batch.no_top_token", triggers={"batch": [BARE]}, quiet=batch(BARE)),
    RuleCase(
        rule="batch.no_top_token",
        triggers={"api_key": None, "$token": "phc_a", "batch": [SOUND]},
        quiet={"token": "phc_a", "batch": [SOUND]},
    ),
    RuleCase(rule="batch.no_top_token", triggers={"batch": [SOUND]}, quiet=[SOUND]),
    RuleCase(rule="batch.one_bad", triggers=batch(BARE, {"event": "a"}), quiet=batch(BARE, BARE)),
    RuleCase(
        rule="batch.one_bad", triggers=[SOUND, event(event=5)], quiet=[SOUND, event(event=" ")]
    ),
    RuleCase(
        rule="batch.one_bad",
        triggers=[SOUND, event(uuid="x")],
        quiet=[SOUND, event(uuid=""), event(uuid=UUID.upper())],
    ),
    RuleCase(rule="batch.one_bad", triggers=[SOUND, event(uuid=False)], quiet=[event(uuid="x")]),
    RuleCase(
        rule="batch.one_bad",
        triggers=[SOUND, event(properties=[])],
        quiet=[SOUND, {"event": "$performance_event", "properties": {"$cookieless_mode": 5}}],
    ),
    RuleCase(
        rule="batch.one_bad",
        triggers=[SOUND, event(properties={"$cookieless_mode": "on"})],
        quiet=[SOUND, event(properties={"$cookieless_mode": True})],
    ),
    RuleCase(
        rule="batch.one_bad",
        triggers=batch(BARE, event(token="phc_b")),
        quiet=[{"event": "a", "more": 1, "distinct_id": [5]}, SOUND],
    ),
)


def found(rule: AnyRule, content: Any, destination: Destination | None = None) -> list[Finding]:
    request = request_from(content)
    known = Circumstances(now=NOW, shape=request.shape, destination=destination)
    return findings(rule, request, known)


def after(rule: AnyRule, content: Any, destination: Destination | None = None) -> object:
    """The body after the mend of the only finding."""
    (finding,) = found(rule, content, destination)
    assert finding.mend is not None
    return mended(from_python(content), finding.mend.edits)


@pytest.mark.parametrize(
    ("members", "better"),
    [
        ({"offset": 10.0}, {"offset": 10}),
        ({"offset": "-500"}, {"offset": -500}),
        ({"timestamp": ["2026"]}, {}),
    ],
)
def test_a_field_of_a_wrong_type_is_mended(members: dict[str, Any], better: dict[str, Any]) -> None:
    assert after(body.not_events_shape, event(**members)) == from_python(event(**better))
    inside = after(body.not_events_shape, batch(BARE, BARE | members))
    assert inside == from_python(batch(BARE, BARE | better))


@pytest.mark.parametrize(("flag", "better"), [("true", True), (0, False), ("False", False)])
def test_a_flag_of_a_batch_becomes_true_or_false(flag: Any, better: bool) -> None:
    content = batch(BARE, historical_migration=flag)
    mended_body = batch(BARE, historical_migration=better)
    assert after(body.not_events_shape, content) == from_python(mended_body)


@pytest.mark.parametrize("member", [{"offset": 1.5}, {"offset": "soon"}, {"token": {}}])
def test_what_cannot_be_guessed_has_no_mend(member: dict[str, Any]) -> None:
    (finding,) = found(body.not_events_shape, BARE | member)
    assert finding.mend is None


def test_sent_at_of_a_wrong_type_is_left_out() -> None:
    content = batch(BARE, sent_at=1763717400)
    assert after(body.not_events_shape, content) == from_python(batch(BARE))


def test_an_entry_that_is_no_event_is_told_with_its_number() -> None:
    (finding,) = found(body.not_events_shape, batch(BARE, "text", BARE))
    assert finding.path == ("batch", 1)
    assert finding.says.startswith("Entry 2 ")


@pytest.mark.parametrize(
    ("content", "better"),
    [
        ({"batch": [SOUND, BARE]}, {"batch": [SOUND, BARE], "api_key": TOKEN}),
        ({"$token": "phc_b", "batch": []}, {"api_key": "phc_b", "batch": []}),
        ({"token": None, "batch": [SOUND]}, {"token": TOKEN, "batch": [SOUND]}),
    ],
)
def test_a_batch_takes_its_token_from_where_one_stands(content: Any, better: Any) -> None:
    assert after(body.no_top_token, content) == from_python(better)


def test_a_batch_without_any_token_takes_that_of_the_destination() -> None:
    assert after(body.no_top_token, {"batch": [BARE]}, DEST) == from_python(
        {"batch": [BARE], "api_key": TOKEN}
    )
    several = {"batch": [event(api_key="phc_a"), event(api_key="phc_b")]}
    assert found(body.no_top_token, several)[0].mend is None


def test_the_bad_event_is_named_with_its_place_and_fault() -> None:
    (finding,) = found(body.one_bad, batch(BARE, {"event": "a"}, BARE, {"distinct_id": "b"}))
    assert finding.path == ("batch", 1)
    assert finding.says == (
        "Event 2 of 4 has no person's ID, and 1 more is wrong: PostHog refuses all 4 events."
    )
