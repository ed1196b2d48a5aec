"""Editors of one value: a person's edit changes exactly that value."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu

from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Number
from composer.core.times import wire_text
from tests.helpers.clock import START
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk


def line(desk: Desk, name: str) -> QLineEdit:
    return named(desk.form, name, QLineEdit)


def pick(desk: Desk, name: str, text: str) -> None:
    """Choose from a list with the keyboard."""
    combo = named(desk.form, name, QComboBox)
    combo.setFocus()
    steps = combo.findText(text) - combo.currentIndex()
    key = Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up
    for _ in range(abs(steps)):
        QTest.keyClick(combo, key)


def test_text_is_set_as_it_is_typed(desk: Desk) -> None:
    type_into(line(desk, "Event name"), " plan  paid ")
    assert desk.value("event") == " plan  paid "


def test_emptied_required_text_stays_as_empty_text(desk: Desk) -> None:
    type_into(line(desk, "Person's ID"), "x")
    QTest.keyClick(line(desk, "Person's ID"), Qt.Key.Key_Backspace)
    assert desk.session.draft.has(("distinct_id",))
    assert desk.value("distinct_id") == ""


def test_emptied_optional_text_is_removed(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    type_into(line(desk, "Page title"), "x")
    assert desk.value("properties", "title") == "x"
    QTest.keyClick(line(desk, "Page title"), Qt.Key.Key_Backspace)
    assert not desk.session.draft.has(("properties", "title"))


def test_empty_text_in_the_json_is_told_from_nothing(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    assert desk.words("properties", "title")[1] == ""
    desk.session.set_value(("properties", "title"), "")
    assert desk.words("properties", "title")[1] == "Empty text in the JSON."


def test_typing_turns_a_foreign_value_into_text(desk: Desk) -> None:
    desk.session.set_value(("distinct_id",), Number("23"))
    field = line(desk, "Person's ID")
    assert (field.text(), field.property("mono")) == ("23", True)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "4")
    assert desk.value("distinct_id") == "234"
    assert field.property("mono") is False
    assert desk.words("distinct_id")[1] == ""


def test_text_that_is_too_long_is_read_only(desk: Desk) -> None:
    desk.session.set_value(("distinct_id",), "x" * 100_000)
    field = line(desk, "Person's ID")
    assert field.isReadOnly()
    QTest.keyClicks(field, "y")
    assert desk.value("distinct_id") == "x" * 100_000
    desk.session.undo_stack.undo()
    assert not field.isReadOnly()


def test_a_new_uuid_has_the_time_of_the_event(desk: Desk) -> None:
    desk.form.focus_path(("uuid",))
    before = desk.value("uuid")
    click(desk.form, "Make a new Event ID")
    after = desk.value("uuid")
    assert isinstance(after, str)
    assert after != before
    assert uuid7_milliseconds(after) == int(START.timestamp() * 1000)
    assert line(desk, "Event ID").text() == after


def test_an_address_fills_its_fields(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    button = named(desk.form, "Fill in host, path and campaign from this address")
    type_into(line(desk, "Page URL"), "/menu")
    assert not button.isEnabled()
    type_into(line(desk, "Page URL"), "https://shop.example/menu?utm_source=mail")
    click(desk.form, "Fill in host, path and campaign from this address")
    assert line(desk, "Host").text() == "shop.example"
    assert desk.value("properties", "$pathname") == "/menu"
    assert desk.value("properties", "utm_source") == "mail"


def test_yes_no_and_not_set(desk: Desk) -> None:
    desk.form.focus_path(("properties", "$is_server"))
    path = ("properties", "$is_server")
    pick(desk, "Sent by a server", "Yes")
    assert desk.value(*path) is True
    pick(desk, "Sent by a server", "No")
    assert desk.value(*path) is False
    pick(desk, "Sent by a server", "Not set")
    assert not desk.session.draft.has(path)


def test_a_required_yes_no_cannot_be_unset(desk: Desk) -> None:
    desk.session.choose_type("anonymous")
    combo = named(desk.form, "Create or update a person", QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == ["Yes", "No"]
    desk.session.remove(("properties", "$process_person_profile"))
    assert (combo.currentIndex(), combo.placeholderText()) == (-1, "Not set")
    desk.session.set_value(("properties", "$process_person_profile"), "no")
    assert (combo.currentIndex(), combo.placeholderText()) == (-1, '"no"')


def test_to_choose_what_is_there_already_is_no_edit(desk: Desk) -> None:
    desk.session.set_text(desk.session.text.replace("  ", "      "))
    before = desk.session.draft
    desk.form.focus_path(("properties", "$insert_id"))
    for name in ("Do not add a location", "Sent by a server"):
        combo = named(desk.form, name, QComboBox)
        combo.activated.emit(combo.currentIndex())
    assert desk.session.draft is before


def test_a_choice_can_be_picked_or_typed(desk: Desk) -> None:
    desk.session.choose_type("screen")
    path = ("properties", "$device_type")
    desk.form.focus_path(path)
    pick(desk, "Device type", "Tablet")
    assert desk.value(*path) == "Tablet"
    type_into(named(desk.form, "Device type, text", QLineEdit), "Fridge")
    assert desk.value(*path) == "Fridge"
    QTest.keyClick(named(desk.form, "Device type, text"), Qt.Key.Key_Return)
    assert desk.value(*path) == "Fridge"
    desk.session.set_value(path, Number("7"))
    assert named(desk.form, "Device type, text", QLineEdit).text() == "7"
    field = named(desk.form, "Device type, text", QLineEdit)
    field.clear()
    field.textEdited.emit("")
    assert not desk.session.draft.has(path)


def test_a_number_keeps_its_spelling(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    path = ("properties", "$screen_width")
    desk.form.focus_path(path)
    type_into(line(desk, "Screen width"), "1.50e2")
    assert desk.value(*path) == Number("1.50e2")


def test_what_is_no_number_stays_in_the_field_only(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    path = ("properties", "$screen_width")
    desk.form.focus_path(path)
    field = line(desk, "Screen width")
    type_into(field, "12")
    QTest.keyClicks(field, ",5")
    assert desk.value(*path) == Number("12")
    assert "Use a point" in desk.words(*path)[2]
    type_into(line(desk, "Person's ID"), "other")
    assert field.text() == "12,5", "an edit elsewhere does not throw it away"
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert desk.words(*path)[2] == ""
    type_into(field, " ")
    assert not desk.session.draft.has(path)


def test_a_time_is_described_and_set_to_now(desk: Desk) -> None:
    type_into(line(desk, "When"), "2026-11-20T09:30:00+01:00")
    assert desk.words("timestamp")[0] == "20 Nov 2026 08:30:00 UTC · 1 day ago"
    desk.clock.go_on(minutes=5)
    click(desk.form, "Set When to now")
    assert desk.value("timestamp") == wire_text(desk.clock.now())
    assert desk.words("timestamp")[0] == "09:35:00 UTC · just now"


def test_what_is_no_time_shows_its_problem(desk: Desk) -> None:
    type_into(line(desk, "When"), "tomorrow")
    help_line, _, problem = desk.words("timestamp")
    assert help_line == ""
    assert "time of arrival" in problem
    assert not named(desk.form, "Write the same time in another time zone").isEnabled()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("UTC+05:30", "2026-11-20T14:00:00.25+05:30"), ("UTC", "2026-11-20T08:30:00.25Z")],
)
def test_a_zone_respells_the_same_instant(desk: Desk, zone: str, expected: str) -> None:
    type_into(line(desk, "When"), "2026-11-20T09:30:00.25+01:00")
    click(desk.form, "Write the same time in another time zone")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == zone)
    action.trigger()
    menu.close()
    assert desk.value("timestamp") == expected
    assert line(desk, "When").text() == expected


def test_the_description_keeps_up_with_the_clock(desk: Desk) -> None:
    assert desk.words("timestamp")[0].endswith("just now")
    desk.clock.go_on(minutes=3)
    for timer in desk.form.findChildren(QTimer):
        timer.setInterval(0)
    desk.settle()
    assert desk.words("timestamp")[0].endswith("3 minutes ago")
