"""What PostHog would store of an event, fact by fact."""

from __future__ import annotations

from datetime import UTC

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from composer.services.ports import ArrivedEvent
from composer.ui.lists.when import moment_text
from composer.ui.theme import Role, set_role
from composer.ui.widgets import ElidedLabel

_NAMES = ("Event", "Person", "Event ID", "Time")


class Facts(QWidget):
    """Four lines; hidden while there is no stored event."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._values: list[ElidedLabel] = []
        for row, name in enumerate(_NAMES):
            caption = QLabel(name)
            set_role(caption, Role.HELP)
            value = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, role=Role.MONO)
            grid.addWidget(caption, row, 0)
            grid.addWidget(value, row, 1)
            self._values.append(value)

    def show_event(self, event: ArrivedEvent | None) -> None:
        """Show what was stored."""
        self.setVisible(event is not None)
        if event is None:
            return
        time = f"{moment_text(event.timestamp.astimezone(UTC))} UTC"
        for value, text in zip(
            self._values, (event.name, event.distinct_id, event.uuid, time), strict=True
        ):
            value.set_text(text)
