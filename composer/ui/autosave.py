"""Writes down the open work and the settings a moment after they change, off the GUI thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.errors import StoreError
from composer.core.records import OpenDraft, Workspace
from composer.core.settings import Settings
from composer.services.ports import SettingsStore, WorkspaceStore
from composer.ui.batch.batch import Batch
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.tasks import TaskScope

_Kept = TypeVar("_Kept", Workspace, Settings)

DELAY = 300
"""Milliseconds from the first change that is not written yet to its writing."""


class Autosave(QObject):
    """Follows session, batch and preferences. ``save`` may be awaited at the end."""

    failed = Signal(str)
    """A sentence for the person; the work itself is still in the window"""

    def __init__(
        self,
        session: Session,
        batch: Batch,
        preferences: Preferences,
        *,
        workspaces: WorkspaceStore,
        settings: SettingsStore,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._session = session
        self._batch = batch
        self._preferences = preferences
        self._workspaces = workspaces
        self._settings = settings
        self._tasks = tasks
        self._saved_workspace: Workspace | None = None
        self._saved_settings = preferences.settings
        self._writing = asyncio.Lock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.save_now)
        session.draft_changed.connect(self._plan)
        session.request_changed.connect(self._plan)
        session.filling_changed.connect(self._plan)
        session.tabs_changed.connect(self._plan)
        batch.changed.connect(self._plan)
        preferences.changed.connect(self._plan)

    @Slot()
    def save_now(self) -> None:
        """Write without waiting for the delay."""
        self._tasks.start(self.save(), "autosave")

    async def save(self) -> bool:
        """Write what has changed since the last time; whether all of it is written now."""
        self._timer.stop()
        async with self._writing:
            workspace = Workspace(
                tabs=self._session.kept,
                current=self._session.tab.id,
                batch=self._batch.left_over,
            )
            settings = self._preferences.settings
            changed = not _is_the_same(workspace, self._saved_workspace)
            if changed and await self._wrote(self._workspaces.save, workspace):
                self._saved_workspace = workspace
                changed = False
            if settings != self._saved_settings and await self._wrote(
                self._settings.save, settings
            ):
                self._saved_settings = settings
            return not changed and settings == self._saved_settings

    async def _wrote(self, write: Callable[[_Kept], None], kept: _Kept) -> bool:
        """One file's fault does not keep the other from being written."""
        try:
            await asyncio.to_thread(write, kept)
        except StoreError as error:
            self.failed.emit(str(error))
            return False
        return True

    @Slot()
    def _plan(self) -> None:
        if not self._timer.isActive():
            self._timer.start()


def _is_the_same(now: Workspace, before: Workspace | None) -> bool:
    """Whether there is nothing new to write, by the objects: large drafts are not compared here."""
    if before is None or len(now.tabs) != len(before.tabs):
        return False
    tabs = zip(now.tabs, before.tabs, strict=True)
    return (
        now.batch is before.batch
        and now.current == before.current
        and all(_is_same_tab(*pair) for pair in tabs)
    )


def _is_same_tab(now: OpenDraft, before: OpenDraft) -> bool:
    pairs = zip(now.parked, before.parked, strict=False)
    return (
        now.id == before.id
        and now.draft is before.draft
        and now.filling is before.filling
        and now.unread is before.unread
        and len(now.parked) == len(before.parked)
        and all(one is other for one, other in pairs)
    )
