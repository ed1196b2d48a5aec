"""Good and bad apart: how many of each there are, and which of them the list shows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from composer.ui.sandbox.rows import Kind
from composer.ui.theme import Variant, set_variant

_LABELS: dict[Kind | None, str] = {
    None: "All",
    Kind.STORED: "Stored",
    Kind.LOST: "Lost",
    Kind.REFUSED: "Refused",
}
_TIPS: dict[Kind | None, str] = {
    None: "Everything that arrived",
    Kind.STORED: "Events that PostHog would store",
    Kind.LOST: "Events that were thanked for and thrown away",
    Kind.REFUSED: "Requests that got an error, or no answer",
}


class KindBar(QWidget):
    """One choice among four. ``chosen`` fires for a person's choice alone."""

    chosen = Signal(object)
    """``Kind``, or ``None`` for all"""

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._kinds = tuple(_LABELS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for place, kind in enumerate(self._kinds):
            button = _KindButton(self._group)
            button.setToolTip(_TIPS[kind])
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)
        self.show_counts(dict.fromkeys(self._kinds, 0))

    @property
    def kind(self) -> Kind | None:
        """What is chosen; ``None`` for all."""
        return self._kinds[self._group.checkedId()]

    def choose(self, kind: Kind | None) -> None:
        """Choose without ``chosen``."""
        self._group.button(self._kinds.index(kind)).setChecked(True)

    def show_counts(self, counts: dict[Kind | None, int]) -> None:
        """Say how many there are of each kind, and of all."""
        for place, kind in enumerate(self._kinds):
            button = self._group.button(place)
            button.setText(f"{_LABELS[kind]} {counts[kind]:,}")
            button.setAccessibleName(f"{_LABELS[kind]}, {counts[kind]:,}")

    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._kinds[place])


class _KindButton(QPushButton):
    """The arrows choose the neighbour, as in a tab bar."""

    def __init__(self, group: QButtonGroup) -> None:
        super().__init__()
        self._group = group
        self.setCheckable(True)
        set_variant(self, Variant.FLAT, small=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        neighbour = self._group.button(self._group.id(self) + step)
        if neighbour is not None:  # pyright: ignore[reportUnnecessaryComparison] -- none at the end
            neighbour.setFocus()
            neighbour.click()
