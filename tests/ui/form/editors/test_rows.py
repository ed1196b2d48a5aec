"""Typed rows: each row is one member, in its place."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from composer.core.jsontext import Number, Object, Value, encode
from composer.ui.form.editors.rows import RowsEditor
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line, pick


def members(desk: Desk, *path: str) -> tuple[tuple[str, Value], ...]:
    value = desk.value("properties", *path)
    assert isinstance(value, Object)
    return tuple(member for member in value if not member[0].startswith("$geoip"))


def set_properties(desk: Desk, *pairs: tuple[str, Value]) -> None:
    body = Object((("event", "x"), ("distinct_id", "y"), ("properties", Object(pairs))))
    desk.session.set_text(encode(body))


def problem(desk: Desk, row: int) -> str:
    return editor(desk).rows[row].problem


def editor(desk: Desk) -> RowsEditor:
    found = next(r.editor for r in desk.form.rows if r.editor.path == ("properties",))
    assert isinstance(found, RowsEditor)
    return found


def test_a_row_is_added_and_filled_by_keyboard(desk: Desk) -> None:
    before = desk.session.draft
    click(desk.form, "Add property")
    assert focused().accessibleName() == "Property 3 name"
    assert desk.session.draft is before, "an empty row is no member yet"
    QTest.keyClicks(focused(), "coupon")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Property 3 value"
    QTest.keyClicks(focused(), "SPRING")
    assert members(desk)[-1] == ("coupon", "SPRING")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused().accessibleName() == "Property 4 name"


def test_an_added_row_that_stays_empty_is_not_doubled(desk: Desk) -> None:
    click(desk.form, "Add property")
    click(desk.form, "Add property")
    assert focused().accessibleName() == "Property 3 name"
    click(desk.form, "Remove property")
    desk.settle()
    assert focused().accessibleName() == "Property 2 name"
    assert len(members(desk)) == 2


def test_a_value_typed_first_is_in_the_json_at_once(desk: Desk) -> None:
    click(desk.form, "Add property")
    type_into(line(desk, "Property 3 value"), "x")
    assert members(desk)[-1] == ("", "x")
    assert problem(desk, 2) == "Give this property a name."


def test_renaming_keeps_place_and_value(desk: Desk) -> None:
    type_into(line(desk, "Property 1 name"), "tier")
    assert members(desk) == (("tier", "pro"), ("seats", Number("14")))
    assert named(desk.form, "Remove property tier")
    assert focused() is line(desk, "Property 1 name")


def test_a_name_that_is_there_already_is_told_and_nothing_is_lost(desk: Desk) -> None:
    type_into(line(desk, "Property 2 name"), "plan")
    assert members(desk) == (("plan", "pro"), ("plan", Number("14")))
    assert problem(desk, 0) == problem(desk, 1) != ""
    type_into(line(desk, "Property 1 value"), "free")
    assert members(desk) == (("plan", "free"), ("plan", Number("14")))
    QTest.keyClicks(line(desk, "Property 2 name"), "s")
    assert problem(desk, 0) == problem(desk, 1) == ""


def test_a_change_of_type_takes_the_value_along(desk: Desk) -> None:
    pick(desk, "Property 2 type", "text")
    assert members(desk)[1] == ("seats", "14")
    pick(desk, "Property 2 type", "list")
    assert members(desk)[1] == ("seats", (Number("14"),)), "as if chosen at once"
    pick(desk, "Property 1 type", "yes/no")
    assert members(desk)[0] == ("plan", False)
    pick(desk, "Property 1 value", "Yes")
    assert members(desk)[0] == ("plan", True)
    pick(desk, "Property 1 type", "null")
    assert members(desk)[0] == ("plan", None)
    assert not line(desk, "Property 1 value").isEnabled()


def test_to_choose_what_is_there_already_is_no_edit(desk: Desk) -> None:
    desk.session.set_text(desk.session.text.replace("  ", "      "))
    before = desk.session.draft
    for name in ("Property 1 type", "Property 2 type"):
        combo = named(desk.form, name, QComboBox)
        combo.activated.emit(combo.currentIndex())
    assert desk.session.draft is before
    assert "      " in desk.session.text


def test_a_value_that_is_none_of_its_type_stays_in_the_row_only(desk: Desk) -> None:
    type_into(line(desk, "Property 2 value"), "1,5")
    assert members(desk)[1] == ("seats", Number("1"))
    assert "Use a point" in problem(desk, 1)
    type_into(line(desk, "Property 1 value"), "free")
    assert line(desk, "Property 2 value").text() == "1,5"
    type_into(line(desk, "Property 2 value"), "1.50")
    assert members(desk)[1] == ("seats", Number("1.50"))
    assert problem(desk, 1) == ""


def test_a_date_can_be_now(desk: Desk) -> None:
    set_properties(desk, ("at", "2026-01-01T00:00:00Z"))
    assert named(desk.form, "Property 1 type", QComboBox).currentText() == "date"
    click(desk.form, "Set to now")
    assert members(desk) == (("at", desk.session.now_text()),)


def test_lists_and_objects_are_edited_as_json(desk: Desk) -> None:
    set_properties(desk, ("list", (Number("1"),)), ("object", Object((("a", "b"),))))
    assert line(desk, "Property 1 value").text() == "[1]"
    type_into(line(desk, "Property 2 value"), '{"a": 1.0}')
    assert members(desk)[1] == ("object", Object((("a", Number("1.0")),)))


def test_a_removed_row_leaves_the_cursor_in_the_block(desk: Desk) -> None:
    click(desk.form, "Remove property plan")
    assert members(desk) == (("seats", Number("14")),)
    assert focused() is line(desk, "Property 1 name")
    desk.session.undo_stack.undo()
    assert [line(desk, f"Property {n} name").text() for n in (1, 2)] == ["plan", "seats"]


def test_the_json_can_change_rows_under_the_cursor(desk: Desk) -> None:
    field = line(desk, "Property 2 value")
    field.setFocus()
    set_properties(desk, ("a", "1"), ("b", "2"), ("c", "3"))
    assert focused() is field
    assert [line(desk, f"Property {n} value").text() for n in (1, 2, 3)] == ["1", "2", "3"]
    set_properties(desk, ("a", "1"))
    desk.settle()
    assert len(editor(desk).rows) == 1


def test_a_property_named_like_a_field_moves_there_when_its_row_is_left(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    desk.session.set_value(("properties", "plan"), "pro")
    desk.session.set_value(("properties", "seats"), Number("14"))
    type_into(line(desk, "Property 1 name"), "title")
    assert members(desk)[0] == ("title", "pro")
    assert problem(desk, 0) == "“Page title” in this form shows it from now on."
    assert line(desk, "Page title").text() == "pro"
    assert focused() is line(desk, "Property 1 name")
    line(desk, "Property 1 value").setFocus()
    desk.settle()
    assert line(desk, "Property 1 name").text() == "title", "the row is still in use"
    line(desk, "Person's ID").setFocus()
    desk.settle()
    assert line(desk, "Property 1 name").text() == "seats"
    assert line(desk, "Page title").text() == "pro"


def test_typing_past_the_name_of_a_field_keeps_the_row(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    click(desk.form, "Add property")
    QTest.keyClicks(focused(), "title_length")
    assert members(desk)[-1] == ("title_length", "")
    assert desk.value("properties", "title") is None


def test_properties_that_are_no_object_are_shown_and_kept(desk: Desk) -> None:
    desk.session.set_text('{"event": "x", "distinct_id": "y", "properties": [1]}')
    assert line(desk, "Properties").text() == "[1]"
    assert line(desk, "Properties").isReadOnly()
    before = desk.session.draft
    click(desk.form, "Add property")
    assert desk.session.draft is before
    set_properties(desk, ("a", "1"))
    assert line(desk, "Property 1 name").text() == "a"


def test_person_properties_come_and_go_with_their_rows(desk: Desk) -> None:
    desk.session.choose_type("identify")
    click(desk.form, "Add property to Person properties")
    QTest.keyClicks(focused(), "email")
    assert members(desk, "$set") == (("email", ""),)
    click(desk.form, "Remove property email from Person properties")
    assert not desk.session.draft.has(("properties", "$set"))


def test_groups_are_pairs_of_text(desk: Desk) -> None:
    desk.session.choose_type("group_event")
    click(desk.form, "Add group to Groups")
    QTest.keyClicks(focused(), "company")
    type_into(line(desk, "Groups 1 ID"), "14")
    assert members(desk, "$groups") == (("company", "14"),)
    desk.session.set_value(("properties", "$groups", "company"), Number("7"))
    assert line(desk, "Groups 1 ID").text() == "7"
    assert named(desk.form, "Show Groups 1 ID in the JSON")
    type_into(line(desk, "Groups 1 ID"), "8")
    assert members(desk, "$groups") == (("company", "8"),)


def test_answers_carry_their_prefix(desk: Desk) -> None:
    desk.session.choose_type("survey_sent")
    desk.session.set_value(("properties", "plan"), "pro")
    click(desk.form, "Add answer to Answers")
    QTest.keyClicks(focused(), "q1")
    type_into(line(desk, "Answers 1 answer"), "9")
    assert desk.value("properties", "$survey_response_q1") == "9"
    kinds = named(desk.form, "Answers 1 type", QComboBox)
    assert [kinds.itemText(row) for row in range(kinds.count())] == ["text", "list"]
    desk.session.set_value(("properties", "$survey_response_q1"), Number("9"))
    assert kinds.currentText() == "number"
    click(desk.form, "Remove answer q1 from Answers")
    assert not desk.session.draft.has(("properties", "$survey_response_q1"))
    assert line(desk, "Property 1 name").text() == "plan"


def test_a_keystroke_among_many_rows_rebuilds_none(desk: Desk) -> None:
    set_properties(desk, *((f"key {n}", f"{n}") for n in range(300)))
    assert len(editor(desk).rows) < 300, "the rest is built while nothing else is to do"
    desk.form.focus_path(("properties", "key 250"))
    assert focused().accessibleName() == "Property 251 value"
    rows = editor(desk).rows
    assert len(rows) == 300
    QTest.keyClick(focused(), Qt.Key.Key_End)
    QTest.keyClicks(focused(), "x")
    assert editor(desk).rows == rows
    assert members(desk)[250] == ("key 250", "250x")
    assert members(desk)[249] == ("key 249", "249")


def test_the_cursor_goes_to_the_first_row_or_to_a_new_one(desk: Desk) -> None:
    desk.form.focus_path(("properties",))
    assert focused() is line(desk, "Property 1 name")
    desk.session.choose_type("identify")
    desk.form.focus_path(("properties", "$set"))
    assert focused() is line(desk, "Person properties 1 name")


def test_an_added_row_stays_last_when_the_json_changes(desk: Desk) -> None:
    click(desk.form, "Add property")
    set_properties(desk, ("a", "1"))
    desk.settle()
    type_into(line(desk, "Property 2 name"), "b")
    assert members(desk) == (("a", "1"), ("b", ""))
    click(desk.form, "Add property")
    click(desk.form, "Remove property a")
    desk.settle()
    assert line(desk, "Property 2 name").text() == ""


def test_many_rows_are_built_by_themselves(desk: Desk) -> None:
    set_properties(desk, *((f"key {n}", f"{n}") for n in range(40)))
    for _ in range(30):
        desk.settle()
    assert len(editor(desk).rows) == 40
