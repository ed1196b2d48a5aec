"""The import over real files: a table, mappings and templates in a folder of the test's own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox

from composer.core.batch.table import TableQuery
from composer.services.batch.mappings import MappingStore
from composer.services.batch.samples import RowSamples
from composer.services.notices import Notices
from composer.ui.batch.importing.needs import ImportNeeds
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.importing.view import ImportView
from composer.ui.messages import Message
from tests.helpers.batch_table import table_in
from tests.helpers.stage import Stage
from tests.helpers.window import named, wait_until

ORDERS = (
    "user_id,event,created_at,plan,seats\n"
    "ada,signed up,2026-11-01T10:00:00Z,pro,3\n"
    "bob,signed up,2026-11-02T11:30:00Z,free,1\n"
    "eve,upgraded,2026-11-03T12:45:00Z,pro,12\n"
)


class ImportPlace:
    """The view, and how a test looks at it."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.said: list[Message] = stage.said
        self.table = table_in(folder, stage.clock)
        self.mappings = MappingStore(folder / "mappings.json", stage.clock, Notices())
        self.templates = stage.environment.templates
        self.closed = 0
        self.view = ImportView(
            ImportNeeds(
                table=self.table,
                sources=RowSamples(stage.clock),
                mappings=self.mappings,
                templates=self.templates,
                clock=stage.clock,
                tasks=stage.tasks,
                messages=stage.messages,
            )
        )
        self.view.closed.connect(self._on_closed)
        stage.show(self.view, 1072, 720)

    def _on_closed(self) -> None:
        self.closed += 1

    # Steps

    def write(self, name: str, text: str | bytes) -> str:
        """A file to import; its path."""
        data = text.encode() if isinstance(text, str) else text
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)

    async def look(self, name: str = "orders.csv", text: str | bytes = ORDERS) -> None:
        """Look at a file, until its preview stands."""
        self.view.begin_file(self.write(name, text))
        await self.settled()

    async def settled(self) -> None:
        """Until nothing is being looked at."""
        desk = self.view.desk
        await wait_until(lambda: not desk.is_looking and not desk.is_previewing, "the preview")

    async def run(self) -> None:
        """Import all rows, until it has ended."""
        assert self.view.foot.go.isEnabled(), self.view.foot.words
        self.view.foot.go.click()
        await wait_until(lambda: self.view.desk.phase in {Phase.DONE, Phase.IDLE}, "the end", 30)

    async def until(self, holds: Callable[[], object], what: str) -> None:
        await wait_until(holds, what)

    def choose_column(self, column: str) -> None:
        """Choose a column in the table of columns."""
        model = self.view.columns.model
        rows = range(model.rowCount())
        self.view.columns.table.choose(next(r for r in rows if model.cell(r, 0).text == column))

    async def pick(self, name: str, text: str) -> None:
        """Choose an entry of the combo of that name, as a person does; until it is previewed."""
        combo = named(self.view, name, QComboBox)
        found = combo.findText(text)
        assert found >= 0, [combo.itemText(n) for n in range(combo.count())]
        combo.setCurrentIndex(found)
        combo.activated.emit(found)
        await self.settled()

    # What there is to see

    @property
    def lines(self) -> dict[str, str]:
        """What becomes of each column; the constants at the end are none."""
        model = self.view.columns.model
        found = {model.cell(r, 0).text: model.cell(r, 2).text for r in range(model.rowCount())}
        found.pop("Constant", None)
        return found

    @property
    def previewed(self) -> Any:
        """The event of the preview that is chosen."""
        return json.loads(self.view.preview.text)

    @property
    def kept(self) -> list[Any]:
        """The events in the table."""
        rows = self.table.rows(self.table.order(TableQuery()))
        return [json.loads(row.body) for row in rows]


@asynccontextmanager
async def an_import_place(stage: Stage, folder: Path) -> AsyncIterator[ImportPlace]:
    """Build it, and take it down."""
    place = ImportPlace(stage, folder)
    yield place
    place.view.desk.close()
    await stage.tasks.aclose()
    place.table.close()
