"""A table in the house style.

Whole rows, no grid, a hairline under each row, and a focus ring around the current one.
"""

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from composer.ui.theme.controller import current_theme
from composer.ui.theme.tokens import ROW_HEIGHT


class TableView(QTableView):
    """Rows of 34 pixels."""

    opened = Signal(QModelIndex)  # Enter or a double click on a row

    def __init__(self, name: str) -> None:
        super().__init__()
        self._ring = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._on_double_clicked)

    def row_rect(self, row: int) -> QRect:
        """Where a row lies in the viewport, over its whole width."""
        header = self.verticalHeader()
        return QRect(
            0, header.sectionViewportPosition(row), self.viewport().width(), header.sectionSize(row)
        )

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index)

    def _set_ring(self, ring: bool) -> None:
        self._ring = ring
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.line))
        height = self.viewport().height()
        row = self.rowAt(0)
        while 0 <= row < self.verticalHeader().count():
            rect = self.row_rect(row)
            if rect.top() > height:
                break
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            row += 1
        if self._ring and self.hasFocus() and self.currentIndex().isValid():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent), 2))
            ring = QRectF(self.row_rect(self.currentIndex().row())).adjusted(1, 1, -1, -2)
            painter.drawRoundedRect(ring, 4, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_ring(True)
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(current)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_ring(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._set_ring(True)
            if not self.currentIndex().isValid() and self.verticalHeader().count():
                self.setCurrentIndex(self.model().index(0, 0))
