"""Undo and redo over whole drafts, on Qt's own stack.

A draft is an immutable value, so a step is just the draft before and the draft after.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtGui import QUndoCommand, QUndoStack

from composer.core.draft import Draft

MERGE_WITHIN = timedelta(seconds=2)
"""Keystrokes in one place that follow each other faster than this are one step."""

STEPS = 200


class DraftStep(QUndoCommand):
    """One change of the draft. ``merge`` names the place that was typed into, if any."""

    def __init__(
        self,
        before: Draft,
        after: Draft,
        *,
        at: datetime,
        merge: str,
        show: Callable[[Draft], None],
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
        if not isinstance(other, DraftStep) or other.merge != self.merge:
            return False
        if other.at - self.at > MERGE_WITHIN:
            return False
        self.after, self.at = other.after, other.at
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
