"""The list of templates with the chosen one at the right: find, open, edit, delete."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.templates import Template
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.messages import UNDO, Messages
from composer.ui.templates.desk import TemplateDesk
from composer.ui.templates.detail import Sheet, TemplateDetail
from composer.ui.templates.drop_button import DropButton
from composer.ui.templates.filters import Filters
from composer.ui.templates.folder_combo import folder_title
from composer.ui.templates.model import TemplatesModel
from composer.ui.templates.shelf import Shelf
from composer.ui.theme import Surface, set_edge, set_surface
from composer.ui.widgets import EmptyState, FlowNote, LineEdit, Severity
from composer.ui.wording import counted

_NONE = (
    "These come with the app; none is your own yet. Save a copy of one, or compose an event and "
    "choose “Save as template”."
)


class Library(QWidget):
    """Follows the shelf; what is to be opened or run is told."""

    open_wanted = Signal(object)
    """``Template``"""
    compose_wanted = Signal()
    export_wanted = Signal(object)
    """``tuple[Template, ...]``"""

    def __init__(self, shelf: Shelf, desk: TemplateDesk, messages: Messages) -> None:
        super().__init__()
        self._shelf = shelf
        self._desk = desk
        self._messages = messages
        self._wanted_id = ""
        self._model = TemplatesModel(self)
        self._table = Grid("Templates", self._model, several=True)
        self.detail = TemplateDetail()
        self._filters = Filters(self)
        self._empty = EmptyState(
            IconName.TEMPLATE,
            "No templates yet",
            "Keep an event under a name and open it again whenever you need it, "
            "with a fresh ID and time.",
            action="Compose an event",
        )
        self._nothing = EmptyState(
            IconName.SEARCH,
            "No template matches",
            "The search looks at name, description, tags, event type, event and person.",
            action="Show all templates",
        )
        self._search = LineEdit("Search templates", placeholder="Search templates")
        self._place = ListPlace(self._table, self.detail, empty=self._empty, nothing=self._nothing)
        self.add = DropButton("New", "New template")
        self.import_ = DropButton("Import", "Import templates")
        self._build()
        self._connect()
        self.follow()

    # What others use

    @property
    def chosen(self) -> Template | None:
        """The template that is shown at the right."""
        return self._model.at(self._table.row)

    @property
    def all_chosen(self) -> tuple[Template, ...]:
        """All that are chosen in the list."""
        found = (self._model.at(row) for row in self._table.rows)
        return tuple(template for template in found if template is not None)

    @property
    def found(self) -> tuple[Template, ...]:
        """All that the list shows."""
        return self._model.found

    @Slot()
    def follow(self) -> None:
        """Show what the shelf holds now; what was chosen stays chosen."""
        row, chosen = self._table.row, self.chosen
        wanted = self._wanted_id or (chosen.id if chosen is not None else "")
        self._filters.offer(self._shelf.templates, self._shelf.folders)
        self._model.show_all(self._shelf.templates)
        own = any(not template.is_starter for template in self._shelf.templates)
        self._none.setVisible(not own and bool(self._shelf.templates))
        self._choose(wanted, otherwise=row)

    def choose(self, identifier: str) -> None:
        """Choose a template, now or as soon as it has been read."""
        template = self._shelf.get(identifier)
        self._wanted_id = identifier
        if template is not None:
            self._filters.show_folder_of(template)
            if self._model.row_of(template.id) < 0:
                self._search.clear()
                self._narrow()
            self._choose(template.id, otherwise=0)

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Putting it together

    def _build(self) -> None:
        self._place.add_search(self._search)
        for button in (self.add, self.import_):
            self._place.bar.addWidget(button)
        self._place.count_row.addWidget(self._filters.folder)
        self._place.count_row.addWidget(self._filters.tag)
        self._none = FlowNote(_NONE)
        self._none.setContentsMargins(14, 8, 14, 8)
        set_surface(self._none, Surface.RAISED)
        set_edge(self._none, "top")
        self._place.add_below(self._none)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        table = self._table
        table.add_command("Open", self.open_chosen, hint="Enter")
        table.add_command("Rename", self.rename_chosen, "F2")
        table.add_command("Move to a folder", self.move_chosen, "F6")
        table.add_command("Duplicate", self.copy_chosen, "Ctrl+D")
        table.add_command("Edit the event in Compose", self.edit_chosen, "F4")
        table.add_command("Export…", self.export_chosen)
        table.add_command("Delete", self.delete_chosen, "Del")

    def _connect(self) -> None:
        detail = self.detail
        self._search.textEdited.connect(self._narrow)
        self._search.returnPressed.connect(self.focus_list)
        self._filters.changed.connect(self._narrow)
        self._table.chosen.connect(self._show_chosen)
        self._table.opened.connect(self.open_chosen)
        self._empty.action_chosen.connect(self.compose_wanted)
        self._nothing.action_chosen.connect(self._on_clear)
        self._shelf.changed.connect(self.follow)
        detail.changed.connect(self._on_changed)
        detail.moved.connect(self._on_moved)
        detail.edit_wanted.connect(self._on_edit)
        detail.add_wanted.connect(self._on_add)
        detail.open_wanted.connect(self.open_chosen)
        detail.copy_wanted.connect(self.copy_chosen)
        detail.delete_wanted.connect(self.delete_chosen)
        detail.export_wanted.connect(self.export_chosen)

    # What can be done with what is chosen

    @Slot()
    def open_chosen(self) -> None:
        """Open the chosen template: in Compose, or to be run where it has several events."""
        if self.chosen is not None:
            self.open_wanted.emit(self.chosen)

    @Slot()
    def rename_chosen(self) -> None:
        """Put the cursor into the name."""
        self.detail.show_sheet(Sheet.ABOUT)
        self.detail.about.focus_name()

    @Slot()
    def move_chosen(self) -> None:
        """Put the cursor into the folder."""
        self.detail.show_sheet(Sheet.ABOUT)
        self.detail.about.focus_folder()

    @Slot()
    def edit_chosen(self) -> None:
        """Open the chosen event of the chosen template in Compose, to be put back."""
        self._on_edit(self.detail.steps.step)

    @Slot()
    def copy_chosen(self) -> None:
        """Save a copy of one's own beside it; of a starter, at the top or in its topic."""
        template = self.chosen
        if template is None:
            return
        name = template.name if template.is_starter else f"{template.name} (copy)"
        copy = replace(template, id="", name=name, is_starter=False)
        self._shelf.save(copy, self._on_copied)

    @Slot()
    def delete_chosen(self) -> None:
        """Delete what is chosen; the message offers to undo it."""
        own = tuple(one for one in self.all_chosen if not one.is_starter)
        if not own:
            return
        self._wanted_id = ""

        def say(_: None) -> None:
            what = f"“{own[0].name}”" if len(own) == 1 else counted(len(own), "template")
            undo = partial(self._shelf.restore, own, self._on_restored)
            self._messages.say(f"Deleted {what}.", action=UNDO, run=undo)

        self._shelf.delete(own, say)

    @Slot()
    def export_chosen(self) -> None:
        """Ask where what is chosen is to be exported to."""
        if self.all_chosen:
            self.export_wanted.emit(self.all_chosen)

    # Inside

    def _choose(self, identifier: str, *, otherwise: int) -> None:
        found = len(self._model.found)
        self._place.show_state(any_at_all=self._model.total > 0, any_found=found > 0)
        of_all = counted(self._model.total, "template")
        is_part = found != self._model.total
        self._place.count.setText(f"{found:,} of {of_all}" if is_part else of_all)
        row = self._model.row_of(identifier)
        if row >= 0:
            self._wanted_id = ""
        if len(self._table.rows) <= 1 or row < 0:  # several that are chosen stay so
            self._table.choose(row if row >= 0 else max(0, otherwise))
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        template = self.chosen
        if template is None:
            self.detail.show_blank()
        else:
            self.detail.show_template(template, self._shelf.folders)

    @Slot()
    def _narrow(self) -> None:
        chosen = self.chosen
        wanted = replace(self._filters.wanted, search=self._search.text())
        self._model.show_wanted(wanted)
        self._choose(chosen.id if chosen is not None else "", otherwise=0)

    @Slot(object)
    def _on_changed(self, template: Template) -> None:
        before = self.chosen
        if before is None:
            return
        if template.name != before.name and self._is_taken(template):
            self._messages.say(
                f"There is a template “{template.name}” here already. Choose another name.",
                Severity.WARNING,
            )
            self.detail.show_template(before, self._shelf.folders)
            return
        self._wanted_id = before.id
        self._desk.change(template, before, f"Changed “{template.name}”.")

    def _is_taken(self, wanted: Template) -> bool:
        name = (wanted.name.casefold(), wanted.folder)
        others = (one for one in self._shelf.templates if one.id != wanted.id)
        return any((one.name.casefold(), one.folder) == name for one in others)

    @Slot(str)
    def _on_moved(self, folder: str) -> None:
        moved = tuple(one for one in self.all_chosen if not one.is_starter)
        if moved:
            self._shelf.move(
                [one.id for one in moved], folder, partial(self._tell_moved, moved, folder)
            )

    def _tell_moved(self, before: tuple[Template, ...], folder: str, moved: list[Template]) -> None:
        where = f"to {folder_title(folder)}" if folder else "out of the folders"
        what = f"“{before[0].name}”" if len(before) == 1 else counted(len(before), "template")

        def undo() -> None:
            for old, new in zip(before, moved, strict=True):
                self._shelf.move([new.id], old.folder, self._on_restored)

        self._messages.say(f"Moved {what} {where}.", Severity.OK, action=UNDO, run=undo)
        self.choose(moved[0].id)

    @Slot(int)
    def _on_edit(self, step: int) -> None:
        template = self.chosen
        if template is None:
            return
        if template.is_starter:
            self._messages.say(
                "A starter stays as it is. Save a copy, then edit that.", Severity.INFO
            )
            return
        self._desk.edit_step(template, step)

    @Slot()
    def _on_add(self) -> None:
        if self.chosen is not None and not self.chosen.is_starter:
            self._desk.add_step(self.chosen)

    def _on_copied(self, copy: Template) -> None:
        self._messages.say(f"Saved as “{copy.name}”.", Severity.OK)
        self.choose(copy.id)
        self.rename_chosen()

    def _on_restored(self, restored: list[Template]) -> None:
        if restored:
            self.choose(restored[0].id)

    @Slot()
    def _on_clear(self) -> None:
        self._search.clear()
        self._filters.clear()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._narrow()
