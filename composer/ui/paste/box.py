"""The text box of the Paste window: small text can be edited there, all else is only shown."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot

from composer.ui.paste.clip import Clip, clip_of, is_welcome
from composer.ui.widgets import CodeView

MOST_TYPED = 100_000
"""Characters that can be edited; of more only the beginning is shown."""
PAUSE = 300
"""Milliseconds without a keystroke before what was typed is read."""


class PasteBox(CodeView):
    """Tells what is to be read: what is pasted or dropped at once, what is typed after a pause."""

    given = Signal(object)
    """``Clip``"""

    def __init__(self) -> None:
        super().__init__("What to open", read_only=False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._on_paused)
        self.edited.connect(self._pause.start)

    def show_beginning(self, text: str, *, is_whole: bool) -> None:
        """Show text; it can be edited if it is whole and not too long."""
        self._pause.stop()
        self._editable = is_whole and len(text) <= MOST_TYPED
        self.setReadOnly(not self._editable)
        self.set_text(text[:MOST_TYPED])

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return is_welcome(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What replaces everything is read as it is, whatever line ends it has."""
        clip = clip_of(source)
        has_all = len(self.textCursor().selectedText()) >= self.document().characterCount() - 1
        if clip.files or has_all or len(clip.text) + len(self.text()) > MOST_TYPED:
            self.given.emit(clip)
        else:
            super().insertFromMimeData(source)

    @Slot()
    def _on_paused(self) -> None:
        self.given.emit(Clip(text=self.text()))
