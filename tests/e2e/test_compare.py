"""Comparing in the assembled window: with the last send, one of history, or what was pasted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.app import App
from composer.ui.actions import Command
from composer.ui.compare.dialog import CompareDialog
from composer.ui.compare.table import At
from composer.ui.compare.words import Told
from composer.ui.lists.grid import Grid
from composer.ui.paste.clip import Clip
from composer.ui.rail import Place
from tests.e2e.conftest import Opened
from tests.helpers.window import click, named, wait_until

PASTED = """curl -X POST 'https://eu.i.posthog.com/i/v0/e/' -H 'Content-Type: application/json' \
  -d '{"api_key": "phc_x", "event": "paid", "distinct_id": "d", "properties": {"vip": "true"}}'"""


async def told(app: App) -> Told:
    def found() -> Told | None:
        dialog = app.window.findChild(CompareDialog)
        return dialog.told if dialog is not None else None

    await wait_until(found, "the comparison")
    comparison = found()
    assert comparison is not None
    return comparison


def rows(app: App) -> list[str]:
    model = named(app.window, "Differences", Grid).model()
    return [str(model.index(row, At.WHAT).data()) for row in range(model.rowCount())]


async def sent(app: App) -> None:
    app.window.actions_.trigger(Command.SEND)
    await wait_until(lambda: app.bench.services.history.count() == 1, "the send to be kept")
    await wait_until(lambda: not app.bench.sends.is_busy, "the answer")


async def test_what_was_sent_is_compared_with_what_is_composed_now(opened: Opened) -> None:
    async with opened() as app:
        await wait_until(lambda: app.bench.session.request, "the sandbox")
        await sent(app)
        app.bench.session.set_value(("event",), "another")
        app.window.actions_.trigger(Command.COMPARE_LAST)
        assert (await told(app)).right.name == "Composed"
        assert rows(app) == ["Body", "event"]


async def test_a_send_to_compare_with_is_chosen_in_history(opened: Opened) -> None:
    async with opened() as app:
        await wait_until(lambda: app.bench.session.request, "the sandbox")
        await sent(app)
        app.window.actions_.trigger(Command.COMPARE)
        assert app.window.place is Place.HISTORY
        table = named(app.window.pages.history, "History", Grid)
        await wait_until(lambda: table.row == 1, "the list")
        QTest.keyClick(table, Qt.Key.Key_Return)
        comparison = await told(app)
        assert comparison.left.name == "Composed"
        assert comparison.right.name.startswith("Sent ")


async def test_what_was_pasted_is_compared_with_what_was_made_of_it(opened: Opened) -> None:
    async with opened() as app:
        await wait_until(lambda: app.bench.session.request, "the sandbox")
        app.bench.pastes.take(Clip(text=PASTED))
        await wait_until(lambda: app.bench.pastes.origin, "the paste")
        app.bench.session.set_value(("properties", "vip"), value=True)
        click(app.window, "Compare what was pasted with what is composed")
        comparison = await told(app)
        assert (comparison.left.name, comparison.right.name) == ("Pasted", "Composed")
        assert "properties.vip" in rows(app)
        assert "host" in rows(app)
