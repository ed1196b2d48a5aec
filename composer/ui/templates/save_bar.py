"""A line in the page that asks for a name: no dialog, nothing else is blocked meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from composer.ui.theme import Surface
from composer.ui.widgets import LineEdit, Panel, PrimaryButton

LONGEST = 200
"""Characters of a name; more would not be read."""


class SaveBar(Panel):
    """Hidden until ``ask``; Enter saves, Esc gives up."""

    saved = Signal(str)
    """The name that was entered: never empty, no spaces around it"""
    dismissed = Signal()

    def __init__(self, label: str = "Save as template", action: str = "Save") -> None:
        super().__init__(Surface.RAISED, "top")
        self._field = LineEdit("Template name", placeholder="Name of the template")
        self._field.setMaxLength(LONGEST)
        self._save = PrimaryButton(action)
        self._save.setAccessibleName(f"{action} template")
        cancel = QPushButton("Cancel")
        cancel.setAccessibleName("Cancel naming")
        caption = QLabel(label)
        caption.setBuddy(self._field)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self._field, 1)
        row.addWidget(self._save)
        row.addWidget(cancel)
        self._field.textChanged.connect(self._on_text_changed)
        self._field.returnPressed.connect(self._on_save)
        self._save.clicked.connect(self._on_save)
        cancel.clicked.connect(self._on_cancel)
        self.hide()

    def ask(self, suggestion: str) -> None:
        """Show the line with a name that fits, selected, so that typing replaces it."""
        self._field.setText(" ".join(suggestion.split())[:LONGEST])
        self._on_text_changed()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def _on_text_changed(self) -> None:
        self._save.setEnabled(bool(self._field.text().strip()))

    def _on_save(self) -> None:
        name = self._field.text().strip()
        if name:
            self.hide()
            self.saved.emit(name)

    def _on_cancel(self) -> None:
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
            return
        super().keyPressEvent(event)
