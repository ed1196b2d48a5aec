"""Sends and what came of them, and the history of some days."""

from __future__ import annotations

import asyncio
import socket
from datetime import timedelta

from composer.core.destination import DestinationKind
from composer.core.draft import Draft
from composer.core.jsontext import from_python
from composer.ui.actions import Command
from tests.screens.stage import TOKEN, Stage


async def accepted(stage: Stage) -> None:
    await stage.send()


async def refused(stage: Stage) -> None:
    stage.session.set_token("phc_" + "x" * 70)
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
        await stage.deliver(events(stage, 1)[0].with_token("phc_" + "x" * 70))
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    stage.aim(DestinationKind.SELF_HOSTED, address, TOKEN)
    await stage.deliver(events(stage, 2)[1])
    stage.aim(DestinationKind.SANDBOX)
    stage.clock.offset = timedelta()
