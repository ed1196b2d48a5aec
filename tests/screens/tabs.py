"""Several drafts as tabs: a few, more than there is room for, long names, a question about one."""

from __future__ import annotations

from composer.ui.actions import Command
from tests.screens.stage import Stage

EVENTS = ("plan upgraded", "invoice paid", "seat added", "login merged", "refund given")


def _open(stage: Stage, event: str, person: str) -> None:
    stage.do(Command.NEW_TAB)
    stage.put("event", event)
    stage.put("distinct_id", person)


async def three(stage: Stage) -> None:
    _open(stage, "invoice paid", "customer-7")
    await stage.send()
    stage.do(Command.NEW_TAB)
    stage.choose("pageview", example=True)
    stage.session.switch_to(stage.session.tabs[1].id)


async def many(stage: Stage) -> None:
    for number in range(15):
        _open(stage, EVENTS[number % len(EVENTS)], f"customer-{number}")
    stage.session.switch_to(stage.session.tabs[9].id)


async def long_name(stage: Stage) -> None:
    _open(stage, "subscription renewed after a reminder & a discount", "a.very.long.id@example.com")
    stage.do(Command.NEW_TAB)


async def closed(stage: Stage) -> None:
    await three(stage)
    stage.do(Command.CLOSE_TAB)


async def hand_typed(stage: Stage) -> None:
    stage.put("distinct_id", "{{customer_id}}")
    stage.do(Command.SEND)


async def personal_key(stage: Stage) -> None:
    text = stage.session.text.replace(stage.session.token, "phx_" + "Ab1" * 14)
    stage.session.set_text(text)
