"""JSON Lines hold everything that history knows, one object a send."""

import base64
import json
from hashlib import sha256

from hypothesis import given, settings, strategies as st

from composer.core.exporting import ExportFormat, pieces
from composer.core.outcome import Fault, Unreachable
from composer.core.records import HistoryEntry
from composer.core.tokens import KeyMode
from tests.helpers.history_entries import BODY, OK, an_entry, entries


def lines(*sends: HistoryEntry, key: KeyMode = KeyMode.INLINE) -> list[dict]:
    text = "".join(pieces(sends, ExportFormat.JSON_LINES, key))
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_a_send_has_all_that_is_known_of_it() -> None:
    (line,) = lines(an_entry(note="for Ann", ticket="4711"))
    assert line == {
        "id": 7,
        "sent_at": "2026-05-04T10:00:00.123Z",
        "event": "$pageview",
        "person": "customer-42",
        "events": 1,
        "destination": {
            "id": "us",
            "name": "US cloud",
            "kind": "us",
            "address": "https://us.i.posthog.com",
        },
        "method": "POST",
        "url": "https://us.i.posthog.com/i/v0/e/",
        "headers": [list(pair) for pair in an_entry().request.headers],
        "body": BODY.decode(),
        "bytes": len(BODY),
        "sha256": sha256(BODY).hexdigest(),
        "keys": "inline",
        "outcome": "accepted",
        "cause": "",
        "status": 200,
        "reason": "OK",
        "milliseconds": 12.5,
        "detail": "",
        "response": {
            "headers": [["content-type", "application/json"]],
            "body": '{"status":"Ok"}',
            "truncated": False,
        },
        "note": "for Ann",
        "ticket": "4711",
        "pinned": True,
    }


def test_a_send_without_an_answer_says_why() -> None:
    unreachable = Unreachable(fault=Fault.TLS, detail="certificate has expired", milliseconds=3)
    there, under_way = lines(an_entry(outcome=unreachable), an_entry(outcome=None))
    assert (there["outcome"], there["cause"], there["status"]) == ("unreachable", "tls", None)
    assert (there["detail"], there["response"]) == ("certificate has expired", None)
    assert (under_way["outcome"], under_way["response"]) == (None, None)


@settings(max_examples=60)
@given(st.lists(entries, max_size=4))
def test_the_bytes_come_back_whatever_they_are(sends: list[HistoryEntry]) -> None:
    found = lines(*sends)
    assert [line["id"] for line in found] == [send.row.id for send in sends]
    for line, send in zip(found, sends, strict=True):
        if "body" in line:
            assert line["body"].encode() == send.request.body
        else:
            assert base64.b64decode(line["body_base64"]) == send.request.body
        assert line["note"] == send.row.note


def test_nothing_is_read_before_it_is_needed() -> None:
    read: list[int] = []

    def many() -> object:
        for number in range(1000):
            read.append(number)
            yield an_entry(number=number, outcome=OK)

    written = pieces(many(), ExportFormat.JSON_LINES, KeyMode.MASKED)  # type: ignore[arg-type]
    next(written)
    next(written)
    assert len(read) <= 2
