"""What becomes of each event of a batch, and what refuses the whole of it."""

from typing import Any

import pytest

from composer.core.behaviour import Behaviour
from composer.core.ids import PLACEHOLDER_IDS
from tests.services.sandbox.v1.batches import (
    FIRST,
    OK,
    SECOND,
    Refusal,
    batch,
    drop,
    event,
    outcome,
    refusal,
    results,
    submit,
)

FAULTS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    # What breaks the event, what mends that again, and the detail; in the order of the checks.
    ({"event": "$performance_event"}, {"event": ""}, "dropped_performance_event"),
    ({"event": ""}, {"event": "n" * 201}, "missing_event_name"),
    ({"event": "n" * 201}, {"event": "door opened"}, "event_name_too_long"),
    ({"distinct_id": ""}, {"distinct_id": "d" * 201}, "missing_distinct_id"),
    ({"distinct_id": "d" * 201}, {"distinct_id": "visitor-7"}, "distinct_id_too_large"),
    ({"timestamp": "noon"}, {"timestamp": "2026-03-19T14:29:58Z"}, "invalid_event_timestamp"),
    ({"properties": []}, {"properties": {}}, "malformed_event_properties"),
    ({"options": []}, {"options": {}}, "invalid_options"),
]
QUOTA = Refusal(
    402,
    "billing_limit_exceeded",
    "Billing quota exceeded. Events are being dropped. Upgrade your plan to resume ingestion.",
    "https://posthog.com/docs/billing/limits",
)
QUOTA_REACHED = Behaviour(quota_reached=True)
AI_PATH = "/i/v1/ai/events"


@pytest.mark.parametrize(("broken", "details"), [(broken, why) for broken, _, why in FAULTS])
def test_a_fault_drops_its_event_alone(broken: dict[str, Any], details: str) -> None:
    judgement = submit(batch(event(**broken), event(uuid=SECOND)))
    assert results(judgement) == {FIRST: drop(details), SECOND: OK}
    assert [stored.uuid for stored in judgement.events] == [SECOND]
    (dropped,) = judgement.dropped
    sent = event(**broken)
    assert (dropped.uuid, dropped.reason) == (FIRST, details)
    assert (dropped.name, dropped.distinct_id) == (sent["event"], sent["distinct_id"])
    assert dropped.sent is not None
    assert dropped.sent.get("uuid") == FIRST


def test_faults_of_an_event_are_found_in_a_fixed_order() -> None:
    members: dict[str, Any] = {}
    for broken, _, _ in reversed(FAULTS):
        members |= broken
    for _, mended, details in FAULTS:
        assert outcome(**members) == drop(details)
        members |= mended
    assert outcome(**members) == OK


@pytest.mark.parametrize("value", [None, [1], "x", 1, True])
def test_properties_that_are_no_object_drop_the_event(value: Any) -> None:
    assert outcome(properties=value) == drop("malformed_event_properties")


def test_names_and_ids_are_measured_in_bytes() -> None:
    assert outcome(event="n" * 200, distinct_id="d" * 200) == OK
    assert outcome(event="é" * 100) == OK
    assert outcome(event="é" * 101) == drop("event_name_too_long")
    assert outcome(distinct_id="é" * 101) == drop("distinct_id_too_large")


def test_a_blank_name_is_a_name_but_a_blank_id_is_none() -> None:
    assert outcome(event=" ") == OK
    assert outcome(distinct_id=" \u3000\u0085") == drop("missing_distinct_id")
    assert outcome(distinct_id="\x1c") == OK


def test_an_id_is_trimmed_before_it_is_measured() -> None:
    judgement = submit(batch(event(distinct_id=f"  {'d' * 200}\n")))
    assert judgement.events[0].distinct_id == "d" * 200


@pytest.mark.parametrize("distinct_id", sorted(PLACEHOLDER_IDS))
def test_an_id_of_nobody_is_stored_without_a_person(distinct_id: str) -> None:
    told = OK | {"details": "person_processing_disabled"}
    assert outcome(distinct_id=distinct_id) == told
    assert outcome(distinct_id=f" {distinct_id.upper()}\t") == told


def test_small_and_capital_letters_are_those_of_ascii() -> None:
    assert outcome(distinct_id="bac\u212aend") == OK


def test_results_stand_in_the_order_of_the_events() -> None:
    order = [SECOND, FIRST, "0190f3c2-0000-7000-8000-000000000000"]
    judgement = submit(batch(*(event(uuid=uuid) for uuid in order)))
    assert list(results(judgement)) == order
    assert [stored.uuid for stored in judgement.events] == order


@pytest.mark.parametrize(
    "spelling",
    [FIRST.upper(), FIRST.replace("-", ""), f"{{{FIRST}}}", f"urn:uuid:{FIRST}", f" {FIRST}\n"],
)
def test_a_uuid_may_be_spelled_in_several_ways(spelling: str) -> None:
    judgement = submit(batch(event(uuid=spelling)))
    assert results(judgement) == {FIRST: OK}
    assert judgement.events[0].uuid == FIRST


@pytest.mark.parametrize("uuid", ["", "  "])
def test_a_missing_uuid_refuses_the_batch(uuid: str) -> None:
    expected = Refusal(400, "missing_event_uuid", "event submitted without a uuid")
    assert refusal(submit(batch(event(), event(uuid=uuid)))) == expected


def test_a_malformed_uuid_refuses_the_batch() -> None:
    found = refusal(submit(batch(event(), event(uuid="abc"))))
    assert (found.status, found.tag) == (400, "invalid_event_uuid")


def test_a_repeated_uuid_refuses_the_batch_however_it_is_spelled() -> None:
    words = f"duplicate event uuid: {FIRST.upper()}"
    repeated = batch(event(), event(uuid=SECOND), event(uuid=f" {FIRST.upper()} "))
    assert refusal(submit(repeated)) == Refusal(400, "duplicate_event_uuid", words)


def test_the_first_bad_uuid_is_told_even_if_events_before_it_are_dropped() -> None:
    events = event(event=""), event(event="", uuid=""), event()
    assert refusal(submit(batch(*events))).tag == "missing_event_uuid"


def test_an_empty_batch_is_refused_before_its_date_is_read() -> None:
    expected = Refusal(400, "empty_batch", "request batch is empty")
    assert refusal(submit('{"created_at":"today","batch":[]}')) == expected


@pytest.mark.parametrize("value", ["today", "", "2026-03-19", "2026-03-19T14:30:00", " "])
def test_a_batch_needs_the_date_of_its_making(value: str) -> None:
    words = f"invalid batch: created_at is not valid RFC 3339: {value}"
    found = refusal(submit(batch(event(uuid=""), created_at=value)))
    assert found == Refusal(400, "invalid_batch", words)


def test_a_batch_may_consist_of_drops_only() -> None:
    judgement = submit(batch(event(event="")))
    assert results(judgement) == {FIRST: drop("missing_event_name")}
    assert judgement.events == ()


def test_a_quota_that_is_reached_refuses_the_batch() -> None:
    assert (
        refusal(submit(batch(event(), event(uuid=SECOND, event="")), behaviour=QUOTA_REACHED))
        == QUOTA
    )


def test_a_batch_of_drops_uses_up_no_quota() -> None:
    judgement = submit(batch(event(event="")), behaviour=QUOTA_REACHED)
    assert results(judgement) == {FIRST: drop("missing_event_name")}


def test_no_error_says_when_to_come_again_for_what_will_not_change() -> None:
    for judgement in (submit(""), submit(behaviour=QUOTA_REACHED), submit()):
        assert "retry-after" not in dict(judgement.answer.headers)


def test_the_ai_path_takes_ai_events_only() -> None:
    events = event(event="$ai_trace"), event(uuid=SECOND)
    assert results(submit(batch(*events), path=AI_PATH)) == {
        FIRST: OK,
        SECOND: drop("misrouted_event"),
    }
    assert results(submit(batch(*events))) == {FIRST: OK, SECOND: OK}


def test_an_ai_event_over_eight_mebibytes_is_dropped() -> None:
    room = 8 * 1024 * 1024 - len('{"text":""}')
    assert outcome(event="$ai_span", properties={"text": "x" * room}) == OK
    too_big = {"text": "x" * (room + 1)}
    assert outcome(event="$ai_span", properties=too_big) == drop("ai_event_too_big")
    assert outcome(properties=too_big) == OK
