"""What the window owes a person's hands and eyes: nothing moves, jumps or speaks out of turn."""

from __future__ import annotations

import asyncio
import socket

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from composer.app import App
from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.core.jsontext import Number
from composer.ui.actions import Command
from composer.ui.history.page import HistoryPage
from composer.ui.lists.grid import Grid
from composer.ui.rail import Place
from composer.ui.send.controller import Report
from composer.ui.settings.dialog import SettingsDialog
from composer.ui.verdicts.row import VerdictRow
from composer.ui.widgets import CodeView, NavList
from tests.e2e.conftest import Opened
from tests.helpers.batch import rows_in
from tests.helpers.projects import aim_at
from tests.helpers.sends import press_send, press_send_batch
from tests.helpers.window import click, name_of, named, type_into, wait_until


def words(app: App) -> str:
    labels = named(app.window, "Response").findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


async def test_an_answer_names_its_event_once_the_person_has_gone_on(opened: Opened) -> None:
    async with opened() as app:
        await press_send(app)
        assert "About the event before" not in words(app)
        assert offers(app, "Make it a new event")
        app.bench.session.choose_type("identify")
        assert "About the event before: plan upgraded · customer-42" in words(app)
        assert not offers(app, "Make it a new event")


async def test_the_answer_to_a_batch_does_not_stand_beside_the_event(opened: Opened) -> None:
    async with opened() as app:
        click(app.window, "Add to batch")
        app.window.go_to(Place.BATCH)
        await press_send_batch(app)
        app.window.go_to(Place.COMPOSE)
        assert "No answer yet" in words(app)


async def test_a_double_click_on_send_neither_cancels_nor_hits_a_neighbour(opened: Opened) -> None:
    async with opened() as app:
        app.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=0.3)))
        send = named(app.window, "Send", QPushButton)
        before = send.geometry()
        reports: list[Report] = []
        app.bench.sends.finished.connect(reports.append)
        click(app.window, "Send")
        cancel = named(app.window, "Cancel", QPushButton)
        await wait_until(lambda: cancel.x() == before.x(), "the layout")
        assert cancel.geometry() == before
        QTest.mouseDClick(cancel, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        await wait_until(lambda: reports, "an outcome")
        assert app.bench.session.is_accepted


async def test_undo_in_batch_brings_back_the_event_and_leaves_the_draft(opened: Opened) -> None:
    async with opened() as app:
        app.bench.session.set_value(("distinct_id",), "ada")
        click(app.window, "Add to batch")
        draft = app.bench.session.draft
        app.window.go_to(Place.BATCH)
        table = app.window.pages.batch.table.listing.table
        await wait_until(lambda: table.row == 0, "the list")
        click(app.window, "Remove")
        assert await rows_in(app.bench.batch) == []
        app.window.actions_.trigger(Command.UNDO)
        assert len(await rows_in(app.bench.batch)) == 1
        app.window.actions_.trigger(Command.UNDO)
        await app.bench.batch.settled()
        assert app.bench.session.draft == draft


async def test_saving_a_template_does_not_leave_the_cursor_on_send(opened: Opened) -> None:
    async with opened() as app:
        app.window.activateWindow()
        await wait_until(app.window.isActiveWindow, "the window in front")
        click(app.window, "Save as template")
        QTest.keyClick(named(app.window, "Template name"), Qt.Key.Key_Return)
        assert QApplication.focusWidget() is named(app.window, "Save as template", QPushButton)


async def test_whoever_comes_to_history_after_a_send_sees_that_send(opened: Opened) -> None:
    async with opened() as app:
        await press_send(app)
        app.window.go_to(Place.HISTORY)
        page = app.window.pages.history
        await wait_until(lambda: chosen(page) == "plan upgraded", "the first send")
        app.window.go_to(Place.COMPOSE)
        app.bench.session.set_value(("event",), "order paid")
        await press_send(app)
        app.window.go_to(Place.HISTORY)
        await wait_until(lambda: chosen(page) == "order paid", "the newest send")


def chosen(page: HistoryPage) -> str:
    table = named(page, "History", Grid)
    index = table.model().index(table.row, 1)
    return str(index.data()) if table.row >= 0 else ""


async def test_broken_json_is_spelled_out_once(opened: Opened) -> None:
    async with opened() as app:
        await wait_until(lambda: app.bench.watch.report, "the verdicts")
        editor = named(app.window, "JSON", CodeView)
        app.bench.session.set_text(editor.text().replace('"event"', "event"))
        labels = [w for w in app.window.findChildren(QLabel) if w.isVisible()]
        spelled = [label.text() for label in labels if "column" in label.text()]
        assert len(spelled) == 1
        assert [w.text() for w in labels if w.text().startswith("Send is off.")] == [
            "Send is off. The JSON has a fault in line 3."
        ]


async def test_what_is_typed_and_is_no_value_is_not_passed_over(opened: Opened) -> None:
    async with opened() as app:
        type_into(named(app.window, "Property 2 value"), "many")
        assert app.bench.session.draft.value(("properties", "seats")) == Number("14")
        said = "Not sent: seats. What is typed there is not sent."
        await wait_until(lambda: tells(app, said), "a word about it")
        type_into(named(app.window, "Property 2 value"), "15")
        assert not tells(app, said)
        await wait_until(lambda: app.bench.watch.report, "the verdicts")
        assert named(app.window, "OK: Will be stored")


def tells(app: App, words: str) -> bool:
    rows = app.window.findChildren(VerdictRow)
    return any(row.isVisible() and name_of(row).startswith(words) for row in rows)


def offers(app: App, words: str) -> bool:
    links = app.window.findChildren(QPushButton)
    return any(link.isVisible() and name_of(link).startswith(words) for link in links)


async def test_a_long_answer_is_whole_and_leaves_the_form_its_room(opened: Opened) -> None:
    async with opened() as app:
        form = app.window.compose.form
        before = form.width()
        with socket.create_server(("127.0.0.1", 0)) as server:
            aim_at(app.bench.preferences, f"http://127.0.0.1:{server.getsockname()[1]}")
            answering = asyncio.create_task(asyncio.to_thread(refuse, server, b"x" * 500))
            await press_send(app)
            await answering
        await wait_until(lambda: "refused" in words(app), "the answer")
        for _ in range(3):
            await asyncio.sleep(0.02)
        assert form.width() == before
        pane = named(app.window, "Response")
        for label in pane.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()


def refuse(server: socket.socket, detail: bytes) -> None:
    """Answer one request with 400 and a text."""
    connection, _ = server.accept()
    with connection:
        received = b""
        while not received.endswith(b"}"):
            received += connection.recv(65536)
        head = f"HTTP/1.1 400 Bad Request\r\nContent-Length: {len(detail)}\r\n\r\n"
        connection.sendall(head.encode() + detail)


async def test_in_the_narrowest_window_the_way_back_to_the_batch_is_in_words(
    opened: Opened,
) -> None:
    async with opened() as app:
        click(app.window, "Add to batch")
        (row,) = await rows_in(app.bench.batch)
        app.window.edit_batch_item(row)
        app.window.resize(app.window.minimumSize())
        bar = app.window.compose.bar
        await wait_until(lambda: all_fit(bar), "room for all buttons", seconds=2)
        assert named(bar, "Add to batch", QPushButton).text() == "Put back"


def all_fit(bar: QWidget) -> bool:
    shown = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    return all(button.width() >= button.sizeHint().width() for button in shown)


async def test_projects_and_limits_lead_to_their_page_of_the_settings(opened: Opened) -> None:
    async with opened() as app:
        for signal, page in (
            (app.window.destination.projects_wanted, "Projects"),
            (app.window.pages.retention_wanted, "History"),
        ):
            signal.emit()
            (dialog,) = app.window.findChildren(SettingsDialog)
            assert named(dialog, "Pages of the settings", NavList).current_id() == page
            dialog.close()
            await wait_until(lambda: not app.window.findChildren(SettingsDialog), "it to go")
