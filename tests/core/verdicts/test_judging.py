"""All rules over one body, and the capture service's word on what is refused."""

from datetime import timedelta
from typing import Any

from composer.core.jsontext import Object, parse
from composer.core.verdicts.judging import Judge
from composer.core.verdicts.mending import Rewrite
from composer.core.verdicts.outlook import Outlook
from composer.core.verdicts.request import Circumstances, Event, Request, request_of
from composer.core.verdicts.rule import Finding, RequestRule
from composer.core.verdicts.rules import ALL
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report, Verdict
from tests.core.verdicts import test_every_rule
from tests.core.verdicts.cases import NOW, TOKEN, event, found, request_from


def takes(_request: Request, _known: Circumstances) -> str:
    return ""


def refuses(words: str) -> Judge:
    return Judge(lambda _request, _known: words)


def report_on(body: Any, judge: Judge | None = None, **known: Any) -> Report:
    request = request_from(body)
    there = Circumstances(now=NOW, shape=request.shape, **known)
    return (judge or Judge(takes)).judge(request, there)


def ids(report: Report, severity: Severity) -> list[str]:
    return [verdict.rule.id for verdict in report.verdicts if verdict.severity is severity]


SOUND = event(properties={"$geoip_disable": True})
BATCH = {"api_key": TOKEN, "batch": [event(api_key=None), event(api_key=None, event="$snapshot")]}


def test_a_sound_event_will_be_stored() -> None:
    report = report_on(SOUND)
    assert report.forecast.outlook is Outlook.STORED
    assert {verdict.severity for verdict in report.verdicts} <= {Severity.ADVICE}


def test_what_is_no_refusal_of_the_service_is_no_error() -> None:
    assert "event.missing" in ids(report_on({}, refuses("no")), Severity.ERROR)
    assert ids(report_on({}), Severity.ERROR) == []
    assert Severity.ERROR not in report_on({}).forecast.counts


def test_a_refusal_that_no_rule_finds_is_told_by_the_rule_its_words_stand_for() -> None:
    report = report_on(SOUND, refuses("event submitted without a distinct_id"))
    assert ids(report, Severity.ERROR) == ["id.missing"]
    assert report.forecast.outlook is Outlook.REFUSED


def test_a_refusal_that_no_rule_is_about_is_told_in_the_words_of_the_service() -> None:
    report = report_on(SOUND, refuses("the moon is full"))
    (verdict,) = (one for one in report.verdicts if one.severity is Severity.ERROR)
    assert verdict.rule.id == "refused"
    assert "the moon is full" in verdict.says


def test_the_worst_stands_first_then_the_order_of_the_events() -> None:
    worst_first = list(Severity)
    report = report_on(BATCH)
    places = [worst_first.index(verdict.severity) for verdict in report.verdicts]
    assert places == sorted(places)
    altered = [one.event for one in report.verdicts if one.severity is Severity.ALTERED]
    assert altered == sorted(altered, key=lambda index: -1 if index is None else index)


def test_paths_and_mends_begin_at_the_body() -> None:
    (verdict,) = (one for one in report_on(BATCH).verdicts if one.rule.id == "event.internal_lane")
    assert (verdict.path, verdict.event) == (("batch", 1, "event"), 1)
    mended = next(one for one in report_on(BATCH).verdicts if one.event == 1 and one.mend)
    assert mended.mend is not None
    edits = [edit for edit in mended.mend.edits if not isinstance(edit, Rewrite)]
    assert edits
    assert all(edit.path[:2] == ("batch", 1) for edit in edits)


def test_some_events_of_many_are_counted_as_lost() -> None:
    forecast = report_on(BATCH).forecast
    assert (forecast.lost, forecast.events) == (1, 2)
    assert forecast.needs_asking


def plain(verdict: Verdict) -> tuple[Any, ...]:
    return verdict.rule.id, verdict.severity, verdict.path, verdict.event, verdict.says


def batch_of(*events: Object) -> Request:
    value = Object((("api_key", TOKEN), ("batch", events)))
    return request_of(value, text=None, size=1000)


def payload(text: str) -> Object:
    found = parse(text)
    assert isinstance(found, Object)
    return found


ONE, OTHER, LOST = (
    payload(f'{{"event":"{name}","distinct_id":"a"}}') for name in ("paid", " paid", "$snapshot")
)


def test_judging_again_says_the_same_as_judging_anew() -> None:
    judge = Judge(takes)
    for events in [(ONE,), (ONE, OTHER), (LOST, ONE, OTHER), (ONE, ONE, LOST), (OTHER,), ()]:
        request = batch_of(*events)
        known = Circumstances(now=NOW, path="/batch", shape=request.shape)
        again, anew = judge.judge(request, known), Judge(takes).judge(request, known)
        assert [*map(plain, again.verdicts)] == [*map(plain, anew.verdicts)]
        assert again.forecast == anew.forecast


def test_an_event_that_stayed_the_same_is_not_judged_again() -> None:
    judge = Judge(takes)
    first = judge.judge(batch_of(ONE, OTHER), Circumstances(now=NOW)).request.events
    after = judge.judge(batch_of(LOST, ONE), Circumstances(now=NOW)).request.events
    assert after[1] is first[0]
    assert "members" in vars(first[0])


def test_other_circumstances_have_everything_judged_again() -> None:
    judge = Judge(takes)
    event = judge.judge(batch_of(ONE), Circumstances(now=NOW)).request.events[0]
    soon = Circumstances(now=NOW + timedelta(minutes=5))
    assert judge.judge(batch_of(ONE), soon).request.events[0] is event
    late = Circumstances(now=NOW + timedelta(minutes=11))
    assert judge.judge(batch_of(ONE), late).request.events[0] is not event
    other = judge.judge(batch_of(ONE), Circumstances(now=late.now, path="/e")).request.events[0]
    assert isinstance(other, Event)


def test_of_what_is_taken_the_rules_about_refusals_alone_have_nothing_to_say() -> None:
    """The judge passes them over there; two of them tell of other things too."""
    milder = {"token.personal_key", "token.shape"}
    for rule in ALL:
        if not isinstance(rule, RequestRule) or rule.rule.severity is not Severity.ERROR:
            continue
        findings: list[Finding] = []
        for case in test_every_rule.CASES:
            findings += found(rule, case, case.triggers) + found(rule, case, case.quiet)
        assert rule.rule.id in milder or not any(one.severity for one in findings)


def test_every_case_of_every_rule_is_told_of_a_request_that_is_refused() -> None:
    for case in test_every_rule.CASES:
        request = request_from(case.triggers)
        report = refuses("no").judge(request, case.circumstances(request))
        assert case.rule in {verdict.rule.id for verdict in report.verdicts}
