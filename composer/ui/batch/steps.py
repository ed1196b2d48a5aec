"""What was done to the events last, and how each of it is undone. It does nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

MOST = 200


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Step:
    """One change. ``undo`` is called in a thread; ``words`` say in short what it undoes."""

    words: str
    undo: Callable[[], object]


class Steps(QObject):
    """The last ``MOST`` changes, the newest at the end."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[Step] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._steps)

    def push(self, step: Step) -> Step:
        """A change has been made."""
        self._steps = [*self._steps[1 - MOST :], step]
        self.changed.emit()
        return step

    def pop(self) -> Step | None:
        """The newest change, which is to be undone now; ``None`` where there is none."""
        step = self._steps[-1] if self._steps else None
        if step is not None:
            self.take(step)
        return step

    def take(self, step: Step) -> bool:
        """That change is to be undone now; whether that has not been done yet."""
        if step not in self._steps:
            return False
        self._steps.remove(step)
        self.changed.emit()
        return True
