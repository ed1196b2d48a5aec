"""Texts in the cells of the table of events, and events with another text in a cell."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.cells import (
    EVENT,
    PERSON,
    TIME,
    CellError,
    can_be_edited,
    cell_text,
    changed_body,
    event_in,
    property_column,
    property_of,
)

BODY = (
    '{"event":"paid","distinct_id":"ada","uuid":"u","timestamp":"2026-11-20T08:00:00Z",'
    '"properties":{"plan":"pro","seats":14,"zip":"01234","trial":true,"tags":["a"],"none":null}}'
)


def texts(body: str, *columns: str) -> list[str]:
    return [cell_text(event_in(body), column) for column in columns]


def test_a_cell_shows_the_value_as_it_is_edited() -> None:
    names = ("plan", "seats", "trial", "tags", "none", "missing")
    columns = [property_column(name) for name in names]
    assert texts(BODY, *columns) == ["pro", "14", "yes", '["a"]', "null", ""]
    assert texts(BODY, EVENT, PERSON, TIME) == ["paid", "ada", "2026-11-20T08:00:00Z"]


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("seats", "15.50", '"seats":15.50'),
        ("zip", "99", '"zip":"99"'),
        ("trial", "no", '"trial":false'),
        ("tags", '["a", 2]', '"tags":["a",2]'),
        ("none", "12", '"none":"12"'),
        ("new", "12", '"new":"12"'),
    ],
)
def test_a_value_stays_of_its_kind(name: str, text: str, written: str) -> None:
    assert written in changed_body(BODY, property_column(name), text)


@pytest.mark.parametrize(("name", "text"), [("seats", "many"), ("trial", "perhaps"), ("tags", "a")])
def test_text_of_another_kind_is_refused_with_the_next_step(name: str, text: str) -> None:
    with pytest.raises(CellError, match="open it in Compose"):
        changed_body(BODY, property_column(name), text)


def test_no_text_takes_the_value_out_but_leaves_the_event_its_name() -> None:
    assert '"plan"' not in changed_body(BODY, property_column("plan"), "")
    assert '"timestamp"' not in changed_body(BODY, TIME, "")
    assert '"event":""' in changed_body(BODY, EVENT, "")


def test_the_person_is_written_where_it_stands() -> None:
    old = '{"event":"x","properties":{"distinct_id":"bob"}}'
    assert changed_body(old, PERSON, "cyd") == '{"event":"x","properties":{"distinct_id":"cyd"}}'
    assert changed_body('{"event":"x"}', PERSON, "cyd") == '{"event":"x","distinct_id":"cyd"}'


def test_a_name_that_was_a_number_may_become_a_text() -> None:
    assert changed_body('{"event":7}', EVENT, "seven") == '{"event":"seven"}'
    assert changed_body('{"event":7}', EVENT, "8") == '{"event":8}'


def test_a_time_has_to_be_one() -> None:
    assert '"timestamp":"2026-11-21"' in changed_body(BODY, TIME, " 2026-11-21 ")
    with pytest.raises(CellError, match="2026-11-21T09:30:00Z"):
        changed_body(BODY, TIME, "yesterday")


def test_what_is_no_event_is_told() -> None:
    for body in ("[]", "{", '{"properties": 7}'):
        with pytest.raises(CellError):
            changed_body(body, property_column("plan"), "x")


def test_only_what_a_person_can_write_is_edited() -> None:
    assert [can_be_edited(key) for key in (EVENT, PERSON, TIME, property_column("a"))] == [True] * 4
    assert not any(can_be_edited(key) for key in ("number", "verdict", "size"))
    assert (property_of("property:a:b"), property_of("event")) == ("a:b", None)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), st.text("abc"))
def test_what_is_written_is_what_is_shown_and_nothing_else_changes(text: str, name: str) -> None:
    column = property_column(name)
    changed = changed_body(BODY, column, text)
    assert texts(changed, column) == [text]
    assert texts(changed, EVENT, PERSON, TIME) == texts(BODY, EVENT, PERSON, TIME)
    assert changed_body(changed, column, "") == changed_body(BODY, column, "")
