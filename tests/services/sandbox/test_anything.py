"""Whatever is sent, the answer is one that PostHog documents."""

import re
import socket
from urllib.parse import urlsplit

from hypothesis import given, settings, strategies as st

from composer.core.behaviour import Edition
from composer.core.jsontext import Object
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import OK, TOKEN, Reply, exchange, known, said, submit

SHARED = r"""
    200\ \{"status":"Ok"\} | 400\ (?:
        request\ holds\ no\ event |
        event\ submitted\ with(?:out\ a\ distinct_id|\ an\ empty\ event\ name) |
        Failed\ to\ deserialize\ query\ string:\ .+ |
        failed\ to\ decode\ request:\ invalid\ gzip\ data |
        failed\ to\ parse\ request:\ (?:.+\ at\ line\ \d+\ column\ \d+
            |data\ did\ not\ match\ any\ variant\ of\ untagged\ enum\ RawRequest)) |
    401\ (?:event\ submitted\ without\ an\ api_key
        | batch\ submitted\ with\ inconsistent\ api_key\ values | API\ key\ is\ not\ valid:\ \w+)
"""
NOW_ALONE = r"""
    204\  | 400\ (?:
        request\ missing\ data\ payload | event\ submitted\ with\ invalid\ cookieless\ mode |
        failed\ to\ decode\ request:\ (?:
            expected\ form\ data\ in\ POST\ request\ payload | invalid\ urlencoded\ form\ data |
            invalid\ GZIP\ data | invalid\ UTF8\ in\ request\ payload |
            decompress_lz64:\ failed\ (?:decompress\ to\ UTF16|UTF16\ to\ UTF8\ conversion)) |
        failed\ to\ hydrate\ events\ from\ request:\ non-engage\ request\ missing\ event\ name
            \ attribute)
"""
IN_2024_ALONE = r"""
    400\ (?:
        event\ submitted\ with\ an\ empty\ distinct_id |
        failed\ to\ decode\ request:\ (?:
            invalid\ form\ data | missing\ data\ field | invalid\ body\ encoding))
"""
DOCUMENTED = {
    Edition.CURRENT: re.compile(f"{SHARED}|{NOW_ALONE}", re.VERBOSE),
    Edition.OF_2024: re.compile(f"{SHARED}|{IN_2024_ALONE}", re.VERBOSE),
}
EDITIONS = st.sampled_from(list(Edition))
PATHS = st.sampled_from(["/e", "/batch", "/i/v0/e", "/capture", "/track", "/engage"])
HINTS = st.sampled_from(["", "gzip", "lz64", "base64", "GZIP", "br"])
TYPES = st.sampled_from(["application/json", "application/x-www-form-urlencoded", "text/plain", ""])
KEYS = st.sampled_from(
    [
        *("token", "api_key", "$token", "distinct_id", "$distinct_id", "uuid", "event"),
        *("properties", "timestamp", "offset", "$set", "$set_once", "batch", "sent_at"),
        *("historical_migration", "$cookieless_mode", "$ignore_sent_at", "other"),
    ]
)
LEAVES = st.sampled_from(
    ["null", "true", "0", "-1", "1e5", "1e999", '""', '"x"', '"2026-03-01"', f'"{TOKEN}"', "[]"]
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.builds('"{}":{}'.format, KEYS, inner), max_size=5).map(
            lambda members: f"{{{','.join(members)}}}"
        )
    ),
    max_leaves=12,
)


def is_documented(status: int, text: str, edition: Edition = Edition.CURRENT) -> bool:
    return DOCUMENTED[edition].fullmatch(f"{status} {text}") is not None


@settings(max_examples=400)
@given(
    body=st.binary() | JSON.map(str.encode),
    path=PATHS,
    hint=HINTS,
    content_type=TYPES,
    query=st.binary(max_size=20),
    edition=EDITIONS,
)
def test_any_body_gets_a_documented_answer(
    *, body: bytes, path: str, hint: str, content_type: str, query: bytes, edition: Edition
) -> None:
    judgement = submit(
        body,
        path,
        content_type=content_type,
        content_encoding=hint,
        query=query.decode("latin-1") if query.isascii() else "",
        edition=edition,
    )
    assert is_documented(*said(judgement), edition)
    assert (judgement.events == ()) or judgement.answer.status in {200, 204}


@settings(max_examples=400)
@given(JSON, PATHS, EDITIONS)
def test_any_json_gets_a_documented_answer(text: str, path: str, edition: Edition) -> None:
    assert is_documented(*said(submit(text, path, edition=edition)), edition)


PROPERTY_KEYS = st.sampled_from(
    [
        *("$heatmap_data", "$current_url", "$prev_pageview_pathname", "$ip", "capture_internal"),
        *("$ai_gateway_x", "$cookieless_mode", "$ignore_sent_at", "distinct_id", "a"),
    ]
)
PROPERTIES = st.lists(st.builds('"{}":{}'.format, PROPERTY_KEYS, JSON), max_size=6).map(
    lambda members: f"{{{','.join(members)}}}"
)
NAMES = st.sampled_from(["e", "$pageview", "$$heatmap", "$ai_trace", "$performance_event"])
MEMBERS = (
    *("uuid", "event", "distinct_id", "timestamp", "token", "ip", "lane", "historical"),
    *("properties", "$set", "$set_once"),
)


@settings(max_examples=300)
@given(NAMES, PROPERTIES, EDITIONS, st.booleans())
def test_whatever_is_stored_has_a_record_that_is_whole(
    name: str, properties: str, edition: Edition, quota_reached: bool
) -> None:
    body = known(f'"properties":{properties}').replace("door opened", name)
    judgement = submit(body, edition=edition, quota_reached=quota_reached)
    assert is_documented(*said(judgement), edition)
    told = [*judgement.events, *judgement.dropped]
    assert bool(told) is (judgement.answer.status == 200)
    for stored in judgement.events:
        assert stored.record is not None
        keys = [key for key, _ in stored.record]
        assert keys == [key for key in MEMBERS if key in keys]
        inside = stored.record.get("properties")
        assert isinstance(inside, Object)
        assert "$ip" in inside
        assert len(dict(inside.members)) == len(inside)


@settings(max_examples=100)
@given(st.data())
def test_a_damaged_request_gets_a_documented_answer(data: st.DataObject) -> None:
    body = bytearray(known('"properties":{"a":[1,2.5e3,{"b":"\\ud83d\\ude00"}]}').encode())
    place = data.draw(st.integers(0, len(body) - 1))
    body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    edition = data.draw(EDITIONS)
    assert is_documented(*said(submit(bytes(body), edition=edition)), edition)


HEADER_NAMES = st.sampled_from(
    ["Content-Type", "Content-Encoding", "Origin", "X-Other", "Access-Control-Request-Headers"]
)
HEADER_VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=30)


def test_any_headers_get_a_documented_answer(sandbox: Sandbox) -> None:
    @settings(max_examples=60)
    @given(
        st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "PATCH"]),
        st.sampled_from(["/e", "/", "/nowhere", "/engage/", "/%ff", "//e"]),
        st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=3),
        st.binary(max_size=40),
    )
    def check(method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        reply = exchange(sandbox, method, path, body or None, headers)
        assert _is_expected(method, reply)

    check()


def _is_expected(method: str, reply: Reply) -> bool:
    if method in {"HEAD", "OPTIONS"} or reply.status in {404, 405}:
        return reply.body == "" and reply.status in {200, 400, 401, 404, 405}
    return reply.body == "capture" or is_documented(reply.status, reply.body)


def test_any_bytes_on_the_wire_leave_the_server_standing(sandbox: Sandbox) -> None:
    place = urlsplit(sandbox.url)

    @settings(max_examples=60)
    @given(st.binary(max_size=200), st.booleans())
    def check(data: bytes, starts_well: bool) -> None:
        address = (str(place.hostname), place.port or 0)
        with socket.create_connection(address, timeout=10) as plug:
            start = b"POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" if starts_well else b""
            plug.sendall(start + data)

    check()
    assert exchange(sandbox, "POST", "/e", known().encode()).body == OK
