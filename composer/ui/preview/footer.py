"""The line below the preview: path, size and hash of what will be sent, and the key on a copy."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from composer.core.destination import BATCH_PATH, CAPTURE_PATHS
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest, path_for
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.theme import Role, Surface
from composer.ui.widgets import Combo, ElidedLabel, Panel
from composer.ui.wording import counted

KEY_WORDS = {
    KeyMode.INLINE: "Key on copy: in full",
    KeyMode.ENV: "Key on copy: variable",
    KeyMode.MASKED: "Key on copy: masked",
}

_OLDER = "Older servers know only the other paths"
_ONLY_BATCH = "Several events go to this path"


class PreviewFooter(Panel):
    """Shows the facts of the request and lets two of them be chosen."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(Surface.RAISED, "top")
        self._session = session
        self._preferences = preferences
        self._paths = Combo("Path", flat=True)
        self._facts = ElidedLabel("", Qt.TextElideMode.ElideRight, role=Role.MONO_MUTED)
        self._keys = Combo("Key on copy", flat=True)
        for path in CAPTURE_PATHS:
            self._paths.add(f"POST {path}", path)
        for mode, words in KEY_WORDS.items():
            self._keys.add(words, mode)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 12, 3)
        row.setSpacing(4)
        row.addWidget(self._paths)
        row.addWidget(self._facts, 1)
        row.addWidget(self._keys)
        self._paths.activated.connect(self._choose_path)
        self._keys.activated.connect(self._choose_key)
        session.request_changed.connect(self._show_request)
        preferences.changed.connect(self._show_choices)
        self._show_request(session.request)
        self._show_choices()

    @Slot(object)
    def _show_request(self, request: WireRequest | None) -> None:
        self._show_path()
        if request is None:
            self._facts.set_text("nothing to send yet")
            self._facts.setAccessibleDescription("")
            return
        self._facts.set_text(f"{counted(request.size, 'byte')} · sha256 {request.sha256[:8]}…")
        self._facts.setToolTip(f"SHA-256 of the body: {request.sha256}")
        self._facts.setAccessibleDescription(request.sha256)

    @Slot()
    def _show_choices(self) -> None:
        self._show_path()
        self._keys.set_value(self._preferences.copy_key)

    def _show_path(self) -> None:
        """Where it goes: a batch always to its own path, anything else to the one chosen."""
        path = path_for(self._session.draft.payload, self._session.destination)
        is_batch = path == BATCH_PATH
        entry = self._paths.findData(BATCH_PATH)
        if is_batch and entry < 0:
            self._paths.add(f"POST {BATCH_PATH}", BATCH_PATH)
        elif not is_batch and entry >= 0:
            self._paths.removeItem(entry)
        self._paths.set_value(path)
        self._paths.setEnabled(not is_batch)
        self._paths.setToolTip(_ONLY_BATCH if is_batch else _OLDER)

    @Slot(int)
    def _choose_path(self, index: int) -> None:
        path = self._paths.itemData(index)
        self._preferences.change_destination(replace(self._session.destination, path=path))

    @Slot(int)
    def _choose_key(self, index: int) -> None:
        self._preferences.change(copy_key=KeyMode(self._keys.itemData(index)))
