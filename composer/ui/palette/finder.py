"""Gathers what can be found; templates and history are read away from the window's thread."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.errors import StoreError
from composer.core.history import HistoryQuery
from composer.services.ports import SearchStoppedError
from composer.ui.actions import COMMANDS, Actions, Command
from composer.ui.palette.entries import (
    LIMIT,
    Entry,
    arranged,
    command_entries,
    copy_entries,
    destination_entries,
    history_entries,
    template_entries,
    type_entries,
)
from composer.ui.widgets import Severity
from composer.ui.workbench import Workbench

DEBOUNCE = 120
"""Milliseconds after the last letter until history is searched."""
PAUSE = 0.05
"""Seconds after the History place has stopped our search for its own."""


class Finder(QObject):
    """Holds the rows for what was typed last."""

    changed = Signal(object)
    """``tuple[Row, ...]``"""

    def __init__(self, actions: Actions, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._bench = bench
        self._query = ""
        self._entries: list[Entry] = []
        self._found: list[Entry] = []
        self._wanted: str | None = None
        self._reading = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DEBOUNCE)
        self._typing.timeout.connect(self._begin)

    def open(self) -> None:
        """Gather anew, with nothing typed."""
        preferences = self._bench.preferences
        on = (c for c in COMMANDS if c is not Command.FIND and self._actions.is_enabled(c))
        self._entries = [
            *type_entries(),
            *command_entries(on),
            *copy_entries(),
            *destination_entries(preferences.destinations, preferences.destination.id),
        ]
        self._query, self._found = "", []
        self._bench.tasks.start(self._read_templates(), "find templates")
        self._begin()
        self._tell()

    def close(self) -> None:
        """Nothing is looked for any more; answers that still come are dropped."""
        self._typing.stop()
        self._wanted = None

    def look_for(self, text: str) -> None:
        """What is at hand answers at once, history once typing has paused."""
        self._query = text
        self._wanted = None  # what is under way answers another question
        self._found = [entry for entry in self._found if entry.score(text)]
        self._typing.start()
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(arranged(self._query, self._entries, self._found))

    @Slot()
    def _begin(self) -> None:
        self._wanted = self._query.strip()
        if not self._reading:
            self._reading = True
            self._bench.tasks.start(self._read_history(), "find in history")

    async def _read_templates(self) -> None:
        try:
            templates = await asyncio.to_thread(self._bench.services.templates.all)
        except StoreError as error:
            self._bench.messages.say(str(error), Severity.WARNING)
            return
        self._entries += template_entries(templates)
        self._tell()

    async def _read_history(self) -> None:
        """Search until the newest question is answered; only that answer is shown."""
        history = self._bench.services.history
        try:
            while (wanted := self._wanted) is not None:
                try:
                    query = HistoryQuery(text=wanted)
                    rows = await asyncio.to_thread(history.rows, query, limit=LIMIT)
                except SearchStoppedError:
                    await asyncio.sleep(PAUSE)
                    continue
                if wanted == self._wanted:
                    self._wanted = None
                    self._found = history_entries(rows, self._bench.services.clock.now())
                    self._tell()
        except StoreError as error:
            self._bench.messages.say(str(error), Severity.WARNING)
        finally:
            self._reading = False
