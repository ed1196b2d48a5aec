"""What did not fit of an import, row by row, and its export for mending."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.batch.table import ImportReport
from composer.core.errors import ComposerError
from composer.core.tabular import RowFormat
from composer.ui.batch.importing.files import choose_target
from composer.ui.batch.importing.needs import ImportNeeds
from composer.ui.batch.importing.problems_model import ProblemsModel
from composer.ui.form.face import marked
from composer.ui.lists.grid import Grid
from composer.ui.lists.paged_model import PAGE
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import (
    CodeView,
    ElidedLabel,
    FlowNote,
    Panel,
    Pill,
    PrimaryButton,
    Severity,
)
from composer.ui.wording import breakable, counted


class ReportView(QWidget):
    """Stands in the place of the import until it has been seen."""

    done = Signal()

    def __init__(self, needs: ImportNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._report: ImportReport | None = None
        self._format = RowFormat.CSV
        self._title = ElidedLabel(role=Role.TITLE)
        self._pill = Pill()
        self._words = FlowNote()
        self._model = ProblemsModel(self)
        self.table = Grid("Rows that did not fit", self._model)
        self._reason = FlowNote("", Role.PROBLEM)
        self._text = CodeView("Row that did not fit")
        self._said = FlowNote("", Role.HELP)
        self._done = PrimaryButton("Show the batch")
        self._export = QPushButton("Export for mending…")
        self._build()
        self._model.more_wanted.connect(self._read)
        self.table.chosen.connect(self._show_chosen)
        self._done.clicked.connect(self.done)
        self._export.clicked.connect(self._choose_target)

    @property
    def words(self) -> str:
        """Title, sentence and what was said last, for tests and screen readers."""
        return f"{self._title.full_text}\n{self._words.text()}\n{self._said.text()}"

    def show_report(self, report: ImportReport, kind: RowFormat) -> None:
        """Show what came of an import of rows of that format."""
        self._report, self._format = report, kind
        self._title.set_text(_title(report))
        look = Severity.WARNING if report.added else Severity.ERROR
        self._pill.set("Imported" if report.added else "Nothing added", look)
        self._words.setText(_SOME if report.added else _NONE)
        self._said.setText("")
        self._said.hide()
        self._model.begin()
        self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of the rows."""
        self._report = None
        self._model.clear()

    def _build(self) -> None:
        surface = Panel(Surface.SURFACE)
        column = QVBoxLayout(surface)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._pill)
        head.addStretch(1)
        column.addLayout(head)
        self._words.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self._words)
        column.addWidget(self.table, 3)
        self._detail = Panel(Surface.SURFACE, "top")
        detail = QVBoxLayout(self._detail)
        detail.setContentsMargins(0, 8, 0, 0)
        self._reason.setContentsMargins(16, 0, 16, 0)
        detail.addWidget(self._reason)
        detail.addWidget(self._text, 1)
        column.addWidget(self._detail, 2)
        column.addStretch(0)
        foot = Panel(Surface.RAISED, "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._done)
        row.addWidget(self._export)
        row.addWidget(self._said, 1)
        row.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(surface, 1)
        outer.addWidget(foot)

    # The rows

    @Slot(int)
    def _read(self, after: int) -> None:
        if self._report is not None:
            self._needs.tasks.start(self._read_page(self._report, after), "read problems")

    async def _read_page(self, report: ImportReport, after: int) -> None:
        try:
            found = await asyncio.to_thread(self._needs.table.problems, report.number, PAGE, after)
        except ComposerError as error:
            self._say(str(error), Role.PROBLEM)
            found = []
        if report is self._report:
            self._model.add(found)
            if after == 0:
                self.table.choose(0)

    @Slot()
    def _show_chosen(self) -> None:
        found = self._model.at(self.table.row)
        words = f"Row {found.number:,}: {marked(found.reason)}" if found else ""
        self._reason.setText(breakable(words))
        self._text.set_text(found.text if found else "")

    # Export

    @Slot()
    def _choose_target(self) -> None:
        ending = "csv" if self._format is RowFormat.CSV else "jsonl"
        choose_target(self, f"rows to mend.{ending}", self.export_to)

    def export_to(self, path: str) -> None:
        """Write the rows that did not fit to a file."""
        if self._report is not None:
            work = self._write(self._report.number, path)
            self._needs.tasks.start(work, "export rows that did not fit")

    async def _write(self, number: int, path: str) -> None:
        self._export.setEnabled(False)
        try:
            count = await self._needs.table.export_problems(number, path)
        except ComposerError as error:
            self._say(str(error), Role.PROBLEM)
        else:
            self._say(f"Wrote {counted(count, 'row')} to {path}. Mend and import it.", Role.OK)
        finally:
            self._export.setEnabled(True)

    def _say(self, words: str, role: Role) -> None:
        set_role(self._said, role)
        self._said.setText(breakable(words))
        self._said.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the batch."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)


def _title(report: ImportReport) -> str:
    rows = counted(report.problems, "row")
    return f"{counted(report.added, 'event')} added, {rows} did not fit"


_SOME = (
    "The events stand at the end of the batch. Export the rows below, mend them, and import that "
    "file: its columns are the same."
)
_NONE = (
    "The list says why. Read the columns in another way, or export the rows, mend them and import "
    "that file."
)
