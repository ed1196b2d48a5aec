"""What becomes of each event of the batch, of all of them, and of the one that is looked at."""

from __future__ import annotations

import multiprocessing

import pytest

from composer.core.batch.table import RowOutlook, TableProgress, Totals
from composer.ui.batch.marks import UNSEEN, mark_of, mark_of_all
from composer.ui.batch.state_line import StateLine
from composer.ui.batch.table.columns import VERDICT
from composer.ui.widgets import Severity
from tests.helpers.window import click, named, wait_until
from tests.ui.batch.place import BatchPlace, body

GOOD = body("paid", "ada", **{"$ip": "1.2.3.4", "$geoip_disable": True})
REFUSED = '{"event": "no person"}'
ALTERED = body("paid", "ada").replace("08:00:00Z", "08:00:00")


async def judged(place: BatchPlace, *bodies: str) -> None:
    await place.fill(*bodies)
    await wait_until(lambda: place.batch.count and not place.batch.totals.unseen, "the verdicts")
    await wait_until(lambda: "…" not in place.column(VERDICT), "the marks")


async def test_each_row_and_all_together_say_what_becomes_of_them(place: BatchPlace) -> None:
    await judged(place, GOOD, REFUSED)
    state = place.page.table.state
    assert place.column(VERDICT) == ["Stored", "Refused"]
    assert (state.pill.text, state.pill.severity) == ("1 of 2 will be refused", Severity.ERROR)
    assert state.counts.full_text == "1 refused · 1 stored"
    mark = place.list.model.cell(1, 3)
    assert "distinct_id" in mark.hint or "person" in mark.hint.lower()


async def test_a_link_leads_to_the_events_that_will_not_be_stored(place: BatchPlace) -> None:
    await judged(place, GOOD, REFUSED)
    click(place.page, "Look at the events that will not be stored")
    await wait_until(lambda: place.column() == ["no person"], "the filter")


async def test_an_event_that_has_changed_is_looked_at_again(place: BatchPlace) -> None:
    await judged(place, REFUSED)
    event = place.list.model.at(0)
    assert event is not None
    place.batch.change_cell(event, "person", "ada")
    await wait_until(lambda: place.column(VERDICT) != ["Refused"], "the mark to go")
    await wait_until(lambda: place.column(VERDICT)[0] in {"Stored", "Altered"}, "the new one")


async def test_a_look_that_was_cut_off_is_taken_again_when_the_place_is_shown(
    place: BatchPlace,
) -> None:
    judge, table = place.page.table.judge, place.page.table
    place.batch.insert([("custom", body("paid", f"p-{n}")) for n in range(3_000)])
    await wait_until(lambda: judge.progress is not None, "the look to begin")
    for process in multiprocessing.active_children():
        process.kill()
    await wait_until(lambda: place.said, "the message")
    assert "background was ended" in place.said[-1].text
    assert place.batch.totals.unseen
    assert "Looking at 5" not in table.state.pill.text
    table.hide()
    table.show()
    await wait_until(lambda: not place.batch.totals.unseen, "the verdicts", 30)


async def test_the_chosen_event_has_its_verdicts_listed(place: BatchPlace) -> None:
    place.open_court()
    await judged(place, ALTERED, REFUSED)
    listing = place.page.table.detail.listing
    place.table.choose(1)
    await wait_until(lambda: [row.item.word for row in listing.rows if row.item], "the verdicts")
    await wait_until(
        lambda: "Refused" in [row.item.word for row in listing.rows if row.item], "the refusal"
    )
    assert not any(item.place.startswith("Event ") for item in listing.shown)
    place.table.choose(0)
    await wait_until(
        lambda: "Refused" not in [row.item.word for row in listing.rows if row.item], "the other"
    )
    place.table.selectAll()
    assert listing.shown == ()


async def test_a_verdict_leads_to_compose(place: BatchPlace) -> None:
    place.open_court()
    await judged(place, REFUSED)
    detail = place.page.table.detail
    await wait_until(lambda: detail.listing.rows, "the verdicts")
    item = detail.listing.shown[0]
    detail.listing.go_wanted.emit(item)
    assert [event.name for event in place.wanted] == ["no person"]


async def test_all_rules_are_a_press_away(place: BatchPlace) -> None:
    await place.fill(GOOD)
    wanted: list[bool] = []
    place.page.rules_wanted.connect(lambda: wanted.append(True))
    click(place.page, "All rules")
    assert wanted == [True]


async def test_an_import_of_old_events_is_looked_at_as_one(place: BatchPlace) -> None:
    await judged(place, GOOD)
    done: list[bool] = []
    place.page.table.judge.ended.connect(lambda: done.append(True))
    place.batch.set_historical_migration(True)
    await wait_until(lambda: done, "another look")
    place.batch.set_historical_migration(False)


async def test_nothing_is_looked_at_while_nobody_looks(place: BatchPlace) -> None:
    place.stack.hide()
    await place.fill(GOOD)
    assert place.page.table.judge.progress is None
    assert place.batch.totals.unseen == 1
    place.stack.show()
    await wait_until(lambda: not place.batch.totals.unseen, "the look")


@pytest.mark.usefixtures("qapp")
def test_the_line_says_how_far_the_look_is() -> None:
    line = StateLine()
    totals = Totals(events=100_000, bytes=21_000_000, unseen=88_000)
    line.show_totals(totals, 100_000, TableProgress(done=12_000, total=100_000))
    assert line.count.full_text == "100,000 events · 21 MB"
    assert line.pill.text == "Looking at 12,000 of 100,000…"
    line.deleteLater()


def test_the_worst_that_becomes_of_any_event_counts() -> None:
    outlooks = {RowOutlook.STORED: 7, RowOutlook.ALTERED: 2, RowOutlook.LOST: 1}
    mark = mark_of_all(Totals(events=10, by_outlook=outlooks))
    assert (mark.word, mark.look) == ("1 of 10 will be lost", Severity.ERROR)
    assert mark.says == "1 lost · 2 altered · 7 stored"
    stored = mark_of_all(Totals(events=7, by_outlook={RowOutlook.STORED: 7}))
    assert (stored.word, stored.look) == ("Will be stored", Severity.OK)
    assert mark_of_all(Totals(events=7, unseen=1, by_outlook=outlooks)).look is Severity.NEUTRAL
    assert mark_of(None, "") is UNSEEN
    assert mark_of(RowOutlook.LOST, "why").says == "why"


async def test_the_events_can_be_had_whole_or_the_table_alone(place: BatchPlace) -> None:
    await place.fill(GOOD)
    toggle = named(place.page, "Show the chosen event at the right")
    assert place.page.table.detail.isVisible()
    click(place.page, "Show the chosen event at the right")
    assert not place.page.table.detail.isVisible()
    assert toggle.isVisible()
