"""The one way to tell the person something that belongs to no field: a line in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from composer.ui.widgets import Severity

UNDO = "Undo"
"""The action that Ctrl+Z does too, outside Compose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A sentence, and perhaps one thing that can be done about it."""

    text: str
    severity: Severity = Severity.INFO
    action: str = ""
    """What the button says, for example ``UNDO``."""
    run: Callable[[], None] | None = None


class Messages(QObject):
    """Collects what there is to say; the window shows it, tests record it."""

    said = Signal(object)
    """``Message``"""

    def say(
        self,
        text: str,
        severity: Severity = Severity.INFO,
        *,
        action: str = "",
        run: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence; errors stay until they are dismissed, the rest goes by itself."""
        self.said.emit(Message(text=text, severity=severity, action=action, run=run))
