"""Mappings under names: kept, removed and put back in a thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from composer.core.mapping import Mapping
from composer.ui.batch.importing.needs import ImportNeeds
from composer.ui.batch.importing.state import in_thread
from composer.ui.messages import UNDO


class MappingKeeper(QObject):
    """Tells what is kept after each change."""

    changed = Signal(object)
    """``tuple[Mapping, ...]``: all that are kept now"""
    failed = Signal(str)
    """A sentence for the person"""

    def __init__(self, needs: ImportNeeds, parent: QObject) -> None:
        super().__init__(parent)
        self._needs = needs

    def save(self, mapping: Mapping) -> None:
        """Keep a mapping under its name, in the place of another of that name."""
        self._do(partial(self._needs.mappings.save, mapping))

    def delete(self, mapping: Mapping) -> None:
        """Remove a mapping; the message offers to put it back."""
        self._do(partial(self._needs.mappings.delete, mapping.name))
        self._needs.messages.say(
            f"Deleted the mapping “{mapping.name}”.", action=UNDO, run=partial(self.save, mapping)
        )

    def _do(self, change: Callable[[], object]) -> None:
        def work() -> tuple[Mapping, ...]:
            change()
            return tuple(self._needs.mappings.all())

        in_thread(self._needs.tasks, work, self.changed.emit, self.failed.emit)
