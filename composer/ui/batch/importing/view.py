"""The page of an import: source, columns and preview; then how far it is; then what did not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from composer.core.batch.table import ImportReport
from composer.core.tabular import RowFormat
from composer.services.ports.importing import CountSource, FileSource, Source, TextSource
from composer.ui.batch.importing.choices import Choices
from composer.ui.batch.importing.columns_view import ColumnsView
from composer.ui.batch.importing.count_view import USUAL, CountView
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.files import choose_rows
from composer.ui.batch.importing.foot import ImportFoot
from composer.ui.batch.importing.needs import ImportNeeds
from composer.ui.batch.importing.preview_view import PreviewView
from composer.ui.batch.importing.report_view import ReportView
from composer.ui.batch.importing.source_bar import SourceBar
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.importing.unreadable import Unreadable

PASTED = "Pasted text"


class ImportView(QWidget):
    """Stands in the Batch place until it is closed."""

    closed = Signal()
    """The person is done with it, or gave up"""
    imported = Signal(object)
    """``ImportReport``; then this closes, unless there is something to show that did not fit"""
    old_events_imported = Signal()
    """Before ``imported``: the rows were said to be old events"""
    opened = Signal()
    """There is something to look at"""

    def __init__(self, needs: ImportNeeds) -> None:
        super().__init__()
        self._is_new = False
        self.desk = ImportDesk(needs, self)
        self.source_bar = SourceBar(self.desk)
        self.choices = Choices(self.desk)
        self.columns = ColumnsView(self.desk)
        self.count = CountView(self.desk)
        self.preview = PreviewView(self.desk)
        self.foot = ImportFoot(self.desk)
        self.report = ReportView(needs)
        self.unreadable = Unreadable(self.desk)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._left = QStackedWidget()
        self._left.addWidget(self.columns)
        self._left.addWidget(self.count)
        self._left.setMinimumWidth(380)
        self.preview.setMinimumWidth(300)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self._left)
        both.addWidget(self.preview)
        both.setSizes([590, 482])
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        self._body = QStackedWidget()
        self._body.addWidget(both)
        self._body.addWidget(self.unreadable)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.source_bar)
        column.addWidget(self.choices)
        column.addWidget(self._body, 1)
        column.addWidget(self.foot)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self.report)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self.desk.changed.connect(self._show)
        self.desk.imported.connect(self._on_imported)
        self.source_bar.back_wanted.connect(self.close_import)
        self.foot.close_wanted.connect(self.close_import)
        self.report.done.connect(self.close_import)
        self.unreadable.other_wanted.connect(self.choose_file)
        self.unreadable.back_wanted.connect(self.close_import)

    # What others use

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file, and look at it; nothing happens where none is chosen."""
        choose_rows(self, self.begin_file)

    def begin_file(self, path: str) -> None:
        """Look at a file."""
        self._begin(FileSource(path=path))

    def begin_text(self, text: str) -> None:
        """Look at rows that were pasted."""
        self._begin(TextSource(text=text, name=PASTED))

    def begin_count(self, template_id: str = "") -> None:
        """Make events of a template, or plain ones."""
        self._begin(CountSource(count=USUAL), template_id)

    @property
    def is_at_work(self) -> bool:
        """Whether rows are being taken over."""
        return self.desk.phase is Phase.IMPORTING

    @Slot()
    def close_import(self) -> None:
        """Give up, or be done; what is under way ends, and nothing of it stays."""
        self.desk.close()
        self.desk.changed.emit()
        self.report.forget()
        self.closed.emit()

    # Inside

    def _begin(self, source: Source, template_id: str = "") -> None:
        is_count = isinstance(source, CountSource)
        self._pages.setCurrentIndex(0)
        self._left.setCurrentWidget(self.count if is_count else self.columns)
        self._is_new = True
        self.opened.emit()
        self.desk.begin(source, template_id=template_id)

    @Slot()
    def _show(self) -> None:
        phase = self.desk.phase
        self.foot.setVisible(phase is not Phase.UNREADABLE)
        self._body.setCurrentIndex(1 if phase is Phase.UNREADABLE else 0)
        self._left.setEnabled(phase is Phase.READY)
        if phase is Phase.READY and self._is_new:
            self._is_new = False
            self._focus_first()
        elif phase is Phase.UNREADABLE:
            self.unreadable.focus_first()

    def _focus_first(self) -> None:
        if self._left.currentWidget() is self.count:
            self.count.focus_first()
        else:
            self.columns.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_imported(self, report: ImportReport) -> None:
        looked = self.desk.looked
        kind = looked.guess.dialect.format if looked else RowFormat.CSV
        if self.desk.mapping.historical_migration:
            self.old_events_imported.emit()
        self.imported.emit(report)
        if report.problems:
            self._pages.setCurrentIndex(1)
            self.report.show_report(report, kind)
        else:
            self.close_import()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Undo and redo are those of the mapping here, not the window's."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            return self._claimed(event)
        return super().event(event)

    def _claimed(self, event: QKeyEvent) -> bool:
        claimed = _is_undo(event) or _is_redo(event)
        event.setAccepted(claimed)
        return claimed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels what is under way, or else goes back to the batch."""
        if event.key() == Qt.Key.Key_Escape:
            if self.is_at_work:
                self.desk.cancel()
            else:
                self.close_import()
        elif _is_undo(event):
            self.desk.undo()
        elif _is_redo(event):
            self.desk.redo()
        else:
            super().keyPressEvent(event)


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)


def _is_redo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Redo)
