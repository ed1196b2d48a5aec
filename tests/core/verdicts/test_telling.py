"""A report as lines and as JSON."""

import json
from typing import Any

from composer.core.jsontext import Layout, encode
from composer.core.verdicts.judging import Judge
from composer.core.verdicts.listing import Treatment, as_records, listed, treatment_of
from composer.core.verdicts.request import Circumstances
from composer.core.verdicts.rule import UnknowableRule
from composer.core.verdicts.rules import ALL
from composer.core.verdicts.telling import pointer, record, report_lines
from composer.core.verdicts.verdict import Report
from tests.core.verdicts.cases import NOW, TOKEN, event, request_from, with_properties


def report_on(body: Any) -> Report:
    request = request_from(body)
    known = Circumstances(now=NOW, shape=request.shape)
    return Judge(lambda _request, _known: "").judge(request, known)


def test_lines_say_what_happens_where_and_what_to_do() -> None:
    body = '{\n  "api_key": "TOKEN",\n  "event": "paid",\n  "distinct_id": " a"\n}'
    told = "\n".join(report_lines(report_on(body.replace("TOKEN", TOKEN))))
    assert "Stored, but not as typed\n  PostHog keeps the spaces around the ID" in told
    assert "    Remove the spaces.\n    at distinct_id, line 4:18\n    id.padding, from" in told
    assert told.splitlines()[-1].startswith("Will be stored, but not as typed: ")


def test_a_field_that_is_missing_is_placed_where_it_would_stand() -> None:
    told = "\n".join(report_lines(report_on(with_properties(a=1))))
    assert "at properties.$geoip_disable, line 1:" in told


def test_the_same_verdict_on_many_events_is_told_once() -> None:
    events = [event(api_key=None, timestamp="x", distinct_id=f"p{n}") for n in range(1200)]
    told = list(report_lines(report_on({"api_key": TOKEN, "batch": events})))
    assert sum("cannot read this date" in line for line in told) == 1
    assert "    and at 1,197 more places" in told
    assert len(told) < 60


def test_some_lost_events_are_counted() -> None:
    events = [event(api_key=None), event(api_key=None, event="$snapshot")]
    told = list(report_lines(report_on({"api_key": TOKEN, "batch": events})))
    assert "; 1 of 2 events will be lost: 1 lost, " in told[-1]


def test_what_an_event_says_cannot_steer_the_terminal() -> None:
    told = "\n".join(report_lines(report_on(event(**{"\x1b[31m": 1}))))
    assert "\x1b" not in told


def test_text_that_is_no_json_has_no_lines_to_point_at() -> None:
    told = list(report_lines(report_on("{")))
    assert told == ["Will be stored"]  # the service was said to take it


def test_a_record_is_whole() -> None:
    found = [
        json.loads(encode(record(one), Layout.COMPACT))
        for one in report_on({"api_key": TOKEN, "batch": [event(timestamp="x")]}).verdicts
    ]
    (unreadable,) = (one for one in found if one["rule"] == "time.unreadable")
    assert unreadable.pop("docs").startswith("https://posthog.com/docs/")
    assert unreadable == {
        "rule": "time.unreadable",
        "severity": "altered",
        "path": "/batch/0/timestamp",
        "message": "PostHog cannot read this date and takes the time of arrival.",
        "fix": "Choose a time from the calendar, or write it like 2026-11-21T09:30:00Z.",
        "event": 0,
        "certainty": "from PostHog's documentation",
        "mendable": False,
    }


def test_a_pointer_escapes_its_own_signs() -> None:
    assert pointer(("properties", "a/b~c", 0)) == "/properties/a~1b~0c/0"
    assert pointer(()) == ""


def test_every_rule_is_listed_with_how_it_is_treated() -> None:
    records = [json.loads(encode(one, Layout.COMPACT)) for one in as_records()]
    assert sorted(one["rule"] for one in records) == sorted(rule.rule.id for rule in ALL)
    assert {one["treatment"] for one in records} == {"checked", "mendable", "unknowable"}
    for one in records:
        assert ("because" in one) is ("ask" in one) is (one["treatment"] == "unknowable")
    lines = list(listed())
    assert lines[0].startswith(f"{len(ALL)} rules: ")
    assert sum(line.startswith("    What would tell: ") for line in lines) == 15


def test_most_rules_of_the_reference_are_checked() -> None:
    assert len(ALL) == 151
    unknowable = [rule for rule in ALL if treatment_of(rule) is Treatment.UNKNOWABLE]
    assert unknowable == [rule for rule in ALL if isinstance(rule, UnknowableRule)]
    assert len(ALL) - len(unknowable) >= 115
