"""The line above the table: how many events, what becomes of them, and what is being looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.core.batch.table import TableProgress, Totals
from composer.ui.batch.marks import UNSEEN, mark_of_all
from composer.ui.history.words import bytes_text
from composer.ui.icons import IconName
from composer.ui.theme import Role
from composer.ui.widgets import ElidedLabel, FlowNote, IconButton, Pill
from composer.ui.wording import counted


class StateLine(QWidget):
    """Says what it is told."""

    rules_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = ElidedLabel(role=Role.HELP)
        self.pill = Pill()
        self.counts = ElidedLabel(role=Role.MUTED)
        self._rules = IconButton(IconName.HELP, "All rules", small=True)
        self._fault = FlowNote(role=Role.PROBLEM)
        self._fault.hide()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.count)
        row.addWidget(self.pill)
        row.addWidget(self.counts, 1)
        row.addWidget(self._rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 14, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._fault)
        self._rules.clicked.connect(self.rules_wanted)

    def show_totals(self, totals: Totals, found: int, progress: TableProgress | None) -> None:
        """The batch in numbers; ``found`` events are listed."""
        some = "" if found == totals.events else f"{found:,} of "
        events = counted(totals.events, "event")
        self.count.set_text(f"{some}{events} · {bytes_text(totals.bytes)}")
        mark = mark_of_all(totals) if progress is None else UNSEEN
        self.pill.set(mark.word if progress is None else _looking(progress), mark.look)
        self.counts.set_text(mark.says if progress is None else "")
        self.pill.setVisible(totals.events > 0)

    @Slot(str)
    def show_fault(self, words: str) -> None:
        """Why what is written in a cell cannot stand there; nothing once that is over."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))


def _looking(progress: TableProgress) -> str:
    return f"Looking at {progress.done:,} of {progress.total:,}…"
