"""Paints the cells of the list places: text, pills, headings over a whole row; tells cut-off text.

Qt's own painting asks a model ten questions for each cell and the style sheet as many again, which
makes a screen of rows take longer than a frame. Here a cell is one question and a few strokes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from composer.ui.icons import paint_icon
from composer.ui.lists.model import CELL_ROLE, SECTION_ROLE, Cell
from composer.ui.theme import TextStyle, current_theme, mono_font, text_font
from composer.ui.theme.tokens import ROW_HEIGHT
from composer.ui.widgets import paint_pill, pill_size
from composer.ui.widgets.painting import AnyIndex

PAD = 11
"""Pixels between a cell's edge and its text, as in the header."""
_PILL_PAD = 8
_ICON, _ICON_GAP = 16, 6
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ListDelegate(QStyledItemDelegate):
    """Paints what ``CellModel`` gives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text_font()
        self._mono = mono_font()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            title = index.data(SECTION_ROLE)
            if isinstance(title, str):
                _paint_section(painter, option, title)
            return
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(theme.accent_ground))
        if cell.severity is not None:
            paint_pill(painter, _pill_rect(option.rect, cell.text), cell.text, cell.severity)
            return
        font = self._font(cell)
        room = option.rect.adjusted(PAD + _icon_room(cell), 0, -PAD, 0)
        color = QColor(theme.muted if cell.muted and not selected else theme.text)
        if cell.icon is not None:
            paint_icon(painter, _icon_rect(option.rect), cell.icon, color)
        shown = QFontMetrics(font).elidedText(
            cell.line, Qt.TextElideMode.ElideRight, room.width() + 1
        )
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(room, int(_MIDDLE | side), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del option
        cell = index.data(CELL_ROLE)
        return QSize(self._wanted_width(cell) if isinstance(cell, Cell) else 0, ROW_HEIGHT)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """The whole text of a cell, where the cell has no room for it."""
        cell = index.data(CELL_ROLE) if index.isValid() else None
        if event.type() is not QEvent.Type.ToolTip or not isinstance(cell, Cell):
            return super().helpEvent(event, view, option, index)
        cut = self._wanted_width(cell) > option.rect.width()
        QToolTip.showText(event.globalPos(), cell.hint or (cell.text if cut else ""), view)
        return True

    def _font(self, cell: Cell) -> QFont:
        return self._mono if cell.mono else self._text

    def _wanted_width(self, cell: Cell) -> int:
        if cell.severity is not None:
            return pill_size(cell.text).width() + 2 * _PILL_PAD
        text = QFontMetrics(self._font(cell)).horizontalAdvance(cell.line)
        return text + _icon_room(cell) + 2 * PAD


def _icon_room(cell: Cell) -> int:
    return _ICON + _ICON_GAP if cell.icon is not None else 0


def _icon_rect(cell: QRect) -> QRect:
    return QRect(cell.left() + PAD, cell.top() + (cell.height() - _ICON) // 2, _ICON, _ICON)


def _pill_rect(cell: QRect, text: str) -> QRect:
    size = pill_size(text)
    top = cell.top() + (cell.height() - size.height()) // 2
    width = min(size.width(), cell.width() - 2 * _PILL_PAD)
    return QRect(cell.left() + _PILL_PAD, top, width, size.height())


def _paint_section(painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
    """One cell's part of a heading that runs over the whole row."""
    theme = current_theme()
    table = option.widget
    left = table.columnViewportPosition(0) if isinstance(table, QTableView) else option.rect.left()
    whole = QRect(left + PAD, option.rect.top(), 10_000, option.rect.height())
    painter.save()
    painter.setClipRect(option.rect)
    painter.fillRect(option.rect, QColor(theme.window))
    painter.setFont(text_font(TextStyle.SECTION))
    painter.setPen(QColor(theme.muted))
    painter.drawText(whole, int(_MIDDLE), title)
    painter.restore()
