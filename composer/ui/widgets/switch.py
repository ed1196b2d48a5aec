"""A yes-or-no control drawn as a switch. To Qt and to screen readers it is a check box.

Listen to ``clicked``.
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from composer.ui.theme.controller import current_theme
from composer.ui.theme.tokens import CONTROL_HEIGHT

_TRACK = QSize(32, 18)
_GAP = 8
_RING = 3


class Switch(QCheckBox):
    """On or off; ``name`` is the accessible name where ``text`` alone would not tell."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text)
        self.setProperty("switch", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = _TRACK.width() + 2 * _RING
        if self.text():
            width += _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 1
        return QSize(width, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _TRACK.height()) / 2
        track = QRectF(_RING, top, _TRACK.width(), _TRACK.height())
        on, enabled = self.isChecked(), self.isEnabled()
        fill = theme.accent if on and enabled else theme.faint if enabled or on else theme.line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = QRectF(track.left() + (16 if on else 2), top + 2, 14, 14)
        painter.setBrush(QColor(theme.on_accent if on else theme.surface))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            ring = track.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.setPen(QColor(theme.text if enabled else theme.faint))
        left = 2 * _RING + _TRACK.width() + _GAP
        words = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
