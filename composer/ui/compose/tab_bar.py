"""The open drafts as tabs that paint themselves: quiet words, the one in front underlined.

It knows their titles and nothing of drafts; what is asked for is told, not done.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QTabBar

from composer.ui.icons import IconName, paint_icon
from composer.ui.theme.controller import current_theme
from composer.ui.theme.fonts import text_font

HEIGHT = 36
_PAD, _GAP, _SIDE = 14, 8, 14
"""Pixels: before the title, between it and the cross, and the cross itself."""
_NARROWEST, _WIDEST = 112, 280


class TabBar(QTabBar):
    """Tabs that can be closed and dragged; they grow narrower while that makes room for all."""

    close_wanted = Signal(int)
    """The index of a tab"""
    move_wanted = Signal(int, int)
    """From where to where"""
    choose_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Open drafts")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)  # else Qt would not bring the current one into sight
        self.setStyleSheet("QTabBar::scroller { width: 0px; }")
        self.setMouseTracking(True)
        self._pointed = -1
        self._dragged = -1
        self._pressed_at = 0
        self._naturals: list[int] = []
        self._cap: tuple[int, int] = (-1, _WIDEST)
        """The width of the bar, and how wide a tab may be in it"""

    def set_titles(self, titles: Sequence[str]) -> None:
        """Show these tabs. Qt lays all of them out for each word that changes: only those change.

        The width of a title is measured once, for Qt asks for all of them again and again.
        """
        while self.count() > len(titles):
            self._naturals.pop()
            self.removeTab(self.count() - 1)
        while self.count() < len(titles):
            self._naturals.append(_NARROWEST)
            self.addTab("")
        for index, words in enumerate(titles):
            self.set_title(index, words)

    def set_title(self, index: int, words: str) -> None:
        """Call a tab otherwise."""
        if self.tabText(index) == words:
            return
        self._naturals[index] = _natural(words)
        self._cap = (-1, _WIDEST)
        self.setTabText(index, words)
        self.setTabToolTip(index, words)
        self.setAccessibleTabName(index, words)

    @property
    def is_overfull(self) -> bool:
        """Whether there is no room for all tabs."""
        return self.count() * _NARROWEST > self.width()

    # Sizes

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(min(self._naturals[index], self._widest()), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, HEIGHT)

    def _widest(self) -> int:
        """The width that no tab may pass, so that all have room if they can."""
        if not self.isVisible():
            return _WIDEST
        if self._cap[0] != self.width():
            self._cap = (self.width(), _share(self._naturals, self.width()))
        return self._cap[1]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            rect = self.tabRect(index)
            if rect.intersects(self.rect()):
                self._paint_tab(painter, index, rect)

    def _paint_tab(self, painter: QPainter, index: int, rect: QRect) -> None:
        theme, current = current_theme(), index == self.currentIndex()
        is_pointed = index == self._pointed
        font = text_font(strong=current)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if current or is_pointed else theme.muted))
        beside = _PAD + _GAP + _SIDE if current or is_pointed else _GAP
        words = QRect(rect.left() + _PAD, 0, rect.width() - _PAD - beside, HEIGHT)
        shown = QFontMetrics(font).elidedText(
            self.tabText(index), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        if current or is_pointed:
            paint_icon(painter, self._cross(rect), IconName.CLOSE, QColor(theme.muted))
        if current:
            painter.fillRect(QRect(rect.left(), HEIGHT - 2, rect.width(), 2), QColor(theme.accent))
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(4, 5, -4, -6), 5, 5)
        elif index + 1 != self.currentIndex():
            painter.fillRect(QRect(rect.right(), 10, 1, HEIGHT - 20), QColor(theme.line))

    def _cross(self, rect: QRect) -> QRect:
        left = rect.right() - _PAD - _SIDE + 4
        return QRect(left, (HEIGHT - _SIDE) // 2, _SIDE, _SIDE)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.tabAt(place)
        if index < 0:
            return
        if event.button() is Qt.MouseButton.MiddleButton:
            self.close_wanted.emit(index)
        elif event.button() is Qt.MouseButton.LeftButton:
            if self._is_on_cross(event, index):
                self.close_wanted.emit(index)
            else:
                self._dragged, self._pressed_at = index, place.x()
                self.choose_wanted.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._point_at(self.tabAt(place))
        if self._dragged < 0 or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if abs(place.x() - self._pressed_at) < QApplication.startDragDistance():
            return
        over = self.tabAt(place)
        if over in (-1, self._dragged):
            return
        middle = self.tabRect(over).center().x()
        has_passed = place.x() > middle if over > self._dragged else place.x() < middle
        if has_passed:
            before, self._dragged = self._dragged, over
            self.move_wanted.emit(before, over)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = -1

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt would go through the tabs, where nobody meant to."""
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point_at(self.tabAt(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        self._point_at(-1)

    def _is_on_cross(self, event: QMouseEvent, index: int) -> bool:
        around = self._cross(self.tabRect(index)).adjusted(-5, -6, 5, 6)
        shows = index == self.currentIndex() or index == self._pointed
        return shows and around.contains(event.position().toPoint())

    def _point_at(self, index: int) -> None:
        if index != self._pointed:
            self._pointed = index
            self.update()


def _natural(words: str) -> int:
    """The width of a tab where there is room enough."""
    wanted = QFontMetrics(text_font(strong=True)).horizontalAdvance(words)
    return max(_NARROWEST, min(_WIDEST, wanted + 2 * _PAD + _GAP + _SIDE))


def _share(naturals: Sequence[int], room: int) -> int:
    """The width for the wide ones, when the narrow ones have what they need."""
    widths = sorted(naturals)
    for number, width in enumerate(widths):
        share = room // (len(widths) - number)
        if width > share:
            return max(_NARROWEST, share)
        room -= width
    return _WIDEST
