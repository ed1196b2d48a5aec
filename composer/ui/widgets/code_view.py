"""A pane for what goes on the wire: line numbers, colours, no wrapping, exact text in and out.

It shows text and tells of a person's edits; what the text means is not its business. Text of any
length is taken: lines are coloured as they come into sight, long ones are folded, and a long text
is filled in piece by piece.
"""

from PySide6.QtCore import QEvent, QMargins, QMimeData, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from composer.ui.theme.controller import current_theme
from composer.ui.theme.roles import restyle
from composer.ui.widgets.code_text import (
    FOLD,
    from_document,
    to_document,
    utf16_length,
)
from composer.ui.widgets.edits import changed_span
from composer.ui.widgets.gutter import Gutter, LineNumbers
from composer.ui.widgets.highlight import Language, color_block
from composer.ui.widgets.undo import UndoPassThrough

_PIECE = 20_000  # characters that a document takes within a frame
_TAB = 4  # characters


class CodeView(QPlainTextEdit):
    """An editor or, by default, a viewer of code.

    ``edited`` fires for a person's edits, never for ``set_text``.
    """

    edited = Signal()

    def __init__(
        self, name: str, language: Language = Language.PLAIN, *, read_only: bool = True
    ) -> None:
        super().__init__()
        self._language = language
        self._editable = not read_only
        self._shown: str | None = ""  # the exact text, until a person edits it
        self._rest = ""
        self._filling = False
        self._has_folds = False
        self._problem: tuple[int, int] | None = None
        self._pointed = 0
        self._numbers = LineNumbers(self.document())
        self._gutter = Gutter(self, self._numbers, self._rows)
        self._filler = QTimer(self)
        self._filler.setInterval(0)
        self._filler.timeout.connect(self._fill)
        UndoPassThrough(self)
        self.setAccessibleName(name)
        self.setProperty("mono", True)
        self.setProperty("frameless", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setReadOnly(read_only)
        self.setTextInteractionFlags(
            self.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.textChanged.connect(self._on_text_changed)
        self.verticalScrollBar().valueChanged.connect(self._color_rows)
        self.updateRequest.connect(self._on_update_request)
        self.cursorPositionChanged.connect(self._mark)
        self._fit_gutter()

    def text(self) -> str:
        """The exact text, characters that a document cannot hold included."""
        if self._shown is None:
            self._shown = from_document(self.document().toRawText())
        return self._shown

    def set_text(self, text: str) -> None:
        """Shows another text. Cursor and scrolling stay where only a part of it changes."""
        old = self.text()
        if text == old:
            return
        before, after = to_document(old), to_document(text)
        start, end, put = changed_span(before, after)
        self._filling = True
        self._problem = None
        self._has_folds = FOLD in after
        if self._rest or max(end - start, len(put)) > _PIECE:
            self._begin(after)
        else:
            self._replace(utf16_length(before[:start]), utf16_length(before[:end]), put)
        self._filling = False
        self._shown = text
        self._refresh()

    def set_language(self, language: Language) -> None:
        """Colours the text as another language."""
        self._language = language
        self._color_rows()

    def mark_problem(self, line: int, column: int) -> None:
        """Marks a place, both counted from 1; the cursor stays."""
        self._problem = (line, column)
        self._mark()

    def point_at(self, line: int) -> None:
        """Gives a line, counted from 1, a ground and brings it into sight; 0 takes it away."""
        self._pointed = line
        if line:
            self.go_to(line, 1)
        self._mark()

    def clear_problem(self) -> None:
        """Removes the mark."""
        self._problem = None
        self._mark()

    def go_to(self, line: int, column: int) -> None:
        """Puts the cursor at a place, both counted from 1, and brings it into sight."""
        self.setTextCursor(self._cursor_at(line, column))
        self.centerCursor()

    def cursor_offset(self) -> int:
        """The characters of the exact text before the cursor."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        cursor.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        return len(from_document(cursor.selectedText()))

    def _begin(self, display: str) -> None:
        cut = display.find("\n", _PIECE) + 1 or len(display)
        self._rest = display[cut:]
        self.setPlainText(display[:cut].removesuffix("\n") if self._rest else display)
        if self._rest:
            self._rest = "\n" + self._rest
            # Nobody edits what is still arriving.
            self.setReadOnly(True)
            self._filler.start()
        else:
            self._end_filling()

    def _fill(self) -> None:
        cut = self._rest.find("\n", _PIECE)
        cut = len(self._rest) if cut < 0 else cut
        piece, self._rest = self._rest[:cut], self._rest[cut:]
        self._filling = True
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(piece)
        self._filling = False
        if not self._rest:
            self._end_filling()
        self._refresh()

    def _end_filling(self) -> None:
        self._filler.stop()
        self.setReadOnly(not self._editable)

    def _replace(self, start: int, end: int, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def _on_text_changed(self) -> None:
        if self._filling:
            return
        self._shown = None
        self._problem = None
        self._refresh()
        self.edited.emit()

    def _refresh(self) -> None:
        self._numbers.forget(has_folds=self._has_folds)
        self._fit_gutter()
        self._color_rows()
        self._mark()

    def _rows(self) -> list[tuple[int, QRect]]:
        """The blocks in sight with their places in the viewport."""
        rows: list[tuple[int, QRect]] = []
        block = self.firstVisibleBlock()
        bottom = self.viewport().height()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > bottom:
                break
            rows.append((block.blockNumber(), place.toRect()))
            block = block.next()
        return rows

    def _color_rows(self) -> None:
        theme = current_theme()
        for number, _ in self._rows():
            color_block(self.document().findBlockByNumber(number), self._language, theme)

    def _cursor_at(self, line: int, column: int) -> QTextCursor:
        number, rest = self._numbers.block_at(line, column)
        block = self.document().findBlockByNumber(number)
        within = utf16_length(block.text()[: max(0, rest)])
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(within, block.length() - 1))
        return cursor

    def _mark(self) -> None:
        theme = current_theme()
        marks: list[QTextEdit.ExtraSelection] = []
        if self._editable and self.hasFocus():
            marks.append(_mark(self.textCursor(), ground=theme.current_line))
        if self._pointed:
            marks.append(_mark(self._cursor_at(self._pointed, 1), ground=theme.accent_ground))
        wrong = -1
        if self._problem is not None:
            place = self._cursor_at(*self._problem)
            wrong = place.blockNumber()
            marks.append(_mark(QTextCursor(place), ground=theme.problem_line))
            at_end = place.atBlockEnd()
            step = QTextCursor.MoveOperation.Left if at_end else QTextCursor.MoveOperation.Right
            place.movePosition(step, QTextCursor.MoveMode.KeepAnchor)
            marks.append(_mark(place, wave=theme.error))
        self._gutter.set_problem(wrong)
        self.setExtraSelections(marks)

    def _fit_tabs(self) -> None:
        """Tabs as in code: Qt's own are ten characters wide."""
        self.setTabStopDistance(_TAB * self.fontMetrics().horizontalAdvance(" "))

    def _fit_gutter(self) -> None:
        width = self._gutter.sizeHint().width()
        margins = QMargins(width, 8, 4, 4)
        # Setting them lays out anew even if they are the same: where a scroll bar then comes and
        # goes, that would never end.
        if self.viewportMargins() != margins:
            self.setViewportMargins(margins)
        self._gutter.setGeometry(0, self.viewport().y(), width, self.viewport().height())

    def _on_update_request(self, rect: QRect, scrolled: int) -> None:
        if scrolled:
            self._gutter.scroll(0, scrolled)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(from_document(self.textCursor().selectedText()))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file that is dropped here is for the window, not a path to be written down."""
        return source.hasText() and not any(url.isLocalFile() for url in source.urls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            # Line ends of other systems become ours, as one expects of a paste; all else stays.
            text = to_document(source.text().replace("\r\n", "\n"))
            self._has_folds = self._has_folds or FOLD in text
            self.insertPlainText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A line that is being edited stays in sight, also when a notice takes its room."""
        cursor = self.cursorRect()
        in_sight = cursor.top() >= 0 and cursor.bottom() <= event.oldSize().height()
        super().resizeEvent(event)
        if in_sight and self.hasFocus():
            self.ensureCursorVisible()
        self._fit_gutter()
        self._color_rows()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # A pane is large: a click into it shows in the cursor, the keyboard's arrival in a ring.
        restyle(self, "ring", event.reason() is not Qt.FocusReason.MouseFocusReason)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        restyle(self, "ring", False)
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit_tabs()
            self._fit_gutter()
            self._color_rows()
            self._mark()


def _mark(cursor: QTextCursor, *, ground: str = "", wave: str = "") -> QTextEdit.ExtraSelection:
    """A ground over the cursor's whole line, or a wave under its selection."""
    look = QTextCharFormat()
    if ground:
        look.setBackground(QColor(ground))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        cursor.clearSelection()
    if wave:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(wave))
    mark = QTextEdit.ExtraSelection()
    # The stubs declare these two members read-only; Qt's own examples assign them.
    mark.cursor = cursor
    mark.format = look
    return mark
