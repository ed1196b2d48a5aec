"""What becomes of each event of a batch, and of the batch as a whole."""

from __future__ import annotations

import asyncio

import pytest_asyncio
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from composer.core.draft import Draft
from composer.core.jsontext import parse
from composer.core.verdicts.outlook import Outlook
from composer.services.verdicts.service import VerdictService
from composer.ui.batch.model import At
from composer.ui.batch.watch import FEW
from composer.ui.widgets import ElidedLabel, Pill
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import click, wait_until
from tests.ui.batch.place import BatchPlace

NO_ZONE = "2026-11-21T09:30:00"


class Judged(BatchPlace):
    """The Batch place with the rules loaded."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        stage.show(self.page, 1072, 720)
        self.court.open(VerdictService())

    def draft(self, event: str = "plan upgraded", **values: str) -> Draft:
        draft = self.stage.draft(event)
        for key, value in values.items():
            draft = draft.with_value((key,), value)
        return draft

    @property
    def marks(self) -> list[str]:
        return [row[At.VERDICT] for row in self.cells()]

    @property
    def pill(self) -> str:
        return self.page.verdicts.findChildren(Pill)[0].text

    @property
    def words(self) -> str:
        QApplication.sendPostedEvents()
        panel = self.page.verdicts
        return " ".join(w.text() for w in panel.findChildren(QLabel) if w.isVisible())

    @property
    def listed(self) -> list[str]:
        rows = self.page.verdicts.listing.rows
        return [row.item.rule.id for row in rows if row.item and row.item.rule]

    async def add(self, *drafts: Draft) -> None:
        self.batch.add(*drafts)
        await self.settled()

    async def settled(self) -> None:
        def is_there() -> bool:
            return not self.watch.is_stale and len(self.cells()) == len(self.batch.items)

        await wait_until(is_there, "the verdicts")
        await asyncio.sleep(0.02)


@pytest_asyncio.fixture
async def judged(stage: Stage) -> Judged:
    return Judged(stage)


async def test_each_event_has_its_verdict(judged: Judged) -> None:
    await judged.add(judged.draft("one"), judged.draft("two", timestamp=NO_ZONE))
    assert judged.marks == ["Stored", "Altered"]
    assert judged.pill == "Will be stored, but not as typed"
    assert nameless(judged.page) == []


async def test_one_bad_event_refuses_all_and_is_named(judged: Judged) -> None:
    await judged.add(
        judged.draft("one"),
        judged.draft("two", timestamp=NO_ZONE),
        judged.draft("three", distinct_id=""),
    )
    assert judged.marks == ["Refused too", "Refused too", "Refused"]
    assert judged.pill == "Will be refused"
    assert "vent 3" in judged.words
    click(judged.page, "Show event 3")
    assert judged.table.row == 2
    assert "id.missing" in judged.listed


async def test_a_lost_event_is_counted(judged: Judged) -> None:
    lost = judged.draft("$identify").with_value(("properties", "$process_person_profile"), False)
    await judged.add(judged.draft("one"), lost)
    assert judged.marks == ["Stored", "Lost"]
    assert judged.pill == "1 of 2 events will be lost"


async def test_the_chosen_event_tells_its_verdicts_and_leads_to_compose(judged: Judged) -> None:
    await judged.add(judged.draft("one"), judged.draft("two", timestamp=NO_ZONE))
    judged.table.choose(0)
    assert judged.listed == []
    judged.table.choose(1)
    assert judged.listed == ["time.no_zone"]
    (row,) = judged.page.verdicts.listing.rows
    QApplication.sendPostedEvents()
    place = next(b for b in row.findChildren(QPushButton) if b.text().startswith("Event 2"))
    assert not row.mend.isVisible(), "a mend is seen before it is done, in Compose"
    place.click()
    assert judged.wanted == [judged.batch.items[1]]


async def test_a_mark_stays_with_its_event_when_it_is_moved(judged: Judged) -> None:
    await judged.add(judged.draft("one"), judged.draft("two", timestamp=NO_ZONE))
    judged.batch.move(judged.batch.items[1].id, -1)
    await judged.settled()
    assert judged.marks == ["Altered", "Stored"]


async def test_many_events_are_judged_apart_while_the_old_marks_stand(judged: Judged) -> None:
    await judged.add(*(judged.draft(f"event {n}") for n in range(FEW + 5)))
    assert judged.marks == ["Stored"] * (FEW + 5)
    judged.batch.add(judged.draft("late", timestamp=NO_ZONE))
    assert judged.watch.is_stale
    assert judged.pill == "Looking at it…"
    await judged.settled()
    assert judged.marks == ["Stored"] * (FEW + 5) + ["Altered"]


async def test_only_what_has_changed_is_judged_again(judged: Judged) -> None:
    await judged.add(*(judged.draft(f"event {n}") for n in range(200)))
    before = judged.watch.report
    assert before is not None
    judged.batch.add(judged.draft("late"))
    await judged.settled()
    after = judged.watch.report
    assert after is not None
    kept = {id(event.payload) for event in before.request.events}
    assert len([e for e in after.request.events if id(e.payload) in kept]) == 200


async def test_the_events_are_judged_as_they_are_sent(judged: Judged) -> None:
    await judged.add(judged.draft("one"), judged.draft("two"))
    request, report = judged.batch.request, judged.watch.report
    assert request is not None
    assert report is not None
    assert report.request.value == parse(request.body.decode())
    assert abs(report.request.size - request.size) < 200


async def test_an_import_is_judged_as_one(judged: Judged) -> None:
    await judged.add(judged.draft("one"))
    judged.batch.set_historical_migration(True)
    await judged.settled()
    report = judged.watch.report
    assert report is not None
    assert report.request.top.get("historical_migration") is True


async def test_nobody_judges_a_batch_that_nobody_looks_at(judged: Judged) -> None:
    judged.page.hide()
    judged.batch.add(judged.draft("one", distinct_id=""))
    await asyncio.sleep(0.05)
    assert judged.watch.report is None
    judged.page.show()
    await judged.settled()
    assert judged.marks == ["Refused"]


async def test_what_will_be_lost_is_asked_about_and_can_be_looked_at(judged: Judged) -> None:
    judged.stage.preferences.change_destination(EU)
    judged.stage.preferences.change(destination_id="eu")
    await judged.add(judged.draft("one"), judged.draft("two", distinct_id=""))
    judged.page.send()
    texts = [w.text() for w in judged.page.findChildren(QLabel) if w.isVisible()]
    wanted = "Send 2 events to EU cloud, a production project?"
    (asked,) = [text for text in texts if text.endswith(wanted)]
    assert asked.startswith("This will be refused. ")
    click(judged.page, "Look at it")
    assert judged.table.row == 1
    assert not judged.stage.sends.is_busy


async def test_one_bad_event_is_asked_about_too(judged: Judged) -> None:
    judged.stage.preferences.change_destination(EU)
    judged.stage.preferences.change(destination_id="eu")
    await judged.add(judged.draft("one", distinct_id=""))
    judged.page.send()
    assert any(b.text() == "Send anyway" and b.isVisible() for b in _buttons(judged))
    click(judged.page, "Not now")
    assert not judged.stage.sends.is_busy


async def test_the_sandbox_does_not_ask(judged: Judged) -> None:
    judged.stage.start_sandbox()
    await judged.add(judged.draft("one", distinct_id=""))
    judged.page.send()
    assert judged.stage.sends.is_busy
    await wait_until(lambda: not judged.stage.sends.is_busy, "the answer")


async def test_the_counts_stand_beside_the_outlook(judged: Judged) -> None:
    await judged.add(judged.draft("one", timestamp=NO_ZONE), judged.draft("two", timestamp=NO_ZONE))
    (counts,) = judged.page.verdicts.findChildren(ElidedLabel)
    assert counts.full_text == "2 altered"
    report = judged.watch.report
    assert report is not None
    assert report.forecast.outlook is Outlook.ALTERED


def _buttons(judged: Judged) -> list[QPushButton]:
    return judged.page.findChildren(QPushButton)
