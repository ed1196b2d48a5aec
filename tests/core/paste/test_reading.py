"""Whatever is pasted becomes requests or a sentence; what is JSON stays as it is to the byte."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import assume, given, settings, strategies as st

from composer.core.jsontext import Layout, get_at
from composer.core.paste import Format, Pasted, PastedRequest, PasteError, Tools, read_pasted
from composer.core.unwrap import MOST_BYTES, HeavyError

TOKEN = "phc_larkspurDemoToken00000000000000000000000001"
EVENT = {"api_key": TOKEN, "event": "order paid", "distinct_id": "customer-42"}
BODY = json.dumps(EVENT).encode()


def read(data: bytes | str) -> Pasted:
    return read_pasted(data.encode() if isinstance(data, str) else data)


def only(data: bytes | str) -> PastedRequest:
    (request,) = read(data).requests
    return request


SIGNS = st.sampled_from(
    [
        *("{", "}", "[", "]", '"', "'", "“", ":", ",", "\\", "`", "\n", "\r\n", " ", "&", "="),
        *("%7B%22", "b'", "\x00", "\ufeff", "\ud83d", "😀", "> ", "```\n", "&quot;", '{\\"'),
        *("curl ", "-d @", "$(x)", "fetch(", "JSON.stringify(", "Invoke-WebRequest "),
        *("POST /e/ HTTP/1.1\n", "Transfer-Encoding: chunked\n\n", "5\r\n", "data=", "eyJ", "H4sI"),
        *('"event"', '"log"', '"entries"', '"request"', '"url"', '"method"', '"postData"'),
        *('"batch"', "https://us.i.posthog.com/e/?data=", "N4Ig"),
    ]
)


def words_of(data: bytes) -> str:
    """What is said of a paste that cannot be read; empty for one that can."""
    try:
        pasted = read(data)
    except PasteError as error:
        return str(error)
    assert pasted.requests
    return ""


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused_in_words(data: bytes) -> None:
    assert words_of(data)[-1:] in {"", ".", "}", '"'}


@settings(max_examples=400)
@given(st.lists(SIGNS | st.text(max_size=3), max_size=14))
def test_signs_in_any_order_are_read_or_refused_in_words(signs: list[str]) -> None:
    words_of("".join(signs).encode("utf-8", "surrogatepass"))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.builds(
    lambda properties, name: {"event": name, "distinct_id": "a", "properties": {"p": properties}},
    JSON,
    TEXT,
)


@given(EVENTS, st.sampled_from([None, 1, 4]), st.booleans())
def test_valid_json_is_not_changed(event: object, indent: int | None, is_ascii: bool) -> None:
    text = f"\n{json.dumps(event, indent=indent, ensure_ascii=is_ascii)} "
    request = only(text)
    assert (request.text, request.steps) == (text, ())
    (draft,) = request.drafts
    assert json.loads(draft.text(Layout.COMPACT)) == event


def form(data: bytes) -> bytes:
    return urlencode({"ip": "1", "data": data}).encode()


def in_a_string(data: bytes) -> bytes:
    return json.dumps(data.decode()).encode()


def http(data: bytes) -> bytes:
    head = f"POST /e/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


def fetch(data: bytes) -> bytes:
    body = json.dumps(data.decode())
    return f'fetch("https://a.example/e/", {{"body": {body}, "method": "POST"}});'.encode()


def har(data: bytes) -> bytes:
    request = {"method": "POST", "url": "https://a.example/e/", "postData": {"text": data.decode()}}
    return json.dumps({"log": {"entries": [{"request": request}]}}).encode()


def address(data: bytes) -> bytes:
    return f"https://a.example/e/?data={quote(data, safe='')}".encode()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip in base64": lambda data: base64.b64encode(gzip.compress(data)),
    "deflate in base64": lambda data: base64.b64encode(zlib.compress(data)),
    "base64 without padding": lambda data: base64.urlsafe_b64encode(data).rstrip(b"="),
    "form": form,
    "string": in_a_string,
}
CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "alone": lambda data: data,
    "http": http,
    "fetch": fetch,
    "har": har,
    "address": address,
    "fence": lambda data: b"```\n" + data + b"\n```",
    "mark": lambda data: b"\xef\xbb\xbf" + data,
}


@given(
    EVENTS,
    st.lists(st.sampled_from(sorted(PACKERS)), max_size=2),
    st.sampled_from(sorted(CARRIERS)),
)
def test_every_packing_in_every_carrier_comes_off(
    event: object, packings: list[str], carrier: str
) -> None:
    text = json.dumps(event, ensure_ascii=False)
    data = text.encode()
    for name in packings:
        data = PACKERS[name](data)
    assert only(CARRIERS[carrier](data)).text == text


@given(st.lists(EVENTS, min_size=2, max_size=4), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_each_line_is_a_request_of_its_own(events: list[object], end: str) -> None:
    lines = [json.dumps(event) for event in events]
    pasted = read(end.join(lines))
    assert pasted.format is Format.JSON_LINES
    assert [request.text for request in pasted.requests] == lines


@given(
    st.binary(max_size=200), st.sampled_from([b"\x1f\x8b\x08", b"\x78\x9c", b"\x28\xb5\x2f\xfd"])
)
def test_what_only_looks_packed_is_refused(data: bytes, magic: bytes) -> None:
    assume(not data.startswith(b"\0\0\0\0\0\0\0"))
    with pytest.raises(PasteError):
        read(magic + data)


def test_the_token_in_the_header_counts_at_the_v1_address_only() -> None:
    head = "Host: us.i.posthog.com\nAuthorization: Bearer phc_beside\n\n"
    batch = '{"batch": [{"event": "a", "distinct_id": "b"}]}'
    v1 = only(f"POST /i/v1/analytics/events HTTP/1.1\n{head}{batch}")
    v0 = only(f"POST /batch/ HTTP/1.1\n{head}{batch}")
    assert (v1.token, v1.drafts[0].token) == ("phc_beside", "phc_beside")
    assert (v0.token, v0.drafts[0].token) == ("", "")
    assert "Authorization" in [remark.name for remark in v0.remarks]


def test_mixpanels_event_opens_with_the_person_where_the_form_has_it() -> None:
    inside = {"token": "t", "distinct_id": "user-1", "mp_lib": "python", "plan": "pro"}
    (draft,) = only(json.dumps({"event": "paid", "properties": inside})).drafts
    assert (draft.token, draft.payload.get("distinct_id")) == ("t", "user-1")
    assert get_at(draft.payload, ("properties", "plan")) == "pro"


def test_mixpanels_profile_change_opens_as_identify() -> None:
    change = {"$token": "t", "$distinct_id": "user-1", "$set": {"plan": "pro"}, "$add": {"n": 1}}
    request = only(json.dumps(change))
    (draft,) = request.drafts
    assert (draft.token, draft.payload.get("event")) == ("t", "$identify")
    assert get_at(draft.payload, ("$set", "plan")) == "pro"
    assert [remark.name for remark in request.remarks] == ["Mixpanel", "$add"]


def test_nothing_is_taken_from_a_file_or_a_variable() -> None:
    with pytest.raises(PasteError, match=r"@/etc/passwd: .*not read"):
        read("curl https://a.example/e/ -d @/etc/passwd")
    request = only('curl https://a.example/e/ -d "{\\"event\\": \\"$HOME $(id) `id`\\"}"')
    assert request.drafts[0].payload.get("event") == "$HOME $(id) `id`"
    assert {"$HOME", "$(id)", "`id`"} <= {remark.name for remark in request.remarks}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(bytes(MOST_BYTES + 1)), "100 MB"),
        (base64.b64encode(gzip.compress(gzip.compress(bytes(MOST_BYTES + 1)))), "100 MB"),
        (b"x" * (MOST_BYTES + 1), "100 MB"),
        (b'"' * 20_000_000, "too|longer"),
        (b'{"event": ' + b"'" * 20_000_000, "longer"),
        (b"{}\n" * 10_002, "10,002 lines"),
        (b'{"a":' + b"[" * 127 + b"]" * 127 + b"}", "127 levels"),
        (b"[" * 1_000_000, "levels deep"),
    ],
    ids=[
        "bomb",
        "bomb in base64",
        "length",
        "quotes",
        "single quotes",
        "lines",
        "deep",
        "very deep",
    ],
)
def test_what_is_too_much_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(PasteError, match=words):
        read(data)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "data",
    [
        b"fetch(" + b"/*" * 300_000,
        b'fetch("' + b'\\"' * 300_000,
        b"fetch(x, {" + b"/* */ " * 20_000 + b"!",
        b'{\\"' * 200_000,
        b"|a/" * 300_000 + b"curl",
        b"> \n" * 300_000,
        b"{x\n" * 9_000,
        b"data=" + b"%22" * 300_000,
        b"&quot;{&quot;" * 80_000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_no_text_takes_more_time_than_in_proportion(data: bytes) -> None:
    """Were it quadratic, each would take minutes."""
    with pytest.raises(PasteError):
        read(data)


def test_a_caller_can_want_less_taken_out_of_a_packing() -> None:
    tools = Tools(most=1000)
    assert read_pasted(gzip.compress(BODY), tools).requests[0].text == BODY.decode()
    with pytest.raises(HeavyError):
        read_pasted(gzip.compress(BODY + b" " * 1000), tools)
