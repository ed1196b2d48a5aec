"""The JSON editor: exact text through every edit, and a token that is hidden on screen only."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from composer.core.jsontext import JsonError, parse
from composer.ui.preview.json_editor import DOT, JsonEditor
from composer.ui.theme import LIGHT

TOKEN = "phc_hiddenOnScreen"
TEXT = f'{{\n  "api_key": "{TOKEN}",\n  "event": "a"\n}}'
DOTS = DOT * len(TOKEN)
ODD = "\r\u2028\u2029\u00a0\ufdd0\U0001f600é"
odd_text = st.text(st.sampled_from(f"{ODD}\nab{TOKEN[0]}{DOT}"), max_size=12)


@pytest.fixture
def editor(qtbot: QtBot) -> JsonEditor:
    editor = JsonEditor("JSON")
    qtbot.addWidget(editor)
    editor.resize(500, 200)
    editor.show()
    return editor


def place(editor: JsonEditor, at: int, to: int | None = None) -> None:
    """Put the cursor at a position, or select from there to another, in Qt's units."""
    cursor = editor.textCursor()
    cursor.setPosition(at)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def paste(editor: JsonEditor, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)


def grounds(editor: JsonEditor) -> list[QColor]:
    whole = QTextFormat.Property.FullWidthSelection
    marks = editor.extraSelections()
    return [m.format.background().color() for m in marks if m.format.boolProperty(whole)]


def fault_in(text: str) -> JsonError:
    with pytest.raises(JsonError) as caught:
        parse(text)
    return caught.value


def test_showing_and_hiding_are_no_edits(editor: JsonEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.text_edited):
        editor.show_text(TEXT)
        editor.hide_text(TOKEN)
        editor.hide_text("")
        editor.show_text("")


def test_a_hidden_token_stands_as_dots_wherever_it_stands(editor: JsonEditor) -> None:
    editor.show_text(f"{TEXT} {TOKEN}")
    editor.hide_text(TOKEN)
    assert editor.toPlainText() == f"{TEXT} {TOKEN}".replace(TOKEN, DOTS)
    assert editor.exact_text == f"{TEXT} {TOKEN}"
    editor.hide_text("")
    assert editor.toPlainText() == f"{TEXT} {TOKEN}"


def test_text_that_is_shown_later_is_hidden_too(editor: JsonEditor) -> None:
    editor.hide_text(TOKEN)
    editor.show_text(TEXT)
    assert TOKEN not in editor.toPlainText()
    assert editor.exact_text == TEXT


@pytest.mark.parametrize("hidden", ["", TOKEN])
@pytest.mark.parametrize("at", [0, 3, TEXT.index(TOKEN), TEXT.index(TOKEN) + len(TOKEN), len(TEXT)])
def test_typing_around_a_token_keeps_it(editor: JsonEditor, hidden: str, at: int) -> None:
    told: list[str] = []
    editor.text_edited.connect(told.append)
    editor.show_text(TEXT)
    editor.hide_text(hidden)
    place(editor, at)
    QTest.keyClicks(editor, "x")
    assert told == [f"{TEXT[:at]}x{TEXT[at:]}"]
    assert editor.exact_text == told[0]


def test_typing_into_a_hidden_token_changes_it_there(editor: JsonEditor) -> None:
    editor.show_text(TEXT)
    editor.hide_text(TOKEN)
    at = TEXT.index(TOKEN) + 4
    place(editor, at)
    QTest.keyClicks(editor, "x")
    assert editor.exact_text == f"{TEXT[:at]}x{TEXT[at:]}"


def test_replacing_a_part_of_a_hidden_token_keeps_the_rest(editor: JsonEditor) -> None:
    editor.show_text(TEXT)
    editor.hide_text(TOKEN)
    at = TEXT.index(TOKEN)
    place(editor, at, at + 4)
    QTest.keyClicks(editor, "x")
    assert editor.exact_text == TEXT.replace("phc_", "x")


@pytest.mark.parametrize("within", [1, 5, len(TOKEN)])
def test_deleting_inside_a_hidden_token_deletes_the_character_before_the_cursor(
    editor: JsonEditor, within: int
) -> None:
    editor.show_text(TEXT)
    editor.hide_text(TOKEN)
    at = TEXT.index(TOKEN) + within
    place(editor, at)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.exact_text == TEXT[: at - 1] + TEXT[at:]


@pytest.mark.parametrize("within", [0, 5, len(TOKEN) - 1])
def test_deleting_forward_inside_a_hidden_token_deletes_what_follows(
    editor: JsonEditor, within: int
) -> None:
    editor.show_text(f"\U0001f600\r{TEXT}")
    editor.hide_text(TOKEN)
    at = TEXT.index(TOKEN) + within
    place(editor, at + 3)  # the smiling face counts twice in Qt
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.exact_text == f"\U0001f600\r{TEXT[:at]}{TEXT[at + 1 :]}"


def test_a_hidden_token_is_deleted_and_replaced_whole(editor: JsonEditor) -> None:
    editor.show_text(TEXT)
    editor.hide_text(TOKEN)
    at = TEXT.index(TOKEN)
    place(editor, at, at + len(TOKEN))
    paste(editor, "phc_new")
    assert editor.exact_text == TEXT.replace(TOKEN, "phc_new")
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.exact_text == ""


def test_dots_that_a_person_types_are_dots(editor: JsonEditor) -> None:
    editor.show_text(TEXT)
    editor.hide_text(TOKEN)
    place(editor, 0)
    paste(editor, DOT)
    assert editor.exact_text == DOT + TEXT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(before=odd_text, put=odd_text, after=odd_text)
def test_text_is_exact_through_a_paste(
    editor: JsonEditor, before: str, put: str, after: str
) -> None:
    editor.hide_text(TOKEN)
    editor.show_text(f"{before}\n{TOKEN}\n{after}")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    paste(editor, put)
    settled = put.replace("\r\n", "\n")  # as one expects of a paste
    assert editor.exact_text == f"{before}\n{TOKEN}\n{after}{settled}"


@pytest.mark.parametrize("odd", list(ODD))
def test_odd_characters_survive_typing_beside_them(editor: JsonEditor, odd: str) -> None:
    text = f'{{"note": "{odd}"}}'
    editor.show_text(text)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, " ")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor, " ")
    assert editor.exact_text == f" {text} "


@pytest.mark.parametrize("odd", list(ODD))
def test_an_odd_character_can_be_deleted(editor: JsonEditor, odd: str) -> None:
    editor.show_text(f'"{odd}"')
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.moveCursor(QTextCursor.MoveOperation.Left)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.exact_text == '""'


def test_enter_makes_a_line_feed(editor: JsonEditor) -> None:
    editor.show_text("{}")
    place(editor, 1)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.exact_text == "{\n}"


def test_a_long_hidden_line_is_exact_through_an_edit(editor: JsonEditor) -> None:
    text = f'{{"api_key": "{TOKEN}", "note": "{"ab" * 2000}{TOKEN}"}}'
    editor.show_text(text)
    editor.hide_text(TOKEN)
    assert TOKEN not in editor.toPlainText()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, " ")
    assert editor.exact_text == f"{text} "


def test_a_fault_is_marked_in_its_line_and_the_mark_taken_away(editor: JsonEditor) -> None:
    text = '{\n  "a": 1,\n  "b": oops\n}'
    editor.show_text(text)
    editor.show_fault(fault_in(text))
    wave = editor.extraSelections()[-1]
    assert wave.cursor.blockNumber() == 2
    assert wave.cursor.selectedText() == "o"
    assert QColor(LIGHT.problem_line) in grounds(editor)
    editor.show_fault(None)
    assert QColor(LIGHT.problem_line) not in grounds(editor)


def test_a_fault_behind_a_hidden_token_is_marked_at_its_place(editor: JsonEditor) -> None:
    text = f'{{"api_key": "{TOKEN}" "event": 1}}'
    editor.show_text(text)
    editor.hide_text(TOKEN)
    fault = fault_in(text)
    editor.show_fault(fault)
    assert editor.extraSelections()[-1].cursor.selectionStart() == fault.offset
