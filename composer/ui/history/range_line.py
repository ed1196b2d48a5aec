"""Two days between which history is looked for, with a calendar each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QWidget

from composer.ui.theme import Role, set_role


class RangeLine(QWidget):
    """Shown only while a range is chosen."""

    changed = Signal(object, object)
    """The two ``date``s"""

    def __init__(self) -> None:
        super().__init__()
        self._first = _day_field("From day")
        self._last = _day_field("To day")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words, field in (("From", self._first), ("to", self._last)):
            label = QLabel(words)
            set_role(label, Role.MUTED)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        self._first.userDateChanged.connect(self._tell)
        self._last.userDateChanged.connect(self._tell)
        self.hide()

    @property
    def days(self) -> tuple[date, date]:
        """What stands there."""
        return _plain(self._first.date()), _plain(self._last.date())

    def show_days(self, first: date, last: date) -> None:
        """Show a range; silent."""
        for field, day in ((self._first, first), (self._last, last)):
            shown = QDate(day.year, day.month, day.day)
            if field.date() != shown:
                field.blockSignals(True)
                field.setDate(shown)
                field.blockSignals(False)

    def focus(self) -> None:
        """Go to the first day."""
        self._first.setFocus()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(*self.days)


def _day_field(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    field.setAccessibleName(name)
    field.setMinimumWidth(118)
    field.setMinimumDate(QDate(2000, 1, 1))
    field.setMaximumDate(QDate(2199, 12, 31))
    return field


def _plain(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
