"""Exports of other products, known by their columns."""

from __future__ import annotations

import json

import pytest

from composer.core.tabular import Origin, guess

_BATCH_EXPORT = {
    "uuid": "018d-1",
    "event": "$pageview",
    "properties": {"$lib": "web", "$insert_id": "x", "time": 5},
    "distinct_id": "u1",
    "team_id": 1,
    "timestamp": "2024-01-01T00:00:00Z",
    "set": None,
    "set_once": None,
    "elements": "",
    "ip": "",
    "site_url": "",
    "created_at": "2024-01-01T00:00:00Z",
}
_MIXPANEL = {
    "event": "Signed up",
    "properties": {
        "time": 1602611311,
        "distinct_id": "u1",
        "$insert_id": "hpuDqcvpltpCjBsebtxwadtEBDnFAdycabFb",
        "mp_processing_time_ms": 1602625711874,
    },
}
_AMPLITUDE = {
    "$insert_id": "a",
    "amplitude_id": 1,
    "app": 2,
    "client_event_time": "2024-01-15 10:30:00.000000",
    "device_id": "d",
    "event_properties": {"page": "/"},
    "event_time": "2024-01-15 10:30:00.000000",
    "event_type": "click",
    "user_id": None,
    "user_properties": {},
    "uuid": "u",
}
_CAPTURED = {"event": "a", "properties": {"distinct_id": "u1"}, "uuid": "1"}


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (json.dumps(_BATCH_EXPORT), Origin.POSTHOG),
        (json.dumps({"results": [_BATCH_EXPORT]}), Origin.POSTHOG),
        (json.dumps({"api_key": "k", "batch": [_CAPTURED]}), Origin.POSTHOG),
        ("*.uuid,*.event,*.properties.$lib,*.timestamp,*.distinct_id\n1,2,3,4,5", Origin.POSTHOG),
        ("event,person.distinct_ids.0,properties.$lib,timestamp\n1,2,3,4", Origin.POSTHOG),
        ("uuid,event,properties,timestamp,distinct_id,elements_chain\n1,2,3,4,5,6", Origin.POSTHOG),
        (json.dumps(_MIXPANEL), Origin.MIXPANEL),
        ("event,time,distinct_id,$insert_id,mp_lib\n1,2,3,4,5", Origin.MIXPANEL),
        ("Event Name,Time,Distinct ID,Insert ID\n1,2,3,4", Origin.MIXPANEL),
        (json.dumps(_AMPLITUDE), Origin.AMPLITUDE),
        (json.dumps({"api_key": "k", "events": [_AMPLITUDE]}), Origin.AMPLITUDE),
        ("event_type,user_id,event_time,event_properties\n1,2,3,4", Origin.AMPLITUDE),
        ("event,distinct_id,timestamp,price\n1,2,3,4", Origin.PLAIN),
        ("event,distinct_id,uuid,timestamp,price\n1,2,3,4,5", Origin.PLAIN),
        ("event_type,amount\n1,2", Origin.PLAIN),
        ("order,date,customer\n1,2,3", Origin.PLAIN),
    ],
)
def test_an_export_is_known_by_its_columns(text: str, origin: Origin) -> None:
    assert guess(text.encode()).origin is origin
