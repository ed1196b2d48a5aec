"""A button that opens a menu: the arrow at its right says so.

Qt's own (``setMenu``) would run an event loop of its own while the menu is open.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from composer.ui.icons import IconName, Tone, paint_icon
from composer.ui.theme import current_theme

_ARROW, _EDGE = 14, 8


class DropButton(QPushButton):
    """Listen to ``menu_lines.aboutToShow`` to renew what the menu offers."""

    def __init__(self, text: str, name: str, *, menu: Callable[[QWidget], QMenu] = QMenu) -> None:
        super().__init__(text)
        self.menu_lines = menu(self)
        self.menu_lines.setAccessibleName(name)
        self.setAccessibleName(name)
        self.setProperty("menu", True)
        self.clicked.connect(self._open)

    @Slot()
    def _open(self) -> None:
        self.menu_lines.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        left, top = self.width() - _ARROW - _EDGE, (self.height() - _ARROW) // 2
        rect = QRect(left, top, _ARROW, _ARROW)
        paint_icon(QPainter(self), rect, IconName.CHEVRON_DOWN, Tone.MUTED.color(current_theme()))
