"""The rules about the event's ID and about repeats."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from composer.core.ids import uuid7, uuid7_milliseconds
from composer.core.jsontext import from_python, get_at
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Memory, Sent
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import event_id
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    found,
    mended_event,
    request_from,
    with_properties,
)

WHEN = "2026-11-20T09:30:00Z"
THEN = 1_795_167_000_000  # the same in milliseconds
ID = uuid7(THEN, 7)
V4 = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"
SOUND = event(uuid=ID, timestamp=WHEN)
SAME = Sent(event="invoice paid", distinct_id="cust-20417", day=date(2026, 11, 20))
CASES = (
    RuleCase(rule="uuid.invalid", triggers=event(uuid="order-17"), quiet=SOUND),
    RuleCase(rule="uuid.empty", triggers=event(uuid=""), quiet=event(uuid=None)),
    RuleCase(
        rule="uuid.duplicate",
        triggers={"api_key": "phc_a", "batch": [SOUND, SOUND | {"event": "invoice sent"}]},
        quiet={"api_key": "phc_a", "batch": [SOUND, event(uuid=uuid7(THEN, 8)), event()]},
    ),
    RuleCase(
        rule="uuid.time_mismatch",
        triggers=event(uuid=ID, timestamp="2026-11-16T09:30:00Z"),
        quiet=SOUND,
    ),
    RuleCase(
        rule="uuid.not_v7",
        triggers=event(uuid=V4, properties={"$lib": "event-composer"}),
        quiet=event(uuid=V4, properties={"$lib": "posthog-python"}),
    ),
    RuleCase(
        rule="uuid.other_ids",
        triggers=with_properties(**{"$insert_id": ID}),
        quiet=event(uuid=ID, properties={"$insert_id": ID}),
    ),
)


def hearing(rule: AnyRule, body: Any, **known: Any) -> list[Any]:
    return found(rule, RuleCase(rule="", triggers=None, quiet=None, **known), body)


@pytest.mark.parametrize("value", [12, True, [], {}, " ", f" {ID}", "00000000", ID + "0"])
def test_what_the_service_cannot_read_as_a_uuid_is_told(value: object) -> None:
    assert hearing(event_id.invalid, event(uuid=value))


@pytest.mark.parametrize(
    "value",
    [ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", V4, f"{0:032x}", ""],
)
def test_every_spelling_of_a_uuid_that_the_service_reads_passes(value: str) -> None:
    assert not hearing(event_id.invalid, event(uuid=value))
    assert not hearing(event_id.invalid, '{"event":"a","uuid":null}')


def test_spaces_around_the_id_are_removed_and_the_id_stays() -> None:
    assert mended_event(event_id.invalid, event(uuid=f" {ID}\n")) == from_python(event(uuid=ID))


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (event_id.invalid, "order-17"),
        (event_id.empty, ""),
        (event_id.time_mismatch, uuid7(THEN - 4 * 86_400_000, 1)),
        (event_id.not_v7, V4),
    ],
)
def test_a_new_id_has_the_time_of_the_event_and_nothing_else_changes(
    rule: AnyRule, value: str
) -> None:
    before = event(uuid=value, timestamp=WHEN, properties={"$lib": "event-composer"})
    after = mended_event(rule, before, randomness=123456789)
    made = get_at(after, ("uuid",))
    assert isinstance(made, str)
    assert uuid7_milliseconds(made) == THEN
    assert after == from_python(before | {"uuid": made})


def test_an_id_without_a_time_beside_it_takes_the_present() -> None:
    made = get_at(mended_event(event_id.empty, event(uuid="")), ("uuid",))
    assert uuid7_milliseconds(str(made)) == NOW.timestamp() * 1000


def test_events_of_a_batch_that_differ_get_different_ids() -> None:
    items = [event(uuid="", timestamp=WHEN, event=f"step {step}") for step in range(20)]
    findings = hearing(event_id.empty, {"api_key": "phc_a", "batch": items})
    assert len({finding.mend.edits[0].value for finding in findings}) == 20


def test_no_id_is_made_for_a_time_before_1970() -> None:
    (finding,) = hearing(event_id.empty, event(uuid="", timestamp="1969-12-31T23:00:00Z"))
    assert finding.mend is None


@pytest.mark.parametrize(("days", "told"), [(3, False), (-3, False), (4, True), (-4, True)])
def test_an_id_is_findable_up_to_three_days_from_its_own_time(days: int, told: bool) -> None:
    moved = datetime(2026, 11, 15, 12, tzinfo=UTC)
    own = uuid7(int((moved + timedelta(days=days)).timestamp() * 1000), 0)
    body = event(uuid=own, timestamp=moved.isoformat())
    assert bool(hearing(event_id.time_mismatch, body)) is told


@pytest.mark.parametrize(
    "members",
    [
        {"timestamp": "2027-11-20T09:30:00Z"},  # in the future: the time of arrival is stored
        {"timestamp": "last Tuesday"},
        {"timestamp": "2026-11-01T00:00:00Z", "offset": 60_000},
        {"offset": 10**30},
        {"offset": 1.5},
    ],
)
def test_the_id_is_compared_with_the_time_that_is_stored(members: dict[str, Any]) -> None:
    assert not hearing(event_id.time_mismatch, event(uuid=ID, **members))


def test_the_correction_of_clocks_counts_for_the_time_that_is_stored() -> None:
    body = event(uuid=ID, timestamp=WHEN)
    ahead = NOW + timedelta(days=10)
    assert hearing(event_id.time_mismatch, body, sent_at=ahead)
    kept = body | {"properties": {"$ignore_sent_at": True}}
    assert not hearing(event_id.time_mismatch, kept, sent_at=ahead)


@pytest.mark.parametrize("library", [None, "", 7, "web"])
def test_another_version_is_told_only_for_programs_that_posthog_does_not_know(
    library: object,
) -> None:
    assert not hearing(event_id.not_v7, event(uuid=V4, properties={"$lib": library}))


@pytest.mark.parametrize("body", [event(messageId=ID), event(event_id=ID)])
def test_another_id_that_is_a_uuid_becomes_the_event_id(body: dict[str, Any]) -> None:
    assert mended_event(event_id.other_ids, body) == from_python(body | {"uuid": ID})


def test_another_id_that_is_no_uuid_is_told_without_a_mend() -> None:
    (finding,) = hearing(event_id.other_ids, event(messageId="m-1"))
    assert finding.path == ("messageId",)
    assert finding.mend is None


def test_equal_copies_in_a_batch_become_one_and_others_stay_two() -> None:
    batch = [SOUND, SOUND, SOUND | {"event": "x", "distinct_id": "y", "uuid": ID.upper()}]
    equal, other = hearing(event_id.duplicate, {"api_key": "phc_a", "batch": batch})
    assert equal.path == ("batch", 1, "uuid")
    assert equal.says == "Event 1 has the same ID: both count until PostHog keeps only one."
    assert other.path == ("batch", 2, "uuid")
    assert other.says == "Event 1 has the same ID with another name and person: PostHog keeps both."


def test_new_ids_for_a_batch_leave_no_duplicate() -> None:
    body = from_python({"api_key": "phc_a", "batch": [SOUND] * 5})
    findings = hearing(event_id.duplicate, {"api_key": "phc_a", "batch": [SOUND] * 5})
    for finding in findings:
        body = mended(body, finding.mend.edits)
    items = get_at(body, ("batch",))
    assert isinstance(items, tuple)
    assert len({get_at(item, ("uuid",)) for item in items}) == 5


def test_the_same_event_again_is_only_advice() -> None:
    (finding,) = hearing(event_id.duplicate, SOUND, memory=Memory(sent={ID: SAME}))
    assert finding.severity is Severity.ADVICE
    assert finding.mend is None


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        (Sent(event="invoice sent", distinct_id="cust-20417", day=date(2026, 11, 20)), "name"),
        (Sent(event="invoice paid", distinct_id="cust-1", day=None), "person"),
        (Sent(event="invoice paid", distinct_id="cust-20417", day=date(2026, 11, 19)), "day"),
    ],
)
def test_an_id_that_another_event_had_is_told_with_the_difference(sent: Sent, word: str) -> None:
    for body in (SOUND, SOUND | {"uuid": ID.upper()}, SOUND | {"uuid": ID.replace("-", "")}):
        (finding,) = hearing(event_id.duplicate, body, memory=Memory(sent={ID: sent}))
        assert finding.severity is None
        assert f"another {word}:" in finding.says
        after = mended(request_from(body).value, finding.mend.edits)
        assert get_at(after, ("uuid",)) != ID
