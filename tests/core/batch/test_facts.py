"""An event as the table keeps it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.facts import event_in, facts_of, instant_of, ready, size_of
from composer.core.jsontext import Object, from_python
from tests.helpers.clock import START


@pytest.mark.parametrize(
    ("moment", "instant"),
    [
        ("1970-01-01T00:00:01Z", 1_000),
        ("1970-01-01T01:00:00.5+01:00", 500),
        ("1970-01-01 00:00:02", 2_000),
        ("1969-12-31T23:59:59.999Z", -1),
        ("", None),
        ("some day", None),
    ],
)
def test_a_time_is_told_in_milliseconds(moment: str, instant: int | None) -> None:
    assert instant_of(moment, START) == instant


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_is_read_to_the_millisecond(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    milliseconds = instant_of(whole.isoformat(), START)
    assert milliseconds is not None
    assert milliseconds / 1000 == pytest.approx(whole.timestamp())


@given(st.text())
def test_the_size_is_that_on_the_wire(text: str) -> None:
    event = from_python({"event": text})
    assert isinstance(event, Object)
    facts = facts_of(event, START)
    assert facts.size == len(facts.body.encode()) == size_of(facts.body)
    facts.name.encode()


def test_a_time_before_1970_gets_an_id_of_now() -> None:
    seen: list[datetime] = []

    def new_uuid(moment: datetime) -> str:
        seen.append(moment)
        return "u"

    ready(event_in('{"timestamp":"1912-06-23T00:00:00Z"}'), new_uuid, START)
    ready(event_in('{"timestamp":"1970-01-01T00:00:00Z"}'), new_uuid, START)
    assert seen == [START, datetime(1970, 1, 1, tzinfo=UTC)]


def test_an_id_that_is_there_stays_whatever_it_is() -> None:
    event = ready(event_in('{"uuid":"","event":"a"}'), lambda _: "u", START)
    assert event.get("uuid") == ""


def test_a_number_as_name_or_time_is_told_as_it_is_spelled() -> None:
    facts = facts_of(event_in('{"event":1.0,"distinct_id":7,"timestamp":1e3}'), START)
    assert (facts.name, facts.person, facts.moment) == ("1.0", "7", "1e3")


def test_the_last_hours_of_the_year_9999_west_of_greenwich_get_an_id() -> None:
    seen: list[datetime] = []

    def new_uuid(moment: datetime) -> str:
        seen.append(moment)
        return "id"

    event = event_in('{"event":"a","timestamp":"9999-12-31T23:59:59-14:00"}')
    assert ready(event, new_uuid, START).get("uuid") == "id"
    assert seen == [datetime(9999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)]
