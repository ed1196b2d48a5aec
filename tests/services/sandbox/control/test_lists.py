"""The events and requests that scripts are shown."""

import base64
import gzip

from composer.core.behaviour import Behaviour, parse_rule
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import NOW, event, known, post
from tests.services.sandbox.control.asking import get


def names(sandbox: Sandbox, query: str) -> list[str]:
    return [each["event"] for each in get(sandbox, f"events?{query}")["events"]]


def named(name: str, person: str, uuid: str = "") -> str:
    more = f',"uuid":"{uuid}"' if uuid else ""
    return f'{{"api_key":"phc_a","event":"{name}","distinct_id":"{person}"{more}}}'


def test_events_are_listed_as_they_are_stored_oldest_first(sandbox: Sandbox) -> None:
    assert get(sandbox, "events") == {"events": []}
    post(sandbox, known('"properties":{"price":1.50}'))
    post(sandbox, f"[{named('b', 'ann')},{named('c', 'bob')}]", "/batch")
    first, *others = get(sandbox, "events")["events"]
    assert list(first)[:4] == ["uuid", "event", "distinct_id", "timestamp"]
    assert (first["event"], first["distinct_id"]) == ("door opened", "visitor-7")
    assert first["properties"]["price"] == 1.5
    assert first["uuid"] == sandbox.arrivals()[0].events[0].uuid
    assert [each["event"] for each in others] == ["b", "c"]


def test_events_can_be_chosen(sandbox: Sandbox) -> None:
    uuid = "01890a5d-ac96-774b-bcce-b302099a8057"
    post(sandbox, f"[{named('a', 'ann')},{named('b', 'ann', uuid)},{named('c', 'bob')}]", "/batch")
    assert names(sandbox, "event=a") == ["a"]
    assert names(sandbox, "event=a&event=c") == ["a", "c"]
    assert names(sandbox, "distinct_id=ann") == ["a", "b"]
    assert names(sandbox, "distinct_id=ann&event=c") == []
    assert names(sandbox, f"uuid={uuid}") == ["b"]
    assert names(sandbox, "limit=2") == ["b", "c"]
    assert names(sandbox, "limit=0") == []
    assert names(sandbox, "event=%24%C3%A9") == []


def test_requests_are_listed_good_and_bad(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour(rules=(parse_rule("503 nth=3"),)))
    packed = gzip.compress(known().encode())
    post(sandbox, packed, "/e/?ip=1", **{"X-Two": "é"})
    post(sandbox, "{")
    post(sandbox, known())
    first, second, third = get(sandbox, "requests")["requests"]
    assert (first["number"] + 2, first["method"], first["path"]) == (
        third["number"],
        "POST",
        "/e/?ip=1",
    )
    assert first["received_at"] == first["events"][0]["timestamp"]
    assert (first["status"], first["answer"], first["fault"]) == (200, '{"status":"Ok"}', "")
    assert (first["size"], base64.b64decode(first["body_base64"])) == (len(packed), packed)
    assert first["headers"]["x-two"] == "é"
    assert first["events"][0]["event"] == "door opened"
    assert (second["status"], second["body"], second["events"]) == (400, "{", [])
    assert second["answer"].startswith("failed to parse request")
    assert (third["status"], third["fault"], third["body"]) == (
        503,
        "Status 503; only number 3",
        known(),
    )
    assert first["client"] == sandbox.arrivals()[0].client


def test_requests_can_be_chosen_by_what_became_of_them(sandbox: Sandbox) -> None:
    performance = named("$performance_event", "ann")
    post(sandbox, known())
    post(sandbox, "{")
    post(sandbox, f"[{known()},{performance}]", "/batch")

    def statuses(query: str) -> list[int]:
        return [each["status"] for each in get(sandbox, f"requests?{query}")["requests"]]

    assert statuses("outcome=stored") == [200, 200]
    assert statuses("outcome=refused") == [400]
    assert statuses("outcome=dropped") == [200]
    assert statuses("limit=1") == [200]
    assert statuses("limit=2") == [400, 200]
    (dropped,) = get(sandbox, "requests?outcome=dropped")["requests"][0]["dropped"]
    assert list(dropped) == ["uuid", "event", "distinct_id", "reason"]
    assert dropped["event"] == "$performance_event"
    assert get(sandbox, "summary") == {"total": 3, "stored": 2, "refused": 1, "dropped": 1}


def test_a_large_request_is_listed_with_its_records(sandbox: Sandbox) -> None:
    count = 2_500
    batch = ",".join(
        event(f'"distinct_id":"p-{number}","properties":{{"pad":"{"x" * 150}"}}')
        for number in range(count)
    )
    post(sandbox, f"[{batch}]", "/batch")
    assert sandbox.arrivals()[0].events[0].record is None
    found = get(sandbox, "events")["events"]
    assert [each["distinct_id"] for each in found] == [f"p-{number}" for number in range(count)]
    stored = sandbox.arrivals()[0].events
    assert [each["uuid"] for each in found] == [each.uuid for each in stored]
    assert all(each["properties"]["pad"] == "x" * 150 for each in found)
    (last,) = get(sandbox, "events?limit=1")["events"]
    assert last["distinct_id"] == f"p-{count - 1}"


def test_times_are_told_in_utc(sandbox: Sandbox) -> None:
    post(sandbox, known(f'"timestamp":"{NOW.isoformat()}"'))
    assert get(sandbox, "events")["events"][0]["timestamp"] == "2026-03-19T14:30:00Z"


def test_a_summary_counts_events_that_are_not_listed(sandbox: Sandbox) -> None:
    post(sandbox, f"[{','.join([known()] * 12_000)}]", "/batch")
    assert sandbox.arrivals()[0].beyond == 2_000
    assert get(sandbox, "summary") == {"total": 1, "stored": 12_000, "refused": 0, "dropped": 0}
    assert get(sandbox, "requests")["requests"][0]["beyond"] == 2_000
