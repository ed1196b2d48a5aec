"""Lists of objects: exceptions with their stack frames, and messages."""

import json
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPushButton

from composer.core.jsontext import Layout, Value, encode, from_python
from composer.ui.form.editors.objects import ObjectsEditor
from composer.ui.form.problem import Problem
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line, pick

ERRORS = ("properties", "$exception_list")
INPUT = ("properties", "$ai_input")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def error(desk: Desk) -> Desk:
    desk.session.choose_type("exception")
    return desk


@pytest.fixture
def call(desk: Desk) -> Desk:
    desk.session.choose_type("ai_generation")
    return desk


def put(desk: Desk, path: tuple[str, ...], value: object) -> None:
    desk.session.set_value(path, from_python(value))


def held(desk: Desk, *path: str | int) -> object:
    """What stands there, read by another reader of JSON than ours."""
    return json.loads(encode(desk.value(*path), Layout.COMPACT))


def editor(desk: Desk, path: tuple[str, ...]) -> ObjectsEditor:
    found = next(row.editor for row in desk.form.rows if row.editor.path == path)
    assert isinstance(found, ObjectsEditor)
    return found


def is_there(desk: Desk, name: str) -> bool:
    widgets = desk.form.findChildren(QLineEdit) + desk.form.findChildren(QAbstractButton)
    return any(w.accessibleName() == name and w.isVisible() for w in widgets)


def frame(number: int) -> dict[str, object]:
    return {"platform": "python", "function": f"step_{number}", "lineno": number}


def two_errors() -> list[dict[str, object]]:
    trace = {"type": "raw", "frames": [frame(1), frame(2), frame(3)]}
    return [
        {"type": "PaymentDeclined", "value": "refused", "stacktrace": trace},
        {"type": "TimeoutError", "value": "no answer"},
    ]


def test_typing_into_an_exception_gives_exactly_its_json(error: Desk) -> None:
    click(error.form, "Add exception to Exceptions")
    assert focused() is line(error, "Exception 1, type")
    type_into(focused(), "PaymentDeclined")
    type_into(line(error, "Exception 1, message"), "Card refused")
    pick(error, "Exception 1, handled", "Yes")
    type_into(line(error, "Exception 1, thread"), "7")
    click(error.form, "Add frame to Exception 1, stack frames")
    assert focused() is line(error, "Exception 1, frame 1, function")
    type_into(focused(), "charge")
    type_into(line(error, "Exception 1, frame 1, line"), "88")
    pick(error, "Exception 1, frame 1, your code", "No")
    assert held(error, *ERRORS) == [
        {
            "type": "PaymentDeclined",
            "value": "Card refused",
            "mechanism": {"handled": True},
            "thread_id": 7,
            "stacktrace": {
                "type": "raw",
                "frames": [
                    {"platform": "custom", "function": "charge", "lineno": 88, "in_app": False}
                ],
            },
        }
    ]


def test_emptied_parts_go_and_the_last_row_takes_the_member_along(error: Desk) -> None:
    put(error, ERRORS, [{"type": "A", "value": "b", "module": "m", "mechanism": {"type": "g"}}])
    type_into(line(error, "Exception 1, module"), "x")
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    type_into(line(error, "Exception 1, caught by"), "x")
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    assert held(error, *ERRORS) == [{"type": "A", "value": "b"}]
    click(error.form, "Add frame to Exception 1, stack frames")
    click(error.form, "Remove Exception 1, frame 1")
    assert held(error, *ERRORS) == [{"type": "A", "value": "b"}]
    click(error.form, "Remove Exception 1")
    assert not error.session.draft.has(ERRORS)


def test_a_removed_row_leaves_what_is_behind_it_in_its_place(error: Desk) -> None:
    put(error, ERRORS, two_errors())
    click(error.form, "Exception 1")
    click(error.form, "Exception 1, frame 3")
    click(error.form, "Remove Exception 1, frame 2")
    assert held(error, *ERRORS, 0, "stacktrace", "frames") == [frame(1), frame(3)]
    assert line(error, "Exception 1, frame 2, function").text() == "step_3"
    assert not is_there(error, "Exception 1, frame 3")
    assert focused().accessibleName() == "Exception 1, frame 2"
    type_into(line(error, "Exception 1, frame 2, function"), "later")
    assert held(error, *ERRORS, 0, "stacktrace", "frames", 1, "function") == "later"


@pytest.mark.parametrize("by_key", [True, False])
def test_rows_move_with_what_is_open_and_with_the_cursor(error: Desk, *, by_key: bool) -> None:
    first, second = two_errors()
    put(error, ERRORS, [first, second])
    click(error.form, "Exception 1")
    if by_key:
        QTest.keyClick(line(error, "Exception 1, message"), Qt.Key.Key_Down, ALT)
    else:
        click(error.form, "Move Exception 1 down")
    assert held(error, *ERRORS) == [second, first]
    assert line(error, "Exception 2, type").text() == "PaymentDeclined"
    assert not is_there(error, "Exception 1, type")
    assert focused().accessibleName() == "Exception 2"
    QTest.keyClick(focused(), Qt.Key.Key_Down, ALT)
    assert held(error, *ERRORS) == [second, first]
    QTest.keyClick(focused(), Qt.Key.Key_Up, ALT)
    assert held(error, *ERRORS) == [first, second]


def test_rearranging_is_a_step_of_its_own_to_undo(error: Desk) -> None:
    click(error.form, "Add exception to Exceptions")
    type_into(line(error, "Exception 1, type"), "A")
    click(error.form, "Add frame to Exception 1, stack frames")
    type_into(line(error, "Exception 1, frame 1, line"), "88")
    undo = error.session.undo_stack.undo
    undo()
    assert line(error, "Exception 1, frame 1, line").text() == ""
    undo()
    assert not is_there(error, "Exception 1, frame 1")
    assert held(error, *ERRORS) == [{"type": "A", "value": ""}]
    undo()
    assert line(error, "Exception 1, type").text() == ""
    undo()
    assert not error.session.draft.has(ERRORS)
    for _ in range(4):
        error.session.undo_stack.redo()
    click(error.form, "Exception 1, frame 1")
    assert line(error, "Exception 1, frame 1, line").text() == "88"


def test_what_has_no_part_is_shown_and_kept(error: Desk) -> None:
    odd = {"type": 4, "value": None, "mechanism": "text", "more": {"a": [1]}}
    put(error, ERRORS, [odd])
    assert line(error, "Exception 1, type").text() == "4"
    assert line(error, "Exception 1, mechanism").text() == "text"
    assert line(error, "Exception 1, more").text() == '{"a":[1]}'
    assert not named(error.form, "Exception 1, handled", QComboBox).isEnabled()
    assert held(error, *ERRORS) == [odd]
    type_into(line(error, "Exception 1, message"), "b")
    assert held(error, *ERRORS) == [{**odd, "value": "b"}]


@pytest.mark.parametrize("value", ["none", None, 4, {"type": "A"}])
def test_what_is_no_list_is_shown_and_never_changed(error: Desk, value: object) -> None:
    put(error, ERRORS, value)
    before = error.session.draft
    assert line(error, "Exceptions").isReadOnly()
    click(error.form, "Add exception to Exceptions")
    assert error.session.draft is before


def test_what_is_no_object_can_be_moved_and_removed_only(error: Desk) -> None:
    put(error, ERRORS, ["odd", {"type": "A", "value": "b"}, 4])
    click(error.form, "Exception 1")
    assert not is_there(error, "Exception 1, type")
    QTest.keyClick(named(error.form, "Exception 1", QPushButton), Qt.Key.Key_Down, ALT)
    assert held(error, *ERRORS) == [{"type": "A", "value": "b"}, "odd", 4]
    click(error.form, "Remove Exception 3")
    assert held(error, *ERRORS) == [{"type": "A", "value": "b"}, "odd"]


def test_a_resolved_trace_has_other_parts(error: Desk) -> None:
    put(error, ERRORS, two_errors()[:1])
    click(error.form, "Exception 1, frame 1")
    assert is_there(error, "Exception 1, frame 1, file")
    assert not is_there(error, "Exception 1, frame 1, raw ID")
    pick(error, "Exception 1, stack trace", "resolved")
    assert is_there(error, "Exception 1, frame 1, raw ID")
    assert line(error, "Exception 1, frame 1, function").text() == "step_1"
    trace = two_errors()[0]["stacktrace"]
    assert isinstance(trace, dict)
    assert held(error, *ERRORS, 0, "stacktrace") == {**trace, "type": "resolved"}


def test_a_slip_stands_beside_its_row_and_in_the_head_of_a_folded_one(error: Desk) -> None:
    told: list[tuple[Problem, ...]] = []
    error.form.faults_changed.connect(told.append)
    put(error, ERRORS, two_errors())
    click(error.form, "Exception 1")
    click(error.form, "Exception 1, frame 2")
    type_into(line(error, "Exception 1, frame 2, line"), "x")
    assert [fault.path for fault in told[-1]] == [(*ERRORS, 0, "stacktrace", "frames", 1, "lineno")]
    assert line(error, "Exception 1, frame 2, line").property("problem")
    assert held(error, *ERRORS) == two_errors()
    click(error.form, "Move Exception 1, frame 2 up")
    assert line(error, "Exception 1, frame 1, line").text() == "2"
    assert told[-1] == ()


def test_a_problem_inside_is_told_beside_the_part_it_is_about(error: Desk) -> None:
    put(error, ERRORS, two_errors())
    click(error.form, "Exception 1")
    click(error.form, "Exception 1, frame 1")
    rows = editor(error, ERRORS)
    inside = Problem(path=(*ERRORS, 0, "stacktrace", "frames", 0, "lineno"), message="Too high.")
    folded = Problem(path=(*ERRORS, 1, "type"), message="Empty.")
    whole = Problem(path=ERRORS, message="All of it.")
    assert rows.show_problems((whole, inside, folded)) == (whole,)
    assert line(error, "Exception 1, frame 1, line").property("problem")
    assert not line(error, "Exception 1, type").property("problem")
    texts = [widget.accessibleName() for widget in error.form.findChildren(QAbstractButton)]
    assert "Exception 2" in texts
    assert rows.show_problems(()) == ()
    assert not line(error, "Exception 1, frame 1, line").property("problem")


def test_the_cursor_goes_to_any_depth(error: Desk) -> None:
    put(error, ERRORS, two_errors())
    error.form.focus_path((*ERRORS, 0, "stacktrace", "frames", 2, "lineno"))
    assert focused() is line(error, "Exception 1, frame 3, line")
    error.form.focus_path((*ERRORS, 1))
    assert focused() is line(error, "Exception 2, type")


def test_tab_goes_through_an_object_in_visual_order(error: Desk) -> None:
    put(error, ERRORS, two_errors())
    click(error.form, "Exception 1")
    named(error.form, "Exception 1", QPushButton).setFocus()
    seen = []
    for _ in range(18):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        seen.append(focused().accessibleName())
    name = "Exception 1"
    assert seen == [
        f"Move {name} up",
        f"Move {name} down",
        f"Remove {name}",
        f"{name}, type",
        f"{name}, message",
        f"{name}, handled",
        f"{name}, made up",
        f"{name}, caught by",
        f"{name}, module",
        f"{name}, thread",
        f"{name}, stack trace",
        f"Add frame to {name}, stack frames",
        f"{name}, frame 1",
        f"Remove {name}, frame 1",
        f"{name}, frame 2",
        f"Remove {name}, frame 2",
        f"{name}, frame 3",
        f"Remove {name}, frame 3",
    ]
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Exception 2"


def test_two_hundred_frames_are_built_a_few_at_a_time(error: Desk) -> None:
    frames = [frame(number) for number in range(200)]
    put(error, ERRORS, [{"type": "A", "value": "b", "stacktrace": {"frames": frames}}])
    slowest = 0.0
    for _ in range(2000):
        if is_there(error, "Exception 1, frame 200"):
            break
        began = time.perf_counter()
        QApplication.processEvents()
        slowest = max(slowest, time.perf_counter() - began)
    assert is_there(error, "Exception 1, frame 200")
    assert slowest < 0.5
    type_into(line(error, "Exception 1, message"), "c")
    assert held(error, *ERRORS, 0, "value") == "c"
    assert held(error, *ERRORS, 0, "stacktrace", "frames", 199) == frame(199)


def test_messages_are_typed_with_role_and_content(call: Desk) -> None:
    click(call.form, "Add input message to Input messages")
    pick(call, "Input message 1, role", "system")
    type_into(line(call, "Input message 1, content"), "Be brief.")
    QTest.keyClick(line(call, "Input message 1, content"), Qt.Key.Key_Return)
    type_into(line(call, "Input message 2, content"), "When do you open?")
    assert held(call, *INPUT) == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "When do you open?"},
    ]
    click(call.form, "Add output message to Output messages")
    assert held(call, "properties", "$ai_output_choices") == [{"role": "assistant", "content": ""}]


def test_content_of_parts_and_calls_of_tools_are_typed_values(call: Desk) -> None:
    parts = [{"type": "text", "text": "When?"}]
    tools = {"role": "assistant", "content": None, "tool_calls": [{"id": "a"}]}
    put(call, INPUT, [{"role": "user", "content": parts}, tools])
    assert line(call, "Input message 1, content").text() == encode(
        from_python(parts), Layout.COMPACT
    )
    type_into(line(call, "Input message 1, content"), "[1")
    assert held(call, *INPUT, 0, "content") == parts
    type_into(line(call, "Input message 1, content"), "[1]")
    type_into(line(call, "Input message 2, tool_calls"), "[]")
    assert held(call, *INPUT) == [{"role": "user", "content": [1]}, {**tools, "tool_calls": []}]


def test_an_emptied_member_without_a_part_leaves_with_the_cursor_only(call: Desk) -> None:
    put(call, INPUT, [{"role": "user", "content": "a", "name": "b"}])
    field = line(call, "Input message 1, name")
    type_into(field, "c")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert held(call, *INPUT) == [{"role": "user", "content": "a"}]
    assert focused() is field
    QTest.keyClick(field, Qt.Key.Key_D)
    assert held(call, *INPUT) == [{"role": "user", "content": "a", "name": "d"}]


def test_a_trace_id_can_be_made_anew(call: Desk) -> None:
    click(call.form, "Make a new AI trace ID")
    first: Value = call.value("properties", "$ai_trace_id")
    assert isinstance(first, str)
    assert len(first) == 36
    click(call.form, "Make a new AI trace ID")
    assert call.value("properties", "$ai_trace_id") != first
