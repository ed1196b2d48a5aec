"""The states of the verdicts: in Compose, in the batch, and the list of all rules."""

from __future__ import annotations

from composer.core.destination import DestinationKind
from composer.core.draft import Draft
from composer.core.jsontext import Number, from_python
from composer.ui.actions import Command
from composer.ui.rail import Place
from tests.screens.stage import Stage

NO_ZONE = "2026-11-21T09:30:00"
TOKEN = "phc_aBcD3fGh1jKlMn0pQrStUvWxYz12345678901234567"


async def judged(stage: Stage) -> None:
    await stage.until(lambda: stage.bench.court.is_open)


async def refused(stage: Stage) -> None:
    await judged(stage)
    stage.put("timestamp", 1_763_715_600)
    stage.put("distinct_id", "")


async def lost(stage: Stage) -> None:
    await judged(stage)
    stage.choose("identify", example=True)
    stage.put("properties.$process_person_profile", value=False)


async def altered(stage: Stage) -> None:
    await judged(stage)
    stage.put("timestamp", NO_ZONE)
    stage.put("distinct_id", "undefined")


async def many(stage: Stage) -> None:
    """More than there is room for, the notes unfolded and one of them opened."""
    await lost(stage)
    stage.put("timestamp", NO_ZONE)
    stage.put("userId", "7")
    stage.put("uuid", "0199-not-a-uuid")
    stage.put("properties.$groups", "acme")
    stage.put("properties.$ip", "127.0.0.1")
    stage.put("properties.$session_id", "mine")


async def more(stage: Stage) -> None:
    await altered(stage)
    stage.button("More about: Without a time zone PostHog reads the time as UTC.").click()


async def mend(stage: Stage) -> None:
    await altered(stage)
    stage.do(Command.MEND)


async def mend_all(stage: Stage) -> None:
    await many(stage)
    stage.do(Command.MEND_ALL)


async def repair(stage: Stage) -> None:
    await judged(stage)
    text = stage.session.text
    stage.session.set_text(text.replace('"pro",', "“pro”, // the plan"))
    stage.do(Command.MEND)


async def asked(stage: Stage) -> None:
    await lost(stage)
    stage.aim(DestinationKind.EU, token=TOKEN)
    stage.do(Command.SEND)


async def batch(stage: Stage) -> None:
    """Seven events, of which one makes PostHog refuse all."""
    await judged(stage)
    for draft in seven(stage):
        stage.bench.batch.add(draft)
    stage.go(Place.BATCH)
    await stage.bench.batch.settled()
    await stage.until(lambda: not stage.bench.batch.totals.unseen)
    stage.window.pages.batch.table.listing.table.choose(4)
    await stage.settle()


async def batch_asked(stage: Stage) -> None:
    await batch(stage)
    stage.aim(DestinationKind.EU, token=TOKEN)
    await stage.settle()
    stage.do(Command.SEND)


def seven(stage: Stage) -> list[Draft]:
    made: list[Draft] = []
    for number, name in enumerate(("invoice paid", "refund issued", "ticket closed") * 3):
        now = stage.clock.now()
        draft = stage.session.draft.stamped(
            uuid=stage.clock.new_uuid(now), timestamp=now.isoformat(timespec="milliseconds")
        )
        draft = draft.with_value(("event",), name)
        made.append(draft.with_value(("properties", "amount"), from_python(10 + number)))
    made[1] = made[1].with_value(("timestamp",), NO_ZONE)
    made[4] = made[4].with_value(("timestamp",), Number("1763715600"))
    return made[:7]


async def rules(stage: Stage) -> None:
    await judged(stage)
    stage.do(Command.RULES)
