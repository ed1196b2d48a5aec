"""Moving a row with the mouse, without Qt's own drag and drop.

Qt's drag runs an event loop of its own inside the press of the mouse button, in which nothing of
the rest of the window can be relied on. A row that only moves within its list needs none.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from composer.ui.lists.grid import Grid
from composer.ui.theme import current_theme

_LINE = 2


class RowDragger(QObject):
    """Belongs to a ``Grid``; tells which row was dropped how many places further down."""

    moved = Signal(int, int)
    """The row, and the places it moves: negative is up"""

    def __init__(self, table: Grid) -> None:
        super().__init__(table)
        self._table = table
        self._line = _DropLine(table.viewport())
        self._row = -1
        self._start = QPoint()
        self._is_dragging = False
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        point = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._begin(point, event.button())
                return False
            case QEvent.Type.MouseMove if self._row >= 0:
                return self._drag(point)
            case QEvent.Type.MouseButtonRelease:
                return self._drop(point)
            case _:
                return False

    def _begin(self, point: QPoint, button: Qt.MouseButton) -> None:
        is_left = button is Qt.MouseButton.LeftButton
        self._stop()
        self._row = self._table.rowAt(point.y()) if is_left else -1
        self._start = point

    def _drag(self, point: QPoint) -> bool:
        far = (point - self._start).manhattanLength() >= QApplication.startDragDistance()
        if not (self._is_dragging or far):
            return True  # the row under the pointer must not be chosen on the way
        self._is_dragging = True
        gap = self._gap(point)
        self._table.scrollTo(self._table.model().index(max(0, gap - 1), 0))
        self._line.show_at(self._top_of(gap), self._table.viewport().width())
        return True

    def _drop(self, point: QPoint) -> bool:
        row, was_dragging = self._row, self._is_dragging
        gap = self._gap(point)
        self._stop()
        if was_dragging:
            steps = gap - row if gap <= row else gap - row - 1
            if steps:
                self.moved.emit(row, steps)
        return was_dragging

    def _stop(self) -> None:
        self._row, self._is_dragging = -1, False
        self._line.hide()

    def _gap(self, point: QPoint) -> int:
        """The gap between two rows that is nearest: 0 is above the first."""
        rows = self._table.model().rowCount()
        row = self._table.rowAt(point.y())
        if row < 0:
            return 0 if point.y() < 0 else rows
        return row if point.y() < self._table.row_rect(row).center().y() else row + 1

    def _top_of(self, gap: int) -> int:
        rows = self._table.model().rowCount()
        if gap < rows:
            return self._table.row_rect(gap).top()
        return self._table.row_rect(rows - 1).bottom()


class _DropLine(QWidget):
    """The line that shows where the row would go."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, top: int, width: int) -> None:
        """Show the line at this height of the viewport."""
        self.setGeometry(QRect(0, max(0, top - _LINE // 2), width, _LINE))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), QColor(current_theme().accent))
