"""HAR 1.2 as its specification has it, and as our own reader of pasted HAR takes it."""

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import given, settings, strategies as st

from composer.core.exporting import ExportFormat, pieces
from composer.core.jsontext import Object, parse
from composer.core.outcome import (
    Fault,
    Interrupted,
    Refusal,
    Rejected,
    Response,
    Unreachable,
    response_of,
)
from composer.core.paste.har import chosen, requests_in
from composer.core.records import HistoryEntry
from composer.core.tokens import KeyMode
from tests.helpers.history_entries import BODY, an_entry, entries

# The required members and their types: http://www.softwareishard.com/blog/har-12-spec/
PAIRS = [{"name": str, "value": str}]
SCHEMA: dict[str, Any] = {
    "log": {
        "version": str,
        "creator": {"name": str, "version": str},
        "entries": [
            {
                "startedDateTime": str,
                "time": (int, float),
                "request": {
                    "method": str,
                    "url": str,
                    "httpVersion": str,
                    "cookies": [],
                    "headers": PAIRS,
                    "queryString": PAIRS,
                    "postData": {"mimeType": str, "text": str},
                    "headersSize": int,
                    "bodySize": int,
                },
                "response": {
                    "status": int,
                    "statusText": str,
                    "httpVersion": str,
                    "cookies": [],
                    "headers": PAIRS,
                    "content": {"size": int, "mimeType": str, "text": str},
                    "redirectURL": str,
                    "headersSize": int,
                    "bodySize": int,
                },
                "cache": {},
                "timings": {"send": (int, float), "wait": (int, float), "receive": (int, float)},
            }
        ],
    }
}


def conform(value: Any, schema: Any, place: str = "") -> None:
    match schema:
        case dict():
            assert isinstance(value, dict), place
            for key, inner in schema.items():
                assert key in value, f"{place}.{key} is missing"
                conform(value[key], inner, f"{place}.{key}")
        case list():
            assert isinstance(value, list), place
            for item in value:
                conform(item, schema[0], f"{place}[]")
        case _:
            assert isinstance(value, schema), place


def archive(*sends: HistoryEntry, key: KeyMode = KeyMode.INLINE) -> dict[str, Any]:
    return json.loads("".join(pieces(sends, ExportFormat.HAR, key)))


@settings(max_examples=60)
@given(st.lists(entries, max_size=4))
def test_it_conforms_to_the_specification(sends: list[HistoryEntry]) -> None:
    found = archive(*sends)
    conform(found, SCHEMA)
    assert found["log"]["version"] == "1.2"
    assert len(found["log"]["entries"]) == len(sends)
    for entry, send in zip(found["log"]["entries"], sends, strict=True):
        assert datetime.fromisoformat(entry["startedDateTime"]).utcoffset() is not None
        spent = [time for time in entry["timings"].values() if time >= 0]
        assert sum(spent) == entry["time"]
        response = response_of(send.outcome)
        content = entry["response"]["content"]
        text = content["text"].encode()
        body = base64.b64decode(text) if content.get("encoding") == "base64" else text
        assert body == (response.body if response else b"")


def test_no_sends_make_an_empty_archive() -> None:
    assert archive()["log"]["entries"] == []


def test_what_we_write_we_read_when_it_is_pasted() -> None:
    sends = [an_entry(), an_entry(b"\xff\x00 no text"), an_entry(b'{"event": "\xc3\xab"}')]
    text = "".join(pieces(sends, ExportFormat.HAR, KeyMode.INLINE))
    value = parse(text)
    assert isinstance(value, Object)
    found = chosen(requests_in(value) or ())
    assert [source.body for source in found.events] == [send.request.body for send in sends]
    assert {source.url for source in found.events} == {sends[0].request.url}


def test_a_send_without_an_answer_has_status_zero_and_says_why() -> None:
    unreachable = Unreachable(fault=Fault.REFUSED, detail="connection refused")
    there, cut_off = archive(
        an_entry(outcome=unreachable, ticket="4711", note="for Ann"),
        an_entry(outcome=Interrupted()),
    )["log"]["entries"]
    assert there["response"]["status"] == 0
    assert there["comment"] == "unreachable connection refused; Ticket 4711; for Ann"
    assert cut_off["comment"] == "interrupted"


def test_the_query_of_an_address_is_told_apart() -> None:
    send = an_entry()
    asked = replace(send, request=replace(send.request, url=f"{send.request.url}?ip=1&empty="))
    (entry,) = archive(asked)["log"]["entries"]
    assert entry["request"]["queryString"] == [
        {"name": "ip", "value": "1"},
        {"name": "empty", "value": ""},
    ]
    assert entry["request"]["bodySize"] == len(BODY)


def test_a_redirect_is_told() -> None:
    away = Response(status=302, headers=(("Location", "https://elsewhere.example"),))
    (entry,) = archive(an_entry(outcome=Rejected(response=away, refusal=Refusal.REDIRECT)))["log"][
        "entries"
    ]
    assert entry["response"]["redirectURL"] == "https://elsewhere.example"
