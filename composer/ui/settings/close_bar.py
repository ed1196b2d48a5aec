"""The lower edge of a dialog that has nothing to confirm: a button that closes it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from composer.ui.theme import Surface
from composer.ui.widgets import Panel


class CloseBar(Panel):
    """Closes the dialog that it is made for."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(Surface.RAISED, "top")
        close = QPushButton("Close")
        close.setAutoDefault(False)  # Enter in a field must not close the dialog
        close.clicked.connect(dialog.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 12)
        row.addStretch(1)
        row.addWidget(close)
