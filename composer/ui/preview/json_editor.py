"""The JSON text to edit. A project token may be hidden on screen; the text keeps it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from composer.core.jsontext import JsonError
from composer.ui.widgets import CodeView, Language
from composer.ui.widgets.edits import carry_over

DOT = "•"


class JsonEditor(CodeView):
    """Shows the session's text and tells each edit of it."""

    text_edited = Signal(str)
    """The exact text after a person's edit."""

    def __init__(self, name: str) -> None:
        super().__init__(name, Language.JSON, read_only=False)
        self._exact = ""
        self._secret = ""
        self.edited.connect(self._on_edited)

    @property
    def exact_text(self) -> str:
        """The text as it is sent."""
        return self._exact

    def show_text(self, text: str) -> None:
        """Show other text; the cursor stays where it is."""
        self._exact = text
        self.set_text(self._visible())

    def hide_text(self, secret: str) -> None:
        """Show dots in place of ``secret``; show all if it is empty."""
        self._secret = secret
        self.set_text(self._visible())

    def show_fault(self, fault: JsonError | None) -> None:
        """Mark the place of a fault, or take the mark away."""
        if fault is None:
            self.clear_problem()
        else:
            self.mark_problem(fault.line, fault.column)

    @Slot()
    def _on_edited(self) -> None:
        """Carry the edit over; dots stand one for one, so that its place is the same."""
        ended = self.cursor_offset() if self._secret else None
        self._exact = carry_over(self._exact, self._visible(), self.text(), ended)
        self.text_edited.emit(self._exact)

    def _visible(self) -> str:
        if not self._secret:
            return self._exact
        return self._exact.replace(self._secret, DOT * len(self._secret))
