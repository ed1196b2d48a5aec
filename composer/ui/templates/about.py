"""What a template is for: name, folder, tags and description, edited where they stand.

A starter is shown and cannot be edited. Each edit is told as a whole template; keeping it is the
listener's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from composer.core.summary import summary_of
from composer.core.templates import Template
from composer.ui.templates.folder_combo import FolderCombo
from composer.ui.templates.prompts import words_for
from composer.ui.templates.save_bar import LONGEST
from composer.ui.theme import Surface
from composer.ui.widgets import FlowNote, LineEdit, Panel, SectionHeader
from composer.ui.wording import breakable

_DESCRIPTION_HEIGHT = 168
_MOST_EVENTS = 12
_STARTER = "A starter comes with the app and stays as it is. Save a copy of your own to change it."


class AboutForm(QScrollArea):
    """Four fields; Enter or leaving a field keeps it, Esc takes the edit back."""

    changed = Signal(object)
    """``Template`` with another name, other tags or another description"""
    moved = Signal(str)
    """The folder it is to be put into"""

    def __init__(self) -> None:
        super().__init__()
        self._template: Template | None = None
        self.folders: tuple[str, ...] = ()
        """The folders that are offered"""
        self._name = LineEdit("Template name")
        self._name.setMaxLength(LONGEST)
        self._folder = FolderCombo()
        self._tags = LineEdit("Tags", placeholder="Such as billing, sign-up")
        self._description = _Description("Description")
        self._note = FlowNote(_STARTER)
        self._events = FlowNote()
        self._asks = FlowNote()
        self._asks_title = SectionHeader("Asks for")
        self._build()
        self._name.editingFinished.connect(self._on_name)
        self._name.installEventFilter(self)
        self._tags.editingFinished.connect(self._on_tags)
        self._tags.installEventFilter(self)
        self._folder.entered.connect(self._on_folder)
        self._description.left.connect(self._on_description)

    def show_template(self, template: Template, folders: Sequence[str]) -> None:
        """Show another template, or the same one as it is kept now; what is typed stays."""
        is_other = self._template is None or self._template.id != template.id
        self._template = template
        self.folders = tuple(folders)
        self._folder.show_folders(self.folders)
        if is_other or not self._name.hasFocus():
            self._name.setText(template.name)
        if is_other or not self._tags.hasFocus():
            self._tags.setText(", ".join(template.tags))
        if is_other or not self._description.hasFocus():
            self._description.setPlainText(template.description)
        self._folder.show_folder(template.folder)
        locked = template.is_starter
        self._name.setReadOnly(locked)
        self._tags.setReadOnly(locked)
        self._description.setReadOnly(locked)
        self._folder.setEnabled(not locked)
        self._note.setVisible(locked)
        self._events.setText(breakable("\n".join(_event_lines(template))))
        asked = [words_for(variable) for variable in template.prompts]
        self._asks.setText(breakable(", ".join(asked)))
        for widget in (self._asks, self._asks_title):
            widget.setVisible(bool(asked))

    def focus_name(self) -> None:
        """Put the cursor into the name."""
        self._name.setFocus(Qt.FocusReason.TabFocusReason)
        self._name.selectAll()

    def focus_folder(self) -> None:
        """Put the cursor into the folder."""
        self._folder.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_escape = (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        )
        if is_escape and self._template is not None and isinstance(watched, LineEdit):
            is_name = watched is self._name
            watched.setText(self._template.name if is_name else ", ".join(self._template.tags))
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        held = Panel(Surface.SURFACE)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Name", self._name),
            ("Folder", self._folder),
            ("Tags", self._tags),
            ("Description", self._description),
        )
        for number, (words, field) in enumerate(rows):
            label = QLabel(words)
            label.setBuddy(field)
            label.setMinimumHeight(30)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, number, 1)
        self._description.setPlaceholderText("Why and when to use it; what to look at afterwards")
        column = QVBoxLayout(held)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._note)
        column.addLayout(grid)
        column.addSpacing(4)
        column.addWidget(SectionHeader("Events"))
        column.addWidget(self._events)
        column.addWidget(self._asks_title)
        column.addWidget(self._asks)
        column.addStretch(1)
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @Slot()
    def _on_name(self) -> None:
        template, name = self._template, " ".join(self._name.text().split())
        if template is None or template.is_starter:
            return
        if not name:
            self._name.setText(template.name)
        elif name != template.name:
            self._tell(replace(template, name=name))

    @Slot()
    def _on_tags(self) -> None:
        template, tags = self._template, tags_of(self._tags.text())
        if template is not None and not template.is_starter and tags != template.tags:
            self._tell(replace(template, tags=tags))

    @Slot()
    def _on_description(self) -> None:
        template, words = self._template, self._description.toPlainText().strip()
        if template is not None and not template.is_starter and words != template.description:
            self._tell(replace(template, description=words))

    @Slot(str)
    def _on_folder(self, folder: str) -> None:
        template = self._template
        if template is not None and not template.is_starter and folder != template.folder:
            self.moved.emit(folder)

    def _tell(self, template: Template) -> None:
        self._template = template
        self.changed.emit(template)


class _Description(QPlainTextEdit):
    """Several lines of words; Tab goes on to the next field."""

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_DESCRIPTION_HEIGHT)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _event_lines(template: Template) -> list[str]:
    """Each event with its person, the first of them."""
    lines: list[str] = []
    for number, step in enumerate(template.steps[:_MOST_EVENTS], 1):
        about = summary_of(step.draft.payload)
        words = " · ".join(filter(None, (about.event or step.draft.event_type.title, about.person)))
        lines.append(f"{number}.  {words}" if template.is_sequence else words)
    more = len(template.steps) - _MOST_EVENTS
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in ``billing, #sign-up``, each of them once."""
    tags = (" ".join(part.strip().lstrip("#").split()) for part in text.split(","))
    return tuple(dict.fromkeys(filter(None, tags)))
