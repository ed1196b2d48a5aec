"""The History place with notes and pins, filters, several chosen sends, an export, many rows."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from composer.core.outcome import Response, judge
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.ui.actions import Command
from composer.ui.history.export_panel import ExportPanel
from composer.ui.history.menu_button import MenuButton
from composer.ui.lists.grid import Grid
from composer.ui.rail import Place
from tests.screens import sends
from tests.screens.stage import Stage

MANY = 10_000
_OK = judge(Response(status=200, reason="OK", body=b'{"status":"Ok"}', milliseconds=84.0))
_REFUSED = judge(Response(status=401, reason="Unauthorized", body=b"", milliseconds=61.0))
_NOTES = (
    ("merge refused: both were identified\nasked the customer for the second e-mail", "ZD-4812"),
    ("", "ZD-4807"),
    ("proxy down between 14:00 and 15:00", ""),
)


async def notes(stage: Stage) -> None:
    """Some sends with notes, tickets and pins; the first of them is shown."""
    await sends.past(stage)
    history = stage.bench.services.history
    rows = history.rows()
    for row, (note, ticket) in zip(rows[1:6:2], _NOTES, strict=True):
        history.annotate(row.id, note=note, ticket=ticket)
    history.pin([rows[1].id, rows[8].id], True)
    stage.go(Place.HISTORY)
    await stage.settle(0.3)
    stage.find(Grid, "History").choose(2)


async def filters(stage: Stage) -> None:
    await notes(stage)
    await _tick(stage, "Event", "invoice paid", "refund issued")
    await _tick(stage, "Outcome", "Accepted")
    await _tick(stage, "Time", "From … to …")
    stage.find(Grid, "History").setFocus()


async def filter_menu(stage: Stage) -> None:
    """With what stands beside the filter when one is chosen; a menu is a window of its own."""
    await notes(stage)
    await _tick(stage, "Destination", "Sandbox")
    await _tick(stage, "Time", "Last 7 days")


async def nothing(stage: Stage) -> None:
    await notes(stage)
    await _tick(stage, "Outcome", "Cancelled", "Cut off")
    await _tick(stage, "Time", "Last 7 days")
    QTest.keyClicks(stage.find(QLineEdit, "Search history"), "refund")


async def several(stage: Stage) -> None:
    await notes(stage)
    table = stage.find(Grid, "History")
    table.choose(3)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


async def noting(stage: Stage) -> None:
    await notes(stage)
    QTest.keyClick(stage.find(Grid, "History"), Qt.Key.Key_F2)
    field = stage.find(QPlainTextEdit, "Note")
    QTest.keyClicks(field, " - told them on the phone")


async def many(stage: Stage) -> None:
    """Ten thousand sends, scrolled down somewhat."""
    _fill(stage)
    stage.go(Place.HISTORY)
    await stage.settle(0.5)
    bar = stage.find(Grid, "History").verticalScrollBar()
    for _ in range(3):
        bar.setValue(bar.maximum())
        await stage.settle(0.3)


async def export_offer(stage: Stage) -> None:
    await several(stage)
    stage.do(Command.EXPORT_HISTORY)


async def exporting(stage: Stage) -> None:
    _fill(stage)
    stage.go(Place.HISTORY)
    await stage.settle(0.5)
    stage.do(Command.EXPORT_HISTORY)
    (panel,) = stage.window.findChildren(ExportPanel)
    panel.export_to(str(Path(tempfile.gettempdir(), "composer-screens-history.har")))


async def deleted(stage: Stage) -> None:
    await notes(stage)
    QTest.keyClick(stage.find(Grid, "History"), Qt.Key.Key_Delete)


async def _tick(stage: Stage, name: str, *lines: str) -> None:
    buttons = stage.window.findChildren(MenuButton)
    button = next(b for b in buttons if b.accessibleName().startswith(f"{name}: "))
    button.click()
    await stage.until(button.menu_lines.isVisible)
    for line in lines:
        actions = button.menu_lines.actions()
        next(a for a in actions if a.text().split("\t")[0] == line).trigger()
    button.menu_lines.close()
    await stage.settle(0.3)


def _fill(stage: Stage) -> None:
    history, place = stage.bench.services.history, stage.bench.preferences.destination
    events = ("invoice paid", "refund issued", "plan upgraded", "$pageview", "$identify")
    for number in range(MANY):
        stage.clock.offset = timedelta(minutes=-9 * (MANY - number))
        event, person = events[number % len(events)], f"cust-{20_000 + number % 700}"
        body = f'{{"event": "{event}", "distinct_id": "{person}", "number": {number}}}'.encode()
        request = build_request(body, place, "/i/v0/e/")
        identifier = history.begin(request, place, Summary(event=event, person=person))
        history.finish(identifier, _REFUSED if number % 11 == 3 else _OK)
    stage.clock.offset = timedelta()
