"""What is known of an event beside its name, fact by fact."""

from __future__ import annotations

from datetime import UTC

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from composer.core.destination import mask
from composer.core.tokens import KeyMode
from composer.ui.lists.when import moment_text
from composer.ui.sandbox.rows import Row
from composer.ui.theme import Role, set_role
from composer.ui.widgets import ElidedLabel

_NAMES = ("Person", "Event ID", "Time", "Client", "Token", "IP address")


class Facts(QWidget):
    """A line for each fact that is known; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._captions: list[QLabel] = []
        self._values: list[ElidedLabel] = []
        for line, name in enumerate(_NAMES):
            caption = QLabel(name)
            set_role(caption, Role.HELP)
            value = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, role=Role.MONO)
            grid.addWidget(caption, line, 0)
            grid.addWidget(value, line, 1)
            self._captions.append(caption)
            self._values.append(value)

    def show_row(self, row: Row, key: KeyMode) -> None:
        """Show what is known; the token is shown in full only if ``key`` says so."""
        facts = _facts(row, key)
        for caption, value, text in zip(self._captions, self._values, facts, strict=True):
            value.set_text(text)
            value.setVisible(bool(text))
            caption.setVisible(bool(text))
        self.setVisible(any(facts))


def _facts(row: Row, key: KeyMode) -> tuple[str, ...]:
    """In the order of ``_NAMES``; empty where unknown."""
    either, event = row.either, row.event
    time = token = address = ""
    if event is not None:
        time = f"{moment_text(event.timestamp.astimezone(UTC))} UTC"
        token = event.token if key is KeyMode.INLINE else mask(event.token)
        ip = event.record.get("ip") if event.record else None
        address = ip if isinstance(ip, str) else ""
    return (
        either.distinct_id if either else "",
        either.uuid if either else "",
        time,
        row.arrival.client,
        token,
        address,
    )
