"""The states of the Batch place: its table with nothing, one, some and very many events."""

from __future__ import annotations

import asyncio
import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.batch.table import RowOutlook
from composer.ui.batch.detail import Side
from composer.ui.batch.table_page import TablePage
from composer.ui.rail import Place
from composer.ui.widgets import Tabs
from tests.screens.stage import Stage

_NAMES = ("order paid", "$pageview", "plan upgraded", "invoice sent")
_LONG = "a customer whose name is longer than any column of a table can ever be expected to be"


def _body(number: int, *, long: bool = False) -> str:
    """One event in a hundred without a person, and one in seven without a zone in its time."""
    moment = f"2026-11-{1 + number % 20:02}T{number % 24:02}:{number % 60:02}:00"
    event = {
        "event": _NAMES[number % 4] * (9 if long else 1),
        "distinct_id": f"{_LONG} {number}" if long else f"customer-{number}",
        "timestamp": moment if number % 7 == 3 else f"{moment}Z",
        "properties": {
            "plan": ("free", "pro", "enterprise")[number % 3],
            "seats": number % 50,
            "amount": number * 1.25,
            "country": ("DE", "FR", "US", "NL", "BR")[number % 5],
            "note" if number % 2 else "a property with quite a long name": _LONG if long else "x",
            "$geoip_disable": True,
        },
    }
    if number % 100 == 4:
        del event["distinct_id"]
    return json.dumps(event)


def _page(stage: Stage) -> TablePage:
    return stage.window.pages.batch.table


async def _fill(stage: Stage, count: int, *, long: bool = False, judged: bool = True) -> TablePage:
    batch = stage.bench.batch
    events = [("custom", _body(number, long=long)) for number in range(count)]
    await asyncio.to_thread(batch.table.add, events)
    batch.renew()
    stage.go(Place.BATCH)
    page = _page(stage)
    await stage.until(lambda: page.listing.found == count)
    page.listing.table.choose(min(2, count - 1))
    if judged:
        async with asyncio.timeout(60):
            while batch.totals.unseen:  # noqa: ASYNC110 -- there is no signal for it all
                await asyncio.sleep(0.05)
    await stage.settle()
    return page


async def one(stage: Stage) -> None:
    await _fill(stage, 1)


async def full(stage: Stage) -> None:
    await _fill(stage, 40)


async def long(stage: Stage) -> None:
    await _fill(stage, 12, long=True)


async def many(stage: Stage) -> None:
    page = await _fill(stage, 10_000)
    page.listing.table.choose(4_321)


async def huge(stage: Stage) -> None:
    """In the middle of the look at them."""
    page = await _fill(stage, 100_000, judged=False)
    await stage.until(lambda: page.judge.progress is not None)


async def refused(stage: Stage) -> None:
    page = await _fill(stage, 40)
    page.listing.table.choose(4)


async def filtered(stage: Stage) -> None:
    page = await _fill(stage, 500)
    page.show_outlooks(frozenset({RowOutlook.REFUSED}))
    await stage.settle()
    page.listing.table.choose(0)


async def nothing(stage: Stage) -> None:
    await _fill(stage, 40)
    QTest.keyClicks(stage.find(QLineEdit, "Search the batch"), "no such thing")


async def ordered(stage: Stage) -> None:
    page = await _fill(stage, 40)
    page.listing.sort("property:amount", descending=True)
    page.bar.detail.setChecked(False)


async def several(stage: Stage) -> None:
    page = await _fill(stage, 40)
    page.listing.choose(page.listing.model.ids[2:7])
    page.listing.table.setFocus(Qt.FocusReason.TabFocusReason)


async def request(stage: Stage) -> None:
    await _fill(stage, 40)
    stage.find(Tabs, "Chosen event, views").setCurrentIndex(Side.REQUEST)


async def writing(stage: Stage) -> None:
    """In a cell whose text cannot stand there."""
    page = await _fill(stage, 40)
    stage.window.activateWindow()
    table = page.listing.table
    table.setFocus()
    table.setCurrentIndex(page.listing.model.index(2, 4))
    table.edit_cell()
    (editor,) = table.findChildren(QLineEdit)
    QTest.keyClicks(editor, "yesterday")
    QTest.keyClick(editor, Qt.Key.Key_Return)
