"""The History place: pin, note, delete with undo, several sends at once."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from composer.ui.history.several import SeveralPane
from composer.ui.messages import UNDO
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.history.driver import Place, place_with

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def undo(stage: Stage) -> None:
    message = stage.said[-1]
    assert message.action == UNDO
    assert message.run is not None
    message.run()


def note_of(place: Place) -> QPlainTextEdit:
    return named(place.page, "Note", QPlainTextEdit)


async def test_a_pin_is_set_and_taken_off_by_button_and_key(stage: Stage) -> None:
    place = await place_with(stage, "first", "second")
    click(place.page, "Pin this send")
    assert [row.pinned for row in place.history.rows()] == [True, False]
    named(place.page, "Unpin this send")
    await place.focused()
    place.key(Qt.Key.Key_P, CTRL)
    assert [row.pinned for row in place.history.rows()] == [False, False]
    named(place.page, "Pin this send")


async def test_note_and_ticket_are_kept_by_themselves_and_shown_in_the_list(stage: Stage) -> None:
    place = await place_with(stage, "first")
    place.page.resize(1300, 700)
    type_into(named(place.page, "Ticket", QLineEdit), "ZD-4812")
    type_into(note_of(place), "refused by the merge")
    await place.read(
        ["Today", "first | customer-42 | Sandbox | 200 · 12 ms | ZD-4812 · refused by the merge"]
    )
    (row,) = place.history.rows()
    assert (row.note, row.ticket) == ("refused by the merge", "ZD-4812")


async def test_typing_in_the_note_is_not_disturbed_by_what_comes_in(stage: Stage) -> None:
    place = await place_with(stage, "first")
    note = note_of(place)
    type_into(note, "ab")
    note.moveCursor(note.textCursor().MoveOperation.Left)
    place.notes.keep()
    stage.remember("second")
    place.page.hide()
    place.page.show()
    await place.lists("second", "first")
    assert note.textCursor().position() == 1
    assert note.toPlainText() == "ab"


async def test_what_was_typed_last_is_kept_when_another_send_is_chosen(stage: Stage) -> None:
    place = await place_with(stage, "first", "second")
    type_into(note_of(place), "quick")
    place.table.choose(2)
    assert place.history.rows()[0].note == "quick"
    assert note_of(place).toPlainText() == ""
    place.table.choose(1)
    assert note_of(place).toPlainText() == "quick"


async def test_what_was_typed_last_is_kept_when_the_place_is_left(stage: Stage) -> None:
    place = await place_with(stage, "first")
    type_into(note_of(place), "quick")
    place.page.hide()
    assert place.history.rows()[0].note == "quick"


async def test_a_note_of_several_lines_makes_room_for_itself(stage: Stage) -> None:
    place = await place_with(stage, "first")
    note = note_of(place)
    low = note.height()
    note.setPlainText("one\ntwo\nthree")
    assert note.height() > low
    type_into(note, "word " * 12)
    assert note.verticalScrollBar().value() == 0
    note.setPlainText("one\ntwo\nthree")
    assert place.notes.keep()
    assert place.history.rows()[0].note == "one\ntwo\nthree"
    note.setPlainText("\n" * 50)
    assert note.height() < 140
    QTest.keyClick(note, Qt.Key.Key_Tab)
    assert not note.hasFocus()


async def test_f2_goes_to_the_note(stage: Stage) -> None:
    place = await place_with(stage, "first")
    await place.focused()
    place.key(Qt.Key.Key_F2)
    await wait_until(note_of(place).hasFocus, "the focus")


async def test_a_deleted_send_goes_at_once_and_comes_back_by_undo(stage: Stage) -> None:
    place = await place_with(stage, "first", "second", "third")
    place.table.choose(2)
    await place.focused()
    place.key(Qt.Key.Key_Delete)
    assert place.events == ["third", "first"]
    assert place.chosen == "first"
    assert stage.said[-1].text == "Deleted “second” from history."
    assert [row.summary.event for row in place.history.rows()] == ["third", "first"]
    await wait_until(lambda: place.says("2 requests"), "the count")
    undo(stage)
    assert place.events == ["third", "second", "first"]
    assert place.chosen == "second"
    assert len(place.history.rows()) == 3


async def test_the_last_send_that_is_deleted_leaves_the_empty_place(stage: Stage) -> None:
    place = await place_with(stage, "only")
    place.command("Delete").trigger()
    await wait_until(lambda: place.emptiness == "Nothing sent yet", "the words")
    undo(stage)
    await place.lists("only")
    await wait_until(lambda: place.chosen == "only", "the send")


async def test_a_deleted_send_is_not_brought_back_by_a_reading_under_way(stage: Stage) -> None:
    place = await place_with(stage, "first", "second")
    place.page.hide()
    place.page.show()  # reads what is newest
    place.command("Delete").trigger()
    await wait_until(lambda: place.says("1 request"), "the count")
    assert place.events == ["first"]


async def test_several_are_chosen_with_ctrl_and_shift(stage: Stage) -> None:
    place = await place_with(stage, "a", "b", "c", "d")
    place.choose(1, 3)
    assert place.chosen_events == ["d", "b"]
    (pane,) = place.page.findChildren(SeveralPane)
    assert pane.isVisible()
    assert place.says("To Sandbox, 28 bytes of requests.")
    assert nameless(place.page) == []
    await place.focused()
    place.key(Qt.Key.Key_Down, SHIFT)
    place.key(Qt.Key.Key_A, CTRL)
    assert place.chosen_events == ["d", "c", "b", "a"]
    place.table.choose(1)
    assert not pane.isVisible()
    assert place.chosen == "d"


async def test_several_are_pinned_and_unpinned_together(stage: Stage) -> None:
    place = await place_with(stage, "a", "b", "c")
    place.history.pin([2], True)
    place.page.hide()
    place.page.show()
    await wait_until(lambda: place.table.model().index(2, 1).data() == "b", "the row")
    place.choose(1, 2)
    click(place.page, "Pin the chosen sends")
    assert [row.pinned for row in place.history.rows()] == [True, True, False]
    click(place.page, "Unpin the chosen sends")
    assert not any(row.pinned for row in place.history.rows())


async def test_several_are_deleted_and_come_back_together(stage: Stage) -> None:
    stage.remember("old", days=2)
    place = await place_with(stage, "a", "b", "c")
    place.page.resize(1200, 700)
    await place.lists("c", "b", "a", "old")
    place.choose(1, 3, 5)
    assert place.chosen_events == ["c", "a", "old"]
    click(place.page, "Delete the chosen sends")
    assert place.events == ["b"]
    assert stage.said[-1].text == "Deleted 3 sends from history."
    undo(stage)
    assert place.events == ["c", "b", "a", "old"]
    assert [row[0] for row in place.cells() if not row[1]] == ["Today", "Thursday 19 November"]


async def test_exactly_two_are_compared_the_older_one_at_the_left(stage: Stage) -> None:
    stage.remember("old", hours=2, destination=EU)
    place = await place_with(stage, "a", "b")
    await place.lists("b", "a", "old")
    place.choose(1, 3)
    click(place.page, "Compare the two sends")
    ((left, right),) = place.pairs
    assert (left.name, right.name) == ("Sent today at 07:30:00", "Sent today at 09:30:00")
    place.choose(1, 2, 3)
    assert not named(place.page, "Compare the two sends").isEnabled()
    for text in ("Open as new", "Resend", "Copy curl", "Edit note"):
        assert not place.command(text).isEnabled()
    place.table.choose(1)
    assert place.command("Resend").isEnabled()


async def test_enter_on_several_opens_none(stage: Stage) -> None:
    place = await place_with(stage, "a", "b")
    place.choose(1, 2)
    await place.focused()
    place.key(Qt.Key.Key_Return)
    assert place.opened == []
