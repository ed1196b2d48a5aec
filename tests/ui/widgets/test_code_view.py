"""The pane for code: exact text, quiet loading, marks, long texts."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextBlock, QTextCursor, QTextFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.ui.theme import DARK, LIGHT, apply
from composer.ui.widgets import CodeView, Language
from composer.ui.widgets.code_text import FOLD_WIDTH

JSON = '{\n  "event": "$pageview",\n  "seats": 14\n}'
NASTY = '{"a": "\u00a0\u2028\u2029\r", "b": "\U0001f600"}\r\n'
texts = st.text(
    st.one_of(
        st.sampled_from("\r\n\u2028\u2029\u00a0\U0001f600ab"), st.characters(codec="utf-8")
    ).filter(lambda char: not "\ufdd2" <= char <= "\ufdd6")
)


@pytest.fixture
def editor(qtbot: QtBot) -> CodeView:
    view = CodeView("JSON", Language.JSON, read_only=False)
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    qtbot.waitExposed(view)
    return view


def colors(block: QTextBlock) -> list[str]:
    return [run.format.foreground().color().name().upper() for run in block.layout().formats()]


def grounds(view: CodeView) -> list[str]:
    whole = QTextFormat.Property.FullWidthSelection
    return [
        mark.format.background().color().name().upper()
        for mark in view.extraSelections()
        if mark.format.boolProperty(whole)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(texts, max_size=4))
def test_it_gives_back_exactly_what_it_was_given(editor: CodeView, texts: list[str]) -> None:
    for text in texts:
        editor.set_text(text)
        assert editor.text() == text


def test_exact_text_survives_an_edit(editor: CodeView, qtbot: QtBot) -> None:
    editor.set_text(NASTY)
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClicks(editor, " ")
    assert editor.text() == " " + NASTY


def test_setting_a_text_is_not_an_edit(editor: CodeView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.edited):
        editor.set_text(JSON)
        editor.set_text(JSON.replace("14", "15"))


def test_the_cursor_stays_where_it_is_when_another_part_changes(editor: CodeView) -> None:
    editor.set_text(JSON)
    editor.go_to(3, 4)
    editor.set_text(JSON.replace("$pageview", "$screen"))
    cursor = editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (2, 3)


def test_copying_gives_the_exact_characters(editor: CodeView) -> None:
    editor.set_text(NASTY)
    editor.selectAll()
    assert editor.createMimeDataFromSelection().text() == NASTY


def test_pasting_keeps_odd_characters_and_settles_line_ends(editor: CodeView) -> None:
    data = QMimeData()
    data.setText('"\u00a0\u2029"\r\n1')
    editor.insertFromMimeData(data)
    assert editor.text() == '"\u00a0\u2029"\n1'


def test_a_reader_cannot_be_typed_into(qtbot: QtBot) -> None:
    view = CodeView("curl", Language.CURL)
    qtbot.addWidget(view)
    view.set_text("curl")
    qtbot.keyClicks(view, "x")
    assert view.text() == "curl"


def test_lines_in_sight_are_coloured(editor: CodeView) -> None:
    editor.set_text(JSON)
    block = editor.document().findBlockByNumber(1)
    assert colors(block) == [LIGHT.json_key, LIGHT.json_string]


def test_colours_follow_edits_language_and_theme(editor: CodeView, qapp: QApplication) -> None:
    editor.set_text(JSON)
    apply(qapp, DARK)
    block = editor.document().findBlockByNumber(2)
    assert colors(block) == [DARK.json_key, DARK.json_number]
    editor.set_text(JSON.replace("14", "null"))
    assert colors(block) == [DARK.json_key, DARK.json_literal]
    editor.set_language(Language.PLAIN)
    assert colors(block) == []


def test_colours_follow_two_edits_in_a_row(editor: CodeView) -> None:
    editor.set_text('{\n"key": "old"\n}')
    editor.set_text('{\n"key": ""\n}')
    editor.set_text('{\n"key": "new"\n}')
    runs = editor.document().findBlockByNumber(1).layout().formats()
    assert [(run.start, run.length) for run in runs] == [(0, 5), (7, 5)]


def test_lines_out_of_sight_are_coloured_once_scrolled_to(editor: CodeView) -> None:
    editor.set_text("\n".join(["1"] * 1000))
    last = editor.document().lastBlock()
    assert colors(last) == []
    editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum())
    assert colors(last) == [LIGHT.json_number]


def test_a_problem_is_marked_and_the_mark_taken_away(editor: CodeView) -> None:
    editor.set_text(JSON)
    editor.mark_problem(3, 12)
    assert grounds(editor).count(LIGHT.problem_line) == 1
    wave = editor.extraSelections()[-1]
    assert wave.cursor.selectedText() == "1"
    assert wave.format.underlineColor() == QColor(LIGHT.error)
    editor.clear_problem()
    assert LIGHT.problem_line not in grounds(editor)


@pytest.mark.parametrize("place", [(1, 1), (4, 1), (99, 1), (2, 999)])
def test_any_place_can_be_marked_and_gone_to(editor: CodeView, place: tuple[int, int]) -> None:
    editor.set_text(JSON)
    editor.mark_problem(*place)
    editor.go_to(*place)
    assert editor.textCursor().blockNumber() == min(place[0], 4) - 1


def test_a_mark_goes_with_the_next_edit(editor: CodeView, qtbot: QtBot) -> None:
    editor.set_text(JSON)
    editor.mark_problem(2, 1)
    qtbot.keyClicks(editor, " ")
    assert LIGHT.problem_line not in grounds(editor)


def test_a_place_in_a_folded_line_is_found(editor: CodeView) -> None:
    editor.set_text("x" * (FOLD_WIDTH * 3) + "\nlast")
    editor.go_to(1, FOLD_WIDTH * 2 + 5)
    cursor = editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (2, 4)
    editor.go_to(2, 1)
    assert editor.textCursor().block().text() == "last"


def test_a_long_text_arrives_piece_by_piece_and_whole(editor: CodeView, qtbot: QtBot) -> None:
    text = "\n".join(f'"key {number}": {number},' for number in range(20_000))
    editor.set_text(text)
    assert editor.text() == text
    assert editor.isReadOnly()
    qtbot.waitUntil(lambda: not editor.isReadOnly())
    assert editor.blockCount() == 20_000
    editor.go_to(20_000, 1)
    qtbot.keyClicks(editor, " ")
    assert editor.text() == text.replace('"key 19999"', ' "key 19999"')


def test_another_text_may_come_while_a_long_one_arrives(editor: CodeView, qtbot: QtBot) -> None:
    editor.set_text("[1,\n" * 20_000)
    editor.set_text(JSON)
    qtbot.waitUntil(lambda: not editor.isReadOnly())
    assert (editor.text(), editor.toPlainText()) == (JSON, JSON)


def test_undo_keys_reach_the_window(editor: CodeView, qtbot: QtBot) -> None:
    undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), editor.window())
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "x")
    with qtbot.waitSignal(undo.activated):
        qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "x"


def test_the_keyboard_arrives_in_a_ring_and_the_mouse_does_not(
    editor: CodeView, qtbot: QtBot
) -> None:
    editor.activateWindow()
    edges: list[bool] = []
    for reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason):
        editor.clearFocus()
        editor.setFocus(reason)
        qtbot.waitUntil(editor.hasFocus)
        edges.append(editor.grab().toImage().pixelColor(0, 50) == QColor(LIGHT.accent))
    assert edges == [True, False]


def test_tab_leaves_the_editor(editor: CodeView) -> None:
    assert editor.tabChangesFocus()
    assert editor.accessibleName() == "JSON"


def test_the_line_that_is_edited_stays_in_sight_when_its_room_shrinks(
    editor: CodeView, qtbot: QtBot
) -> None:
    editor.set_text("\n".join(str(n) for n in range(9)))
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.resize(400, 80)
    assert editor.cursorRect().bottom() <= editor.viewport().height()
