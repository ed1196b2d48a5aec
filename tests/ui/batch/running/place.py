"""The Batch place, as tests of runs use it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from composer.core.batch.run import EventState, Run
from composer.core.destination import DestinationKind
from composer.ui.batch.running.bar import RunBar
from composer.ui.batch.running.controller import RunController
from composer.ui.batch.running.view import RunsView
from composer.ui.batch.running.words import EVENT_STATES
from tests.helpers.batch_runs import event
from tests.helpers.bench import Bench
from tests.helpers.window import click, wait_until
from tests.ui.batch.place import BatchPlace

SECONDS = 30.0


class RunPlace(BatchPlace):
    """``ended`` are the runs that have come to their end, ``failed`` what was said instead."""

    def __init__(self, app: QApplication, bench: Bench) -> None:
        super().__init__(app, bench)
        self.ended: list[Run] = []
        self.failed: list[str] = []
        self.controller.ended.connect(self.ended.append)
        self.controller.failed.connect(self.failed.append)

    @property
    def controller(self) -> RunController:
        return self.work.runs

    @property
    def bar(self) -> RunBar:
        return self.page.run_bar

    @property
    def runs(self) -> RunsView:
        return self.page.runs

    async def events(self, count: int, first: int = 1) -> None:
        """Put so many events into the table, numbered."""
        bodies = [("custom", event(number)) for number in range(first, first + count)]
        self.batch.insert(bodies)
        await self.batch.settled()

    def aim(self, address: str, *, production: bool = False, **options: object) -> None:
        """Send to that server, in that way."""
        preferences = self.work.preferences
        mine = next(
            one for one in preferences.destinations if one.kind is DestinationKind.SELF_HOSTED
        )
        mine = replace(mine, address=address, token="phc_mine", production=production)
        preferences.change_destination(mine)
        batch = replace(preferences.settings.batch, **options)
        preferences.change(destination_id=mine.id, batch=batch)

    def send(self) -> None:
        """Send, also before everything has been looked at."""
        self.bar.send()
        if self.bar.words:
            assert "not been looked at yet" in self.bar.words
            click(self.page, "Send anyway")

    async def sent(self) -> Run:
        """Send, and wait for the end."""
        self.send()
        return await self.end()

    async def end(self) -> Run:
        """Wait for the end of what is under way."""
        count = len(self.ended)
        await wait_until(lambda: len(self.ended) > count, "the end of the run", SECONDS)
        return self.ended[-1]

    async def begun(self) -> None:
        """Wait until the sending is seen to go on."""
        await wait_until(lambda: self.controller.progress is not None, "progress", SECONDS)

    async def show_run(self, run: Run) -> None:
        """Show the results of a run."""
        self.page.show_run(run.id)
        detail = self.runs.detail
        await wait_until(lambda: detail.run is not None and detail.run.id == run.id, "the run")

    def states(self, run: Run) -> list[str]:
        """The state of each event of a run, in words."""
        found = self.work.services.batch.runs.events(run.id, limit=100_000)
        assert all(one.state in EventState for one in found)
        return [EVENT_STATES[one.state][0] for one in found]
