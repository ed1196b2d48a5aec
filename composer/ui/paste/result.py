"""What came of a paste, in the Paste window: its events to choose from, and what is said of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.lists.grid import Grid
from composer.ui.paste.events_model import EventsModel
from composer.ui.paste.reading import PastedEvent, Reading, steps_text, things_text
from composer.ui.paste.remark_list import RemarkList
from composer.ui.theme import Role
from composer.ui.widgets import FlowNote, LinkButton
from composer.ui.wording import breakable, counted

_SIDE = 9
"""Pixels to the edge of links; words stand as far in as theirs."""
_WORDS = _SIDE + 7

MOST_LISTED = 2_000
"""Rows; a table takes long to choose many more."""


class PasteResult(QWidget):
    """Shows a ``Reading``; all its events are chosen at first."""

    chosen_changed = Signal()
    open_wanted = Signal(object)
    """``PastedEvent`` of the row that was opened"""

    def __init__(self) -> None:
        super().__init__()
        self._reading: Reading | None = None
        self._beyond = 0
        """Events that are not listed"""
        self._title = FlowNote("", Role.STRONG)
        self._steps = FlowNote("", Role.HELP)
        self._things = LinkButton("")
        self._remarks = RemarkList()
        self._model = EventsModel(self)
        self.table = Grid("Events", self._model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._build()
        self._things.clicked.connect(self._on_things)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().selectionChanged.connect(self.chosen_changed)

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    @property
    def count(self) -> int:
        """How many events are chosen; those beyond the list go with all that are in it."""
        parts = self.table.selectionModel().selection().toList()
        rows = sum(part.height() for part in parts)
        return rows + self._beyond if rows == self._model.rowCount() else rows

    @property
    def chosen(self) -> tuple[PastedEvent, ...]:
        """The chosen events, in their order."""
        if self._reading is not None and self.count == len(self._reading.events):
            return self._reading.events
        parts = self.table.selectionModel().selection().toList()
        rows = sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))
        found = (self._model.at(row) for row in rows)
        return tuple(event for event in found if event is not None)

    @property
    def words(self) -> str:
        """What is said of it, line by line."""
        shown = [label.text() for label in (self._title, self._steps) if not label.isHidden()]
        if not self._things.isHidden():
            shown.append(self._things.text())
        return "\n".join(shown).replace("\u200b", "")

    def show_reading(self, reading: Reading) -> None:
        """Show what came of a paste."""
        self._reading = reading
        events = counted(len(reading.events), "event")
        self._beyond = max(0, len(reading.events) - MOST_LISTED)
        listed = f". The first {MOST_LISTED:,} are listed" if self._beyond else ""
        self._title.setText(breakable(f"{events} in {reading.source}{listed}"))
        steps = steps_text(reading.steps())
        self._steps.setText(breakable(steps))
        self._steps.setVisible(bool(steps))
        remarks = reading.remarks()
        self._things.setText(things_text(remarks))
        self._things.setAccessibleName(f"{self._things.text()}: show them")
        self._things.setVisible(bool(remarks))
        self._remarks.show_remarks(remarks)
        self._remarks.hide()
        self._model.show_events(reading.events[:MOST_LISTED])
        self.table.setCurrentIndex(self._model.index(0, 0))
        self.table.selectAll()
        self.chosen_changed.emit()

    def _build(self) -> None:
        self._title.setContentsMargins(_WORDS, 0, _WORDS, 0)
        self._steps.setContentsMargins(_WORDS, 0, _WORDS, 0)
        link = QHBoxLayout()
        link.setContentsMargins(_SIDE, 0, _SIDE, 0)
        link.addWidget(self._things)
        link.addStretch(1)
        told = QHBoxLayout()
        told.setContentsMargins(_SIDE, 0, _SIDE, 0)
        told.addWidget(self._remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._steps)
        column.addLayout(link)
        column.addLayout(told)
        column.addSpacing(6)
        column.addWidget(self.table, 1)

    @Slot()
    def _on_things(self) -> None:
        self._remarks.setVisible(self._remarks.isHidden())

    @Slot(object)
    def _on_opened(self) -> None:
        event = self._model.at(self.table.currentIndex().row())
        if event is not None:
            self.open_wanted.emit(event)
