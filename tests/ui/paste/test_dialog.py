"""The Paste window: text and files in, events out, faults in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.modeltest import ModelTester

from composer.core.paste import read_pasted
from composer.ui.paste.box import MOST_TYPED
from composer.ui.paste.clip import PICTURE, Clip
from composer.ui.paste.dialog import PasteDialog
from composer.ui.paste.events_model import EventsModel
from composer.ui.paste.reader import PasteReader
from composer.ui.paste.reading import Reading
from composer.ui.paste.result import MOST_LISTED
from tests.helpers.batch import names_in
from tests.helpers.stage import nameless
from tests.helpers.window import click, name_of, type_into, wait_until
from tests.ui.paste.driver import BATCH, COMMAND, EVENT, OWN, Driver


class Window:
    """The dialog and how a test looks at it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        parent = QWidget()
        driver.show(parent)
        reader = PasteReader(driver.bench.services, driver.bench.tasks)
        self.dialog = PasteDialog(driver.desk, reader, parent)
        self.dialog.show()

    @property
    def rows(self) -> list[list[str]]:
        model = self.dialog.found.table.model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    @property
    def buttons(self) -> dict[str, bool]:
        """The visible buttons below, and whether they are on."""
        wanted = ("Open", "Add", "Compare")
        found = (b for b in self.dialog.findChildren(QAbstractButton) if b.isVisible())
        return {name_of(b): b.isEnabled() for b in found if name_of(b).startswith(wanted)}

    async def take(self, clip: Clip) -> None:
        self.dialog.take(clip)
        await self.comes("what is in it")

    async def comes(self, what: str) -> None:
        dialog = self.dialog
        await wait_until(lambda: dialog.found.isVisible() or dialog.waiting.fault, what)

    def choose(self, *rows: int) -> None:
        table = self.dialog.found.table
        table.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        for row in rows:
            index = table.model().index(row, 0)
            table.selectionModel().select(index, flags.Select | flags.Rows)


@pytest.fixture
def window(driver: Driver) -> Window:
    return Window(driver)


async def test_it_begins_with_what_can_be_pasted(window: Window) -> None:
    assert window.dialog.waiting.isVisible()
    assert window.buttons == {
        "Open a file…": True,
        "Open in Compose": False,
        "Add to batch": False,
    }
    assert not window.dialog.isModal()
    assert nameless(window.dialog) == []


async def test_typed_text_is_read_as_it_is_typed(window: Window) -> None:
    window.dialog.box.setFocus()
    type_into(window.dialog.box, '{"event": "tea"}')
    await window.comes("the event")
    assert [row[0] for row in window.rows] == ["tea"]
    assert window.dialog.box.text() == '{"event": "tea"}'


async def test_pasted_text_is_read_with_its_own_line_ends(window: Window) -> None:
    text = EVENT.replace("{ ", "{\r\n ")
    QGuiApplication.clipboard().setText(text)
    window.dialog.box.setFocus()
    QTest.keyClick(window.dialog.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await window.comes("the event")
    reading = window.dialog.found.reading
    assert reading is not None
    assert reading.original == text.encode()


async def test_one_event_is_opened(window: Window, driver: Driver) -> None:
    await window.take(Clip(text=COMMAND))
    assert window.rows == [
        ["order paid", "customer-7", "20 Nov 2026 08:00:00", "eu.i.posthog.com/e/"]
    ]
    assert window.dialog.found.words == "1 event in a curl command\n1 thing was not taken over"
    click(window.dialog, "Open in Compose")
    assert not window.dialog.isVisible()
    await wait_until(lambda: driver.opened, "the event")
    assert driver.opened == [OWN]


async def test_all_of_several_are_chosen_and_go_into_the_batch(
    window: Window, driver: Driver
) -> None:
    await window.take(Clip(text=BATCH))
    assert window.buttons == {
        "Open a file…": True,
        "Open in Compose": False,
        "Open as a batch": True,
        "Add 3 events to the batch": True,
    }
    window.choose(0, 2)
    click(window.dialog, "Add 2 events to the batch")
    await wait_until(lambda: driver.bench.batch.count, "the events")
    assert await names_in(driver.bench.batch) == ["a", "c"]


async def test_those_beyond_the_list_go_with_all_that_are_in_it(window: Window) -> None:
    event = '{"event": "a", "distinct_id": "1"}'
    await window.take(Clip(text="[" + ", ".join([event] * (MOST_LISTED + 5)) + "]"))
    assert len(window.rows) == MOST_LISTED
    assert window.dialog.found.words == "2,005 events in JSON. The first 2,000 are listed"
    assert "Add 2,005 events to the batch" in window.buttons
    assert len(window.dialog.found.chosen) == MOST_LISTED + 5
    window.choose(3)
    assert "Add 1 event to the batch" in window.buttons


async def test_one_of_several_is_opened_by_enter(window: Window, driver: Driver) -> None:
    await window.take(Clip(text=BATCH))
    table = window.dialog.found.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert window.buttons["Open in Compose"]
    QTest.keyClick(table, Qt.Key.Key_Return)
    await wait_until(lambda: driver.opened, "the event")
    assert driver.session.draft.value(("event",)) == "b"


async def test_a_request_of_several_is_opened_as_a_batch(window: Window, driver: Driver) -> None:
    await window.take(Clip(text=BATCH))
    click(window.dialog, "Open as a batch")
    await wait_until(lambda: driver.opened, "the batch")
    assert driver.session.draft.event_type.is_batch


async def test_two_can_be_compared(window: Window) -> None:
    pairs: list[object] = []
    window.dialog.compare_wanted.connect(pairs.append)
    await window.take(Clip(text=BATCH))
    assert "Compare" not in window.buttons
    window.choose(0, 1)
    click(window.dialog, "Compare")
    assert pairs == [window.dialog.found.chosen]


async def test_a_fault_stands_in_place_and_goes_with_the_next_paste(window: Window) -> None:
    await window.take(Clip(text="good morning"))
    assert window.dialog.waiting.fault
    assert window.dialog.box.text() == "good morning"
    await window.take(Clip(text=EVENT))
    assert window.dialog.waiting.fault == ""
    assert len(window.rows) == 1


async def test_a_picture_is_told(window: Window) -> None:
    window.dialog.take(Clip(is_picture=True))
    assert window.dialog.waiting.fault == PICTURE


async def test_a_file_is_read_and_shown(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    file.write_text(EVENT, encoding="utf-8")
    click(window.dialog, "Open a file…")
    (chooser,) = window.dialog.findChildren(QFileDialog)
    assert chooser.isVisible()
    chooser.fileSelected.emit(str(file))
    chooser.close()
    await window.comes("the event")
    assert window.dialog.box.text() == EVENT
    assert window.dialog.box.isReadOnly()
    assert window.dialog.found.words.startswith("1 event in order.json, JSON")


async def test_of_much_text_only_the_beginning_is_shown(window: Window) -> None:
    text = EVENT.replace("order paid", "x" * (2 * MOST_TYPED))
    await window.take(Clip(text=text))
    assert window.dialog.box.text() == text[:MOST_TYPED]
    assert window.dialog.box.isReadOnly()
    assert window.rows[0][0] == "x" * (2 * MOST_TYPED)
    click(window.dialog, "Clear")
    assert window.dialog.box.text() == ""
    assert not window.dialog.box.isReadOnly()
    assert window.dialog.waiting.isVisible()


async def test_a_long_reading_can_be_cancelled(window: Window) -> None:
    window.dialog.take(Clip(text='{"event": "' + '\\"' * 5_000_000 + '"}'))
    await wait_until(lambda: window.dialog.waiting.is_reading, "the word that it takes a while")
    click(window.dialog, "Cancel the reading")
    assert not window.dialog.waiting.is_reading
    await window.take(Clip(text=EVENT))
    assert len(window.rows) == 1


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = EventsModel()
    qtmodeltester.check(model)
    data = BATCH.encode()
    model.show_events(Reading(pasted=read_pasted(data), original=data).events)
    assert model.rowCount() == 3
