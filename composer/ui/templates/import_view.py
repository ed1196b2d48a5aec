"""What an import brought: the templates that were taken over, and by name what was not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.collections.imported import Imported
from composer.core.templates import Template
from composer.ui.lists.grid import Grid
from composer.ui.paste.remark_list import RemarkList
from composer.ui.templates.model import TemplatesModel
from composer.ui.theme import Role, Surface
from composer.ui.widgets import (
    ElidedLabel,
    FlowNote,
    Panel,
    Pill,
    PrimaryButton,
    SectionHeader,
    Severity,
)
from composer.ui.wording import counted


class ImportView(QWidget):
    """Stands in the place of the list until it has been seen."""

    done = Signal()
    show_wanted = Signal(str)
    """The id of a template that was taken over"""
    undo_wanted = Signal(object)
    """``tuple[Template, ...]`` to be taken back"""

    def __init__(self) -> None:
        super().__init__()
        self._imported = Imported()
        self._title = ElidedLabel(role=Role.TITLE)
        self._pill = Pill()
        self._words = FlowNote()
        self._model = TemplatesModel(self)
        self._table = Grid("Imported templates", self._model)
        self._left_out = SectionHeader("Not taken over, or taken differently")
        self._remarks = RemarkList()
        self._show = PrimaryButton("Show the templates")
        self._undo = QPushButton("Take the import back")
        self._build()
        self._show.clicked.connect(self._on_show)
        self._undo.clicked.connect(self._on_undo)
        self._table.opened.connect(self._on_show)

    @property
    def words(self) -> str:
        """Title, sentence and remarks, for tests and screen readers."""
        return f"{self._title.full_text}\n{self._words.text()}\n{self._remarks.text}"

    def show_imported(self, imported: Imported) -> None:
        """Show what came of an import."""
        self._imported = imported
        taken, told = imported.templates, imported.remarks
        self._title.set_text(
            f"{counted(len(taken), 'template')} imported" if taken else "Nothing was imported"
        )
        look = Severity.OK if taken and not told else Severity.WARNING
        self._pill.set("Imported" if taken else "Nothing taken", look)
        self._words.setText(_sentence(imported))
        self._model.show_all(taken)
        self._table.setVisible(bool(taken))
        self._table.choose(0)
        self._left_out.setVisible(bool(told))
        self._remarks.setVisible(bool(told))
        self._remarks.show_remarks(told)
        self._show.setText("Show the templates" if taken else "Back to the templates")
        self._undo.setVisible(bool(taken))
        self._show.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        surface = Panel(Surface.SURFACE)
        column = QVBoxLayout(surface)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._pill)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._table, 1)
        column.addWidget(self._left_out)
        column.addWidget(self._remarks)
        column.addStretch(0)
        foot = Panel(Surface.RAISED, "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._show)
        row.addWidget(self._undo)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(surface, 1)
        outer.addWidget(foot)

    @property
    def _chosen(self) -> Template | None:
        found = self._model.at(self._table.row)
        return found or next(iter(self._imported.templates), None)

    @Slot()
    def _on_show(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self.show_wanted.emit(chosen.id)
        self.done.emit()

    @Slot()
    def _on_undo(self) -> None:
        self.undo_wanted.emit(self._imported.templates)
        self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)


def _sentence(imported: Imported) -> str:
    taken, told = len(imported.templates), len(imported.remarks)
    if taken and not told:
        return "Everything was taken over as it stands."
    if taken:
        return f"{counted(told, 'thing')} could not be taken over as it stands; see below."
    if told:
        return "No request to PostHog and no template was found there. The list says why."
    return "There is no template there, and no request to PostHog. Choose another file or folder."
