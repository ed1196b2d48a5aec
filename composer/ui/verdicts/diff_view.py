"""The lines of a text that go and that come, painted one below the other.

Each line has its sign, so that nothing hangs on the colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from composer.core.verdicts.difference import DiffKind, DiffLine
from composer.ui.theme import TextStyle, current_theme, mono_font
from composer.ui.theme.tokens import Theme

LINE_HEIGHT = 18
_SIGN_WIDTH = 22
_PAD = 4
_SIGNS = {DiffKind.SAME: "", DiffKind.REMOVED: "−", DiffKind.ADDED: "+"}
_SPOKEN = {DiffKind.REMOVED: "goes", DiffKind.ADDED: "comes"}


@dataclass(frozen=True, slots=True)
class _Row:
    kind: DiffKind | None
    """``None``: lines have been left out"""
    text: str


class DiffView(QWidget):
    """As high as its lines; what is too wide is cut at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[_Row, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines as they are shown, with their signs."""
        return tuple(_sign(row) + row.text for row in self._rows)

    def show_lines(self, lines: tuple[DiffLine, ...]) -> None:
        """Show other lines."""
        self._rows = tuple(_rows(lines))
        said = (f"{_SPOKEN[one.kind]}: {one.text.strip()}" for one in lines if one.kind in _SPOKEN)
        self.setAccessibleName("; ".join(said) or "Nothing changes")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, len(self._rows) * LINE_HEIGHT + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, font = current_theme(), mono_font(TextStyle.HELP)
        painter = QPainter(self)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        for number, row in enumerate(self._rows):
            line = QRect(0, _PAD + number * LINE_HEIGHT, self.width(), LINE_HEIGHT)
            if line.intersects(event.rect()):
                _paint(painter, line, row, theme, metrics)


def _rows(lines: tuple[DiffLine, ...]) -> Iterator[_Row]:
    last: DiffLine | None = None
    for line in lines:
        if last is not None and _is_apart(last, line):
            yield _Row(None, "⋯")
        yield _Row(line.kind, line.text)
        last = line


def _sign(row: _Row) -> str:
    return _SIGNS[row.kind] if row.kind is not None else ""


def _is_apart(last: DiffLine, line: DiffLine) -> bool:
    """Whether lines that are the same have been left out between the two."""
    pairs = ((last.before, line.before), (last.after, line.after))
    return any(one is not None and other is not None and other > one + 1 for one, other in pairs)


def _paint(painter: QPainter, line: QRect, row: _Row, theme: Theme, metrics: QFontMetrics) -> None:
    grounds = {DiffKind.REMOVED: theme.error_ground, DiffKind.ADDED: theme.ok_ground}
    colors = {DiffKind.REMOVED: theme.error, DiffKind.ADDED: theme.ok_text}
    middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    kind = row.kind or DiffKind.SAME
    if kind in grounds:
        painter.fillRect(line, QColor(grounds[kind]))
    painter.setPen(QColor(colors.get(kind, theme.muted)))
    painter.drawText(line.adjusted(8, 0, 0, 0), middle, _sign(row))
    room = line.adjusted(_SIGN_WIDTH, 0, -_PAD, 0)
    shown = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, middle, shown)
