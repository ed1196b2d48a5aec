"""Tabs as words over a line, the current one underlined. Switching pages is the listener's work."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar

from composer.ui.theme.controller import current_theme
from composer.ui.theme.fonts import text_font

_HEIGHT = 38
_PAD = 12
_TIGHT = 4


class Tabs(QTabBar):
    """A QTabBar that paints itself.

    Qt measures tabs in the plain font and would cut the bold one.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._text_width(index) + 2 * self._pad(), _HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        """Tight: Qt would take the width that the tabs have now."""
        shown = [index for index in range(self.count()) if self.isTabVisible(index)]
        return QSize(sum(self._text_width(index) + 2 * _TIGHT for index in shown), _HEIGHT)

    def _text_width(self, index: int) -> int:
        return QFontMetrics(text_font(strong=True)).horizontalAdvance(self.tabText(index))

    def _pad(self) -> int:
        """Tabs move together where there is no room for all of them."""
        shown = [index for index in range(self.count()) if self.isTabVisible(index)]
        room = self.width() - sum(map(self._text_width, shown))
        fits = not self.isVisible() or room >= 2 * _PAD * len(shown)
        return _PAD if fits else max(_TIGHT, room // (2 * len(shown)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for index in range(self.count()):
            self._paint_tab(painter, index, pointed=index == pointed)

    def _paint_tab(self, painter: QPainter, index: int, *, pointed: bool) -> None:
        theme = current_theme()
        rect = self.tabRect(index)
        current = index == self.currentIndex()
        if not self.isTabEnabled(index):
            color = theme.faint
        else:
            color = theme.text if current or pointed else theme.muted
        painter.setFont(text_font(strong=current))
        painter.setPen(QColor(color))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.tabText(index))
        if not current:
            return
        line = QRect(rect.left(), rect.bottom() - 1, rect.width(), 2)
        painter.fillRect(line, QColor(theme.accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 5, -3, -6), 5, 5)
