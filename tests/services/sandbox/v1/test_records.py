"""The event as it is stored: what the server writes into it, and what it leaves out."""

import pytest

from tests.services.sandbox.client import TOKEN
from tests.services.sandbox.v1.batches import (
    FIRST,
    HEADERS,
    batch,
    event,
    properties,
    record,
    submit,
)

EVERYTHING = {
    "cookieless_mode": True,
    "disable_skew_correction": False,
    "product_tour_id": 7,
    "process_person_profile": "0",
}


def test_a_plain_event_is_stored_with_its_facts() -> None:
    stored = record(batch(event(distinct_id=" visitor-7 ", properties={"door": "front"})))
    assert stored == {
        "uuid": FIRST,
        "event": "door opened",
        "distinct_id": "visitor-7",
        "timestamp": "2026-03-19T14:29:58.123Z",
        "token": TOKEN,
        "ip": "192.0.2.7",
        "lane": "analytics",
        "properties": {
            "door": "front",
            "$lib": "posthog-rust",
            "$lib_version": "1.2.3",
            "$ip": "192.0.2.7",
        },
    }


def test_an_event_is_told_as_it_arrived_beside_how_it_is_stored() -> None:
    (stored,) = submit(batch(event(distinct_id=" visitor-7 "))).events
    assert stored.sent is not None
    assert stored.sent.get("distinct_id") == " visitor-7 "
    assert (stored.name, stored.distinct_id, stored.token) == ("door opened", "visitor-7", TOKEN)


def test_the_server_writes_options_and_windows_into_the_properties() -> None:
    stored = properties(options=EVERYTHING, session_id="s-1", window_id="w-1")
    del stored["$ip"]
    assert stored == {
        "$session_id": "s-1",
        "$window_id": "w-1",
        "$cookieless_mode": True,
        "$ignore_sent_at": False,
        "$product_tour_id": "7",
        "$process_person_profile": False,
        "$lib": "posthog-rust",
        "$lib_version": "1.2.3",
    }


def test_what_the_server_writes_wins_over_what_the_client_sent() -> None:
    written = properties(options=EVERYTHING, session_id="s-1", window_id="w-1")
    del written["$ip"]
    sent = dict.fromkeys(written, "sent")
    stored = properties(options=EVERYTHING, session_id="s-1", window_id="w-1", properties=sent)
    del stored["$ip"]
    assert stored == written


def test_what_the_client_sent_stands_where_the_server_writes_nothing() -> None:
    sent = {"$session_id": "mine", "$process_person_profile": "odd", "$ignore_sent_at": 1}
    stored = properties(properties=sent)
    assert stored | sent == stored


def test_an_empty_session_is_written_and_a_null_one_is_not() -> None:
    assert properties(session_id="")["$session_id"] == ""
    assert "$session_id" not in properties(session_id=None)


def test_person_properties_count_inside_the_properties_only() -> None:
    inside = {"$set": {"plan": "paid"}, "$set_once": {"first": 1}}
    stored = record(batch(event(properties=inside, **{"$set": {"x": 1}, "$set_once": {"y": 1}})))
    assert stored["properties"] | inside == stored["properties"]
    assert not {"$set", "$set_once"} & set(stored)


def test_of_repeated_properties_the_last_counts() -> None:
    text = batch(event(properties="X")).replace('"X"', '{"a":1,"b":2,"a":3}')
    assert record(text)["properties"]["a"] == 3


def test_the_address_is_the_one_that_the_proxies_tell() -> None:
    stored = record(batch(), {"x-forwarded-for": "198.51.100.9, 10.0.0.1"})
    assert stored["ip"] == stored["properties"]["$ip"] == "198.51.100.9"


def test_an_internal_batch_comes_from_the_machine_itself() -> None:
    assert record(batch(capture_internal=True))["ip"] == "127.0.0.1"
    assert record(batch(event(properties={"capture_internal": True})))["ip"] == "192.0.2.7"


@pytest.mark.parametrize(
    ("name", "lane"),
    [
        ("door opened", "historical"),
        ("$exception", "error_tracking"),
        ("$$heatmap", "heatmaps"),
        ("$$client_ingestion_warning", "ingestion_warnings"),
        ("$ai_generation", "ai"),
        ("$ai_something", "historical"),
    ],
)
def test_a_migration_moves_ordinary_events_only(name: str, lane: str) -> None:
    assert record(batch(event(event=name), historical_migration=True))["lane"] == lane
    usual = "analytics" if lane == "historical" else lane
    assert record(batch(event(event=name)))["lane"] == usual


def test_marks_of_the_ai_gateway_are_taken_off_ai_events() -> None:
    sent = {"$ai_gateway": 1, "$ai_gateway_verified": True, "$ai_model": "m"}
    for name in ("$ai_generation", "$ai_custom"):
        stored = properties(event=name, properties=sent)
        assert "$ai_model" in stored
        assert not [key for key in stored if key.startswith("$ai_gateway")]
    assert properties(properties=sent) | sent == properties(properties=sent)


def test_heatmap_data_stays_with_its_event() -> None:
    sent = {"$heatmap_data": {}, "$prev_pageview_pathname": "/", "$current_url": "https://e.test"}
    judgement = submit(batch(event(properties=sent)), headers=HEADERS)
    assert len(judgement.events) == 1
    assert properties(properties=sent)["$heatmap_data"] == {}


def test_the_length_of_the_text_is_told() -> None:
    text = batch(event(properties={"name": "é"}))
    assert submit(text).characters == len(text)
