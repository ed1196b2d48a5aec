"""The rules about the event's name."""

from typing import Any

import pytest

from composer.core import events
from composer.core.jsontext import from_python
from composer.core.verdicts.request import Circumstances
from composer.core.verdicts.rule import AnyRule, Finding
from composer.core.verdicts.rules import name
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    findings,
    mended_event,
    request_from,
)

SOUND = event()
CASES = (
    RuleCase(rule="event.missing", triggers=event(event=None), quiet=SOUND),
    RuleCase(rule="event.missing", triggers='{"event": null}', quiet=event(event=" ")),
    RuleCase(rule="event.missing", triggers=event(event=""), quiet=event(event=5), path="/engage"),
    RuleCase(
        rule="event.missing",
        triggers={"api_key": "phc_a", "batch": [event(event=None)]},
        quiet={"api_key": "phc_a", "batch": [SOUND]},
        path="/engage",
    ),
    RuleCase(rule="event.blank", triggers=event(event=" \t"), quiet=event(event="")),
    RuleCase(rule="event.too_long", triggers=event(event="ä" * 201), quiet=event(event="ä" * 200)),
    RuleCase(
        rule="event.dollar_custom",
        triggers=event(event="$invoice paid"),
        quiet=event(event="$mcp_tool_call"),
    ),
    RuleCase(
        rule="event.dollar_custom",
        triggers=event(event="$$"),
        quiet=event(event="$pageview"),
    ),
    RuleCase(
        rule="event.lookalike", triggers=event(event="Survey sent"), quiet=event(event="error")
    ),
    RuleCase(
        rule="event.lookalike", triggers=event(event="pageview"), quiet=event(event="$pageview")
    ),
    RuleCase(rule="event.filtered", triggers=event(event="$performance_event"), quiet=SOUND),
    RuleCase(
        rule="event.internal_lane", triggers=event(event="$snapshot"), quiet=event(event="$set")
    ),
)


def found(rule: AnyRule, body: Any) -> list[Finding]:
    request = request_from(body)
    return findings(rule, request, Circumstances(now=NOW, shape=request.shape))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pageview", "$pageview"),
        ("$page", "$pageview"),
        ("page", "$pageview"),
        ("Page View", "$pageview"),
        ("$Pageview", "$pageview"),
        ("screen", "$screen"),
        ("identify", "$identify"),
        ("alias", "$create_alias"),
        ("create_alias", "$create_alias"),
        ("$alias", "$create_alias"),
        ("group", "$groupidentify"),
        ("$group", "$groupidentify"),
        ("$group_identify", "$groupidentify"),
        ("feature_flag_called", "$feature_flag_called"),
        ("Survey sent", "survey sent"),
        ("survey_sent", "survey sent"),
        ("$survey_sent", "survey sent"),
        ("exception", "$exception"),
        ("$error", "$exception"),
        ("$Set", "$set"),
        ("Application Opened", "Application opened"),
    ],
)
def test_a_lookalike_gets_the_exact_name(typed: str, meant: str) -> None:
    assert mended_event(name.lookalike, event(event=typed)) == from_python(event(event=meant))
    assert not found(name.dollar_custom, event(event=typed))
    assert not found(name.lookalike, event(event=meant))


@pytest.mark.parametrize("typed", ["set", "error", "invoice paid", "pages", "$", "", "x" * 50])
def test_ordinary_names_look_like_nothing(typed: str) -> None:
    assert not found(name.lookalike, event(event=typed))


def test_the_names_of_the_catalogue_are_known_here() -> None:
    names = {kind.event for kind in events.ALL if kind.event}
    assert names - name.BUILT_IN <= {"$group", "$page"}  # old names, converted when opened


def test_a_name_of_ones_own_loses_its_dollar() -> None:
    body = event(event="$invoice paid")
    assert mended_event(name.dollar_custom, body) == from_python(event())
    assert found(name.dollar_custom, event(event="$$"))[0].mend is None


def test_a_long_name_is_cut_where_posthog_cuts_it() -> None:
    body = event(event="ab" * 150)
    assert mended_event(name.too_long, body) == from_python(event(event="ab" * 100))
    (finding,) = found(name.too_long, body)
    assert finding.says == "PostHog cuts the name after 200 of its 300 characters."


def test_a_number_as_name_is_put_in_quotes() -> None:
    assert mended_event(name.missing, event(event=404)) == from_python(event(event="404"))


@pytest.mark.parametrize("members", [{"event_name": "paid"}, {"eventName": "paid", "event": ""}])
def test_a_name_under_another_key_gets_the_right_one(members: dict[str, str]) -> None:
    after = mended_event(name.missing, {"distinct_id": "a"} | members)
    assert after == from_python({"distinct_id": "a", "event": "paid"})


@pytest.mark.parametrize("value", ["true", "[]", "{}", "null"])
def test_a_name_of_any_other_type_is_told_without_a_mend(value: str) -> None:
    (finding,) = found(name.missing, f'{{"event": {value}}}')
    assert finding.mend is None
