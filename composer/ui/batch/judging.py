"""Has the events of the batch looked at while somebody attends, in the background.

What is found stands in the table. It knows no widget.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.batch.table import TableProgress
from composer.core.destination import Destination
from composer.core.errors import ComposerError
from composer.ui.batch.batch import Batch
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope

PAUSE = 150
"""Milliseconds in which further changes are awaited before the work begins."""

_Ground = tuple[Destination, bool]


class BackgroundJudge(QObject):
    """Works for as long as there is an event that has not been looked at."""

    changed = Signal()
    """``progress`` is another; what stands in the rows may be too"""
    ended = Signal()
    """All that there was has been looked at"""
    failed = Signal(str)

    def __init__(
        self, batch: Batch, preferences: Preferences, tasks: TaskScope, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._batch = batch
        self._preferences = preferences
        self._tasks = tasks
        self._is_attended = False
        self._is_at_work = False
        self._progress: TableProgress | None = None
        self._judged: _Ground | None = None
        self._revision = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._begin)
        batch.changed.connect(self._look)
        preferences.changed.connect(self._look)

    @property
    def progress(self) -> TableProgress | None:
        """How far it is; ``None`` while it has nothing to do."""
        return self._progress

    @Slot(bool)
    def attend(self, on: bool) -> None:
        """Somebody looks at the verdicts, or no longer; what has begun goes on to its end.

        What could not be looked at the last time is tried again.
        """
        self._is_attended = on
        self._revision = -1
        self._look()

    @property
    def _ground(self) -> _Ground:
        historical = self._preferences.settings.batch.historical_migration
        return self._preferences.destination, historical

    @Slot()
    def _look(self) -> None:
        totals = self._batch.totals
        is_done = not totals.unseen or self._revision == totals.revision
        if not self._is_attended or self._is_at_work or not totals.events:
            return
        if not is_done or self._ground != self._judged:
            self._pause.start()

    @Slot()
    def _begin(self) -> None:
        if not self._is_at_work:
            work = self._work()
            self._is_at_work = self._tasks.start(work, "look at the batch") is not None

    async def _work(self) -> None:
        ground, self._revision = self._ground, self._batch.totals.revision
        destination, historical = ground
        try:
            await self._batch.table.judge(destination, self._show, historical=historical)
        except ComposerError as error:
            self.failed.emit(str(error))
        finally:
            self._judged = ground
            self._is_at_work, self._progress = False, None
            self.changed.emit()
        self.ended.emit()

    def _show(self, progress: TableProgress) -> None:
        self._progress = progress
        self.changed.emit()
