"""A line in Compose that asks for a name: no dialog, nothing else is blocked meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from composer.ui.templates.folder_combo import FolderCombo
from composer.ui.theme import Surface
from composer.ui.widgets import LineEdit, Panel, PrimaryButton
from composer.ui.wording import shortened

LONGEST = 200
"""Characters of a name; more would not be read."""
_SHOWN = 12
_FOLDER_WIDTH = 96
_LABELS = 62


class SaveBar(Panel):
    """Hidden until ``ask``; Enter saves, Esc gives up."""

    saved = Signal(str, str)
    """The name that was entered, never empty and without spaces around it, and the folder"""
    over_wanted = Signal()
    """The template that the event came from is to be replaced by it"""
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self._field = LineEdit("Template name", placeholder="Name of the template")
        self._field.setMaxLength(LONGEST)
        self._folder = FolderCombo()
        self._folder.setMinimumWidth(_FOLDER_WIDTH)
        self._save = PrimaryButton("Save")
        self._save.setAccessibleName("Save template")
        self._over = QPushButton("")
        self._cancel = QPushButton("Cancel")
        self._cancel.setAccessibleName("Cancel naming")
        self._build()
        self._field.textChanged.connect(self._on_text_changed)
        self._field.returnPressed.connect(self._on_save)
        self._save.clicked.connect(self._on_save)
        self._over.clicked.connect(self._on_over)
        self._cancel.clicked.connect(self._on_cancel)
        self.hide()

    def ask(self, suggestion: str) -> None:
        """Show the line with a name that fits, selected, so that typing replaces it."""
        self._field.setText(" ".join(suggestion.split())[:LONGEST])
        self.offer_over("")
        self._on_text_changed()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def offer_over(self, name: str) -> None:
        """Offer to replace the template of that name, which the event came from; empty: none."""
        self._over.setText(f"Save over “{shortened(name, _SHOWN)}”")
        self._over.setToolTip(name)
        self._over.setVisible(bool(name))

    def offer_folders(self, folders: Sequence[str], folder: str | None = None) -> None:
        """Offer the folders that there are, and choose one; ``None`` leaves the choice."""
        self._folder.show_folders(folders)
        if folder is not None:
            self._folder.show_folder(folder)

    def _build(self) -> None:
        caption = QLabel("Template")
        caption.setBuddy(self._field)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for row in (upper, lower):
            row.setSpacing(8)
        upper.addWidget(caption)
        upper.addWidget(self._field, 1)
        within = QLabel("Folder")
        within.setBuddy(self._folder)
        upper.addWidget(self._save)
        upper.addWidget(self._cancel)
        lower.addWidget(within)
        lower.addWidget(self._folder, 1)
        lower.addWidget(self._over)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addLayout(lower)
        for label in (caption, within):
            label.setFixedWidth(_LABELS)

    @Slot()
    def _on_text_changed(self) -> None:
        self._save.setEnabled(bool(self._field.text().strip()))

    @Slot()
    def _on_save(self) -> None:
        name = self._field.text().strip()
        if name:
            self.hide()
            self.saved.emit(name, self._folder.folder)

    @Slot()
    def _on_over(self) -> None:
        self.hide()
        self.over_wanted.emit()

    @Slot()
    def _on_cancel(self) -> None:
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
            return
        super().keyPressEvent(event)
