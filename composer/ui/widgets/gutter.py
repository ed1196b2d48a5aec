"""The strip of line numbers beside a ``CodeView``, and the arithmetic of folded lines.

Draws only the lines in sight.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from composer.ui.theme.controller import current_theme
from composer.ui.widgets.code_text import FOLD

_PAD_LEFT, _PAD_RIGHT = 10, 12


class LineNumbers:
    """Which line of the text each block of a document belongs to; they differ only below a fold."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._folded: list[int] | None = None
        self._has_folds = False

    def forget(self, *, has_folds: bool) -> None:
        """The document changed; ``has_folds`` tells whether a fold is in it."""
        self._has_folds = has_folds
        self._folded = None

    def of_block(self, block: int) -> int:
        """The line number, from 1, of a block, from 0."""
        return self._table()[block] if self._has_folds else block + 1

    def continues(self, block: int) -> bool:
        """Whether the block goes on with the line of the block above."""
        return self._has_folds and block > 0 and self.of_block(block) == self.of_block(block - 1)

    def block_at(self, line: int, column: int) -> tuple[int, int]:
        """The block and the column in it, both from 0, of a place counted from 1.

        The last block if beyond.
        """
        last = self._document.blockCount() - 1
        if not self._has_folds:
            return min(line - 1, last), column - 1
        table = self._table()
        block = table.index(line) if line in table else last
        rest = column - 1
        while block < last and table[block + 1] == line:
            length = len(self._document.findBlockByNumber(block).text().removesuffix(FOLD))
            if rest < length:
                break
            rest -= length
            block += 1
        return block, rest

    def _table(self) -> list[int]:
        if self._folded is None:
            self._folded = list(self._count())
        return self._folded

    def _count(self) -> Iterator[int]:
        line = 1
        block = self._document.begin()
        while block.isValid():
            yield line
            line += not block.text().endswith(FOLD)
            block = block.next()


class Gutter(QWidget):
    """Line numbers; ``rows`` gives for each block in sight its number, top and height."""

    def __init__(
        self,
        editor: QPlainTextEdit,
        numbers: LineNumbers,
        rows: Callable[[], list[tuple[int, QRect]]],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._numbers = numbers
        self._rows = rows
        self._problem = -1

    def set_problem(self, block: int) -> None:
        """Marks a block's number as wrong; -1 marks none."""
        self._problem = block
        self.update()

    def sizeHint(self) -> QSize:
        digits = max(2, len(str(self._numbers.of_block(self._editor.blockCount() - 1))))
        width = self._editor.fontMetrics().horizontalAdvance("0") * digits
        return QSize(width + _PAD_LEFT + _PAD_RIGHT, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(self._editor.font())
        current = -1
        if not self._editor.isReadOnly() and self._editor.hasFocus():
            current = self._editor.textCursor().blockNumber()
        for block, rect in self._rows():
            if self._numbers.continues(block):
                continue
            color = theme.text if block == current else theme.muted
            if block == self._problem:
                color = theme.error
            painter.setPen(QColor(color))
            place = QRect(0, rect.top(), self.width() - _PAD_RIGHT, rect.height())
            where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(place, int(where), str(self._numbers.of_block(block)))
