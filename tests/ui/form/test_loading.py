"""Showing a draft is not editing it, whatever stands in it."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from composer.core.draft import Draft
from composer.core.events import ALL, fields_of
from composer.core.fields import EventType, Kind
from composer.core.jsontext import Number, Object, Value, encode, parse, remove_at, set_at
from composer.ui.form import FormView
from tests.helpers.values import objects, scalars, texts, values
from tests.helpers.window import named, type_into
from tests.ui.form.conftest import Desk

TYPES = pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
FEW = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
BODIES = st.tuples(texts, texts | values, texts, objects(values), scalars).map(
    lambda parts: Object(
        (
            ("event", parts[0]),
            ("distinct_id", parts[1]),
            ("uuid", "018f"),
            ("timestamp", parts[2]),
            ("properties", parts[3].with_member("$current_url", parts[4])),
        )
    )
)


def open_whole(desk: Desk) -> None:
    """Unfold the form and wait for its last row."""
    desk.form.focus_path(("sent_at",) if desk.session.draft.event_type.is_batch else ("uuid",))
    desk.settle()


def walk(form: FormView) -> list[QWidget]:
    """Press Tab through the whole form; returns where the cursor has been."""
    form.focus_first()
    seen: list[QWidget] = []
    while (here := QApplication.focusWidget()) and here not in seen:
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return seen


def full_draft(desk: Desk, event_type: EventType, fill: Value = None) -> Draft:
    """A draft with a value in every field; the fields' own examples, if not told otherwise."""
    desk.session.choose_type(event_type.id)
    payload = desk.session.draft.payload
    for field in fields_of(event_type):
        value = field.example if fill is None else fill
        if field.kind is Kind.ANSWERS and fill is None:
            payload = set_at(payload, ("properties", f"{field.key}q"), "9")
        elif field.place.value == "properties":
            payload = set_at(payload, field.path, value)
    return desk.session.draft.with_text(encode(payload))


@TYPES
def test_loading_and_walking_through_changes_nothing(desk: Desk, event_type: EventType) -> None:
    desk.session.open(full_draft(desk, event_type))
    before = desk.session.draft
    steps = desk.session.undo_stack.count()
    open_whole(desk)
    assert len(walk(desk.form)) > len(fields_of(event_type))
    assert desk.session.draft is before
    assert desk.session.undo_stack.count() == steps


@TYPES
def test_values_of_every_type_are_shown_and_left_alone(desk: Desk, event_type: EventType) -> None:
    for fill in (Number("1.00"), "a\nb", (None,), Object((("a", True),)), False):
        desk.session.open(full_draft(desk, event_type, fill))
        before = desk.session.draft
        open_whole(desk)
        walk(desk.form)
        assert desk.session.draft is before


@TYPES
def test_an_empty_body_is_shown_and_left_alone(desk: Desk, event_type: EventType) -> None:
    desk.session.choose_type(event_type.id)
    member = ("batch", ()) if event_type.is_batch else ("event", event_type.event or "x")
    payload = Object((member,))
    desk.session.set_text(encode(payload))
    before = desk.session.draft
    assert before.type_id == event_type.id
    open_whole(desk)
    walk(desk.form)
    assert desk.session.draft is before


@FEW
@given(body=BODIES)
def test_editing_one_field_leaves_all_others_exact(desk: Desk, body: Object) -> None:
    desk.session.set_text(encode(body))
    if desk.session.draft.type_id != "custom":
        return  # it has become a group event, say; the other tests have those
    open_whole(desk)
    walk(desk.form)
    assert desk.session.draft.payload == parse(encode(body))
    type_into(named(desk.form, "Event ID", QLineEdit), "x1")
    after = desk.session.draft.payload
    assert after.get("uuid") == "x1"
    assert remove_at(after, ("uuid",)) == remove_at(body, ("uuid",))


@FEW
@given(exact=texts.filter(lambda text: 0 < len(text) < 200), typed=st.text("abc", max_size=3))
def test_typing_at_the_end_keeps_what_was_there(desk: Desk, exact: str, typed: str) -> None:
    desk.session.set_text(encode(Object((("event", "x"), ("distinct_id", exact)))))
    line = named(desk.form, "Person's ID", QLineEdit)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, typed)
    assert desk.value("distinct_id") == exact + typed


def test_the_form_follows_the_json_and_undo(desk: Desk) -> None:
    line = named(desk.form, "Person's ID", QLineEdit)
    desk.session.set_value(("distinct_id",), "elsewhere")
    assert line.text() == "elsewhere"
    desk.session.undo_stack.undo()
    assert line.text() == "customer-42"


def test_the_cursor_stays_where_it_is_while_typing(desk: Desk) -> None:
    line = named(desk.form, "Person's ID", QLineEdit)
    line.setFocus()
    line.setCursorPosition(3)
    QTest.keyClicks(line, "xy")
    assert (line.text(), line.cursorPosition()) == ("cusxytomer-42", 5)
    assert desk.value("distinct_id") == "cusxytomer-42"
    assert QApplication.focusWidget() is line
