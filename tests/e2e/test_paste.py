"""Pasting in the assembled window: by keys and by drops, from any place, much and broken text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from composer.app import App
from composer.core.destination import SANDBOX_TOKEN
from composer.core.outcome import Accepted
from composer.ui.actions import Command
from composer.ui.compare.dialog import CompareDialog
from composer.ui.paste.dialog import PasteDialog
from composer.ui.paste.original import OriginalDialog
from composer.ui.rail import Place
from composer.ui.send.controller import Report
from tests.e2e.conftest import Opened
from tests.helpers.batch import rows_in
from tests.helpers.window import click, named, wait_until

EVENT = '{ "api_key":"phc_theirs",  "event": "order paid", "distinct_id": "7", "n": 1.50 }'
COMMAND = f"curl -s https://eu.i.posthog.com/e/ -d '{EVENT}'"
OWN = EVENT.replace("phc_theirs", SANDBOX_TOKEN)
CONTROL = Qt.KeyboardModifier.ControlModifier


def press_paste(text: str) -> None:
    """Ctrl+V where the keyboard is."""
    QGuiApplication.clipboard().setText(text)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_V, CONTROL)


async def focus(app: App, name: str) -> None:
    app.window.activateWindow()
    widget = named(app.window, name)
    widget.setFocus()
    await wait_until(widget.hasFocus, name)


async def opened_event(app: App) -> None:
    await wait_until(lambda: app.bench.pastes.origin, "the pasted event")


async def test_a_command_is_opened_by_ctrl_v_from_another_place(opened: Opened) -> None:
    async with opened() as app:
        app.window.go_to(Place.HISTORY)
        await focus(app, "Switch to the dark theme")
        press_paste(COMMAND)
        await opened_event(app)
        assert app.window.place is Place.COMPOSE
        assert app.bench.session.text == OWN
        strip = app.window.compose.pasted
        assert strip is not None
        assert strip.words.startswith("Pasted from a curl command")
        app.window.actions_.trigger(Command.UNDO)
        assert strip.isHidden()


async def test_a_text_field_keeps_its_own_paste(opened: Opened) -> None:
    async with opened() as app:
        field = named(app.window, "Person's ID", QLineEdit)
        await focus(app, "Person's ID")
        field.selectAll()
        press_paste("customer-99")
        assert field.text() == "customer-99"
        assert app.bench.session.draft.value(("distinct_id",)) == "customer-99"
        assert app.bench.pastes.origin is None


async def test_what_was_pasted_is_sent_as_it_is_shown(opened: Opened) -> None:
    async with opened() as app:
        app.bench.pastes.opened.connect(app.bench.desk.send)
        reports: list[Report] = []
        app.bench.sends.finished.connect(reports.append)
        await focus(app, "Settings")
        press_paste(COMMAND)
        await wait_until(lambda: reports, "the answer")
        assert isinstance(reports[0].outcome, Accepted)
        assert reports[0].send.request.body == OWN.encode()


async def test_a_file_is_opened_by_a_drop(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    file.write_text(EVENT, encoding="utf-8")
    async with opened() as app:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        plain = Qt.KeyboardModifier.NoModifier
        for event in (
            QDragEnterEvent(QPoint(9, 9), copy, data, button, plain),
            QDropEvent(QPointF(9, 9), copy, data, button, plain),
        ):
            QApplication.sendEvent(app.window, event)
        await opened_event(app)
        assert app.bench.session.text == OWN


async def test_several_events_are_listed_and_collected(opened: Opened) -> None:
    async with opened() as app:
        await focus(app, "Settings")
        press_paste(f"{EVENT}\n{EVENT.replace('paid', 'sent')}\n")
        await wait_until(lambda: app.window.findChildren(PasteDialog), "the Paste window")
        (dialog,) = app.window.findChildren(PasteDialog)
        click(dialog, "Add 2 events to the batch")
        await wait_until(lambda: app.bench.batch.count == 2, "the events")
        click(app.window, "Undo")
        assert await rows_in(app.bench.batch) == []


async def test_what_cannot_be_read_is_shown_in_the_paste_window(opened: Opened) -> None:
    async with opened() as app:
        await focus(app, "Settings")
        press_paste("good morning")
        await wait_until(lambda: app.bench.pastes.failure, "the words")
        click(app.window, "Show what could not be read")
        (dialog,) = app.window.findChildren(PasteDialog)
        await wait_until(lambda: dialog.waiting.fault, "the words again")
        assert dialog.box.text() == "good morning"
        app.window.actions_.trigger(Command.OPEN_PASTE)
        assert app.window.findChildren(PasteDialog) == [dialog]


async def test_the_original_and_the_comparison_open_beside_the_window(opened: Opened) -> None:
    async with opened() as app:
        await focus(app, "Settings")
        press_paste(COMMAND)
        await opened_event(app)
        click(app.window, "Original text")
        click(app.window, "Compare what was pasted with what is composed")
        for kind in (OriginalDialog, CompareDialog):
            (dialog,) = app.window.findChildren(kind)
            assert dialog.isVisible()
            assert not dialog.isModal()


async def test_much_and_broken_text_loses_nothing(opened: Opened) -> None:
    async with opened() as app:
        app.bench.session.set_value(("distinct_id",), "typed")
        before = app.bench.session.text
        await focus(app, "Settings")
        press_paste('"' * 2_000_000)
        await wait_until(lambda: app.bench.pastes.failure, "the words", seconds=30)
        assert app.bench.session.text == before
        press_paste(EVENT)
        await opened_event(app)
        app.window.actions_.trigger(Command.CLOSE_TAB)
        assert app.bench.session.text == before
