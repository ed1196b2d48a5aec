"""What stands at the right while several sends are chosen: how many, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.records import HistoryRow
from composer.ui.history.words import bytes_text
from composer.ui.theme import Role, Surface, Variant, set_role, set_variant
from composer.ui.widgets import FlowNote, Panel
from composer.ui.widgets.labels import ElidedLabel
from composer.ui.wording import counted

PAIR = 2


class SeveralPane(Panel):
    """The buttons only ask; ``show_rows`` says what they are about."""

    compare_wanted = Signal()
    pin_wanted = Signal()
    export_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.SURFACE)
        self._title = ElidedLabel(role=Role.TITLE)
        self._words = FlowNote()
        self._hint = FlowNote(
            "Two can be compared. Choose one alone to see its request and answer."
        )
        set_role(self._hint, Role.HELP)
        self._compare = _button("Compare", self.compare_wanted)
        self._compare.setAccessibleName("Compare the two sends")
        self._pin = _button("Pin", self.pin_wanted)
        self._export = _button("Export…", self.export_wanted)
        self._export.setAccessibleName("Export the chosen sends")
        self._delete = _button("Delete", self.delete_wanted)
        self._delete.setAccessibleName("Delete the chosen sends")
        set_variant(self._delete, Variant.DANGER)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self._compare, self._pin, self._export, self._delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self._hint)
        column.addStretch(1)

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Say how many there are, how large, and from where to where."""
        self._title.set_text(f"{counted(len(rows), 'send')} chosen")
        places = sorted({row.destination.name for row in rows})
        size = bytes_text(sum(row.size for row in rows))
        to = places[0] if len(places) == 1 else counted(len(places), "destination")
        self._words.setText(f"To {to}, {size} of requests.")
        all_pinned = all(row.pinned for row in rows)
        self._pin.setText("Unpin" if all_pinned else "Pin")
        self._pin.setAccessibleName(f"{self._pin.text()} the chosen sends")
        self._compare.setEnabled(len(rows) == PAIR)


class Beside(QWidget):
    """Whichever of two panes fits what is chosen; one of them is shown."""

    def __init__(self, one: QWidget, several: SeveralPane) -> None:
        super().__init__()
        self._one = one
        self._several = several
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(one)
        outer.addWidget(several)
        several.hide()

    @property
    def shows_several(self) -> bool:
        """Whether more than one send is chosen."""
        return self._several.isVisibleTo(self)

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show the pane for that many."""
        many = len(rows) > 1
        if many:
            self._several.show_rows(rows)
        self._one.setVisible(not many)
        self._several.setVisible(many)


def _button(text: str, wanted: SignalInstance) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(wanted)
    return button
