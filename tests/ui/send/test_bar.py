"""The line below the form: its words, what is off and why, and how it fits a narrow window."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import pytest_asyncio
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.core.draft import Draft
from composer.core.records import Summary
from composer.ui.send.bar import SendBar
from composer.ui.send.controller import Send
from composer.ui.session import Session
from composer.ui.widgets import FlowNote
from tests.helpers.batch import a_batch, rows_in
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import click, wait_until

BROKEN = '{\n"event": oops\n}'


class Bar:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        stage.preferences.change_destination(EU)
        self.session = Session(stage.clock, stage.preferences)
        self.batch = a_batch(stage)
        self.bar = SendBar(self.session, self.batch, stage.sends)
        self.wanted: list[str] = []
        self.bar.send_wanted.connect(lambda: self.wanted.append("send"))
        self.bar.add_wanted.connect(lambda: self.wanted.append("add"))
        self.bar.save_wanted.connect(lambda: self.wanted.append("save"))
        # Inside the window it may be as narrow as it says itself; on its own Qt would not let it.
        self.window = QWidget()
        self.bar.setParent(self.window)
        stage.show(self.window, 900, 110)
        self.resize(900)
        self.bar.show()
        self.window.activateWindow()

    def resize(self, width: int) -> None:
        self.bar.resize(width, 110)
        QApplication.sendPostedEvents()  # the layout's turn

    @property
    def note(self) -> str:
        (note,) = (n for n in self.bar.findChildren(FlowNote))
        return note.text() if note.isVisible() else ""

    @property
    def keys(self) -> str:
        shown = [
            label.text()
            for label in self.bar.findChildren(QLabel)
            if not isinstance(label, FlowNote) and label.isVisible()
        ]
        return "".join(shown)

    @property
    def words(self) -> list[str]:
        buttons = self.bar.findChildren(QPushButton)
        return [button.text() for button in buttons if button.isVisible()]

    async def edit_in_batch(self) -> None:
        self.batch.add(self.stage.draft("waiting"))
        (row,) = await rows_in(self.batch)
        self.session.tab.item = row.id
        self.batch.edit(row)

    def start(self) -> None:
        request, draft = self.session.request, self.session.draft
        assert request is not None
        summary = Summary(event="x", person="p")
        place = self.session.destination
        self.stage.sends.start(Send(request=request, destination=place, summary=summary, tag=draft))

    def make_slow(self) -> None:
        self.stage.start_sandbox()
        self.stage.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=0.4)))

    async def stopped(self) -> None:
        self.stage.sends.cancel()
        await wait_until(lambda: not self.stage.sends.is_busy, "the end")

    def cut_off(self) -> list[str]:
        """What is narrower than its words, or beyond the edge."""
        inside = self.bar.rect()
        shown: list[QWidget] = [b for b in self.bar.findChildren(QPushButton) if b.isVisible()]
        return [
            widget.accessibleName()
            for widget in shown
            if not inside.contains(widget.geometry())
            or widget.width() < widget.minimumSizeHint().width()
        ]


@pytest_asyncio.fixture
async def bar(stage: Stage) -> Bar:
    return Bar(stage)


async def test_with_room_everything_stands_there_in_words(bar: Bar) -> None:
    assert bar.words == ["Send to Sandbox", "Add to batch", "Save as template"]
    assert bar.keys == "Ctrl ⏎"
    assert bar.note == ""
    assert bar.bar.send.accessibleDescription() == "Send to Sandbox"
    assert nameless(bar.bar) == []


async def test_each_button_asks_for_its_own(bar: Bar) -> None:
    for name in ("Send", "Add to batch", "Save as template"):
        click(bar.bar, name)
    assert bar.wanted == ["send", "add", "save"]


async def test_the_destination_is_named_shortened_where_it_is_long(bar: Bar) -> None:
    bar.stage.preferences.change(destination_id="eu")
    assert bar.bar.send.text() == "Send to EU cloud"
    bar.stage.preferences.change_destination(replace(EU, name="The company's own cloud"))
    assert bar.bar.send.text() == "Send to The company's o…"


async def test_an_accepted_event_is_sent_again_until_it_is_edited(bar: Bar) -> None:
    bar.session.mark_accepted(bar.session.draft)
    assert bar.bar.send.text() == "Send again to Sandbox"
    bar.session.set_value(("event",), "another")
    assert bar.bar.send.text() == "Send to Sandbox"


async def test_without_an_address_send_is_off_and_says_why_and_the_rest_is_on(bar: Bar) -> None:
    bar.stage.preferences.change(destination_id="self_hosted")
    assert not bar.bar.send.isEnabled()
    assert bar.note == f"Send is off. {bar.session.obstacle}"
    assert bar.bar.send.toolTip() == bar.session.obstacle
    assert bar.bar.send.accessibleDescription() == bar.session.obstacle
    assert (bar.bar.add.isEnabled(), bar.bar.save.isEnabled()) == (True, True)
    bar.stage.preferences.change(destination_id="sandbox")
    assert bar.bar.send.isEnabled()
    assert bar.note == ""


async def test_with_a_fault_in_the_json_nothing_can_be_done_and_its_line_is_named(
    bar: Bar,
) -> None:
    bar.session.set_text(BROKEN)
    buttons = (bar.bar.send, bar.bar.add, bar.bar.save)
    assert [button.isEnabled() for button in buttons] == [False] * 3
    assert bar.note == "Send is off. The JSON has a fault in line 2."
    bar.session.discard_text()
    assert [button.isEnabled() for button in buttons] == [True] * 3
    assert bar.note == ""


async def test_cancel_stands_where_send_was(bar: Bar) -> None:
    bar.make_slow()
    before = bar.bar.send.geometry()
    bar.start()
    await asyncio.sleep(0.02)
    assert bar.words[0] == "Cancel"
    assert "Send to Sandbox" not in bar.words
    assert bar.keys == "Ctrl ."
    assert bar.bar.cancel.geometry() == before
    await bar.stopped()
    assert bar.words[0] == "Send to Sandbox"
    assert bar.keys == "Ctrl ⏎"


async def test_cancel_stops_the_send(bar: Bar) -> None:
    bar.make_slow()
    bar.start()
    click(bar.bar, "Cancel")
    await wait_until(lambda: not bar.stage.sends.is_busy, "the end")


async def test_the_second_half_of_a_double_click_does_not_cancel(bar: Bar) -> None:
    bar.make_slow()
    bar.start()
    spot = QPointF(10, 10)
    second = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        spot,
        bar.bar.cancel.mapToGlobal(spot),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(bar.bar.cancel, second)
    QTest.mouseRelease(bar.bar.cancel, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    await asyncio.sleep(0.05)
    assert bar.stage.sends.is_busy
    await bar.stopped()


@pytest.mark.parametrize("focused", [True, False])
async def test_the_focus_goes_along_from_send_to_cancel_and_back(bar: Bar, focused: bool) -> None:
    bar.make_slow()
    (bar.bar.send if focused else bar.bar.save).setFocus()
    bar.start()
    assert (bar.bar.cancel if focused else bar.bar.save).hasFocus()
    await bar.stopped()
    assert (bar.bar.send if focused else bar.bar.save).hasFocus()


async def test_an_event_of_the_batch_is_put_back_or_left(bar: Bar) -> None:
    await bar.edit_in_batch()
    assert bar.words == [
        "Send to Sandbox",
        "Put back",
        "Save as template",
        "Leave it as it was",
    ]
    assert bar.bar.add.toolTip() == "Put back into the batch"
    next(b for b in bar.bar.findChildren(QPushButton) if b.text() == "Leave it as it was").click()
    assert bar.batch.editing is None
    assert bar.words[1:] == ["Add to batch", "Save as template"]


@pytest.mark.parametrize("editing", [False, True])
@pytest.mark.parametrize("again", [False, True])
async def test_whatever_the_width_nothing_is_cut_off(bar: Bar, editing: bool, again: bool) -> None:
    draft: Draft = bar.session.draft
    if again:
        bar.session.mark_accepted(draft)
    if editing:
        await bar.edit_in_batch()
    QApplication.sendPostedEvents()
    for width in range(900, 479, -20):
        bar.resize(width)
        assert bar.cut_off() == [], f"{width} px: {bar.words}"


async def test_words_are_given_up_in_order_of_their_worth(bar: Bar) -> None:
    seen: list[tuple[str, ...]] = []
    for width in range(900, bar.bar.minimumSizeHint().width(), -4):
        bar.resize(width)
        now = (bar.keys, *bar.words)
        if not seen or seen[-1] != now:
            seen.append(now)
    worth = [
        ("Ctrl ⏎", "Send to Sandbox", "Add to batch", "Save as template"),
        ("", "Send to Sandbox", "Add to batch", "Save as template"),
        ("", "Send to Sandbox", "Add to batch", ""),
        ("", "Send to Sandbox", "", ""),
    ]
    assert seen[:3] == worth[:3]
    assert seen == worth[: len(seen)]
    assert bar.bar.save.toolTip() == bar.bar.save.accessibleName() == "Save as template"
    bar.resize(900)
    assert (bar.keys, *bar.words) == seen[0]
    assert bar.bar.save.toolTip() == ""
