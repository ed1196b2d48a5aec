"""The main states of the window, each as the steps that lead to it."""

from __future__ import annotations

import asyncio
import base64
import gzip
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.behaviour import Behaviour, Edition, FaultKind, Rule, ScriptedFault
from composer.core.destination import DestinationKind
from composer.core.draft import Draft
from composer.core.jsontext import encode, from_python
from composer.ui.actions import Command
from composer.ui.lists.grid import Grid
from composer.ui.rail import Place
from composer.ui.sandbox.reading import Side
from tests.screens import behaviour
from tests.screens.stage import Stage

TOKEN = "phc_aBcD3fGh1jKlMn0pQrStUvWxYz12345678901234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A picture: what leads to it, the size of the window, and whether it is drawn at 2x too."""

    prepare: Callable[[Stage], Awaitable[None]]
    size: tuple[int, int] = (1280, 800)
    sharp: bool = False


async def first_start(stage: Stage) -> None:
    await stage.settle()


async def page_view(stage: Stage) -> None:
    stage.choose("pageview", example=True)
    stage.put("properties.plan", "pro")
    stage.put("properties.seats", 14)


async def more_options(stage: Stage) -> None:
    stage.choose("pageview", example=True)
    stage.window.compose.form.focus_path(("properties", "$ip"))


async def long_values(stage: Stage) -> None:
    stage.choose("custom")
    stage.put("event", "order " + "very " * 30 + "long")
    stage.put("distinct_id", "customer-" + "0123456789" * 12)
    stage.put("properties.a rather long name of a property", "text " * 60)
    stage.put("properties.items", [{"sku": "A-1", "price": 1.5}, {"sku": "B-2", "price": 20}])
    stage.put("properties.address", {"city": "Lyon", "zip": "69001"})
    stage.put("properties.vip", value=True)
    stage.put("properties.nothing", None)


async def problems(stage: Stage) -> None:
    stage.choose("pageview")
    stage.put("distinct_id", "")
    stage.put("timestamp", "yesterday at noon")
    stage.put("properties.$current_url", "shop.example/pricing")
    stage.session.set_token("phx_personal")


async def broken_json(stage: Stage) -> None:
    text = stage.session.text
    stage.session.set_text(text.replace('"pro"', '"pro" "free"'))


async def survey(stage: Stage) -> None:
    stage.choose("survey_sent", example=True)


async def identify(stage: Stage) -> None:
    stage.choose("identify", example=True)


async def accepted(stage: Stage) -> None:
    await stage.send()


async def refused(stage: Stage) -> None:
    stage.session.set_token("phx_aPersonalKey")
    await stage.send()


async def no_answer(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    stage.aim(DestinationKind.SELF_HOSTED, address, TOKEN)
    await stage.send()


async def sending(stage: Stage) -> None:
    server = await asyncio.start_server(_say_nothing, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    stage.aim(DestinationKind.SELF_HOSTED, address, TOKEN)
    stage.do(Command.SEND)
    await stage.settle(1.2)
    server.close()


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def naming(stage: Stage) -> None:
    stage.do(Command.SAVE_TEMPLATE)


async def added(stage: Stage) -> None:
    stage.do(Command.ADD_TO_BATCH)


async def batch_empty(stage: Stage) -> None:
    stage.go(Place.BATCH)


async def batch_full(stage: Stage) -> None:
    for draft in events(stage, 7):
        stage.bench.batch.add(draft)
    stage.go(Place.BATCH)


async def batch_sent(stage: Stage) -> None:
    await batch_full(stage)
    await stage.send()


async def templates_empty(stage: Stage) -> None:
    stage.go(Place.TEMPLATES)


async def templates_full(stage: Stage) -> None:
    keep = stage.bench.services.templates.save
    names = (
        "Plan upgraded",
        "Refund after a complaint",
        "Sign-up at the trade fair",
        "Ticket 4812",
    )
    for name, draft in zip(names, events(stage, len(names)), strict=True):
        keep(name, draft)
    stage.go(Place.TEMPLATES)


async def history_empty(stage: Stage) -> None:
    stage.go(Place.HISTORY)


async def history_full(stage: Stage) -> None:
    await past(stage)
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
    await past(stage)
    await stage.send()
    stage.window.show_in_history(stage.bench.services.history.rows(limit=1)[0].id)


async def sandbox_empty(stage: Stage) -> None:
    stage.go(Place.SANDBOX)


async def sandbox_full(stage: Stage) -> None:
    await arrivals(stage)
    stage.go(Place.SANDBOX)


async def arrivals(stage: Stage) -> None:
    """Requests of different programs, some of which went wrong."""
    for draft in events(stage, 4):
        await stage.deliver(draft)
    body = b'{"api_key": "phc_sandboxDemoProjectToken000000d3m0", "event": "order paid",'
    body += b' "distinct_id": 20417, "$unset": ["plan"], "timestamp": "2026-11-20T10:00:00+01:00",'
    body += b' "properties": {"total": 1e3, "$lib": "posthog-node", "$lib_version": "5.8.4"}}'
    await stage.post("/i/v0/e/", gzip.compress(body), "posthog-node/5.8.4")
    await stage.post("/e/", b"data=" + base64.b64encode(body), "Mozilla/5.0 Firefox/143.0")
    await stage.post("/capture/", b'{"api_key": "phc_x", "event": ""}', "curl/8.5.0")
    await stage.post("/flags/?v=2", b'{"token": "phc_x", "distinct_id": "a"}', "curl/8.5.0")
    await stage.deliver(*events(stage, 3))
    stage.bench.services.sandbox.behave(Behaviour(quota_reached=True))
    await stage.deliver(events(stage, 2)[1])
    stage.bench.services.sandbox.behave(Behaviour())
    await stage.deliver(events(stage, 1)[0].with_token("phx_aPersonalKey"))


async def sandbox_chosen(stage: Stage, event: str, side: Side) -> None:
    """With the first row of that event chosen."""
    await sandbox_full(stage)
    await stage.settle()
    grid = stage.find(Grid, "Sandbox")
    model = grid.model()
    names = [str(model.index(row, 1).data()) for row in range(model.rowCount())]
    grid.choose(names.index(event))
    stage.window.pages.sandbox.arrived.show_side(side)


async def sandbox_compare(stage: Stage) -> None:
    await sandbox_chosen(stage, "order paid", Side.COMPARE)


async def sandbox_request(stage: Stage) -> None:
    await sandbox_chosen(stage, "order paid", Side.REQUEST)


async def sandbox_raw(stage: Stage) -> None:
    await sandbox_chosen(stage, "order paid", Side.EVENT)
    grid = stage.find(Grid, "Sandbox")
    grid.choose(grid.row + 1)
    stage.window.pages.sandbox.arrived.show_side(Side.RAW)


async def sandbox_lost(stage: Stage) -> None:
    await sandbox_full(stage)
    await stage.settle()
    QTest.mouseClick(stage.button("Lost, 1"), Qt.MouseButton.LeftButton)


async def sandbox_nothing(stage: Stage) -> None:
    await sandbox_full(stage)
    await stage.settle()
    QTest.keyClicks(stage.find(QLineEdit, "Search the sandbox"), "no such thing")


async def sandbox_trouble(stage: Stage) -> None:
    rule = Rule(fault=ScriptedFault(kind=FaultKind.STATUS, status=503), path="/batch", share=0.2)
    behaviour = Behaviour(rules=(rule,), quota_reached=True, edition=Edition.OF_2024)
    stage.bench.services.sandbox.behave(replace(behaviour, serves_tls=True))
    await sandbox_full(stage)
    stage.bench.services.sandbox.behave(behaviour)


async def sandbox_long(stage: Stage) -> None:
    """A long list, of long names."""
    names = ("order " + "very " * 30 + "long", "$pageview", "invoice paid")
    person = "customer-" + "0123456789" * 12
    many = [{"event": names[n % 3], "distinct_id": person} for n in range(5000)]
    batch = encode(from_python({"api_key": TOKEN, "batch": many})).encode()
    for _ in range(3):
        await stage.post("/batch/", batch, "a-program-with-a-rather-long-name/12.345.6789")
    stage.go(Place.SANDBOX)


async def palette(stage: Stage) -> None:
    await past(stage)
    stage.do(Command.FIND)


async def palette_found(stage: Stage) -> None:
    await templates_full(stage)
    await past(stage)
    stage.go(Place.COMPOSE)
    stage.do(Command.FIND)
    QTest.keyClicks(stage.find(QLineEdit, "Find anything"), "ref")


async def settings(stage: Stage) -> None:
    stage.do(Command.SETTINGS)


async def shortcuts(stage: Stage) -> None:
    stage.do(Command.SHORTCUTS)


async def bad_address(stage: Stage) -> None:
    stage.aim(DestinationKind.SELF_HOSTED, "posthog.shop.example", TOKEN)


async def production(stage: Stage) -> None:
    await page_view(stage)
    stage.aim(DestinationKind.EU, token=TOKEN)


async def no_token(stage: Stage) -> None:
    stage.aim(DestinationKind.US)


def events(stage: Stage, count: int) -> list[Draft]:
    """Some different events of different people."""
    names = ("invoice paid", "refund issued", "plan upgraded", "ticket closed", "$pageview")
    people = ("customer-42", "anna@shop.example", "cust-20417")
    made: list[Draft] = []
    for number in range(count):
        now = stage.clock.now()
        draft = stage.session.draft.stamped(
            uuid=stage.clock.new_uuid(now), timestamp=now.isoformat(timespec="milliseconds")
        )
        draft = draft.with_value(("event",), names[number % len(names)])
        draft = draft.with_value(("distinct_id",), people[number % len(people)])
        made.append(draft.with_value(("properties", "amount"), from_python(10 + number)))
    return made


async def past(stage: Stage) -> None:
    """A history of some days, with sends that went well and others."""
    for days in (8, 1, 0):
        stage.clock.offset = timedelta(days=-days, minutes=-7)
        for draft in events(stage, 4):
            await stage.deliver(draft)
        await stage.deliver(*events(stage, 5))
        await stage.deliver(events(stage, 1)[0].with_token("phx_aPersonalKey"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    stage.aim(DestinationKind.SELF_HOSTED, address, TOKEN)
    await stage.deliver(events(stage, 2)[1])
    stage.aim(DestinationKind.SANDBOX)
    stage.clock.offset = timedelta()


STATES = {
    "compose-first-start": State(prepare=first_start, sharp=True),
    "compose-page-view": State(prepare=page_view),
    "compose-more-options": State(prepare=more_options),
    "compose-long-values": State(prepare=long_values),
    "compose-problems": State(prepare=problems),
    "compose-broken-json": State(prepare=broken_json),
    "compose-survey": State(prepare=survey),
    "compose-identify": State(prepare=identify),
    "compose-accepted": State(prepare=accepted),
    "compose-refused": State(prepare=refused),
    "compose-no-answer": State(prepare=no_answer),
    "compose-sending": State(prepare=sending),
    "compose-naming": State(prepare=naming),
    "compose-added": State(prepare=added),
    "compose-narrow": State(prepare=accepted, size=(1024, 640)),
    "compose-narrow-page-view": State(prepare=page_view, size=(1024, 640)),
    "compose-wide": State(prepare=page_view, size=(1920, 1200)),
    "compose-bad-address": State(prepare=bad_address),
    "compose-production": State(prepare=production),
    "compose-no-token": State(prepare=no_token),
    "batch-empty": State(prepare=batch_empty),
    "batch-full": State(prepare=batch_full),
    "batch-sent": State(prepare=batch_sent),
    "templates-empty": State(prepare=templates_empty),
    "templates-full": State(prepare=templates_full),
    "history-empty": State(prepare=history_empty),
    "history-full": State(prepare=history_full),
    "history-narrow": State(prepare=history_full, size=(1024, 640)),
    "history-search": State(prepare=history_search),
    "history-nothing": State(prepare=history_nothing),
    "history-detail": State(prepare=history_detail),
    "sandbox-empty": State(prepare=sandbox_empty),
    "sandbox-full": State(prepare=sandbox_full),
    "sandbox-narrow": State(prepare=sandbox_full, size=(1024, 640)),
    "sandbox-wide": State(prepare=sandbox_compare, size=(1920, 1200)),
    "sandbox-compare": State(prepare=sandbox_compare),
    "sandbox-request": State(prepare=sandbox_request),
    "sandbox-raw": State(prepare=sandbox_raw, size=(1024, 640)),
    "sandbox-lost": State(prepare=sandbox_lost),
    "sandbox-nothing": State(prepare=sandbox_nothing),
    "sandbox-trouble": State(prepare=sandbox_trouble, size=(1024, 640)),
    "sandbox-long": State(prepare=sandbox_long, size=(1024, 640)),
    "behaviour-good-day": State(prepare=behaviour.good_day),
    "behaviour-switches": State(prepare=behaviour.switches),
    "behaviour-rule": State(prepare=behaviour.rule, size=(1024, 640)),
    "behaviour-flag": State(prepare=behaviour.flag),
    "behaviour-scripts": State(prepare=behaviour.scripts, size=(1024, 640)),
    "behaviour-wide": State(prepare=behaviour.rule, size=(1920, 1200)),
    "palette": State(prepare=palette),
    "palette-found": State(prepare=palette_found),
    "settings": State(prepare=settings),
    "shortcuts": State(prepare=shortcuts),
}
