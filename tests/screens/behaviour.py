"""The states of the Sandbox place's second view, each as the steps that lead to it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QTableView

from composer.core.behaviour import Behaviour, Edition, Flag, parse_rule
from composer.core.destination import SANDBOX_TOKEN
from composer.ui.rail import Place
from composer.ui.sandbox.page import View
from tests.screens.stage import Stage

RULES = (
    "429 retry-after=5 share=0.2",
    "reset path=/batch nth=3",
    "slow=3 distinct_id=customer-42",
    "half stores off",
    "503",
    "page path=/flags",
)
FLAGS = (
    Flag(key="new-checkout", variant="green", payload='{"color": "green"}'),
    Flag(key="beta", only_for=("customer-42", "anna@shop.example")),
    Flag(key="old-prices", enabled=False),
)
BUSY = Behaviour(
    edition=Edition.OF_2024,
    known_tokens=frozenset({SANDBOX_TOKEN, "phc_aBcD3fGh1jKlMn0pQrStUvWxYz12345678901234567"}),
    serves_tls=True,
    flags=FLAGS,
    rules=tuple(map(parse_rule, RULES)),
)


async def good_day(stage: Stage) -> None:
    stage.go(Place.SANDBOX)
    stage.window.pages.sandbox.show_view(View.BEHAVIOUR)
    await stage.settle()


async def switches(stage: Stage) -> None:
    stage.bench.services.sandbox.behave(BUSY)
    await good_day(stage)


async def rule(stage: Stage) -> None:
    """A rule with something wrong in it."""
    await switches(stage)
    table = stage.find(QTableView, "Rules")
    table.selectRow(0)
    field = stage.find(QLineEdit, "Retry after")
    field.setFocus()
    QTest.keyClicks(field, " min")
    await _scroll_to(stage, table)


async def flag(stage: Stage) -> None:
    """A flag whose payload is no JSON."""
    await switches(stage)
    table = stage.find(QTableView, "Feature flags")
    table.selectRow(1)
    field = stage.find(QLineEdit, "Payload")
    field.setFocus()
    QTest.keyClicks(field, '{"color": ')
    await _scroll_to(stage, table)


async def scripts(stage: Stage) -> None:
    await switches(stage)
    bar = _scroller(stage).verticalScrollBar()
    bar.setValue(bar.maximum())


def _scroller(stage: Stage) -> QScrollArea:
    return stage.window.pages.sandbox.behaviour.findChildren(QScrollArea)[0]


async def _scroll_to(stage: Stage, table: QTableView) -> None:
    await stage.settle()
    scroller = _scroller(stage)
    away = table.mapTo(scroller, QPoint(0, 0)).y() - 80
    scroller.verticalScrollBar().setValue(scroller.verticalScrollBar().value() + away)
