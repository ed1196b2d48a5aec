"""What the window asks of the table of the Batch place: the events that wait to be sent together.

Not part of ``ports`` itself, so that nothing of it is loaded before it is wanted.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

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

if TYPE_CHECKING:  # what reads files is loaded when there is one to read
    from composer.core.batch.options import BatchOptions
    from composer.core.mapping import Mapping
    from composer.core.records import BatchItem
    from composer.core.tabular import Dialect, RowProblem
    from composer.core.templates import Template
    from composer.services.batch.sources import Source


class BatchTable(Protocol):
    """Keeps up to a million events in a file of this window's own.

    The plain methods block, with 100,000 events for up to some tenths of a second, and for seconds
    where all of those are put in or moved: any thread may call them, the GUI's thread none. Each
    change is on the disk, whole, when the method returns. All raise ``StoreError`` where the file
    cannot be read or written. The coroutines belong to the loop; their work is done in other
    processes, and cancelling them ends it.
    """

    def totals(self) -> Totals:
        """The whole table in numbers; quick."""
        ...

    def order(self, query: TableQuery) -> array[int]:
        """The ids of the events that the query wants, in its order, as ``array("q")``.

        Raises ``SearchStoppedError`` once ``stop_searching`` is called from another thread.
        """
        ...

    def stop_searching(self) -> None:
        """End at once what is under way in ``order`` and ``properties``; for any thread."""
        ...

    def rows(self, ids: Sequence[int]) -> list[BatchEvent]:
        """The events of these ids, in their order; those that are gone are left out."""
        ...

    def properties(self, limit: int) -> tuple[str, ...]:
        """The names of the most frequent properties in a sample of the table, frequent ones first.

        What stands in almost every event of an SDK, ``$lib`` say, is among them.
        """
        ...

    def add(self, events: Sequence[tuple[str, str]], *, after: int | None = None) -> list[int]:
        """Put events in, behind the event ``after`` or at the end; returns their ids.

        An event is the id of its event type and the JSON text of its body, in any layout. A token
        in it is left out, and a ``uuid`` is added where there is none. Raises ``ValueError`` for
        text that is no JSON object.
        """
        ...

    def replace(self, identifier: int, type_id: str, body: str) -> BatchEvent | None:
        """Put another body in its place; returns the event as it was, ``None`` if it is gone.

        The body is taken as by ``add``. It has not been looked at yet then.
        """
        ...

    def duplicate(self, ids: Sequence[int]) -> list[int]:
        """Put copies with another ``uuid`` behind the last of the events; returns their ids."""
        ...

    def remove(self, ids: Sequence[int] | None = None) -> Removal:
        """Take events out, or all of them."""
        ...

    def restore(self, removal: Removal) -> None:
        """Put back what was taken out, where it was."""
        ...

    def move(self, ids: Sequence[int], before: int | None) -> Placement:
        """Put events, in the order given, in front of the event ``before``, or at the end.

        Returns where they stood, for ``put_back``.
        """
        ...

    def put_back(self, placement: Placement) -> None:
        """Undo a move; events whose neighbour has gone meanwhile go to the beginning."""
        ...

    async def import_rows(
        self,
        source: Source,
        dialect: Dialect,
        mapping: Mapping,
        template: Template | None = None,
        on_progress: Callable[[ImportProgress], None] | None = None,
    ) -> ImportReport:
        """Put the events that the rows of a source make at the end of the table, all at once.

        They are seen in the table once the last of them is in. Cancelled, or if the source cannot
        be read to its end, nothing of it stays. Raises ``ComposerError`` in words.
        """
        ...

    def drop_import(self, number: int) -> Removal:
        """Take out the events of an import that are still in the table."""
        ...

    def problems(self, number: int, limit: int, after: int = 0) -> list[RowProblem]:
        """The rows of an import that did not fit, in order, from behind row ``after`` on."""
        ...

    async def export_problems(self, number: int, path: str) -> int:
        """Write the rows that did not fit to a file, for mending; returns how many.

        Rows of CSV become CSV with the same heading and the reason in a last column ``Reason``;
        those of JSON become JSON Lines with a member ``Reason``. Either can be imported again.
        """
        ...

    async def judge(
        self,
        destination: Destination,
        on_progress: Callable[[TableProgress], None] | None = None,
        *,
        historical: bool = False,
    ) -> None:
        """Look at the events that have not been looked at yet.

        All of them are if they were looked at on another day or with another ``historical``, which
        says whether they go out as an import of old events. Each event is judged alone, whatever
        would go out with it. What is found is kept bit by bit; a progress is told after it is kept.
        """
        ...

    async def prepare_run(
        self,
        destination: Destination,
        options: BatchOptions,
        ids: array[int] | None = None,
        on_progress: Callable[[TableProgress], None] | None = None,
        *,
        source: str = "Batch table",
    ) -> int:
        """Write the events of the table, or some of them in that order, into a new run.

        What the server would refuse, and what is too large, is set aside in the run, with the
        reason. Returns the run's id. Cancelled, there is no run.
        """
        ...

    def take_over(self, items: tuple[BatchItem, ...]) -> None:
        """Put in what an older version kept with the open drafts; a second time does nothing."""
        ...
