"""What stands in the batch, read from its file."""

from __future__ import annotations

from composer.core.batch.cells import event_in
from composer.core.batch.table import BatchEvent, TableQuery
from composer.core.jsontext import Object
from composer.services.ports.batch_table import BatchTable
from composer.ui.batch.batch import Batch
from tests.helpers.stage import Stage


def a_batch(stage: Stage) -> Batch:
    """The batch over the table of a stage's profile."""
    return Batch(
        stage.batch,
        stage.preferences,
        tasks=stage.tasks,
        messages=stage.messages,
    )


def rows_of_table(table: BatchTable) -> list[BatchEvent]:
    """The events in their order."""
    return table.rows(table.order(TableQuery()))


async def rows_in(batch: Batch) -> list[BatchEvent]:
    """The events in their order, once everything that was asked for is done."""
    await batch.settled()
    return rows_of_table(batch.table)


async def names_in(batch: Batch) -> list[str]:
    return [row.name for row in await rows_in(batch)]


async def payloads_in(batch: Batch) -> list[Object]:
    return [event_in(row.body) for row in await rows_in(batch)]
