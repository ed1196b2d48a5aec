"""States of forms for several events at once, and for the shapes of old SDKs."""

from __future__ import annotations

import json

from tests.screens.stage import Stage

_TOKEN = "phc_sandboxDemoProjectToken000000d3m0"


async def batch(stage: Stage) -> None:
    """Three different events, one without a name."""
    stage.choose("batch")
    stage.put(
        "batch",
        [
            {
                "event": "invoice paid",
                "distinct_id": "cust-20417",
                "uuid": "019a964c-b1c0-7c5c-a6a3-a4506513270e",
                "timestamp": "2025-11-18T09:30:00Z",
                "properties": {"amount": 129.5, "$geoip_disable": True},
            },
            {
                "event": "",
                "distinct_id": "cust-20417",
                "timestamp": "2025-11-18T09:30:00Z",
                "properties": {"$set": {"plan": "roastery"}},
            },
            {
                "event": "seat added",
                "timestamp": "2025-11-18T09:30:00Z",
                "properties": {"distinct_id": "cust-31980", "$groups": {"company": "acme-881"}},
            },
        ],
    )


async def historical(stage: Stage) -> None:
    """A long list: the second of its pages."""
    stage.choose("historical")
    stage.put(
        "batch",
        [
            {
                "event": "order placed",
                "distinct_id": f"cust-{20_000 + number}",
                "timestamp": "2024-03-04T08:15:00Z",
            }
            for number in range(600)
        ],
    )
    stage.window.compose.form.focus_path(("batch", 20))


async def old_group(stage: Stage) -> None:
    _typed(
        stage,
        {
            "type": "group",
            "event": "$group",
            "distinct_id": "old-5512",
            "groupId": "acme-881",
            "traits": {"name": "Acme Bakeries"},
            "messageId": "m-0092",
            "context": {},
            "timestamp": "2020-09-02 14:20:05.120000",
        },
    )


async def old_alias(stage: Stage) -> None:
    properties = {"distinct_id": "old-5512", "alias": "old-5512-web"}
    _typed(stage, {"event": "$create_alias", "properties": properties})


def _typed(stage: Stage, body: dict[str, object]) -> None:
    stage.session.set_text(json.dumps({"api_key": _TOKEN, **body}, indent=2))
