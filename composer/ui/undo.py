"""Undo and redo over whole drafts, on Qt's own stack.

How a draft stands is an immutable value, so a step is just the value before and the value after.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar, cast

from PySide6.QtGui import QUndoCommand, QUndoStack

_Stand = TypeVar("_Stand")

MERGE_WITHIN = timedelta(seconds=2)
"""Keystrokes in one place that follow each other faster than this are one step."""

STEPS = 200


class DraftStep(QUndoCommand, Generic[_Stand]):
    """One change of the draft. ``merge`` names the place that was typed into, if any."""

    def __init__(
        self,
        before: _Stand,
        after: _Stand,
        *,
        at: datetime,
        merge: str,
        show: Callable[[_Stand], None],
    ) -> None:
        super().__init__()
        self.before = before
        self.after = after
        self.at = at
        self.merge = merge
        self._show = show

    def id(self) -> int:
        return 1 if self.merge else -1  # -1: Qt never asks to merge

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, DraftStep):
            return False
        step = cast("DraftStep[_Stand]", other)  # of the same stack
        if step.merge != self.merge or step.at - self.at > MERGE_WITHIN:
            return False
        self.after, self.at = step.after, step.at
        return True

    def undo(self) -> None:
        self._show(self.before)

    def redo(self) -> None:
        self._show(self.after)


def draft_stack() -> QUndoStack:
    """An empty stack that keeps the last ``STEPS`` changes."""
    stack = QUndoStack()
    stack.setUndoLimit(STEPS)
    return stack
