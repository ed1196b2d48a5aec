"""What is found with Ctrl+K is opened by the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.app import App
from composer.ui.rail import Place
from tests.e2e.conftest import Opened
from tests.helpers.templates import template
from tests.helpers.window import named, wait_until


def find(app: App, text: str) -> QLineEdit:
    QTest.keyClick(app.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = named(app.window, "Find anything", QLineEdit)
    QTest.keyClicks(field, text)
    return field


async def test_what_is_found_is_opened(opened: Opened) -> None:
    async with opened() as app:
        app.window.activateWindow()
        session, sends = app.bench.session, app.bench.sends
        app.bench.services.templates.save(template("Ticket 4812", session.draft))
        app.bench.desk.send()
        await wait_until(lambda: not sends.is_busy, "the answer")

        QTest.keyClick(find(app, "screen view"), Qt.Key.Key_Return)
        assert session.draft.type_id == "screen"
        QTest.keyClick(find(app, "go to batch"), Qt.Key.Key_Return)
        assert app.window.place is Place.BATCH

        field = find(app, "4812")
        await wait_until(lambda: "4812" in field.accessibleDescription(), "the template")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert (app.window.place, session.draft.type_id) == (Place.COMPOSE, "custom")

        field = find(app, "200 OK")
        await wait_until(lambda: "History" in field.accessibleDescription(), "the history")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert app.window.place is Place.HISTORY
