"""How one row of a ``NavList`` looks: heading, or entry with icon, text and count.

Knows nothing of choosing.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from composer.ui.icons import IconName, paint_icon
from composer.ui.theme.controller import current_theme
from composer.ui.theme.fonts import TextStyle, text_font
from composer.ui.widgets.painting import PAD, AnyIndex, paint_heading

_BASE = int(Qt.ItemDataRole.UserRole)
ID_ROLE = _BASE + 1
ICON_ROLE = _BASE + 2
COUNT_ROLE = _BASE + 3
HEADING_ROLE = _BASE + 4
FOLD_ROLE = _BASE + 5
"""Whether the row that folds others away is open; no value: it is no such row."""

_ICON = 16
_TALL, _DENSE, _HEADING = 32, 26, 28


class NavDelegate(QStyledItemDelegate):
    """Paints rows in the theme's colours.

    Dense rows mark the current one by a box, tall ones by the accent.
    """

    def __init__(self, view: QListView, *, dense: bool) -> None:
        super().__init__(view)
        self._view = view
        self._dense = dense

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        if index.data(HEADING_ROLE):
            return QSize(0, _HEADING)
        return QSize(0, _DENSE if self._dense else _TALL)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(HEADING_ROLE):
            paint_heading(painter, option.rect, str(index.data()))
        else:
            self._paint_entry(painter, option, index)
        painter.restore()

    def _paint_entry(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        theme = current_theme()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_ground(painter, option.rect, current=current, pointed=pointed)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.property("ring"):
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6)
        color = QColor(theme.accent if current and not self._dense else theme.text)
        inner = option.rect.adjusted(PAD, 0, -PAD, 0)
        icon = index.data(ICON_ROLE)
        if icon is not None:
            top = inner.top() + (inner.height() - _ICON) // 2
            paint_icon(painter, QRect(inner.left(), top, _ICON, _ICON), IconName(icon), color)
            inner.setLeft(inner.left() + _ICON + PAD)
        middle = Qt.AlignmentFlag.AlignVCenter
        count = index.data(COUNT_ROLE)
        if count:
            painter.setFont(text_font(TextStyle.HELP))
            painter.setPen(QColor(theme.muted))
            painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), f"{count:,}")
            taken = QFontMetrics(painter.font()).horizontalAdvance(f"{count:,}")
            inner.setRight(inner.right() - taken - 8)
        font = text_font(strong=current)
        painter.setFont(font)
        painter.setPen(color)
        right = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font).elidedText(str(index.data()), right, inner.width())
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, *, current: bool, pointed: bool
    ) -> None:
        if not (current or pointed):
            return
        theme = current_theme()
        painter.setPen(Qt.PenStyle.NoPen)
        if current and self._dense:
            painter.setPen(QPen(QColor(theme.strong_line), 1))
            painter.setBrush(QColor(theme.surface))
        elif current:
            painter.setBrush(QColor(theme.accent_ground))
        else:
            painter.setBrush(QColor(theme.hover))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
