"""What stands below the events of a batch: which of them are shown, and a way to edit them all."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from composer.ui.icons import IconName
from composer.ui.theme import Role, set_role
from composer.ui.widgets import IconButton, LinkButton


class EventsFoot(QWidget):
    """Pages forth and back where there are several; a way into the Batch place."""

    page_wanted = Signal(int)
    """How many pages further."""
    list_wanted = Signal()

    def __init__(self, page: int) -> None:
        super().__init__()
        self._page = page
        self._words = QLabel()
        set_role(self._words, Role.MUTED)
        self._back = IconButton(IconName.UP, "Events before these")
        self._back.clicked.connect(self._on_back)
        self._on = IconButton(IconName.DOWN, "Events after these")
        self._on.clicked.connect(self._on_forth)
        whole = LinkButton("Open in Batch")
        whole.setAccessibleName(whole.text())
        whole.setToolTip("Put the events into the Batch place, to edit each one in its own form")
        whole.clicked.connect(self.list_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words)
        row.addWidget(self._back)
        row.addWidget(self._on)
        row.addStretch(1)
        row.addWidget(whole)
        self.hide()

    def show_part(self, first: int, count: int, total: int) -> None:
        """The page has ``count`` events from ``first`` (from 0) on, of ``total``."""
        has_pages = total > self._page
        self._words.setText(f"{first + 1:,} to {first + count:,} of {total:,}" if has_pages else "")
        self._back.setVisible(has_pages)
        self._on.setVisible(has_pages)
        self._back.setEnabled(first > 0)
        self._on.setEnabled(first + count < total)
        self.setVisible(total > 0)

    @Slot()
    def _on_back(self) -> None:
        self.page_wanted.emit(-1)

    @Slot()
    def _on_forth(self) -> None:
        self.page_wanted.emit(1)
