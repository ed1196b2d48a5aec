"""The list of texts: lines that are typed into, added by Enter, removed; wrong ones left out."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.ui.sandbox.behaviour.reading import read_token
from composer.ui.sandbox.behaviour.text_list import TextList
from composer.ui.widgets import LineEdit
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, type_into, wait_until


def shown(stage: Stage, *texts: str) -> tuple[TextList, list[tuple[str, ...]]]:
    editor = TextList("Token", read_token)
    told: list[tuple[str, ...]] = []
    editor.changed.connect(told.append)
    editor.show_texts(texts)
    stage.show(editor, 400, 300)
    return editor, told


def line(editor: TextList, number: int) -> LineEdit:
    return named(editor, f"Token {number}", LineEdit)


async def test_showing_texts_is_no_change(stage: Stage) -> None:
    editor, told = shown(stage, "a", "b")
    assert editor.texts == ("a", "b")
    assert told == []
    assert nameless(editor) == []


async def test_enter_in_the_last_line_adds_one(stage: Stage) -> None:
    editor, told = shown(stage, "a")
    editor.activateWindow()
    line(editor, 1).setFocus()
    QTest.keyClick(line(editor, 1), Qt.Key.Key_Return)
    await wait_until(line(editor, 2).hasFocus, "the cursor")
    type_into(line(editor, 2), "b")
    QTest.keyClick(line(editor, 1), Qt.Key.Key_Return)
    assert told == [("a", "b")]


async def test_empty_lines_and_repetitions_count_for_nothing(stage: Stage) -> None:
    editor, told = shown(stage, "a")
    click(editor, "Add token")
    type_into(line(editor, 2), "a")
    assert told == [("a",)]


async def test_a_wrong_line_is_left_out_and_stays_while_the_others_change(stage: Stage) -> None:
    editor, told = shown(stage, "a", "b")
    type_into(line(editor, 1), "é")
    assert told[-1] == ("b",)
    assert line(editor, 1).accessibleDescription()
    editor.show_texts(("b",))
    assert line(editor, 1).text() == "é"
    editor.show_texts(("c",))
    assert [line(editor, 1).text(), editor.texts] == ["c", ("c",)]
    assert line(editor, 1).accessibleDescription() == ""


async def test_a_removed_line_hands_the_cursor_on(stage: Stage) -> None:
    editor, told = shown(stage, "a", "b")
    editor.activateWindow()
    await wait_until(editor.isActiveWindow, "the window")
    click(editor, "Remove token 1")
    assert told == [("b",)]
    assert line(editor, 1).hasFocus()
    click(editor, "Remove token 1")
    assert told[-1] == ()
    assert editor.add.hasFocus()
