"""The Batch place: what is listed, found and sorted, and what is done with events."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester

from composer.core.batch.table import RowOutlook
from composer.ui.batch.table.columns import NUMBER, PERSON, SIZE, TIME
from composer.ui.batch.table.model import EventModel
from composer.ui.lists.grid import Grid
from composer.ui.messages import UNDO
from composer.ui.paste.clip import Clip
from composer.ui.widgets import FlowNote, LinkButton
from tests.helpers.batch import payloads_in, rows_in
from tests.helpers.stage import nameless
from tests.helpers.window import click, name_of, named, type_into, wait_until
from tests.ui.batch.place import BatchPlace, body

THREE = (
    body("one", "cyd", plan="pro", seats=9),
    body("two", "ada", plan="free", seats=10),
    body("three", "bob", seats=2),
)


def press(place: BatchPlace, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(place.table, key, modifier or Qt.KeyboardModifier.NoModifier)


async def focused(place: BatchPlace) -> None:
    place.stack.activateWindow()
    place.table.setFocus()
    await wait_until(place.table.hasFocus, "the focus")


# The list


async def test_an_empty_batch_offers_the_first_steps(place: BatchPlace) -> None:
    wanted: list[bool] = []
    place.page.compose_wanted.connect(lambda: wanted.append(True))
    assert place.emptiness == "No events in the batch"
    links = [link.text() for link in place.page.findChildren(LinkButton) if link.isVisible()]
    assert links == ["Paste from a spreadsheet", "Generate events", "Compose an event"]
    click(place.page, "Compose an event")
    assert wanted == [True]


async def test_events_are_listed_in_their_order_with_their_properties(place: BatchPlace) -> None:
    await place.fill(*THREE)
    await wait_until(lambda: place.list.shown, "the properties")
    await place.settled()
    assert place.column() == ["one", "two", "three"]
    assert place.column(NUMBER) == ["1", "2", "3"]
    assert place.column(PERSON) == ["cyd", "ada", "bob"]
    assert place.column(TIME) == ["20 Nov 2026 08:00:00"] * 3
    assert place.list.shown == ("seats", "plan")
    await wait_until(lambda: place.column("property:seats") == ["9", "10", "2"], "the values")
    assert place.column("property:plan") == ["pro", "free", ""]
    (first, *_) = await rows_in(place.batch)
    assert place.column(SIZE)[0] == str(first.size) == str(len(first.body))
    assert place.page.table.state.count.full_text.startswith("3 events · ")


async def test_many_events_are_listed_whole_only_where_one_looks(place: BatchPlace) -> None:
    await place.fill(*THREE)
    many = [("custom", body(f"event {number}")) for number in range(3_000)]
    place.batch.insert(many)
    await wait_until(lambda: place.list.found == 3_003, "the list")
    model = place.list.model
    assert model.at(2_000) is None
    place.table.scrollTo(model.index(2_000, 0))
    await wait_until(lambda: model.at(2_000), "the rows in sight")
    assert model.at(0) is not None
    assert sum(model.at(row) is not None for row in range(3_003)) < 1_000


async def test_a_search_lists_what_has_the_text_in_it(place: BatchPlace) -> None:
    await place.fill(*THREE)
    type_into(place.page.table.bar.search, "FREE")  # not in a UUID, as "ADA" may be
    await wait_until(lambda: place.column() == ["two"], "the search")
    assert place.page.table.state.count.full_text.startswith("1 of 3 events")
    type_into(place.page.table.bar.search, "nobody")
    await wait_until(lambda: place.emptiness, "the words")
    assert place.emptiness == "No event matches"
    click(place.page, "Show all events")
    await wait_until(lambda: len(place.column()) == 3, "all events")


async def test_events_that_are_not_listed_yet_are_not_said_to_be_left_out(
    place: BatchPlace,
) -> None:
    said: list[str] = []
    place.batch.changed.connect(lambda: said.append(place.page.table.state.count.full_text))
    place.batch.insert([("custom", text) for text in THREE])
    await place.batch.settled()
    place.page.table.judge.changed.emit()
    said.append(place.page.table.state.count.full_text)
    assert said[-1].startswith("3 events")
    assert not any(" of " in words for words in said)
    await place.settled()


async def test_columns_are_as_wide_as_what_stands_in_them(place: BatchPlace) -> None:
    await place.fill(*THREE)
    await wait_until(lambda: place.list.shown, "the properties")
    await place.settled()
    keys = [known.key for known in place.list.model.event_columns]
    assert place.table.columnWidth(keys.index(NUMBER)) < 50
    await wait_until(lambda: place.column("property:plan") == ["pro", "free", ""], "the cells")
    assert place.table.columnWidth(keys.index("property:plan")) < 120


async def test_a_click_on_a_heading_sorts_and_the_third_brings_the_order_back(
    place: BatchPlace,
) -> None:
    await place.fill(*THREE)
    header, model = place.table.horizontalHeader(), place.list.model

    def heading() -> object:
        return model.headerData(2, Qt.Orientation.Horizontal)

    async def click_person() -> None:
        left = header.sectionViewportPosition(2) + 20
        QTest.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, header.height() // 2)
        )

    await click_person()
    await wait_until(lambda: place.column(PERSON) == ["ada", "bob", "cyd"], "the order")
    assert heading() == "Person ↑"
    await click_person()
    await wait_until(lambda: place.column(PERSON) == ["cyd", "bob", "ada"], "the other way")
    assert heading() == "Person ↓"
    await click_person()
    await wait_until(lambda: place.column() == ["one", "two", "three"], "the order of the table")
    assert heading() == "Person"


async def test_the_keyboard_sorts_by_the_column_it_is_in(place: BatchPlace) -> None:
    await place.fill(*THREE)
    await wait_until(lambda: "seats" in place.list.shown, "the properties")
    keys = [known.key for known in place.list.model.event_columns]
    await focused(place)
    place.table.setCurrentIndex(place.list.model.index(0, keys.index("property:seats")))
    press(place, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    await wait_until(lambda: place.column() == ["three", "one", "two"], "2, 9, 10")


async def test_columns_are_chosen_in_a_menu(place: BatchPlace) -> None:
    await place.fill(*THREE)
    await wait_until(lambda: place.list.shown == ("seats", "plan"), "the properties")
    columns = next(b for b in place.page.findChildren(QPushButton) if name_of(b) == "Columns")
    columns.click()
    menu = columns.menu_lines  # pyright: ignore[reportAttributeAccessIssue]
    lines = {action.text(): action for action in menu.actions()}
    assert lines["plan"].isChecked()
    lines["seats"].trigger()
    assert place.list.shown == ("plan",)
    lines["The most frequent ones"].trigger()
    menu.close()
    assert place.list.shown == ("seats", "plan")


async def test_a_choice_stays_with_its_event_when_the_order_changes(place: BatchPlace) -> None:
    await place.fill(*THREE)
    place.table.choose(2)
    place.list.sort(PERSON)
    await wait_until(lambda: place.column(PERSON) == ["ada", "bob", "cyd"], "the order")
    assert place.table.rows == [1]
    assert place.chosen == "three"


# In the cells


async def edit_cell(place: BatchPlace, row: int, key: str) -> QLineEdit:
    await focused(place)
    keys = [known.key for known in place.list.model.event_columns]
    place.table.setCurrentIndex(place.list.model.index(row, keys.index(key)))
    press(place, Qt.Key.Key_F2)
    await wait_until(lambda: place.table.findChildren(QLineEdit), "the editor")
    (editor,) = place.table.findChildren(QLineEdit)
    return editor


async def test_a_cell_is_written_in_place_and_that_is_undone(place: BatchPlace) -> None:
    await place.fill(*THREE)
    await wait_until(lambda: "seats" in place.list.shown, "the properties")
    editor = await edit_cell(place, 0, "property:seats")
    assert editor.text() == "9"
    assert editor.accessibleName() == "seats of event 1"
    type_into(editor, "12")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await wait_until(lambda: place.column("property:seats")[:1] == ["12"], "the value")
    assert place.wanted == []  # Enter is the cell's, it does not open the event too
    (first, *_) = await rows_in(place.batch)
    assert '"seats":12' in first.body
    place.batch.undo()
    await wait_until(lambda: place.column("property:seats")[:1] == ["9"], "the undo")


async def test_what_cannot_stand_in_a_cell_stays_in_the_editor_with_words(
    place: BatchPlace,
) -> None:
    await place.fill(*THREE)
    editor = await edit_cell(place, 0, TIME)
    type_into(editor, "yesterday")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    notes = [note.text() for note in place.page.findChildren(FlowNote) if note.isVisible()]
    assert "Write date and time like 2026-11-21T09:30:00Z." in notes
    assert editor.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    await wait_until(lambda: not place.table.findChildren(QLineEdit), "the editor to go")
    (first, *_) = await rows_in(place.batch)
    assert first.moment == "2026-11-20T08:00:00Z"


async def test_a_double_click_writes_where_one_can_and_opens_elsewhere(place: BatchPlace) -> None:
    await place.fill(*THREE)
    model, viewport = place.list.model, place.table.viewport()
    number = place.table.visualRect(model.index(1, 0)).center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=number)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=number)
    assert [event.name for event in place.wanted] == ["two"]
    person = place.table.visualRect(model.index(1, 2)).center()
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=person)
    (editor,) = place.table.findChildren(QLineEdit)
    assert editor.text() == "ada"
    assert len(place.wanted) == 1


async def test_enter_opens_the_event_and_marks_it(place: BatchPlace) -> None:
    await place.fill(*THREE)
    place.table.choose(1)
    press(place, Qt.Key.Key_Return)
    assert [event.name for event in place.wanted] == ["two"]
    place.batch.edit(place.wanted[0])
    await wait_until(lambda: place.column()[1] == "two · open in Compose", "the mark")


# What is done with events


async def test_removed_events_come_back_in_their_places(place: BatchPlace) -> None:
    await place.fill(*THREE)
    place.table.choose(1)
    click(place.page, "Remove")
    assert await place.names() == ["one", "three"]
    await place.settled()
    assert place.table.row == 1
    assert place.said[-1].text == "Removed “two” from the batch."
    place.batch.insert([("custom", body("four"))])
    place.undo()
    assert await place.names() == ["one", "two", "three", "four"]


async def test_several_are_removed_at_once_and_all_by_clearing(place: BatchPlace) -> None:
    await place.fill(*THREE)
    await focused(place)
    place.table.selectAll()
    assert place.chosen == "3 events chosen"
    press(place, Qt.Key.Key_Delete)
    assert await place.names() == []
    assert (place.said[-1].text, place.said[-1].action) == (
        "Removed 3 events from the batch.",
        UNDO,
    )
    place.batch.undo()
    await place.settled()
    click(place.page, "Clear batch")
    await wait_until(lambda: place.emptiness, "the empty place")
    place.undo()
    assert await place.names() == ["one", "two", "three"]


async def test_a_duplicate_stands_behind_its_event_with_an_id_of_its_own(place: BatchPlace) -> None:
    await place.fill(*THREE)
    place.table.choose(0)
    click(place.page, "Duplicate")
    assert await place.names() == ["one", "one", "two", "three"]
    first, second, *_ = await payloads_in(place.batch)
    assert first.get("uuid") != second.get("uuid")
    assert first.without("uuid") == second.without("uuid")
    await place.settled()
    assert place.table.rows == [1]
    place.undo()
    assert await place.names() == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("key", "order", "row"),
    [(Qt.Key.Key_Up, ["two", "one", "three"], 0), (Qt.Key.Key_Down, ["one", "three", "two"], 2)],
)
async def test_alt_and_an_arrow_move_an_event(
    place: BatchPlace, key: Qt.Key, order: list[str], row: int
) -> None:
    await place.fill(*THREE)
    place.table.choose(1)
    await focused(place)
    press(place, key, Qt.KeyboardModifier.AltModifier)
    assert await place.names() == order
    await place.settled()
    assert place.table.rows == [row]
    place.batch.undo()
    assert await place.names() == ["one", "two", "three"]


async def test_events_are_not_moved_while_they_are_sorted_and_that_is_said(
    place: BatchPlace,
) -> None:
    await place.fill(*THREE)
    place.list.sort(PERSON)
    await wait_until(lambda: place.column(PERSON)[0] == "ada", "the order")
    await focused(place)
    press(place, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert await place.names() == ["one", "two", "three"]
    assert place.said[-1].text.startswith("Events are moved in the order in which they are sent.")
    assert not named(place.page, "Move up").isEnabled()


@pytest.mark.parametrize(
    ("to_row", "lower_half", "order"),
    [
        (2, True, ["two", "three", "one"]),
        (1, True, ["two", "one", "three"]),
        (1, False, ["one", "two", "three"]),
        (0, True, ["one", "two", "three"]),
    ],
)
async def test_a_row_can_be_dragged(
    place: BatchPlace, to_row: int, lower_half: bool, order: list[str]
) -> None:
    await place.fill(*THREE)
    viewport = place.table.viewport()
    start = place.table.row_rect(0).center()
    end = place.table.row_rect(to_row).center() + QPoint(0, 8 if lower_half else -8)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for point in (start + QPoint(2, 2), start + QPoint(0, 20), end):
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            QPointF(point),
            QPointF(viewport.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert await place.names() == order


async def test_the_buttons_know_where_the_list_ends(place: BatchPlace) -> None:
    await place.fill(*THREE[:2])
    place.table.choose(0)
    up, down = named(place.page, "Move up"), named(place.page, "Move down")
    assert (up.isEnabled(), down.isEnabled()) == (False, True)
    click(place.page, "Move down")
    assert await place.names() == ["two", "one"]
    await place.settled()
    assert (up.isEnabled(), down.isEnabled()) == (True, False)


# Copies and pastes


async def test_chosen_events_are_copied_for_a_spreadsheet_and_as_json_lines(
    place: BatchPlace,
) -> None:
    await place.fill(body("=cmd()", "ada", plan="a\tb"), body("two", "bob"))
    await wait_until(lambda: place.list.shown, "the properties")
    await place.settled()
    place.table.selectAll()
    place.page.table.commands.copy_table()
    await wait_until(lambda: place.copied, "the copy")
    heading, first, second, rest = place.copied[0].split("\n")
    assert heading == "#\tEvent\tPerson\tVerdict\tTime\tplan\tBytes"
    assert first.startswith("1\t'=cmd()\tada\t")
    assert '"a\tb"' in first
    assert (second.split("\t")[:3], rest) == (["2", "two", "bob"], "")
    place.page.table.commands.copy_lines()
    await wait_until(lambda: len(place.copied) == 2, "the copy")
    assert place.copied[1].splitlines() == [row.body for row in await rows_in(place.batch)]
    assert place.said[-1].text == "Copied the 2 events."


async def test_pasted_events_are_added_and_taken_out_again(place: BatchPlace) -> None:
    place.page.paste(Clip(text=f"{body('a')}\n{body('b')}\n"))
    await wait_until(lambda: place.batch.count == 2, "the events")
    assert place.said[-1].text == "Added 2 events to the batch."
    place.undo()
    assert await place.names() == []


async def test_pasted_cells_begin_an_import(place: BatchPlace) -> None:
    QGuiApplication.clipboard().setText("event\tperson\npaid\tada\n")
    place.page.paste_rows()
    assert place.page.importing.isVisible()
    place.page.show_table()
    assert place.page.table.isVisible()


async def test_nothing_to_paste_is_said(place: BatchPlace) -> None:
    place.page.paste(Clip(text=" \n"))
    assert place.said[-1].text.startswith("There are no rows on the clipboard.")


# The rest


async def test_everything_that_the_keyboard_reaches_has_a_name(place: BatchPlace) -> None:
    await place.fill(*THREE)
    assert named(place.page, "Batch", Grid) is place.table
    assert nameless(place.page) == []


async def test_odd_values_are_listed_as_they_are(place: BatchPlace) -> None:
    odd = '{"event": 7, "distinct_id": [1], "timestamp": "yesterday"}'
    await place.fill(odd, "{}")
    assert place.column() == ["7", ""]
    assert place.column(PERSON) == ["[1]", ""]
    assert place.column(TIME) == ["yesterday", "On arrival"]


async def test_the_model_keeps_qts_contract(place: BatchPlace, qtmodeltester: ModelTester) -> None:
    await place.fill(*THREE)
    model = EventModel()
    model.show_order(place.list.model.ids, ())
    qtmodeltester.check(model)
    qtmodeltester.check(place.list.model)


async def test_the_filter_of_verdicts_lists_what_will_be_refused(place: BatchPlace) -> None:
    await place.fill(*THREE, '{"event": "no person"}')
    place.open_court()
    await wait_until(lambda: place.batch.count and not place.batch.totals.unseen, "the verdicts")
    place.page.table.show_outlooks(frozenset({RowOutlook.REFUSED}))
    await wait_until(lambda: place.column() == ["no person"], "the filter")
    place.page.table.show_all()
    await wait_until(lambda: len(place.column()) == 4, "all of them")


async def test_several_chosen_events_can_be_sent_alone_or_copied(place: BatchPlace) -> None:
    await place.fill(*THREE)
    asked: list[list[int]] = []
    place.page.table.commands.send_wanted.disconnect()
    place.page.table.commands.send_wanted.connect(lambda ids: asked.append(list(ids)))
    ids = list(place.list.model.ids)
    place.list.choose(ids[1:])
    click(place.page, "Send these events, and no others")
    assert asked == [ids[1:]]
    click(place.page, "Copy them as JSON Lines")
    await wait_until(lambda: place.copied, "the copy")
    assert len(place.copied[0].splitlines()) == 2


async def test_the_chosen_columns_are_kept(place: BatchPlace) -> None:
    place.work.preferences.change(batch_columns=("seats", "never seen"))
    await place.fill(*THREE)
    await wait_until(lambda: place.list.shown, "the properties")
    await place.settled()
    assert place.list.shown == ("seats", "never seen")
    never = "property:never seen"
    await wait_until(lambda: place.column(never) == ["", "", ""], "the cells")
    place.list.choose_columns(None)
    assert place.work.preferences.settings.batch_columns is None
    assert place.list.shown == ("seats", "plan")


async def test_a_dropped_file_begins_an_import(place: BatchPlace, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("event,distinct_id\npaid,ada\nsent,bob\n")
    place.page.paste(Clip(files=(str(file),)))
    view = place.page.importing
    assert view.isVisible()
    await wait_until(lambda: any("Import 2" in b.text() for b in buttons(place)), "the look at it")
    next(b for b in buttons(place) if "Import 2" in b.text()).click()
    await wait_until(lambda: place.batch.count == 2, "the events")
    assert await place.names() == ["paid", "sent"]
    assert place.said[-1].text == "Imported 2 events."
    place.undo()
    assert await place.names() == []


def buttons(place: BatchPlace) -> list[QPushButton]:
    return [b for b in place.page.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]


async def test_the_keyboard_is_in_the_table_when_one_comes_to_it(place: BatchPlace) -> None:
    await place.fill(*THREE)
    place.stack.hide()
    place.page.table.bar.search.setFocus()
    place.stack.show()
    assert place.stack.focusWidget() is place.table


async def test_a_run_is_listed_and_the_way_back_is_a_press_away(place: BatchPlace) -> None:
    await place.fill(*THREE)
    click(place.page, "Runs")
    assert place.page.runs.isVisible()
    place.page.focus_search()
    assert place.page.table.isVisible()
