"""The Templates place: the list of names, and the chosen template's event at the right."""

from __future__ import annotations

from functools import partial
from itertools import count

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from composer.core.draft import Draft
from composer.core.errors import StoreError
from composer.core.jsontext import Layout, encode
from composer.core.records import Template
from composer.services.ports import Templates
from composer.ui.icons import IconName, Tone
from composer.ui.lists.detail import DetailPane
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.lists.when import date_text
from composer.ui.messages import UNDO, Messages
from composer.ui.templates.model import TemplatesModel
from composer.ui.templates.save_bar import SaveBar
from composer.ui.theme import Variant, set_variant
from composer.ui.widgets import (
    CodeView,
    EmptyState,
    Language,
    LineEdit,
    PrimaryButton,
    Severity,
    put_icon,
)
from composer.ui.wording import counted


class TemplatesPage(QWidget):
    """Opens, renames and deletes; a delete can be undone."""

    open_wanted = Signal(object)
    """``Draft``"""
    compose_wanted = Signal()

    def __init__(self, templates: Templates, messages: Messages) -> None:
        super().__init__()
        self._templates = templates
        self._messages = messages
        self._model = TemplatesModel(self)
        self._table = Grid("Templates", self._model)
        self._json = CodeView("Template JSON", Language.JSON)
        self._pane = DetailPane(self._json)
        self._rename = SaveBar("New name", "Rename")
        self._pane.add_under_head(self._rename)
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
            "The search looks at the name, the event type, the event and the person.",
            action="Clear the search",
        )
        self._search = LineEdit("Search templates", placeholder="Search templates")
        self._place = ListPlace(self._table, self._pane, empty=self._empty, nothing=self._nothing)
        self._place.add_search(self._search)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        self._add_buttons()
        self._connect()
        self.reload()

    def _add_buttons(self) -> None:
        open_button = PrimaryButton("Open")
        open_button.setAccessibleName("Open template")
        open_button.clicked.connect(self.open_chosen)
        rename = QPushButton("Rename")
        rename.setAccessibleName("Rename template")
        rename.clicked.connect(self._ask_for_name)
        delete = QPushButton("Delete")
        delete.setAccessibleName("Delete template")
        set_variant(delete, Variant.DANGER)
        put_icon(delete, IconName.TRASH, Tone.ERROR)
        delete.clicked.connect(self.delete_chosen)
        for button in (open_button, rename, delete):
            self._pane.buttons.addWidget(button)
        self._pane.buttons.addStretch(1)
        self._table.add_command("Open", self.open_chosen, hint="Enter")
        self._table.add_command("Rename", self._ask_for_name, "F2")
        self._table.add_command("Delete", self.delete_chosen, "Del")

    def _connect(self) -> None:
        self._search.textEdited.connect(self._on_search_edited)
        self._search.returnPressed.connect(self._on_search_entered)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self.open_chosen)
        self._rename.saved.connect(self._on_renamed)
        self._empty.action_chosen.connect(self.compose_wanted)
        self._nothing.action_chosen.connect(self._on_clear_chosen)

    # What others use

    def reload(self, choose: str = "") -> None:
        """Read the templates again; ``choose`` is the id of the one to be chosen."""
        chosen = self._chosen
        wanted = choose or (chosen.id if chosen else "")
        try:
            found = self._templates.all()
        except StoreError as error:
            self._say_error(error)
            return
        self._model.show_all(found)
        self._show(wanted)

    def save_current(self, name: str, draft: Draft) -> None:
        """Keep ``draft`` under ``name``.

        A name that is taken is no reason to lose either: both are kept, and one click on the
        message replaces the older one after all.
        """
        try:
            old = self._templates.find(name)
            new = self._templates.save(self._free_name(name) if old else name, draft)
        except StoreError as error:
            self._say_error(error)
            return
        self.reload(new.id)
        if old is None:
            self._messages.say(f"Saved as template “{name}”.", Severity.OK)
            return
        self._messages.say(
            f"There is a template “{old.name}” already, so this one is “{new.name}”.",
            Severity.INFO,
            action="Replace the old one",
            run=partial(self._replace, old, new),
        )

    def open_chosen(self) -> None:
        """Ask for the chosen template to be opened in Compose."""
        if self._chosen is not None:
            self.open_wanted.emit(self._chosen.draft)

    def delete_chosen(self) -> None:
        """Delete the chosen template; the message offers to undo it."""
        template, row = self._chosen, self._table.row
        if template is None:
            return
        try:
            self._templates.delete(template.id)
        except StoreError as error:
            self._say_error(error)
            return
        self.reload()
        self._table.choose(row)
        self._messages.say(
            f"Deleted “{template.name}”.", action=UNDO, run=partial(self._restore, template)
        )

    # Inside

    @property
    def _chosen(self) -> Template | None:
        return self._model.at(self._table.row)

    def _show(self, identifier: str) -> None:
        found = self._model.rowCount()
        self._place.show_state(any_at_all=self._model.total > 0, any_found=found > 0)
        of_all = counted(self._model.total, "template")
        searching = found != self._model.total
        self._place.count.setText(f"{found:,} of {of_all}" if searching else of_all)
        self._table.choose(max(0, self._model.row_of(identifier)))
        self._on_chosen(self._table.row)

    def _on_chosen(self, row: int) -> None:
        template = self._model.at(row)
        self._rename.hide()
        if template is None:
            self._pane.show_blank()
            return
        title, day = template.draft.event_type.title, date_text(template.saved_at)
        self._pane.show_words(template.name, f"{title}, saved on {day}.")
        self._json.set_text(_kept_text(template.draft))

    def _free_name(self, name: str) -> str:
        names = (f"{name} {number}" for number in count(2))
        return next(free for free in names if self._templates.find(free) is None)

    def _replace(self, old: Template, new: Template) -> None:
        try:
            kept = self._templates.save(old.name, new.draft, replace=old.id)
            self._templates.delete(new.id)
        except StoreError as error:
            self._say_error(error)
            return
        self.reload(kept.id)
        self._messages.say(f"Replaced “{old.name}”.", Severity.OK)

    def _restore(self, template: Template) -> None:
        try:
            self._templates.restore(template)
        except StoreError as error:
            self._say_error(error)
            return
        self.reload(template.id)

    def _ask_for_name(self) -> None:
        if self._chosen is not None:
            self._rename.ask(self._chosen.name)

    def _on_renamed(self, name: str) -> None:
        template = self._chosen
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if template is None or name == template.name:
            return
        try:
            other = self._templates.find(name)
            if other is not None and other.id != template.id:
                self._messages.say(
                    f"There is a template “{other.name}” already. Choose another name.",
                    Severity.WARNING,
                )
                return
            renamed = self._templates.save(name, template.draft, replace=template.id)
        except StoreError as error:
            self._say_error(error)
            return
        self.reload(renamed.id)

    def _say_error(self, error: StoreError) -> None:
        self._messages.say(str(error), Severity.ERROR)

    def _on_search_edited(self, text: str) -> None:
        chosen = self._chosen
        self._model.search(text)
        self._show(chosen.id if chosen else "")

    def _on_search_entered(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clear_chosen(self) -> None:
        self._search.clear()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_search_edited("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()  # another window may have saved one meanwhile


def _kept_text(draft: Draft) -> str:
    """The event without what is made afresh each time it is opened."""
    payload = draft.payload
    for key in draft.generated:
        payload = payload.without(key)
    return encode(payload, Layout.PRETTY)
