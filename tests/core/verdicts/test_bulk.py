"""The rules about imports, a project's settings and properties."""

from datetime import timedelta

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import from_python, get_at
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Memory
from composer.core.verdicts.rules import bulk
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    found,
    mended_event,
    request_from,
    with_properties,
)


def place(kind: DestinationKind, token: str = "") -> Destination:
    return Destination(id="x", name="X", kind=kind, address="https://us.i.posthog.com", token=token)


def imported(*times: str) -> dict[str, object]:
    events = [event(timestamp=time) for time in times]
    return {"api_key": "phc_a", "historical_migration": True, "batch": events}


SOUND = event()
CASES = (
    RuleCase(
        rule="hist.single",
        triggers=event(historical_migration=True),
        quiet=imported("2024-03-04T08:15:00Z"),
    ),
    RuleCase(
        rule="hist.young",
        triggers=imported("2026-11-19T09:30:01Z"),
        quiet=imported("2026-11-19T09:30:00Z"),
        historical=True,
    ),
    RuleCase(
        rule="hist.no_timestamp",
        triggers={"api_key": "phc_a", "historical_migration": True, "batch": [SOUND]},
        quiet=imported("2024-03-04T08:15:00Z"),
        historical=True,
    ),
    RuleCase(
        rule="props.reserved", triggers=with_properties(ph_product_tours={"a": 1}), quiet=SOUND
    ),
    RuleCase(
        rule="props.name_length",
        triggers=with_properties(**{"é" * 101: 1}),
        quiet=with_properties(**{"é" * 100: 1}),
    ),
    RuleCase(
        rule="props.type_fixed",
        triggers=with_properties(seats="12"),
        quiet=with_properties(seats=12, plan="pro"),
        memory=Memory(kinds={"seats": "number", "paid": "yes or no"}),
    ),
    RuleCase(
        rule="props.utm_flag_text",
        triggers=with_properties(utm_campaign=2026),
        quiet=with_properties(**{"utm_campaign": "2026", "$feature/a": True, "seats": 3}),
    ),
    RuleCase(
        rule="data.permanent",
        triggers=SOUND,
        quiet={"api_key": "phc_a", "batch": []},
        other={"destination": place(DestinationKind.EU)},
    ),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)


def test_a_mark_in_an_event_is_removed() -> None:
    after = mended_event(bulk.single, event(historical_migration=True))
    assert after == from_python(event())


def test_young_events_are_counted_and_the_mark_is_taken_from_the_batch() -> None:
    body = imported("2026-11-21T08:00:00Z", "2024-03-04T08:15:00Z", "2026-11-20T08:00:00Z")
    (finding,) = found(bulk.young, ANY, body)
    assert finding.says.startswith("2 events are less than 48 hours old")
    assert finding.mend is not None
    after = mended(request_from(body).value, finding.mend.edits)
    assert after == from_python(
        {key: value for key, value in body.items() if key != "historical_migration"}
    )


def test_an_event_without_a_time_is_told_by_another_rule() -> None:
    body = {"api_key": "phc_a", "historical_migration": True, "batch": [event()]}
    assert not found(bulk.young, ANY, body)


def test_the_age_follows_an_offset_and_the_clock_of_the_sender() -> None:
    old = {"api_key": "phc_a", "historical_migration": True, "batch": [event(offset=200_000_000)]}
    assert not found(bulk.young, ANY, old)
    case = RuleCase(rule="", triggers=None, quiet=None, sent_at=NOW + timedelta(days=3))
    assert not found(bulk.young, case, imported("2026-11-21T08:00:00Z"))


@pytest.mark.parametrize("offset", [10**17, -(10**17), 1.5, "7", [1]])
def test_an_impossible_offset_is_no_time(offset: object) -> None:
    body = {"api_key": "phc_a", "historical_migration": True, "batch": [event(offset=offset)]}
    assert not found(bulk.young, ANY, body)


def test_what_posthog_removes_can_be_removed_before() -> None:
    after = mended_event(bulk.reserved, with_properties(ph_product_tours=[], plan="pro"))
    assert after == from_python(with_properties(plan="pro"))


def test_an_event_under_a_secret_token_may_be_verified() -> None:
    body = with_properties(**{"$verified": True})
    assert found(bulk.reserved, ANY, body)
    assert not found(bulk.reserved, ANY, body | {"api_key": "phs_a"})
    in_batch = {key: value for key, value in body.items() if key != "api_key"}
    other = {"destination": place(DestinationKind.US, "phs_a")}
    case = RuleCase(rule="", triggers=None, quiet=None, other=other)
    assert not found(bulk.reserved, case, in_batch)


def test_elements_belong_to_events_about_clicks() -> None:
    elements = [{"tag_name": "button"}]
    body = with_properties(**{"$elements": elements})
    (finding,) = found(bulk.reserved, ANY, body)
    assert finding.mend is None
    assert not found(bulk.reserved, ANY, body | {"event": "$autocapture"})


def test_a_time_of_sending_is_written_over_only_if_the_request_has_one() -> None:
    body = with_properties(**{"$sent_at": "2026-11-21T09:00:00Z"})
    assert not found(bulk.reserved, ANY, body)
    assert found(bulk.reserved, RuleCase(rule="", triggers=None, quiet=None, sent_at=NOW), body)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (with_properties(**{"$set": {"x" * 201: 1}}), ("properties", "$set")),
        (with_properties(**{"$group_set": {"x" * 201: 1}}), ("properties", "$group_set")),
        (event(**{"$set_once": {"x" * 201: 1}}), ("$set_once",)),
    ],
)
def test_names_of_people_and_groups_are_measured_too(body: object, path: tuple[str, ...]) -> None:
    (finding,) = found(bulk.name_length, ANY, body)
    assert finding.path == (*path, "x" * 201)
    assert get_at(request_from(body).value, finding.path) == from_python(1)


def test_the_words_name_both_kinds() -> None:
    case = next(case for case in CASES if case.rule == "props.type_fixed")
    (finding,) = found(bulk.type_fixed, case, case.triggers)
    assert finding.says.startswith("First sent as number, now as text")


def test_a_number_that_is_always_text_is_quoted_as_it_is_spelled() -> None:
    after = mended_event(bulk.utm_flag_text, '{"event":"a","properties":{"utm_term":7}}')
    assert after == from_python({"event": "a", "properties": {"utm_term": "7"}})


def test_an_answer_to_a_survey_is_told_once() -> None:
    body = event(event="survey sent", properties={"$survey_response": 9})
    assert not found(bulk.utm_flag_text, ANY, body)


def test_the_sandbox_forgets_everything() -> None:
    sandbox = RuleCase(
        rule="", triggers=None, quiet=None, other={"destination": place(DestinationKind.SANDBOX)}
    )
    assert not found(bulk.permanent, sandbox, SOUND)
    assert not found(bulk.permanent, ANY, SOUND)
