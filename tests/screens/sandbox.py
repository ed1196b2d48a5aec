"""The sandbox and what arrived in it."""

from __future__ import annotations

import base64
import gzip
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.behaviour import Behaviour, Edition, FaultKind, Rule, ScriptedFault
from composer.core.jsontext import encode, from_python
from composer.ui.lists.grid import Grid
from composer.ui.rail import Place
from composer.ui.sandbox.reading import Side
from tests.screens import sends
from tests.screens.stage import TOKEN, Stage


async def empty(stage: Stage) -> None:
    stage.go(Place.SANDBOX)


async def full(stage: Stage) -> None:
    await arrivals(stage)
    stage.go(Place.SANDBOX)


async def arrivals(stage: Stage) -> None:
    """Requests of different programs, some of which went wrong."""
    for draft in sends.events(stage, 4):
        await stage.deliver(draft)
    body = b'{"api_key": "phc_sandboxDemoProjectToken000000d3m0", "event": "order paid",'
    body += b' "distinct_id": 20417, "$unset": ["plan"], "timestamp": "2026-11-20T10:00:00+01:00",'
    body += b' "properties": {"total": 1e3, "$lib": "posthog-node", "$lib_version": "5.8.4"}}'
    await stage.post("/i/v0/e/", gzip.compress(body), "posthog-node/5.8.4")
    await stage.post("/e/", b"data=" + base64.b64encode(body), "Mozilla/5.0 Firefox/143.0")
    await stage.post("/capture/", b'{"api_key": "phc_x", "event": ""}', "curl/8.5.0")
    await stage.post("/flags/?v=2", b'{"token": "phc_x", "distinct_id": "a"}', "curl/8.5.0")
    await stage.deliver(*sends.events(stage, 3))
    stage.bench.services.sandbox.behave(Behaviour(quota_reached=True))
    await stage.deliver(sends.events(stage, 2)[1])
    stage.bench.services.sandbox.behave(Behaviour())
    await stage.deliver(sends.events(stage, 1)[0].with_token("phc_" + "x" * 70))


async def chosen(stage: Stage, event: str, side: Side) -> None:
    """With the first row of that event chosen."""
    await full(stage)
    await stage.settle()
    grid = stage.find(Grid, "Sandbox")
    model = grid.model()
    names = [str(model.index(row, 1).data()) for row in range(model.rowCount())]
    grid.choose(names.index(event))
    stage.window.pages.sandbox.arrived.show_side(side)


async def compare(stage: Stage) -> None:
    await chosen(stage, "order paid", Side.COMPARE)


async def request(stage: Stage) -> None:
    await chosen(stage, "order paid", Side.REQUEST)


async def raw(stage: Stage) -> None:
    await chosen(stage, "order paid", Side.EVENT)
    grid = stage.find(Grid, "Sandbox")
    grid.choose(grid.row + 1)
    stage.window.pages.sandbox.arrived.show_side(Side.RAW)


async def lost(stage: Stage) -> None:
    await full(stage)
    await stage.settle()
    QTest.mouseClick(stage.button("Lost, 1"), Qt.MouseButton.LeftButton)


async def nothing(stage: Stage) -> None:
    await full(stage)
    await stage.settle()
    QTest.keyClicks(stage.find(QLineEdit, "Search the sandbox"), "no such thing")


async def trouble(stage: Stage) -> None:
    rule = Rule(fault=ScriptedFault(kind=FaultKind.STATUS, status=503), path="/batch", share=0.2)
    behaviour = Behaviour(rules=(rule,), quota_reached=True, edition=Edition.OF_2024)
    stage.bench.services.sandbox.behave(replace(behaviour, serves_tls=True))
    await full(stage)
    stage.bench.services.sandbox.behave(behaviour)


async def long(stage: Stage) -> None:
    """A long list, of long names."""
    names = ("order " + "very " * 30 + "long", "$pageview", "invoice paid")
    person = "customer-" + "0123456789" * 12
    many = [{"event": names[n % 3], "distinct_id": person} for n in range(5000)]
    batch = encode(from_python({"api_key": TOKEN, "batch": many})).encode()
    for _ in range(3):
        await stage.post("/batch/", batch, "a-program-with-a-rather-long-name/12.345.6789")
    stage.go(Place.SANDBOX)
