"""The right half of an import: the first rows as events, and the chosen one as JSON."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from composer.core.jsontext import Layout, encode, parse
from composer.core.mapping import Converted
from composer.core.tabular import RowProblem
from composer.services.ports.importing import CountSource
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.preview_model import PreviewModel
from composer.ui.batch.importing.words import fit_words
from composer.ui.form.face import marked
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.theme import Role, Surface
from composer.ui.widgets import (
    CodeView,
    ElidedLabel,
    EmptyState,
    FlowNote,
    Language,
    Panel,
    Pill,
    SectionHeader,
    Severity,
)
from composer.ui.wording import breakable, counted


class PreviewView(Panel):
    """Follows the desk."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.SURFACE)
        self._desk = desk
        self._model = PreviewModel(self)
        self.table = Grid("Preview", self._model)
        self._pill = Pill(icon=False)
        self._note = ElidedLabel(role=Role.HELP)
        self._reason = FlowNote("", Role.PROBLEM)
        self._text = CodeView("Event JSON", Language.JSON)
        self._none = EmptyState(IconName.LIST, _NO_PREVIEW, _NO_COLUMNS)
        self._build()
        self.table.chosen.connect(self._show_chosen)
        desk.previewed.connect(self._show)
        desk.changed.connect(self._show)
        desk.mapped.connect(self._show_note)
        self._show()

    @property
    def text(self) -> str:
        """What stands below the table: JSON of an event, or a row that does not fit."""
        return self._text.text()

    @property
    def reason(self) -> str:
        """Why the chosen row does not fit; empty where it does."""
        return self._reason.text() if not self._reason.isHidden() else ""

    @property
    def note(self) -> str:
        """How many of the first rows fit."""
        return self._pill.text

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.setSpacing(8)
        head.addWidget(SectionHeader("PREVIEW"))
        head.addWidget(self._pill)
        head.addWidget(self._note, 1)
        below = Panel(Surface.SURFACE, "top")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        self._reason.setContentsMargins(14, 8, 14, 6)
        column.addWidget(self._reason)
        column.addWidget(self._text, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(below)
        parts.setSizes([200, 220])
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        filled = QWidget()
        outer = QVBoxLayout(filled)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(parts, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(filled)
        self._pages.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    @Slot()
    def _show(self) -> None:
        preview = self._desk.preview
        if preview is None:
            self._model.show_converted(_NOTHING)
            self._pages.setCurrentIndex(1)
            return
        converted, row = preview.converted, self.table.row
        self._model.show_converted(converted)
        filled = bool(converted.events or converted.problems)
        self._pages.setCurrentIndex(0 if filled else 1)
        is_count = isinstance(self._desk.source, CountSource)
        self._none.set_words(_NO_PREVIEW, _NO_ANSWERS if is_count else _NO_COLUMNS)
        self.table.choose(max(0, row))
        unfit = len(converted.problems)
        fitting = len({event.number for event in converted.events})
        look = Severity.OK if not unfit else Severity.WARNING if fitting else Severity.ERROR
        self._pill.set(fit_words(fitting, unfit), look)
        self._show_note()
        self._show_chosen()

    @Slot()
    def _show_note(self) -> None:
        if self._desk.is_previewing:
            self._note.set_text("Looking again…")
            return
        looked = self._desk.looked
        seen = len(looked.guess.rows) if looked else 0
        is_whole = looked is not None and looked.count.rows <= seen
        self._note.set_text(counted(seen, "row") if is_whole else f"the first {seen} rows")

    @Slot()
    def _show_chosen(self) -> None:
        found = self._model.at(self.table.row)
        is_problem = isinstance(found, RowProblem)
        self._reason.setVisible(is_problem)
        if isinstance(found, RowProblem):
            self._reason.setText(breakable(f"Row {found.number:,}: {marked(found.reason)}"))
            self._text.setAccessibleName("Row that does not fit")
            self._text.set_language(Language.PLAIN)
            self._text.set_text(found.text)
        else:
            self._text.setAccessibleName("Event JSON")
            self._text.set_language(Language.JSON)
            self._text.set_text(encode(parse(found.body), Layout.PRETTY) if found else "")


_NOTHING = Converted(events=[], problems=[])
_NO_PREVIEW = "No preview yet"
_NO_COLUMNS = "What is still missing is said below."
_NO_ANSWERS = "It comes once everything is filled in."
