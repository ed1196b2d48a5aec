"""All that the window needs for batches, as one value whose parts are loaded when they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # loaded with the Batch place
    from composer.services.ports.batch_jobs import RunControl
    from composer.services.ports.batch_runs import Runs
    from composer.services.ports.batch_table import BatchTable
    from composer.services.ports.importing import Mappings, RowSources


class BatchServices(Protocol):
    """Each part is always the same one. None reads a file before it is asked for something."""

    @property
    def table(self) -> BatchTable:
        """The events that wait to be sent together."""
        ...

    @property
    def runs(self) -> Runs:
        """What was sent, and what is left of it."""
        ...

    @property
    def control(self) -> RunControl:
        """Sends runs."""
        ...

    @property
    def sources(self) -> RowSources:
        """Reads what is to be imported."""
        ...

    @property
    def mappings(self) -> Mappings:
        """How it was imported the last time."""
        ...
