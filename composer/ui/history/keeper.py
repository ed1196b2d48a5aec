"""Notes and ticket numbers on their way into history: written when typing pauses, never dropped.

It belongs to the window and outlives the History place, so that closing writes what was typed
last. It knows no widget.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from composer.core.errors import StoreError
from composer.core.records import HistoryRow
from composer.services.ports import History

PAUSE = 500
"""Milliseconds after the last letter until it is written."""
RETRY = 5_000
"""Milliseconds until a write that failed is tried again."""


class NoteKeeper(QObject):
    """Holds what has not been written yet."""

    kept = Signal(int, str, str)
    """The id of a send, and its note and ticket as they have been written"""
    failed = Signal(str)
    """A sentence for the person; what was typed is tried again"""

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        self._pending: dict[int, tuple[str, str]] = {}
        self._written: dict[int, tuple[str, str]] = {}
        """Texts that no row read from history has shown yet"""
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)

    def hear(self, identifier: int, note: str, ticket: str) -> None:
        """Take over what was typed."""
        self._pending[identifier] = (note, ticket)
        self._timer.start(PAUSE)

    def texts(self, row: HistoryRow) -> tuple[str, str]:
        """Note and ticket of a send as they were typed last; ``row`` may be read before that."""
        if (pending := self._pending.get(row.id)) is not None:
            return pending
        read = (row.note, row.ticket)
        written = self._written.get(row.id, read)
        if written == read:
            self._written.pop(row.id, None)
        return written

    def keep(self) -> bool:
        """Write what waits; whether nothing waits any more."""
        self._timer.stop()
        for identifier, (note, ticket) in list(self._pending.items()):
            try:
                self._history.annotate(identifier, note=note, ticket=ticket)
            except StoreError as error:
                self._tell(str(error))
                break
            self._written[identifier] = self._pending.pop(identifier)
            self._told = ""
            self.kept.emit(identifier, note, ticket)
        if self._pending:
            self._timer.start(RETRY)
        return not self._pending

    def _tell(self, sentence: str) -> None:
        """The same trouble once, however often it is tried."""
        if sentence != self._told:
            self._told = sentence
            self.failed.emit(f"The note is not kept yet. {sentence}")
