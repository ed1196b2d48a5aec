"""The stores and jobs of batches over one profile, each loaded when it is used first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from composer.core.destination import Destination
from composer.core.route import Route
from composer.core.settings import Retention

if TYPE_CHECKING:
    from composer.services.batch.mappings import MappingStore
    from composer.services.batch.runner.process import RunProcesses
    from composer.services.batch.runs import RunStore
    from composer.services.batch.samples import RowSamples
    from composer.services.batch.table import BatchTableStore
    from composer.services.environment import Environment
    from composer.services.sending.way import Timeouts


class ProfileBatch:
    """Implements ``ports.batch.BatchServices``.

    ``timeouts`` and ``route_to`` are asked anew for each run.
    """

    def __init__(
        self,
        environment: Environment,
        timeouts: Callable[[], Timeouts],
        route_to: Callable[[Destination], Route],
    ) -> None:
        self._environment = environment
        self._timeouts = timeouts
        self._route_to = route_to

    @property
    def table(self) -> BatchTableStore:
        """The table of this window."""
        return self._table

    @property
    def runs(self) -> RunStore:
        """The runs of all windows."""
        return self._runs

    @property
    def control(self) -> RunProcesses:
        """Sends runs in processes of their own."""
        return self._control

    @property
    def sources(self) -> RowSamples:
        """Files and pasted text as rows."""
        return self._sources

    @property
    def mappings(self) -> MappingStore:
        """Mappings under names."""
        return self._mappings

    def keep_house(self, retention: Retention, now: datetime) -> None:
        """What is due after a start, in a thread: remove the runs whose days are over.

        Where nothing can be due, nothing is loaded. Raises ``StoreError``.
        """
        kept = self._environment
        if retention.days is None or not kept.profile.runs.exists():
            return
        from composer.services.batch.runs import RunStore  # noqa: PLC0415 -- for a quicker start

        with closing(RunStore(kept.profile.runs, kept.clock, kept.told)) as runs:
            runs.prune(retention, now)

    def close(self) -> None:
        """Close what was opened; a second call does nothing."""
        if "_table" in self.__dict__:
            self._table.close()
        if "_runs" in self.__dict__:
            self._runs.close()

    @cached_property
    def _table(self) -> BatchTableStore:
        from composer.services.batch.table import BatchTableStore  # noqa: PLC0415

        kept = self._environment
        path = kept.profile.batch(kept.instance.slot)
        return BatchTableStore(path, kept.clock, kept.told, runs=kept.profile.runs)

    @cached_property
    def _runs(self) -> RunStore:
        from composer.services.batch.runs import RunStore  # noqa: PLC0415 -- for a quicker start

        kept = self._environment
        return RunStore(kept.profile.runs, kept.clock, kept.told)

    @cached_property
    def _control(self) -> RunProcesses:
        from composer.services.batch.runner.process import RunProcesses  # noqa: PLC0415

        profile = self._environment.profile
        return RunProcesses(profile, self._runs, self._timeouts, self._route_to)

    @cached_property
    def _sources(self) -> RowSamples:
        from composer.services.batch.samples import RowSamples  # noqa: PLC0415

        return RowSamples(self._environment.clock)

    @cached_property
    def _mappings(self) -> MappingStore:
        from composer.services.batch.mappings import MappingStore  # noqa: PLC0415

        kept = self._environment
        return MappingStore(kept.profile.mappings, kept.clock, kept.told)
