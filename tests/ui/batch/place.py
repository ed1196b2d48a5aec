"""The Batch place over a real profile, and how a test looks at it."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication, QStackedWidget

from composer.core.batch.table import BatchEvent
from composer.services.verdicts.service import VerdictService
from composer.ui.batch.table.columns import EVENT, NUMBER
from composer.ui.messages import Message
from composer.ui.pages import Pages
from composer.ui.theme import LIGHT, apply
from tests.helpers.batch import names_in
from tests.helpers.bench import Bench
from tests.helpers.list_page import ListPage
from tests.helpers.window import wait_until


def body(event: str, person: str = "customer-42", **properties: object) -> str:
    """One event as it would be imported."""
    return json.dumps(
        {
            "event": event,
            "distinct_id": person,
            "timestamp": "2026-11-20T08:00:00Z",
            "properties": properties,
        }
    )


class BatchPlace(ListPage):
    """The page of the window; ``wanted`` are events that a person wanted to edit."""

    def __init__(self, app: QApplication, bench: Bench, *, width: int = 1072) -> None:
        apply(app, LIGHT)
        self.app = app
        self.work, self.copied = bench.work, bench.copied
        self.batch = bench.work.batch
        self.stack = QStackedWidget()
        self.page = Pages(self.work, self.stack).batch
        super().__init__(self.page.table)
        self.list = self.page.table.listing
        self.said: list[Message] = []
        self.wanted: list[BatchEvent] = []
        self.work.messages.said.connect(self.said.append)
        self.page.edit_wanted.connect(self.wanted.append)
        self.stack.resize(width, 700)
        self.stack.show()

    def close(self) -> None:
        self.stack.close()
        self.stack.deleteLater()
        self.app.setStyleSheet("")

    def open_court(self) -> None:
        """Have the rules loaded."""
        self.work.court.open(VerdictService())

    async def fill(self, *bodies: str) -> None:
        """Put events in, and wait until they are listed, whole."""
        self.batch.insert([("custom", text) for text in bodies])
        await self.settled()

    async def settled(self) -> None:
        """Wait until the list shows what the table holds, or as much of it as is looked for."""
        await self.batch.settled()
        wanted = self.batch.table.order(self.list.query)
        await wait_until(lambda: self.list.model.ids == wanted, "the list to follow")
        await wait_until(lambda: "…" not in self.column(NUMBER) + self.column(), "the rows")

    def column(self, key: str = EVENT) -> list[str]:
        """What stands in a column, from top to bottom."""
        keys = [known.key for known in self.list.model.event_columns]
        return [row[keys.index(key)] for row in self.cells()]

    async def names(self) -> list[str]:
        """The events as they stand in the file."""
        return await names_in(self.batch)

    def undo(self) -> None:
        """Press the button of the last message."""
        run = self.said[-1].run
        assert run is not None
        run()
