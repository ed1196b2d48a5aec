"""What is done to sends of the list: pin, delete with undo. The list is told what has changed.

It knows the list's model and the messages, but no other widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from composer.core.errors import StoreError
from composer.core.records import HistoryRow
from composer.services.ports import History
from composer.ui.history.model import HistoryModel
from composer.ui.messages import UNDO, Messages
from composer.ui.widgets import Severity
from composer.ui.wording import counted


class HistoryActs(QObject):
    """Everything here is written at once; faults are told in words."""

    changed = Signal()
    """Something was pinned, deleted or brought back: the counts differ"""
    restored = Signal(int)
    """The newest of the sends that are back"""

    def __init__(
        self, history: History, model: HistoryModel, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._model = model
        self._messages = messages
        self._hidden: set[int] = set()

    def visible(self, rows: Sequence[HistoryRow]) -> tuple[HistoryRow, ...]:
        """Without what was deleted while the rows were being read."""
        return tuple(row for row in rows if row.id not in self._hidden)

    def pin(self, rows: Sequence[HistoryRow]) -> None:
        """Pin all of them; unpin them where all are pinned."""
        pinned = not all(row.pinned for row in rows)
        changing = [row for row in rows if row.pinned is not pinned]
        if not changing:
            return
        try:
            self._history.pin([row.id for row in changing], pinned)
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)
            return
        for row in changing:
            self._model.replace(replace(row, pinned=pinned))
        self.changed.emit()

    def delete(self, rows: Sequence[HistoryRow]) -> bool:
        """Take them out of history; the message offers to undo it. Whether it was done."""
        if not rows:
            return False
        identifiers = [row.id for row in rows]
        try:
            self._history.delete(identifiers)
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)
            return False
        self._hidden.update(identifiers)
        self._model.remove(identifiers)
        self.changed.emit()
        what = f"“{rows[0].summary.event}”" if len(rows) == 1 else counted(len(rows), "send")
        self._messages.say(
            f"Deleted {what} from history.", action=UNDO, run=partial(self._restore, tuple(rows))
        )
        return True

    def _restore(self, rows: tuple[HistoryRow, ...]) -> None:
        try:
            self._history.restore([row.id for row in rows])
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)
            return
        self._hidden.difference_update(row.id for row in rows)
        self._model.put_back(rows)
        self.changed.emit()
        self.restored.emit(max(row.id for row in rows))
