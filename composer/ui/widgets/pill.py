"""A short status in a rounded, tinted box: as a widget, and as painting for cells of a table."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from composer.ui.icons import paint_icon
from composer.ui.theme.controller import current_theme
from composer.ui.theme.fonts import TextStyle, text_font
from composer.ui.widgets.severity import Severity

_HEIGHT = 20
_PAD = 9
_ICON = 14
_GAP = 5


def pill_size(text: str, *, icon: bool = False) -> QSize:
    """The size that a pill with this text needs."""
    width = QFontMetrics(text_font(TextStyle.HELP, strong=True)).horizontalAdvance(text)
    return QSize(width + 2 * _PAD + (_ICON + _GAP if icon else 0), _HEIGHT)


def paint_pill(
    painter: QPainter, rect: QRect, text: str, severity: Severity, *, icon: bool = False
) -> None:
    """Draws a pill that fills ``rect``; text that does not fit is elided."""
    theme = current_theme()
    color = severity.text_color(theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(severity.ground(theme))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    inner = rect.adjusted(_PAD, 0, -_PAD, 0)
    if icon:
        top = rect.top() + (rect.height() - _ICON) // 2
        paint_icon(painter, QRect(inner.left(), top, _ICON, _ICON), severity.icon, color)
        inner.setLeft(inner.left() + _ICON + _GAP)
    font = text_font(TextStyle.HELP, strong=True)
    painter.setFont(font)
    painter.setPen(color)
    # One pixel of tolerance: the advance is rounded differently here and in pill_size().
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


class Pill(QWidget):
    """A status pill; a screen reader hears the severity and then the text."""

    def __init__(
        self, text: str = "", severity: Severity = Severity.NEUTRAL, *, icon: bool = True
    ) -> None:
        super().__init__()
        self._icon = icon
        self._text = ""
        self._severity = severity
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, severity)

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text

    @property
    def severity(self) -> Severity:
        """How it says it."""
        return self._severity

    def set(self, text: str, severity: Severity) -> None:
        """Shows another text and severity."""
        self._text = text
        self._severity = severity
        self.setAccessibleName(severity.spoken(text))
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._text, icon=self._icon)

    def minimumSizeHint(self) -> QSize:
        return QSize(_HEIGHT * 2, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._text, self._severity, icon=self._icon)
