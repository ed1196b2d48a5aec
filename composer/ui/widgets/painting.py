"""What the delegates of lists share: the kinds of index that Qt hands them, and headings."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from composer.ui.theme.controller import current_theme
from composer.ui.theme.fonts import TextStyle, text_font

AnyIndex = QModelIndex | QPersistentModelIndex

PAD = 10
"""Pixels between the edge of a row and what stands in it."""


def paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
    """A heading over the rows that follow, near to them."""
    painter.setFont(text_font(TextStyle.SECTION))
    painter.setPen(QColor(current_theme().muted))
    where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
    painter.drawText(rect.adjusted(PAD, 0, -PAD, -5), int(where), text)
