"""The Batch place of the assembled app, as a person uses it: with the mouse, the keys and words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from composer.app import App
from composer.core.batch.run import Run
from composer.core.destination import DestinationKind
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.page import BatchPage
from composer.ui.rail import Place
from tests.helpers.batch_runs import uuid_of
from tests.helpers.window import click, named, wait_until

HEADER = "event,distinct_id,uuid,timestamp,plan,seats\n"
PLANS = ("free", "pro", "team")
SECONDS = 60.0


def orders(folder: Path, count: int, *, first: int = 1) -> Path:
    """A CSV file of so many events, numbered by their IDs; their times are of the last days."""
    rows = (
        f"order paid,customer-{n % 700},{uuid_of(n)},2026-11-20T09:{n % 60:02}:{n // 60 % 60:02}Z,"
        f"{PLANS[n % 3]},{n}\n"
        for n in range(first, first + count)
    )
    path = folder / f"orders-{first}.csv"
    path.write_text(HEADER + "".join(rows))
    return path


def page_of(app: App) -> BatchPage:
    """The Batch place, which is shown."""
    app.window.go_to(Place.BATCH)
    return app.window.pages.batch


def aim(app: App, address: str, *, production: bool = False, **options: object) -> None:
    """Have the destination of the window's own server be that address; and how it is sent to."""
    preferences = app.bench.preferences
    mine = next(one for one in preferences.destinations if one.kind is DestinationKind.SELF_HOSTED)
    mine = replace(mine, address=address, token="phc_mine", production=production)
    preferences.change_destination(mine)
    batch = replace(preferences.settings.batch, **options)
    preferences.change(destination_id=mine.id, batch=batch)


async def begin_import(app: App, path: Path) -> None:
    """Have a file looked at, until its preview stands."""
    page = page_of(app)
    page.import_path(str(path))
    desk, foot = page.importing.desk, page.importing.foot
    await wait_until(lambda: foot.go.isEnabled() and not desk.is_previewing, "the preview", SECONDS)


async def finish_import(app: App) -> None:
    """Press Import, and wait until the events are listed."""
    page, before = page_of(app), app.bench.batch.count
    QTest.mouseClick(page.importing.foot.go, Qt.MouseButton.LeftButton)
    desk = page.importing.desk
    await wait_until(lambda: desk.phase in {Phase.DONE, Phase.IDLE}, "the end", SECONDS)
    if page.importing.isVisible():
        click(app.window, "Show the batch")
    await wait_until(lambda: app.bench.batch.count > before, "the events", SECONDS)
    await listed(app)


async def import_file(app: App, path: Path) -> None:
    """Import a file as it is understood."""
    await begin_import(app, path)
    await finish_import(app)


async def listed(app: App) -> None:
    """Wait until the list shows what the table holds, as much of it as is looked for."""
    batch, listing = app.bench.batch, page_of(app).table.listing
    await batch.settled()
    wanted = batch.table.order(listing.query)
    await wait_until(lambda: listing.model.ids == wanted, "the list", SECONDS)
    await wait_until(lambda: not wanted or listing.model.at(0), "the first rows", SECONDS)


async def judged(app: App) -> None:
    """Wait until every event has been looked at."""
    batch, judge = app.bench.batch, page_of(app).table.judge
    await wait_until(
        lambda: batch.count and not batch.totals.unseen and judge.progress is None,
        "the verdicts",
        SECONDS,
    )


def column_of(app: App, key: str) -> int:
    """Where a column stands."""
    columns = page_of(app).table.listing.model.event_columns
    return [known.key for known in columns].index(key)


async def columns_shown(app: App) -> None:
    """Wait until the properties of the events are columns."""
    await wait_until(lambda: page_of(app).table.listing.shown, "the columns of properties")


def press_cell(app: App, row: int, key: str) -> None:
    """Click a cell that is in sight."""
    table = named(app.window, "Batch", QAbstractItemView)
    place = table.visualRect(table.model().index(row, column_of(app, key))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press_heading(app: App, key: str) -> None:
    """Click the heading of a column."""
    header = page_of(app).table.listing.table.horizontalHeader()
    section = column_of(app, key)
    place = QPoint(header.sectionViewportPosition(section) + 8, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def write_in_cell(app: App, row: int, key: str, text: str) -> None:
    """Write into a cell as a person does: a click, F2, the text, Enter."""
    press_cell(app, row, key)
    table = page_of(app).table.listing.table
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None, f"{key} of row {row} cannot be written in"
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for character in text:
        QTest.keyClicks(editor, character)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def ended_runs(app: App) -> list[Run]:
    """A list that every run that ends is put into from now on."""
    runs: list[Run] = []
    app.bench.runs.ended.connect(runs.append)
    return runs


async def begin_run(app: App, *, answer: str = "") -> None:
    """Press Send; ``answer`` is the button that is pressed if it is asked about."""
    page = page_of(app)
    await wait_until(page.run_bar.line.send.isEnabled, "Send")
    click(app.window, "Send the batch")
    if answer and not app.bench.runs.is_busy:
        click(page.run_bar, answer)
    assert app.bench.runs.is_busy, page.run_bar.words


async def first_confirmed(app: App, events: int = 1) -> None:
    """Wait until so many events of the run under way are confirmed."""

    def is_there() -> bool:
        progress = app.bench.runs.progress
        return progress is not None and progress.counts.confirmed >= events

    await wait_until(is_there, "confirmed events", SECONDS)


async def the_end(runs: list[Run], count: int = 1) -> Run:
    """Wait for the end of as many runs; the last of them."""
    await wait_until(lambda: len(runs) >= count, "the end of the run", SECONDS)
    return runs[-1]
