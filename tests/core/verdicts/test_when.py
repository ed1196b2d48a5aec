"""The rules about time."""

from datetime import timedelta

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import when
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    found,
    mended_event,
    with_properties,
)

SOUND = event(timestamp="2026-11-21T09:00:00Z")
BATCH = {"api_key": "phc_a", "batch": [SOUND]}
CASES = (
    RuleCase(rule="time.number", triggers=event(timestamp=1763717400), quiet=SOUND),
    RuleCase(rule="time.unreadable", triggers=event(timestamp="last Tuesday"), quiet=SOUND),
    RuleCase(rule="time.future", triggers=event(timestamp="2026-11-22T08:31:00Z"), quiet=SOUND),
    RuleCase(
        rule="time.year_range", triggers=event(timestamp="-0044-03-15T12:00:00Z"), quiet=SOUND
    ),
    RuleCase(rule="time.no_zone", triggers=event(timestamp="2026-11-21T09:00:00"), quiet=SOUND),
    RuleCase(rule="time.epoch", triggers=event(timestamp="1763717400"), quiet=SOUND),
    RuleCase(rule="time.day_month", triggers=event(timestamp="01/02/2026"), quiet=SOUND),
    RuleCase(
        rule="time.sent_at_skew",
        triggers=BATCH | {"sent_at": "2026-11-21T09:00:00Z"},
        quiet={
            **BATCH,
            "sent_at": "2026-11-21T09:00:00Z",
            "batch": [SOUND | {"properties": {"$ignore_sent_at": True}}],
        },
        sent_at=NOW - timedelta(minutes=30),
    ),
    RuleCase(
        rule="time.sent_at_single", triggers=event(sent_at="2026-11-21T09:00:00Z"), quiet=SOUND
    ),
    RuleCase(
        rule="time.offset",
        triggers=event(timestamp="2026-11-21T09:00:00Z", offset=5000),
        quiet=event(offset=5000),
    ),
    RuleCase(rule="time.prop_time", triggers=with_properties(time="2026-11-21"), quiet=SOUND),
    RuleCase(
        rule="time.historical_lane", triggers=event(timestamp="2026-11-01T00:00:00Z"), quiet=SOUND
    ),
)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (when.number, 1763717400, "2025-11-21T09:30:00.000Z"),
        (when.number, 1763717400123, "2025-11-21T09:30:00.123Z"),
        (when.epoch, "1763717400", "2025-11-21T09:30:00.000Z"),
        (when.no_zone, "2026-11-21 09:30:00", "2026-11-21T09:30:00.000Z"),
        (when.day_month, "01/02/2026 10:00", "2026-01-02T10:00:00.000Z"),
    ],
)
def test_a_mended_time_is_the_time_that_posthog_would_read(
    rule: AnyRule, before: object, after: str
) -> None:
    assert mended_event(rule, event(timestamp=before)) == from_python(event(timestamp=after))


def test_a_property_becomes_the_time_where_there_is_none() -> None:
    before = with_properties(time="2026-11-20T10:00:00Z", plan="pro")
    after = event(properties={"plan": "pro"}, timestamp="2026-11-20T10:00:00Z")
    assert mended_event(when.prop_time, before) == from_python(after)


def test_a_skew_is_told_with_its_size_and_direction() -> None:
    case = next(case for case in CASES if case.rule == "time.sent_at_skew")
    (finding,) = found(when.sent_at_skew, case, case.triggers)
    assert finding.says == "PostHog moves every time by 30 minutes ahead."


@pytest.mark.parametrize("number", ["1e400", "-1", "99999999999999999999", "0.5"])
def test_a_number_that_is_no_time_is_told_without_a_mend_or_with_a_readable_one(
    number: str,
) -> None:
    body = f'{{"event":"a","distinct_id":"b","timestamp":{number}}}'
    (finding,) = found(when.number, RuleCase(rule="", triggers=None, quiet=None), body)
    assert finding.mend is None or finding.mend.label.startswith("Write it as")
