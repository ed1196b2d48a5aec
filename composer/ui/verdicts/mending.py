"""A mend shown before it is done, in the place where it was asked for: never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from composer.ui.theme import Role, Surface, Variant, set_variant
from composer.ui.verdicts.diff_view import DiffView
from composer.ui.verdicts.proposal import Proposal
from composer.ui.widgets import FlowNote, Panel


class MendPanel(Panel):
    """Says what changes and asks. Esc is Cancel."""

    applied = Signal(object)
    """``Proposal``"""
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.CARD)
        self._proposal: Proposal | None = None
        self._title = FlowNote("", Role.STRONG)
        self.lines = DiffView()
        self._apply = QPushButton("Apply")
        self._cancel = QPushButton("Cancel")
        set_variant(self._apply, Variant.PRIMARY, small=True)
        set_variant(self._cancel, Variant.ORDINARY, small=True)
        self._cancel.setAccessibleName("Cancel the mend")
        self._apply.clicked.connect(self._on_apply)
        self._cancel.clicked.connect(self.cancelled)
        # The answers stand above the lines, so that they are in sight however many those are.
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 8, 0)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._apply)
        head.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 7, 1, 7)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.lines)

    @property
    def proposal(self) -> Proposal | None:
        """What is proposed."""
        return self._proposal

    def ask(self, proposal: Proposal) -> None:
        """Show what would change; the keyboard is on Apply."""
        self._proposal = proposal
        changes = bool(proposal.lines)
        self._title.setText(proposal.label if changes else "There is nothing to change.")
        self._apply.setEnabled(changes)
        self._apply.setAccessibleName(f"Apply: {proposal.label}")
        self.lines.show_lines(proposal.lines)
        self._apply.setAccessibleDescription(self.lines.accessibleName())
        self.show()
        (self._apply if changes else self._cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_apply(self) -> None:
        if self._proposal is not None:
            self.applied.emit(self._proposal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)
