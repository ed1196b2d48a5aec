"""The verdicts in the assembled window, by keyboard: gone to, mended, undone, asked about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from composer.app import App
from composer.ui.actions import Command
from composer.ui.verdicts.row import VerdictRow
from composer.ui.verdicts.rules_dialog import RulesDialog
from composer.ui.widgets import CodeView
from tests.e2e.conftest import Opened
from tests.helpers.projects import aim_at
from tests.helpers.window import click, named, wait_until

NO_ZONE = "2026-11-21T09:30:00"


async def judged(app: App) -> None:
    await wait_until(lambda: app.bench.watch.report, "the verdicts")


def focus_name() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused is not None else ""


async def test_a_verdict_leads_to_its_field_and_is_mended_and_undone(opened: Opened) -> None:
    async with opened() as app:
        await judged(app)
        session, do = app.bench.session, app.window.actions_.trigger
        session.set_value(("timestamp",), NO_ZONE)
        app.window.activateWindow()
        do(Command.NEXT_VERDICT)
        row = QApplication.focusWidget()
        assert isinstance(row, VerdictRow)
        QTest.keyClick(row, Qt.Key.Key_Return)
        await wait_until(lambda: focus_name() == "When", "the field")
        do(Command.MEND)
        apply = QApplication.focusWidget()
        assert apply is not None
        assert apply.accessibleName() == "Apply: Write it in UTC"
        QTest.keyClick(apply, Qt.Key.Key_Space)
        assert session.draft.value(("timestamp",)) == f"{NO_ZONE}.000Z"
        do(Command.UNDO)
        assert session.draft.value(("timestamp",)) == NO_ZONE


async def test_what_has_no_field_is_found_in_the_json(opened: Opened) -> None:
    async with opened() as app:
        await judged(app)
        app.bench.session.set_text(
            app.bench.session.text.replace('"event"', '"userId": 7, "event"')
        )
        app.window.compose.go_to(("userId",))
        editor = named(app.window, "JSON", CodeView)
        await wait_until(editor.hasFocus, "the JSON")
        assert editor.textCursor().block().text().strip().startswith('"userId"')


async def test_the_token_and_a_fault_have_places_of_their_own(opened: Opened) -> None:
    async with opened() as app:
        app.window.activateWindow()
        app.window.compose.go_to(("api_key",))
        await wait_until(lambda: focus_name() == "Project token", "the token")
        app.bench.session.set_text("{")
        app.window.compose.go_to(("timestamp",))
        await wait_until(lambda: focus_name() == "JSON", "the JSON")


async def test_a_refusal_is_asked_about_once(opened: Opened) -> None:
    async with opened() as app:
        await judged(app)
        preferences = app.bench.preferences
        aim_at(preferences, app.sandbox.url)
        app.bench.session.set_token("phc_x")
        app.bench.session.set_value(("distinct_id",), "")
        reports: list[object] = []
        app.bench.sends.finished.connect(reports.append)
        app.bench.desk.send()
        assert not app.bench.sends.is_busy
        click(app.window, "Look at it")
        assert isinstance(QApplication.focusWidget(), VerdictRow)
        app.bench.desk.send()
        click(app.window, "Send anyway")
        await wait_until(lambda: reports, "the answer")
        assert app.window.compose.question.words == ""


async def test_the_rules_stand_beside_the_window(opened: Opened) -> None:
    async with opened() as app:
        click(app.window, "All rules")
        app.window.actions_.trigger(Command.RULES)
        (dialog,) = app.window.findChildren(RulesDialog)
        assert not dialog.isModal()
        dialog.close()
