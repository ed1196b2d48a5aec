"""The small chart of a run: events a second as bars, latency as a line over them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from composer.core.batch.run import Sample
from composer.ui.batch.running.chart_data import ChartData, chart_data, thinned, time_marks
from composer.ui.batch.running.words import seconds_text
from composer.ui.theme import TextStyle, Theme, current_theme, text_font
from composer.ui.wording import milliseconds_text

HEIGHT = 108
FLAT = 90
_GAP = 6
_BELOW_TITLES = 12
"""Pixels: the uppermost mark stands half above the plot"""
_MARK_ROOM = 90
"""Pixels that a mark on the axis of time takes at least."""
_POINT_ROOM = 5
"""Pixels between two points of a line that can still be followed"""
_Flag = Qt.AlignmentFlag


class RunChart(QWidget):
    """``show_samples`` fills it. Its description says in words what it shows."""

    def __init__(self, height: int = HEIGHT) -> None:
        super().__init__()
        self._height = height
        self._data = chart_data(())
        self.setAccessibleName("Rate and latency over time")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_samples(())

    @property
    def data(self) -> ChartData:
        """What it shows."""
        return self._data

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Show what was answered over time."""
        self._data = chart_data(samples)
        self.setAccessibleDescription(self._data.words)
        self.setToolTip(self._data.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = text_font(TextStyle.HELP)
        painter.setFont(font)
        _Drawing(self._data, current_theme(), QFontMetrics(font), self.width(), self.height()).draw(
            painter
        )


class _Drawing:
    """One picture: titles above, the plot, and the axis of time below."""

    def __init__(
        self, data: ChartData, theme: Theme, measure: QFontMetrics, width: int, height: int
    ) -> None:
        self._data = data
        self._theme = theme
        self._measure = measure
        self._line = measure.height()
        self._rate_text = f"{data.rate_top:,.0f}" if data.rate_top >= 1 else f"{data.rate_top:g}"
        self._latency_text = milliseconds_text(data.latency_top)
        left = measure.horizontalAdvance(self._rate_text) + _GAP
        right = measure.horizontalAdvance(self._latency_text) + _GAP
        top, below = self._line + _BELOW_TITLES, self._line + 3
        self._plot = QRectF(left, top, width - left - right, height - top - below)
        self._whole = QRectF(0, 0, width, height)

    def draw(self, painter: QPainter) -> None:
        self._titles(painter)
        self._frame(painter)
        if self._data.bars:
            self._bars(painter)
            self._latency(painter)
            self._marks(painter)
        else:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(self._plot, int(_Flag.AlignCenter), "No answers yet")

    def _titles(self, painter: QPainter) -> None:
        head = QRectF(0, 0, self._whole.width(), self._line)
        painter.setPen(QColor(self._theme.accent))
        painter.drawText(head, int(_Flag.AlignLeft), "Events a second")
        painter.setPen(QColor(self._theme.warning))
        painter.drawText(head, int(_Flag.AlignRight), "Latency, median")

    def _frame(self, painter: QPainter) -> None:
        plot = self._plot
        painter.setPen(QPen(QColor(self._theme.line), 1))
        for share in (0.0, 0.5, 1.0) if self._data.bars else (0.0, 1.0):
            y = round(plot.top() + share * plot.height()) + 0.5
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        if not self._data.bars:
            return
        painter.setPen(QColor(self._theme.muted))
        for y, rate, latency in (
            (plot.top(), self._rate_text, self._latency_text),
            (plot.bottom(), "0", "0"),
        ):
            row = QRectF(0, y - self._line / 2, plot.left() - _GAP, self._line)
            painter.drawText(row, int(_Flag.AlignRight | _Flag.AlignVCenter), rate)
            right = self._whole.width() - plot.right() - _GAP
            row = QRectF(plot.right() + _GAP, y - self._line / 2, right, self._line)
            painter.drawText(row, int(_Flag.AlignLeft | _Flag.AlignVCenter), latency)

    def _x(self, second: float) -> float:
        return self._plot.left() + self._plot.width() * second / max(1, self._data.seconds)

    def _y(self, share: float) -> float:
        return self._plot.bottom() - self._plot.height() * min(1.0, share)

    def _bars(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        color = QColor(self._theme.accent)
        color.setAlphaF(0.55)
        painter.setBrush(color)
        for second, span, rate in self._data.bars:
            left, right = self._x(second), self._x(second + span)
            air = 1.0 if right - left > 4 else 0.0
            top = self._y(rate / self._data.rate_top)
            painter.drawRect(QRectF(left, top, right - left - air, self._plot.bottom() - top))

    def _latency(self, painter: QPainter) -> None:
        color = QColor(self._theme.warning)
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        most = int(self._plot.width() // _POINT_ROOM)
        points = [
            QPointF(self._x(second), self._y(middle / self._data.latency_top))
            for second, middle in thinned(self._data.points, most)
        ]
        painter.drawPolyline(QPolygonF(points))
        if len(points) == 1:
            painter.setBrush(color)
            painter.drawEllipse(points[0], 2.5, 2.5)

    def _marks(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.muted))
        top = self._plot.bottom() + 3
        most = int(self._plot.width() // _MARK_ROOM)
        for second in time_marks(self._data.seconds, most):
            text = seconds_text(second) if second else "0"
            width = self._measure.horizontalAdvance(text)
            left = min(self._x(second), self._plot.right() - width)
            painter.drawText(QRectF(left, top, width + 2, self._line), int(_Flag.AlignLeft), text)
