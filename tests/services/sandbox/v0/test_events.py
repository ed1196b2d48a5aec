"""What is stored of an accepted event, and what is dropped without a word."""

import gzip

import pytest

from composer.core import jsontext
from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Object, Value
from composer.services.sandbox.request import HeavyError, Judgement
from tests.services.sandbox.client import NOW, OK, TOKEN, known, said, submit

UUID = "550e8400-e29b-41d4-a716-446655440000"


def named(name: str, members: str = "") -> str:
    return known(members).replace("door opened", name)


def batch(*events: str, more: str = "") -> str:
    return f'{{"api_key":"{TOKEN}",{more}"batch":[{",".join(events)}]}}'


def record_of(body: str, path: str = "/e", **headers: str) -> Object:
    (stored,) = submit(body, path, headers=headers).events
    assert stored.record is not None
    return stored.record


def part(record: Object | None, key: str) -> Value:
    assert record is not None
    return record.get(key)


def test_a_record_has_the_known_members_in_their_order() -> None:
    members = (
        f'"uuid":"{UUID.upper()}","$set":{{"plan":"pro"}},"$set_once":{{}},"$unset":["a"],'
        '"timestamp":"2026-03-19T15:29:58.120+01:00","properties":{"price":1,"price":2},"ip":"1.1.1.1"'
    )
    assert record_of(known(members)) == jsontext.parse(
        f'{{"uuid":"{UUID}","event":"door opened","distinct_id":"visitor-7",'
        f'"timestamp":"2026-03-19T14:29:58.120Z","token":"{TOKEN}","ip":"127.0.0.1",'
        '"lane":"analytics","properties":{"price":2,"$ip":"127.0.0.1"},'
        '"$set":{"plan":"pro"},"$set_once":{}}'
    )


def test_a_record_tells_the_same_as_the_event() -> None:
    (stored,) = submit(known('"distinct_id":0').replace('"distinct_id":"visitor-7",', "")).events
    assert part(stored.record, "uuid") == stored.uuid
    assert part(stored.record, "distinct_id") == stored.distinct_id == "0"
    assert part(stored.record, "timestamp") == "2026-03-19T14:30:00Z"


def test_null_for_a_person_is_no_member() -> None:
    record = record_of(known('"$set":null,"$set_once":null'))
    assert "$set" not in record
    assert "$set_once" not in record


def test_an_engage_event_keeps_what_it_sets() -> None:
    body = f'{{"token":"{TOKEN}","distinct_id":"d","$set":{{"plan":"pro"}}}}'
    record = record_of(body, "/engage")
    assert part(record, "event") == "$identify"
    assert part(record, "$set") == jsontext.parse('{"plan":"pro"}')


def test_the_address_is_that_of_the_header_or_the_connection() -> None:
    headers = {"x-forwarded-for": "203.0.113.7, 10.0.0.1"}
    record = record_of(known(), **headers)
    assert part(record, "ip") == "203.0.113.7"
    assert part(record, "properties") == jsontext.parse('{"$ip":"203.0.113.7"}')


def test_an_address_that_was_sent_stays() -> None:
    record = record_of(known('"properties":{"$ip":null,"a":1}'))
    assert part(record, "properties") == jsontext.parse('{"$ip":null,"a":1}')


@pytest.mark.parametrize("value", ["true", "false", "null", "0"])
def test_an_internal_event_comes_from_this_machine(value: str) -> None:
    headers = {"x-forwarded-for": "203.0.113.7"}
    record = record_of(known(f'"properties":{{"capture_internal":{value}}}'), **headers)
    assert part(record, "ip") == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "lane"),
    [
        ("door opened", "analytics"),
        ("$snapshot", "analytics"),
        ("$exception", "error_tracking"),
        ("$$heatmap", "heatmaps"),
        ("$$client_ingestion_warning", "ingestion_warnings"),
        ("$ai_generation", "ai"),
        ("$ai_of_my_own", "analytics"),
    ],
)
def test_an_event_has_a_lane_by_its_name(name: str, lane: str) -> None:
    record = record_of(named(name))
    assert part(record, "lane") == lane
    assert "historical" not in record


def test_a_migration_moves_ordinary_events_alone() -> None:
    body = batch(named("a"), named("$exception"), more='"historical_migration":true,')
    ordinary, exception = submit(body, "/batch").events
    assert (part(ordinary.record, "lane"), part(ordinary.record, "historical")) == (
        "historical",
        True,
    )
    assert (part(exception.record, "lane"), part(exception.record, "historical")) == (
        "error_tracking",
        None,
    )


def test_what_only_the_gateway_may_say_is_taken_from_ai_events() -> None:
    members = '"properties":{"$ai_gateway":1,"$ai_gateway_verified":true,"$ai_model":"m"}'
    stripped = part(record_of(named("$ai_anything", members)), "properties")
    assert stripped == jsontext.parse('{"$ai_model":"m","$ip":"127.0.0.1"}')
    kept = part(record_of(named("ai", members)), "properties")
    assert isinstance(kept, Object)
    assert "$ai_gateway" in kept


HEATMAP = (
    '"$heatmap_data":{"page":[]},"$viewport_width":800,"$session_id":"s","$current_url":"u","a":1'
)


def test_the_data_of_a_heatmap_becomes_a_second_event() -> None:
    members = f'"uuid":"{UUID}","timestamp":"2026-03-19T14:29:58Z","$set":{{"a":1}}'
    body = named("$pageview", f'{members},"properties":{{{HEATMAP}}}')
    event, heatmap = submit(body).events
    assert (event.name, event.uuid) == ("$pageview", UUID)
    assert part(event.record, "properties") == jsontext.parse(
        '{"$viewport_width":800,"$session_id":"s","$current_url":"u","a":1,"$ip":"127.0.0.1"}'
    )
    assert heatmap.name == "$$heatmap"
    assert uuid7_milliseconds(heatmap.uuid) == int(event.timestamp.timestamp() * 1000)
    assert (heatmap.distinct_id, heatmap.timestamp) == (event.distinct_id, event.timestamp)
    assert heatmap.sent == event.sent == jsontext.parse(body)
    assert part(heatmap.record, "lane") == "heatmaps"
    assert part(heatmap.record, "$set") is None
    assert part(heatmap.record, "properties") == jsontext.parse(
        '{"$heatmap_data":{"page":[]},"$viewport_width":800,"$session_id":"s",'
        '"$current_url":"u","$ip":"127.0.0.1"}'
    )


@pytest.mark.parametrize(
    ("name", "properties", "count"),
    [
        ("e", '"$heatmap_data":null', 2),
        ("e", '"$prev_pageview_pathname":"/","$current_url":null', 2),
        ("e", '"$prev_pageview_pathname":"/"', 1),
        ("e", '"$current_url":"u"', 1),
        ("$$heatmap", HEATMAP, 1),
    ],
)
def test_only_an_event_with_heatmap_data_is_split(name: str, properties: str, count: int) -> None:
    body = named(name, f'"properties":{{{properties}}}')
    assert len(submit(body).events) == count


def test_pages_left_stay_with_an_event_that_is_split() -> None:
    properties = '"$prev_pageview_pathname":"/","$current_url":"u"'
    event, _ = submit(known(f'"properties":{{{properties}}}')).events
    assert part(event.record, "properties") == jsontext.parse(f'{{{properties},"$ip":"127.0.0.1"}}')


def reasons(judgement: Judgement) -> list[tuple[str, str, str, str]]:
    return [(lost.name, lost.distinct_id, lost.uuid, lost.reason) for lost in judgement.dropped]


def test_a_performance_event_is_dropped_with_its_reason() -> None:
    performance = named("$performance_event", f'"uuid":"{UUID}"')
    judgement = submit(f"[{performance},{known()}]")
    assert [event.name for event in judgement.events] == ["door opened"]
    word = "dropped_performance_event"
    assert reasons(judgement) == [("$performance_event", "visitor-7", UUID, word)]
    assert judgement.dropped[0].sent == jsontext.parse(performance)


def test_what_was_dropped_may_have_no_id() -> None:
    judgement = submit('{"event":"$performance_event"}')
    assert said(judgement) == (200, OK)
    assert reasons(judgement) == [("$performance_event", "", "", "dropped_performance_event")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("door opened", "events_over_quota"),
        ("$exception", "exceptions_over_quota"),
        ("survey shown", "survey_responses_over_quota"),
        ("$ai_anything", "llm_events_over_quota"),
    ],
)
def test_over_the_quota_all_is_thanked_for_and_nothing_stored(name: str, reason: str) -> None:
    judgement = submit(named(name), query="beacon=1", quota_reached=True)
    assert said(judgement) == (200, OK)
    assert judgement.events == ()
    assert reasons(judgement) == [(name, "visitor-7", "", reason)]


def test_the_quota_comes_before_the_checks_of_single_events() -> None:
    nameless = batch('{"event":"","distinct_id":5}')
    judgement = submit(nameless, quota_reached=True)
    assert said(judgement) == (200, OK)
    assert reasons(judgement) == [("", "5", "", "events_over_quota")]
    refused = submit('{"event":"e"}', quota_reached=True)
    assert said(refused) == (401, "event submitted without an api_key")
    assert refused.dropped == ()


def test_the_black_hole_reads_nothing() -> None:
    judgement = submit("nonsense", "/test/black_hole")
    assert said(judgement) == (200, OK)
    assert (judgement.events, judgement.dropped) == ((), ())


def test_a_text_that_is_too_much_for_here_is_judged_elsewhere() -> None:
    body = gzip.compress(known(f'"properties":{{"a":"{"x" * 1000}"}}').encode())
    assert len(submit(body, most_text=2000).events) == 1
    with pytest.raises(HeavyError):
        submit(body, most_text=1000)


def test_the_time_of_a_record_has_the_digits_it_needs() -> None:
    texts = ["2026-03-19T14:29:58Z", "2026-03-19T14:29:58.120Z", "2026-03-19T14:29:58.120001Z"]
    for text in texts:
        assert part(record_of(known(f'"timestamp":"{text}"')), "timestamp") == text
    assert part(record_of(known()), "timestamp") == NOW.isoformat().replace("+00:00", "Z")
