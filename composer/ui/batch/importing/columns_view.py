"""The left half of an import: the columns, a search over them, the editor of the chosen ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from composer.core.mapping import Target
from composer.ui.batch.importing.columns_model import ColumnsModel
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.lines import (
    Change,
    Line,
    Rule,
    aimed,
    changed,
    name_for,
    with_constant,
    without,
)
from composer.ui.batch.importing.rule_editor import RuleEditor
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import IconButton, LineEdit, LinkButton, Panel

_KEYS = (
    ("Make it the event", Target.EVENT, "Alt+E"),
    ("Make it the person", Target.PERSON, "Alt+P"),
    ("Make it the time", Target.TIME, "Alt+T"),
    ("Make it a property", Target.PROPERTY, "Alt+R"),
)


class ColumnsView(Panel):
    """What becomes of each column; every change goes to the desk."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.SURFACE)
        self._desk = desk
        self.model = ColumnsModel(self)
        self.table = Grid("Columns", self.model, several=True)
        self.editor = RuleEditor()
        self._search = LineEdit("Find a column", placeholder="Find a column")
        self._search.set_search()
        self._count = QLabel()
        set_role(self._count, Role.HELP)
        self.add = LinkButton("Constant", icon=IconName.PLUS)
        self.add.setAccessibleName("Add a constant")
        self._undo = IconButton(IconName.UNDO, "Take back the last change", small=True)
        self._redo = IconButton(IconName.REDO, "Do it again", small=True)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._build()
        self._add_commands()
        self._search.textEdited.connect(self._on_searched)
        self.table.installEventFilter(self)
        self._settling.timeout.connect(self._show_current)
        self.add.clicked.connect(self.add_constant)
        self._undo.clicked.connect(desk.undo)
        self._redo.clicked.connect(desk.redo)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.opened.connect(self.editor.focus_target)
        self.editor.edited.connect(self._on_edited)
        self.editor.remove_wanted.connect(self.leave_out)
        desk.changed.connect(self._show_looked)
        desk.mapped.connect(self._show_mapping)
        desk.previewed.connect(self._show_doubts)

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 8, 8)
        bar.setSpacing(10)
        bar.addWidget(self._search, 1)
        bar.addWidget(self._count)
        bar.addWidget(self._undo)
        bar.addWidget(self._redo)
        bar.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.editor)

    def _add_commands(self) -> None:
        self.table.add_command("Change…", self.editor.focus_target, "F2")
        for text, target, keys in _KEYS:
            self.table.add_command(text, partial(self.aim, target), keys)
        self.table.add_command("Leave out", self.leave_out, "Del")
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._search.setFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The chosen line stays in sight when the editor below takes room from the table."""
        if event.type() is QEvent.Type.Resize and watched is self.table:
            self._settling.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _show_current(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    # What a person does

    def aim(self, target: Target) -> None:
        """Have the chosen columns become something else."""
        self._change(partial(self._aimed, target), "")

    @Slot()
    def leave_out(self) -> None:
        """Leave the chosen columns out; constants go."""
        row = self.table.row
        lines = self._chosen
        if lines:
            self._desk.change(without(self._desk.mapping, lines))
            if any(line.is_constant for line in lines):
                self.table.choose(row)

    @Slot()
    def add_constant(self) -> None:
        """Put in one more value that is the same in every event."""
        self._search.clear()
        self.model.search("")
        self._desk.change(with_constant(self._desk.mapping))
        self.table.choose(self.model.rowCount() - 1)
        self.editor.focus_target()

    def _aimed(self, target: Target, line: Line, rule: Rule) -> Rule:
        return aimed(rule, target, name=name_for(line, target, self._desk.template))

    @Slot(object, object)
    def _on_edited(self, change: Change, control: str) -> None:
        self._change(change, f"{control} of {self._chosen}" if control else "")

    def _change(self, change: Change, merge: str) -> None:
        lines = self._chosen
        if lines:
            self._desk.change(changed(self._desk.mapping, lines, change), merge=merge)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        chosen = self._chosen
        self.model.search(text)
        rows = [row for line in chosen if (row := self.model.row_of(line)) >= 0]
        self.table.choose(rows[0] if rows else 0)
        self._show_count()

    # Showing

    @property
    def _chosen(self) -> tuple[Line, ...]:
        found = (self.model.line(row) for row in self.table.rows)
        return tuple(line for line in found if line is not None)

    @Slot()
    def _show_looked(self) -> None:
        looked = self._desk.looked
        guess = looked.guess if looked else None
        if not self.model.shows(guess):
            self._search.clear()
            self.model.search("")
            self.model.show_guess(guess)
            self.table.choose(0)
        self.editor.offer(looked.zones if looked else ())
        self._show_count()

    @Slot()
    def _show_mapping(self) -> None:
        before = self._chosen
        self.model.show_mapping(self._desk.mapping)
        if before and not self._chosen:
            rows = [row for line in before if (row := self.model.row_of(line)) >= 0]
            self._choose_all(rows or [0])
        self.editor.show_template(self._desk.template)
        self._show_count()
        self._show_chosen()

    @Slot()
    def _show_doubts(self) -> None:
        self.model.show_doubts(self._desk.doubts)
        self._show_chosen()

    def _choose_all(self, rows: list[int]) -> None:
        self.table.choose(rows[0])
        flag = QItemSelectionModel.SelectionFlag
        for row in rows[1:]:
            self.table.selectionModel().select(self.model.index(row, 0), flag.Select | flag.Rows)

    @Slot()
    def _show_chosen(self) -> None:
        lines = self._chosen
        found = [self.model.shown(line) for line in lines]
        values = self.model.examples(lines[0]) if len(lines) == 1 else ""
        doubt = self.model.doubt(lines[0]) if len(lines) == 1 else None
        self.editor.show_lines(lines, found, values)
        self.editor.show_doubt(doubt.reading if doubt else "")

    def _show_count(self) -> None:
        self._undo.setEnabled(self._desk.can_undo)
        self._redo.setEnabled(self._desk.can_redo)
        self._count.setText(f"{self.model.used:,} of {self.model.columns_found:,} used")
