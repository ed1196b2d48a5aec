"""A line that asks for the name of a mapping, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from composer.ui.widgets import LineEdit, PrimaryButton

LONGEST = 200
"""Characters of a name"""


class SaveLine(QWidget):
    """Enter saves, Esc gives up."""

    saved = Signal(str)
    """The name, never empty and without spaces around it"""
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._field = LineEdit("Name of the mapping", placeholder="Name of the mapping")
        self._field.setMaxLength(LONGEST)
        self._save = PrimaryButton("Save")
        self._save.setAccessibleName("Save mapping")
        cancel = QPushButton("Cancel")
        cancel.setAccessibleName("Cancel naming")
        caption = QLabel("Save the mapping as")
        caption.setBuddy(self._field)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 8)
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self._field, 1)
        row.addWidget(self._save)
        row.addWidget(cancel)
        self._field.textChanged.connect(self._on_text_changed)
        self._field.returnPressed.connect(self._on_save)
        self._save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.dismissed)

    def ask(self, suggestion: str) -> None:
        """Begin with a name that fits, selected, so that typing replaces it."""
        self._field.setText(" ".join(suggestion.split())[:LONGEST])
        self._on_text_changed()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    @Slot()
    def _on_text_changed(self) -> None:
        self._save.setEnabled(bool(self._field.text().strip()))

    @Slot()
    def _on_save(self) -> None:
        name = self._field.text().strip()
        if name:
            self.saved.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)
