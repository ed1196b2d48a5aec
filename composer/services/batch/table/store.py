"""The table of the Batch place: implements ``ports.batch_table.BatchTable``.

Each method is one transaction or one query; the long ones are jobs in processes of their own. It
draws nothing and sends nothing.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from composer.core.batch.facts import event_in
from composer.core.batch.table import (
    BatchEvent,
    ImportProgress,
    ImportReport,
    Placement,
    Removal,
    TableProgress,
    TableQuery,
    Totals,
)
from composer.core.destination import Destination
from composer.core.jsontext import Layout, encode
from composer.services.batch.table import places, reading, searching, writing
from composer.services.batch.table.file import TableFile
from composer.services.batch.table.writing import Stamps
from composer.services.notices import Notices
from composer.services.ports import Clock

if TYPE_CHECKING:  # what reads files and judges events is loaded when it is wanted
    from composer.core.batch.options import BatchOptions
    from composer.core.mapping import Mapping
    from composer.core.records import BatchItem
    from composer.core.tabular import Dialect, RowProblem
    from composer.core.templates import Template
    from composer.services.batch.sources import Source


class BatchTableStore:
    """The table of one slot. Nothing is opened before it is asked for something.

    ``runs`` is the file in which runs are kept.
    """

    def __init__(self, path: Path, clock: Clock, notices: Notices, runs: Path) -> None:
        self._file = TableFile(path, clock, notices)
        self._clock = clock
        self._runs = runs

    def totals(self) -> Totals:
        with self._file.reading() as connection:
            return reading.totals(connection)

    def order(self, query: TableQuery) -> array[int]:
        with self._file.searching() as connection:
            return searching.order(connection, query)

    def stop_searching(self) -> None:
        self._file.stop_searching()

    def rows(self, ids: Sequence[int]) -> list[BatchEvent]:
        with self._file.reading() as connection:
            return reading.rows(connection, ids)

    def properties(self, limit: int) -> tuple[str, ...]:
        with self._file.searching() as connection:
            return searching.properties(connection, limit)

    def add(self, events: Sequence[tuple[str, str]], *, after: int | None = None) -> list[int]:
        stamps = self._stamps()
        kept = [(type_id, stamps.kept(event_in(body))) for type_id, body in events]
        if not kept:
            return []
        with self._file.writing() as connection:
            return writing.add(connection, kept, after)

    def replace(self, identifier: int, type_id: str, body: str) -> BatchEvent | None:
        facts = self._stamps().kept(event_in(body))
        with self._file.writing() as connection:
            return writing.replace(connection, identifier, type_id, facts)

    def duplicate(self, ids: Sequence[int]) -> list[int]:
        with self._file.writing() as connection:
            return writing.duplicate(connection, ids, self._stamps())

    def remove(self, ids: Sequence[int] | None = None) -> Removal:
        with self._file.writing() as connection:
            return writing.remove(connection, ids)

    def restore(self, removal: Removal) -> None:
        with self._file.writing() as connection:
            writing.restore(connection, removal)

    def move(self, ids: Sequence[int], before: int | None) -> Placement:
        with self._file.writing() as connection:
            placement = places.move(connection, ids, before)
            writing.revise(connection)
            return placement

    def put_back(self, placement: Placement) -> None:
        with self._file.writing() as connection:
            places.put_back(connection, placement)
            writing.revise(connection)

    async def import_rows(
        self,
        source: Source,
        dialect: Dialect,
        mapping: Mapping,
        template: Template | None = None,
        on_progress: Callable[[ImportProgress], None] | None = None,
    ) -> ImportReport:
        from composer.services.batch.table import importing  # noqa: PLC0415 -- quick start

        wish = importing.Wish(source=source, dialect=dialect, mapping=mapping, template=template)
        return await importing.import_rows(self._file, wish, self._clock.now(), on_progress)

    def drop_import(self, number: int) -> Removal:
        with self._file.writing() as connection:
            return writing.drop_import(connection, number)

    def problems(self, number: int, limit: int, after: int = 0) -> list[RowProblem]:
        from composer.services.batch.table import problems  # noqa: PLC0415 -- quick start

        with self._file.reading() as connection:
            return problems.problems(connection, number, limit, after)

    async def export_problems(self, number: int, path: str) -> int:
        from composer.services.batch.table import problems  # noqa: PLC0415 -- quick start
        from composer.services.threads import run_in_steps  # noqa: PLC0415

        return await run_in_steps(partial(problems.export, self._file, number, path))

    async def judge(
        self,
        destination: Destination,
        on_progress: Callable[[TableProgress], None] | None = None,
        *,
        historical: bool = False,
    ) -> None:
        from composer.services.batch.table import judging  # noqa: PLC0415 -- quick start

        look = judging.Look(destination=destination, historical=historical, now=self._clock.now())
        await judging.judge(self._file, look, on_progress)

    async def prepare_run(
        self,
        destination: Destination,
        options: BatchOptions,
        ids: array[int] | None = None,
        on_progress: Callable[[TableProgress], None] | None = None,
        *,
        source: str = "Batch table",
    ) -> int:
        from composer.services.batch.table import preparing  # noqa: PLC0415 -- quick start

        wish = preparing.Wish(
            destination=destination,
            options=options,
            ids=ids,
            source=source,
            now=self._clock.now(),
            runs=self._runs,
        )
        return await preparing.prepare_run(self._file, wish, on_progress)

    def take_over(self, items: tuple[BatchItem, ...]) -> None:
        drafts = [(item.draft.type_id, item.draft.payload) for item in items]
        text = "\n".join(encode(payload, Layout.COMPACT) for _, payload in drafts)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        stamps = self._stamps()
        kept = [(type_id, stamps.kept(payload)) for type_id, payload in drafts]
        with self._file.writing() as connection:
            if writing.note_taken_over(connection, digest):
                writing.add(connection, kept, None)

    def close(self) -> None:
        """Close the file; what comes later opens it again."""
        self._file.close()

    def _stamps(self) -> Stamps:
        return Stamps(now=self._clock.now(), new_uuid=self._clock.new_uuid)
