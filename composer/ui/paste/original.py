"""What was pasted, as it came: shown beside the window, and copied as the key is to be carried."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.destination import mask
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.paste.reading import Reading
from composer.ui.preferences import Preferences
from composer.ui.settings.close_bar import CloseBar
from composer.ui.theme import Role, Surface, Variant, set_surface, set_variant
from composer.ui.widgets import CodeView, ElidedLabel
from composer.ui.widgets.buttons import put_icon
from composer.ui.wording import counted
from composer.ui.writing.words import key_note

SIZE = (720, 520)
MOST_SHOWN = 500_000
"""Characters that are shown; the copy has all of them."""


class OriginalDialog(QDialog):
    """Read-only, non-modal; deletes itself when it is closed."""

    def __init__(
        self, reading: Reading, preferences: Preferences, copier: Copier, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Original text")
        self.setAccessibleName("Original text")
        set_surface(self, Surface.SURFACE)
        self._reading = reading
        self._preferences = preferences
        self._copier = copier
        self._text = text_of(reading.original)
        self._facts = ElidedLabel(role=Role.HELP)
        self._copy = QPushButton("Copy")
        self._view = CodeView("Original text")
        self._build()
        self._copy.clicked.connect(self._on_copy)
        preferences.changed.connect(self._show)
        self._show()
        self.resize(*SIZE)

    def _build(self) -> None:
        set_variant(self._copy, Variant.ORDINARY, small=True)
        put_icon(self._copy, IconName.COPY)
        self._copy.setAutoDefault(False)
        self._copy.setAccessibleName("Copy the original text")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.setSpacing(12)
        head.addWidget(self._facts, 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._view, 1)
        column.addWidget(CloseBar(self))

    @Slot()
    def _show(self) -> None:
        size = counted(len(self._reading.original), "byte")
        if not self._text:
            self._facts.set_text(f"{size} that are no text, from {self._reading.source}")
            self._copy.setEnabled(False)
            return
        is_cut = len(self._text) > MOST_SHOWN
        cut = f"; the first {MOST_SHOWN:,} characters, a copy has all" if is_cut else ""
        self._facts.set_text(f"{size}, from {self._reading.source}{cut}")
        hides = self._preferences.settings.hide_key
        mode = KeyMode.MASKED if hides else KeyMode.INLINE
        self._view.set_text(carried_anywhere(self._text[:MOST_SHOWN], self._reading.tokens, mode))

    @Slot()
    def _on_copy(self) -> None:
        mode, tokens = self._preferences.copy_key, self._reading.tokens
        note = key_note(mode) if any(token in self._text for token in tokens) else ""
        text = carried_anywhere(self._text, tokens, mode)
        self._copier.copy(text, "original text", note)


def text_of(original: bytes) -> str:
    """The text in the bytes of a paste; empty where they are none, such as those of gzip."""
    from composer.core.paste.characters import characters  # noqa: PLC0415 -- only for a paste

    found = characters(original)
    return found.text if found is not None else ""


def carried_anywhere(text: str, tokens: Iterable[str], key: KeyMode) -> str:
    """``text``, be it a command, a file or JSON, with its tokens carried as ``key`` says."""
    for token in tokens:
        match key:
            case KeyMode.INLINE:
                pass
            case KeyMode.ENV:
                text = text.replace(token, f"${TOKEN_VARIABLE}")
            case KeyMode.MASKED:
                text = text.replace(token, mask(token))
    return text
