"""The chosen template: what it is for, what it asks for and its events, under three tabs."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.templates import Template
from composer.ui.icons import IconName, Tone
from composer.ui.lists.detail import DetailPane
from composer.ui.lists.when import date_text
from composer.ui.templates.about import AboutForm
from composer.ui.templates.folder_combo import folder_title
from composer.ui.templates.model import STARTERS, events_text
from composer.ui.templates.steps_view import StepsView
from composer.ui.templates.variables_view import VariablesView
from composer.ui.theme import Variant, set_variant
from composer.ui.widgets import IconButton, PrimaryButton, Tabs, put_icon
from composer.ui.wording import counted


class Sheet(IntEnum):
    """The tabs."""

    ABOUT = 0
    PROMPTS = 1
    EVENTS = 2


class TemplateDetail(DetailPane):
    """Shows one template and tells every edit of it."""

    changed = Signal(object)
    """``Template`` as it is to be kept"""
    moved = Signal(str)
    """The folder that it is to be put into"""
    edit_wanted = Signal(int)
    """The step to be edited in Compose"""
    add_wanted = Signal()
    open_wanted = Signal()
    copy_wanted = Signal()
    delete_wanted = Signal()
    export_wanted = Signal()

    def __init__(self) -> None:
        body = QWidget()
        super().__init__(body)
        self._template: Template | None = None
        self._tabs = Tabs("About the template")
        self._sheets = QStackedWidget()
        self.about = AboutForm()
        self.variables = VariablesView()
        self.steps = StepsView()
        self.open = PrimaryButton("Open")
        self._copy = QPushButton("Duplicate")
        self._delete = QPushButton("Delete")
        self._more = IconButton(IconName.EXTERNAL, "Export the template…")
        self._fill(body)
        self._connect()

    def show_template(self, template: Template, folders: Sequence[str]) -> None:
        """Show a template, or how it is kept now."""
        self._template = template
        self.show_words(template.name, _sentence(template))
        self.about.show_template(template, folders)
        self.variables.show_template(template)
        self.steps.show_template(template)
        asks = len(template.prompts)
        self._tabs.setTabText(Sheet.PROMPTS, f"Prompts {asks}" if asks else "Prompts")
        self._tabs.setTabText(
            Sheet.EVENTS, f"Events {len(template.steps)}" if template.is_sequence else "Event"
        )
        self.open.setText("Run…" if template.is_sequence else "Open")
        starter = template.is_starter
        self._copy.setText("Save a copy" if starter else "Duplicate")
        self._copy.setAccessibleName(f"{self._copy.text()} of the template")
        self._delete.setVisible(not starter)

    def show_sheet(self, sheet: Sheet) -> None:
        """Bring a tab to the front."""
        self._tabs.setCurrentIndex(sheet)

    def _fill(self, body: QWidget) -> None:
        for words in ("About", "Prompts", "Events"):
            self._tabs.addTab(words)
        for page in (self.about, self.variables, self.steps):
            self._sheets.addWidget(page)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._sheets, 1)
        self.open.setAccessibleName("Open template")
        self._delete.setAccessibleName("Delete template")
        set_variant(self._delete, Variant.DANGER)
        put_icon(self._delete, IconName.TRASH, Tone.ERROR)
        for button in (self.open, self._copy, self._delete):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._more)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._sheets.setCurrentIndex)
        self.about.changed.connect(self._on_changed)
        self.about.moved.connect(self.moved)
        self.variables.changed.connect(self._on_changed)
        self.steps.changed.connect(self._on_changed)
        self.steps.edit_wanted.connect(self.edit_wanted)
        self.steps.add_wanted.connect(self.add_wanted)
        self.open.clicked.connect(self._on_open)
        self._copy.clicked.connect(self._on_copy)
        self._delete.clicked.connect(self._on_delete)
        self._more.clicked.connect(self._on_export)

    @Slot(object)
    def _on_changed(self, template: Template) -> None:
        """The other tabs build on this edit too, before it is kept."""
        self._template = template
        self.show_words(template.name, _sentence(template))
        self.about.show_template(template, self.about.folders)
        self.variables.show_template(template)
        self.steps.show_template(template)
        self.changed.emit(template)

    @Slot()
    def _on_open(self) -> None:
        self.open_wanted.emit()

    @Slot()
    def _on_copy(self) -> None:
        self.copy_wanted.emit()

    @Slot()
    def _on_delete(self) -> None:
        self.delete_wanted.emit()

    @Slot()
    def _on_export(self) -> None:
        self.export_wanted.emit()


def _sentence(template: Template) -> str:
    """What it is and where, in a line."""
    where = folder_title(template.folder)
    if template.is_starter:
        where = " › ".join(filter(None, (STARTERS, where)))
    asks = counted(len(template.prompts), "prompt") if template.prompts else ""
    saved = "" if template.is_starter else f"saved on {date_text(template.saved_at)}"
    return " · ".join(filter(None, (where, events_text(template), asks, saved)))
