"""The projects: a list at the left, the chosen one's form at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from composer.core.destination import Destination, DestinationKind
from composer.core.projects import free_name, may_be_removed, new_destination
from composer.core.route import USUAL_WAY
from composer.ui.icons import IconName, icon
from composer.ui.messages import UNDO
from composer.ui.project_tones import tone_of
from composer.ui.settings.form import scrolling
from composer.ui.settings.projects.connection import ConnectionForm
from composer.ui.settings.projects.form import ProjectForm
from composer.ui.settings.projects.personal_key import PersonalKeyForm
from composer.ui.settings.projects.way import WayCheck
from composer.ui.theme import Surface
from composer.ui.widgets import IconButton, LinkButton, Notice, Panel, Severity
from composer.ui.workbench import Workbench

LIST = 196


class ProjectsPage(QWidget):
    """Adds, changes, moves and removes projects; each change takes effect at once."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._preferences = bench.preferences
        self._shown = bench.preferences.settings.destination_id
        self._rows = QStandardItemModel(self)
        self._list = QListView()
        self._form = ProjectForm()
        self._connection = ConnectionForm()
        self._way = WayCheck(bench)
        self._fold = LinkButton("Connection and headers", icon=IconName.CHEVRON_RIGHT)
        self._key = PersonalKeyForm(bench)
        self._notice = Notice()
        self._removed: tuple[int, Destination] | None = None
        self._is_open = _has_own_way(self._chosen)
        self._add = IconButton(IconName.PLUS, "New project")
        self._copy = IconButton(IconName.COPY, "Duplicate the project")
        self._up = IconButton(IconName.UP, "Move the project up")
        self._down = IconButton(IconName.DOWN, "Move the project down")
        self._remove = IconButton(IconName.TRASH, "Remove the project")
        self._build()
        self._connect()
        self._show()

    def show_project(self, identifier: str) -> None:
        """Choose a project of the list."""
        self._shown = identifier
        self._is_open = _has_own_way(self._chosen)
        self._show()

    # Putting it together

    def _build(self) -> None:
        self._list.setModel(self._rows)
        self._list.setAccessibleName("Projects")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        side = Panel(Surface.SURFACE, "right")
        side.setFixedWidth(LIST)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 4)
        buttons.setSpacing(2)
        for button in (self._add, self._copy, self._up, self._down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 1, 0)  # the edge is the panel's
        column.setSpacing(0)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._right(), 1)

    def _right(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addWidget(self._form)
        column.addWidget(self._key)
        fold = QHBoxLayout()
        fold.setContentsMargins(16, 0, 16, 0)
        fold.addWidget(self._fold)
        fold.addStretch(1)
        column.addLayout(fold)
        column.addWidget(self._connection)
        column.addWidget(self._way)
        column.addStretch(1)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolling(content), 1)
        outer.addWidget(self._notice)
        return holder

    def _connect(self) -> None:
        self._list.selectionModel().currentChanged.connect(self._on_chosen)
        self._form.changed.connect(self._preferences.change_destination)
        self._connection.changed.connect(self._preferences.change_destination)
        self._fold.clicked.connect(self._on_fold)
        self._add.clicked.connect(self._on_add)
        self._copy.clicked.connect(self._on_copy)
        self._up.clicked.connect(partial(self._move, -1))
        self._down.clicked.connect(partial(self._move, 1))
        self._remove.clicked.connect(self._on_remove)
        self._notice.action_chosen.connect(self._on_undo)
        self._preferences.changed.connect(self._show)
        for keys, run in (("Del", self._on_remove), ("Ins", self._on_add)):
            shortcut = QShortcut(QKeySequence(keys), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(run)

    # Showing

    @property
    def _places(self) -> tuple[Destination, ...]:
        return self._preferences.settings.destinations

    @property
    def _chosen(self) -> Destination:
        """The project that is shown; the first where that has gone."""
        return next((p for p in self._places if p.id == self._shown), self._places[0])

    @Slot()
    def _show(self) -> None:
        place = self._chosen
        self._shown = place.id
        row = self._show_list(place)
        others = [other for other in self._places if other.id != place.id]
        hidden = self._preferences.settings.hide_key
        self._form.show_project(place, others, hide_token=hidden)
        self._connection.show_project(place)
        is_sandbox = place.kind is DestinationKind.SANDBOX
        self._fold.setVisible(not is_sandbox)
        self._show_connection(shown=not is_sandbox and self._is_open)
        self._key.show_project(place)
        self._way.check(place.route)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(row < len(self._places) - 1)
        self._remove.setEnabled(may_be_removed(place))
        self._copy.setEnabled(not is_sandbox)

    def _show_list(self, chosen: Destination) -> int:
        """Bring the rows up to date in place, so that the keyboard stays where it is."""
        while self._rows.rowCount() > len(self._places):
            self._rows.removeRow(self._rows.rowCount() - 1)
        while self._rows.rowCount() < len(self._places):
            self._rows.appendRow(QStandardItem())
        for number, place in enumerate(self._places):
            item = self._rows.item(number)
            item.setText(place.name)
            item.setToolTip(place.name)
            item.setIcon(icon(IconName.DOT, tone_of(place)))
            item.setData(place.id, Qt.ItemDataRole.UserRole)
        row = self._places.index(chosen)
        self._list.selectionModel().setCurrentIndex(
            self._rows.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        return row

    def _show_connection(self, *, shown: bool) -> None:
        self._connection.setVisible(shown)
        self._way.setVisible(shown)
        self._fold.setIcon(icon(IconName.CHEVRON_DOWN if shown else IconName.CHEVRON_RIGHT))
        self._fold.setAccessibleDescription("Unfolded" if shown else "Folded away")

    # What a person does

    @Slot()
    def _on_chosen(self) -> None:
        identifier = self._list.currentIndex().data(Qt.ItemDataRole.UserRole)
        if isinstance(identifier, str) and identifier != self._shown:
            self.show_project(identifier)

    @Slot()
    def _on_fold(self) -> None:
        self._is_open = not self._is_open
        self._show_connection(shown=self._is_open)

    @Slot()
    def _on_add(self) -> None:
        self._put(new_destination(DestinationKind.US, "New project", self._places))

    @Slot()
    def _on_copy(self) -> None:
        like = self._chosen
        fresh = new_destination(like.kind, like.name, self._places)
        self._put(replace(like, id=fresh.id, name=fresh.name))

    def _put(self, place: Destination) -> None:
        """Add a project below the chosen one, with the cursor in its name."""
        row = self._places.index(self._chosen) + 1
        self._shown = place.id
        self._is_open = _has_own_way(place)
        self._preferences.add_destination(place, before=row)
        self._form.name.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.name.line.selectAll()

    def _move(self, steps: int) -> None:
        self._preferences.move_destination(self._shown, steps)

    @Slot()
    def _on_remove(self) -> None:
        place = self._chosen
        if not may_be_removed(place):
            return
        row = self._places.index(place)
        self._removed = (row, place)
        beside = self._places[row + 1 if row + 1 < len(self._places) else row - 1]
        self._shown = beside.id
        self._is_open = _has_own_way(beside)
        self._preferences.remove_destination(place.id)
        self._notice.say(f"Removed {place.name}. Its history is kept.", Severity.INFO, UNDO)

    @Slot()
    def _on_undo(self) -> None:
        if self._removed is None:
            return
        row, place = self._removed
        self._removed = None
        self._notice.dismiss()
        if all(other.id != place.id for other in self._places):
            name = free_name(place.name, self._places)
            self._preferences.add_destination(replace(place, name=name), before=row)
        self.show_project(place.id)


def _has_own_way(place: Destination) -> bool:
    return place.route != USUAL_WAY or bool(place.headers)
