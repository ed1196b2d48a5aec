"""What is kept: the batch, templates, history; and the palette that finds it."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.ui.actions import Command
from composer.ui.rail import Place
from tests.screens import sends, templates
from tests.screens.stage import Stage


async def batch_empty(stage: Stage) -> None:
    stage.go(Place.BATCH)


async def templates_empty(stage: Stage) -> None:
    stage.go(Place.TEMPLATES)


async def history_empty(stage: Stage) -> None:
    stage.go(Place.HISTORY)


async def history_full(stage: Stage) -> None:
    await sends.past(stage)
    stage.go(Place.HISTORY)


async def history_search(stage: Stage) -> None:
    await history_full(stage)
    await stage.settle()
    QTest.keyClicks(stage.find(QLineEdit, "Search history"), "refund")


async def history_nothing(stage: Stage) -> None:
    await history_full(stage)
    await stage.settle()
    QTest.keyClicks(stage.find(QLineEdit, "Search history"), "no such thing")


async def history_detail(stage: Stage) -> None:
    await sends.past(stage)
    await stage.send()
    stage.window.show_in_history(stage.bench.services.history.rows(limit=1)[0].id)


async def palette(stage: Stage) -> None:
    await sends.past(stage)
    stage.do(Command.FIND)


async def palette_found(stage: Stage) -> None:
    await templates.folders(stage)
    await sends.past(stage)
    stage.go(Place.COMPOSE)
    stage.do(Command.FIND)
    QTest.keyClicks(stage.find(QLineEdit, "Find anything"), "ref")
