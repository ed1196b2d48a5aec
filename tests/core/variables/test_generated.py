"""Generated values are made from the time and the chance that are handed in."""

from datetime import UTC, datetime, timedelta

import pytest

from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Number, Value
from composer.core.variables import Reference, reference_problem
from composer.core.variables.generated import made
from composer.core.variables.moments import relative_offset
from composer.core.variables.references import reference_at
from tests.helpers.clock import START
from tests.helpers.maker import StandingMaker


def reference(text: str) -> Reference:
    found = reference_at(text, 0)
    assert found is not None
    return found


def values(text: str, count: int) -> list[Value]:
    maker = StandingMaker()
    return [made(reference(text), maker, START)[0] for _ in range(count)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{now}}", "2026-11-21T09:30:00.000Z"),
        ("{{now -2d}}", "2026-11-19T09:30:00.000Z"),
        ("{{now +90m}}", "2026-11-21T11:00:00.000Z"),
        ("{{now -1.5h}}", "2026-11-21T08:00:00.000Z"),
        ("{{now +1w -1d +30s}}", "2026-11-27T09:30:30.000Z"),
        ("{{pick red}}", "red"),
        ('{{pick "light blue"}}', "light blue"),
        ("{{pick '3'}}", "3"),
        ("{{pick 1.50}}", Number("1.50")),
        ("{{pick true}}", True),
        ("{{pick null}}", None),
        ("{{int 7 7}}", Number("7")),
        ("{{int -3 -3}}", Number("-3")),
    ],
)
def test_a_value_has_its_type(text: str, value: Value) -> None:
    assert values(text, 1) == [value]


def test_a_range_has_both_ends_in_either_order() -> None:
    one_to_three = [Number("1"), Number("2"), Number("3"), Number("1")]
    assert values("{{int 1 3}}", 4) == values("{{int 3 1}}", 4) == one_to_three


def test_each_of_several_is_picked() -> None:
    assert values("{{pick a 2 false}}", 3) == ["a", Number("2"), False]


def test_an_id_is_of_the_time_of_its_event() -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    (found,) = made(reference("{{uuid7}}"), StandingMaker(), moment)
    assert isinstance(found, str)
    assert uuid7_milliseconds(found) == moment.timestamp() * 1000


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{now 2d}}", "-2d"),
        ("{{now -2y}}", "-2d"),
        ("{{now -999999999w}}", "-2d"),
        ("{{uuid7 4}}", "{{uuid7}}"),
        ("{{pick}}", "{{pick red"),
        ("{{int}}", "{{int 1 10}}"),
        ("{{int 1}}", "{{int 1 10}}"),
        ("{{int 1 x}}", "{{int 1 10}}"),
        ("{{int 1 2 3}}", "{{int 1 10}}"),
        ("{{int 1.5 2}}", "{{int 1 10}}"),
    ],
)
def test_a_wrong_argument_is_told_and_makes_nothing(text: str, hint: str) -> None:
    assert hint in reference_problem(reference(text))
    assert made(reference(text), StandingMaker(), START) == ()


def test_a_time_that_no_year_has_makes_nothing() -> None:
    assert reference_problem(reference("{{now -900000d}}")) == ""
    assert made(reference("{{now -900000d}}"), StandingMaker(), START) == ()


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("now", timedelta()),
        ("Now  -2d", timedelta(days=-2)),
        (" +3h ", timedelta(hours=3)),
        ("2026-01-01", None),
        ("", None),
        ("now then", None),
    ],
)
def test_an_answer_can_be_relative_to_now(text: str, offset: timedelta | None) -> None:
    assert relative_offset(text) == offset
