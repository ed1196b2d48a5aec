"""The states of what is copied: curl for every shell, code, and where they are chosen."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.curl import Style
from composer.core.destination import DestinationKind
from composer.core.shells import Shell
from composer.ui.actions import Command
from composer.ui.history.page import HistoryPage
from composer.ui.inspector.view import Side
from composer.ui.preview.pane import CODE, CURL
from composer.ui.rail import Place
from composer.ui.widgets import Tabs
from tests.screens.stage import Stage

TOKEN = "phc_aBcD3fGh1jKlMn0pQrStUvWxYz12345678901234567"


async def curl(stage: Stage) -> None:
    stage.choose("pageview", example=True)
    stage.find(Tabs, "Preview").setCurrentIndex(CURL)


async def powershell(stage: Stage) -> None:
    stage.bench.preferences.change(copy_shell=Shell.POWERSHELL)
    await curl(stage)
    stage.do(Command.COPY_CURL)


async def docs_hidden(stage: Stage) -> None:
    stage.bench.preferences.change(copy_shell=Shell.CMD, copy_style=Style.DOCS, hide_key=True)
    await curl(stage)


async def code(stage: Stage) -> None:
    stage.choose("pageview", example=True)
    stage.aim(DestinationKind.EU, token=TOKEN)
    stage.find(Tabs, "Preview").setCurrentIndex(CODE)


async def sdk(stage: Stage) -> None:
    stage.bench.preferences.change(code_target="posthog-go")
    await code(stage)
    stage.do(Command.COPY_CODE)


async def found(stage: Stage) -> None:
    stage.do(Command.FIND)
    QTest.keyClicks(stage.find(QLineEdit, "Find anything"), "copy as")


async def history(stage: Stage) -> None:
    stage.bench.preferences.change(copy_shell=Shell.CMD)
    stage.choose("pageview", example=True)
    await stage.send()
    stage.go(Place.HISTORY)
    await stage.settle()
    page = stage.window.findChildren(HistoryPage)[0]
    page.show_entry(stage.bench.services.history.rows(limit=1)[0].id, Side.CURL)
