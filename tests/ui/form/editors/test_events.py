"""Rows over the events of a batch: edited in place, moved, and page by page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from composer.core.jsontext import Number, Object, Value, from_python
from composer.ui.form.editors.events import PAGE, EventsEditor
from composer.ui.form.problem import Problem
from composer.ui.widgets import Severity
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line

PATH = ("batch",)


@pytest.fixture
def batch(desk: Desk) -> Desk:
    desk.session.choose_type("batch")
    return desk


def put(desk: Desk, *events: object) -> None:
    desk.session.set_value(PATH, from_python(list(events)))


def many(desk: Desk, count: int) -> None:
    put(desk, *({"event": f"e{n}", "distinct_id": f"p{n}"} for n in range(1, count + 1)))


def names(desk: Desk) -> list[Value]:
    events = desk.value(*PATH)
    assert isinstance(events, tuple)
    return [event.get("event") for event in events if isinstance(event, Object)]


def editor(desk: Desk) -> EventsEditor:
    return next(r.editor for r in desk.form.rows if isinstance(r.editor, EventsEditor))


def test_the_event_that_was_there_is_the_first_row(batch: Desk) -> None:
    assert line(batch, "Event 1 name").text() == "plan upgraded"
    assert line(batch, "Event 1 person's ID").text() == "customer-42"
    assert named(batch.form, "Event 1 in the JSON", QAbstractButton).text() == "3 properties"


def test_an_event_is_added_with_id_and_time_and_filled(batch: Desk) -> None:
    put(batch)
    click(batch.form, "Add event to Events")
    assert focused() is line(batch, "Event 1 name")
    assert batch.value(*PATH, 0, "timestamp") == batch.session.now_text()
    assert batch.value(*PATH, 0, "uuid")
    type_into(line(batch, "Event 1 name"), "paid")
    type_into(line(batch, "Event 1 person's ID"), "42")
    type_into(line(batch, "Event 1 time"), "2026-01-01T00:00:00Z")
    assert batch.value(*PATH, 0, "event") == "paid"
    assert batch.value(*PATH, 0, "distinct_id") == "42"
    assert batch.value(*PATH, 0, "timestamp") == "2026-01-01T00:00:00Z"
    QTest.keyClick(line(batch, "Event 1 time"), Qt.Key.Key_Return)
    assert focused() is line(batch, "Event 2 name")


def test_an_import_asks_for_the_time(desk: Desk) -> None:
    desk.session.choose_type("historical")
    put(desk)
    click(desk.form, "Add event to Events")
    added = Object((("event", ""), ("distinct_id", ""), ("timestamp", "")))
    assert desk.value(*PATH) == (added,)


def test_what_else_an_event_has_is_kept(batch: Desk) -> None:
    whole = {"x": 1.0, "event": "a", "properties": {"distinct_id": "b", "n": [1]}, "uuid": None}
    put(batch, whole)
    type_into(line(batch, "Event 1 person's ID"), "c")
    type_into(line(batch, "Event 1 name"), "d")
    expected = {**whole, "event": "d", "properties": {"distinct_id": "c", "n": [1]}}
    assert batch.value(*PATH, 0) == from_python(expected)


def test_events_are_moved_and_removed_and_the_cursor_goes_along(batch: Desk) -> None:
    many(batch, 3)
    click(batch.form, "Move Event 1 down")
    assert names(batch) == ["e2", "e1", "e3"]
    assert focused() is named(batch.form, "Move Event 2 down")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert names(batch) == ["e2", "e3", "e1"]
    assert focused() is named(batch.form, "Move Event 3 up")
    assert not named(batch.form, "Move Event 3 down").isEnabled()
    click(batch.form, "Remove Event 2")
    assert names(batch) == ["e2", "e1"]
    assert focused() is line(batch, "Event 2 name")
    batch.session.undo_stack.undo()
    assert names(batch) == ["e2", "e3", "e1"]
    assert line(batch, "Event 2 name").text() == "e3"


def test_the_last_row_can_go_too(batch: Desk) -> None:
    click(batch.form, "Remove Event 1")
    assert batch.value(*PATH) == ()
    assert focused() is named(batch.form, "Add event to Events")


def test_what_is_no_event_is_shown_and_kept(batch: Desk) -> None:
    put(batch, {"event": 5, "distinct_id": 23}, [1], {"event": "c"})
    assert line(batch, "Event 1 name").text() == "5"
    assert line(batch, "Event 1 person's ID").text() == "23"
    assert line(batch, "Event 2 name").text() == "[1]"
    assert line(batch, "Event 2 name").isReadOnly()
    assert line(batch, "Event 2 time").isReadOnly()
    type_into(line(batch, "Event 3 name"), "d")
    assert batch.value(*PATH, 1) == (Number("1"),)
    assert batch.words(*PATH)[1]


def test_what_is_no_list_is_shown_and_kept(batch: Desk) -> None:
    batch.session.set_value(PATH, "none")
    before = batch.session.draft
    click(batch.form, "Add event to Events")
    assert batch.session.draft is before
    assert line(batch, "Events").text() == '"none"'


def test_a_long_list_is_shown_page_by_page(batch: Desk) -> None:
    many(batch, 150)
    batch.settle()
    assert len(editor(batch).rows) <= PAGE
    assert not named(batch.form, "Events before these").isEnabled()
    click(batch.form, "Events after these")
    assert line(batch, f"Event {PAGE + 1} name").text() == f"e{PAGE + 1}"
    assert f"{PAGE + 1} to {2 * PAGE} of 150" in words(batch)
    type_into(line(batch, f"Event {PAGE + 1} name"), "changed")
    assert batch.value(*PATH, PAGE, "event") == "changed"
    batch.form.focus_path((*PATH, 149, "distinct_id"))
    assert focused() is line(batch, "Event 150 person's ID")
    assert not named(batch.form, "Events after these").isEnabled()
    click(batch.form, "Add event to Events")
    assert focused() is line(batch, "Event 151 name")
    assert editor(batch).first == 140


def test_a_move_over_the_edge_of_a_page_leads_to_the_other_page(batch: Desk) -> None:
    many(batch, PAGE + 1)
    batch.form.focus_path((*PATH, PAGE))
    click(batch.form, f"Move Event {PAGE + 1} up")
    assert names(batch)[-2:] == [f"e{PAGE + 1}", f"e{PAGE}"]
    assert focused() is named(batch.form, f"Move Event {PAGE} up")


def test_a_row_leads_to_its_event_in_the_json(batch: Desk) -> None:
    many(batch, 2)
    spy = QSignalSpy(batch.form.json_wanted)
    click(batch.form, "Event 2 in the JSON")
    assert [spy.at(i)[0] for i in range(spy.count())] == [("batch", 1)]


def test_the_events_can_be_asked_into_the_batch_place(batch: Desk) -> None:
    spy = QSignalSpy(batch.form.list_wanted)
    click(batch.form, "Open in Batch")
    assert spy.count() == 1


def test_what_is_wrong_with_an_event_stands_in_its_row(batch: Desk) -> None:
    many(batch, PAGE + 1)
    batch.settle()
    wrong = Problem(path=(*PATH, 1, "event"), message="No name.", severity=Severity.ERROR)
    batch.form.show_problems((wrong,))
    assert line(batch, "Event 2 name").property("problem")
    assert not line(batch, "Event 1 name").property("problem")
    assert "No name." in words(batch)
    batch.form.show_problems((Problem(path=(*PATH, PAGE, "event"), message="Too long."),))
    assert not line(batch, "Event 2 name").property("problem")
    assert batch.words(*PATH)[2] == f"Event {PAGE + 1}: Too long."
    advice = Problem(path=(*PATH, 0, "event"), message="You may.", severity=Severity.INFO)
    batch.form.show_problems((advice,))
    assert "You may." not in words(batch)
    batch.form.show_problems((Problem(path=PATH, message="Too many."),))
    assert batch.words(*PATH)[2] == "Too many."


def words(desk: Desk) -> list[str]:
    return [label.text() for label in desk.form.findChildren(QLabel) if label.isVisible()]
