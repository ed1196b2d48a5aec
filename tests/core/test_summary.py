"""What a request body is about."""

import pytest
from hypothesis import given, strategies as st

from composer.core.records import Summary
from composer.core.summary import UNREADABLE, summarize


@pytest.mark.parametrize(
    ("body", "event", "person"),
    [
        ('{"event":"$pageview","distinct_id":"customer-42"}', "$pageview", "customer-42"),
        ('{"event":"a","$distinct_id":"b"}', "a", "b"),
        ('{"event":"a","distinct_id":null,"properties":{"distinct_id":"b"}}', "a", "b"),
        ('{"event":"a","distinct_id":"","properties":{"distinct_id":"b"}}', "a", ""),
        ('{"event":"a","distinct_id":1.00}', "a", "1.00"),
        ('{"event":7,"distinct_id":["a", true]}', "7", '["a",true]'),
        ('{"event":"a","batch":1}', "a", ""),
        ('{"batch":[{"event":"a","distinct_id":"b"}]}', "a", "b"),
        ('[{"event":"a","distinct_id":"b"}]', "a", "b"),
        ("{}", "", ""),
    ],
)
def test_one_event_is_named_with_its_person(body: str, event: str, person: str) -> None:
    assert summarize(body.encode()) == Summary(event=event, person=person)


@pytest.mark.parametrize("frame", ['{{"api_key":"k","batch":{}}}', "{}"])
def test_several_events_are_counted(frame: str) -> None:
    same = frame.format('[{"event":"a","distinct_id":"p"},{"event":"b","distinct_id":"p"}]')
    other = frame.format('[{"event":"a","distinct_id":"p"},{"event":"a"},3]')
    none = frame.format("[]")
    assert summarize(same.encode()) == Summary(event="2 events", person="p", events=2)
    assert summarize(other.encode()) == Summary(event="3 events", person="", events=3)
    assert summarize(none.encode()) == Summary(event="0 events", person="", events=0)


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"null", b'"a"', b"1"])
def test_a_body_without_events_is_called_unreadable(body: bytes) -> None:
    assert summarize(body) == UNREADABLE


@given(st.binary())
def test_no_body_is_too_odd(body: bytes) -> None:
    assert summarize(body).events >= 0
