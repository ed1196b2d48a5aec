"""The rows of the palette as a list model, and how one is painted."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from composer.ui.icons import paint_icon
from composer.ui.palette.entries import Entry, Group, Row
from composer.ui.theme import TextStyle, Theme, current_theme, mono_font, text_font
from composer.ui.theme.tokens import ROW_HEIGHT
from composer.ui.widgets.painting import PAD, AnyIndex, paint_heading

HEADING_HEIGHT = 28
GAP, ICON = 10, 16
KEY_HEIGHT, KEY_PAD = 20, 6


class RowsModel(QAbstractListModel):
    """Headings, which cannot be chosen, and entries."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry in a row; ``None`` for a heading or beyond the ends."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def height_of(self, row: int) -> int:
        """In device-independent pixels."""
        return ROW_HEIGHT if self.entry(row) else HEADING_HEIGHT

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text if isinstance(row, Entry) else row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken if isinstance(row, Entry) else row
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.group.value if isinstance(row, Entry) else None
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemNeverHasChildren


class RowDelegate(QStyledItemDelegate):
    """Icon and text at the left; keys, or what else is known, at the right."""

    def __init__(self, model: RowsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, self._model.height_of(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = self._model.entry(index.row())
        if entry is None:
            paint_heading(painter, option.rect, str(index.data()))
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
            _paint_entry(painter, option.rect, entry, chosen=chosen, pointed=pointed)
        painter.restore()


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


def _paint_entry(
    painter: QPainter, rect: QRect, entry: Entry, *, chosen: bool, pointed: bool
) -> None:
    theme = current_theme()
    if chosen or pointed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_ground if chosen else theme.hover))
        painter.drawRoundedRect(QRectF(rect), 6, 6)
    inner = rect.adjusted(PAD, 0, -PAD, 0)
    top = inner.top() + (inner.height() - ICON) // 2
    tone = QColor(theme.accent if chosen else theme.muted)
    paint_icon(painter, QRect(inner.left(), top, ICON, ICON), entry.icon, tone)
    inner.setLeft(inner.left() + ICON + GAP)
    if entry.keys:
        inner.setRight(_paint_keys(painter, inner, entry.keys, theme) - GAP)
    text_width = QFontMetrics(text_font()).horizontalAdvance(entry.text)
    if entry.detail:
        room = inner.adjusted(min(text_width, inner.width() * 6 // 10) + 2 * GAP, 0, 0, 0)
        taken = _paint_detail(painter, room, entry, theme)
        inner.setRight(inner.right() - taken - 2 * GAP)
    painter.setFont(text_font())
    painter.setPen(QColor(theme.text))
    shown = QFontMetrics(painter.font()).elidedText(entry.text, _ELIDE, inner.width() + 1)
    painter.drawText(inner, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), shown)


def _paint_detail(painter: QPainter, room: QRect, entry: Entry, theme: Theme) -> int:
    """Draws at the right of ``room``; returns the width that it took."""
    on_wire = entry.group in {Group.TYPES, Group.TEMPLATES}
    font = mono_font(TextStyle.HELP) if on_wire else text_font(TextStyle.HELP)
    measure = QFontMetrics(font)
    shown = measure.elidedText(entry.detail, _ELIDE, room.width() + 1)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    painter.drawText(room, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), shown)
    return measure.horizontalAdvance(shown)


def _paint_keys(painter: QPainter, inner: QRect, keys: str, theme: Theme) -> int:
    """Draws a keycap at the right; returns where it begins."""
    font = text_font(TextStyle.HELP)
    width = QFontMetrics(font).horizontalAdvance(keys) + 2 * KEY_PAD
    left = inner.right() + 1 - width
    cap = QRectF(left, inner.top() + (inner.height() - KEY_HEIGHT) / 2, width, KEY_HEIGHT)
    painter.setPen(QColor(theme.strong_line))
    painter.setBrush(QColor(theme.surface))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), keys)
    return left
