"""The personal API key of a project: it goes to the system's keyring and is never shown again."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from composer.core.destination import Destination, DestinationKind, is_personal_key
from composer.core.errors import ComposerError
from composer.ui.settings.fields import TextField
from composer.ui.settings.form import SettingsForm
from composer.ui.workbench import Workbench

WRONG = "Personal keys begin with phx_. In PostHog they stand under Settings, Personal API keys."


class PersonalKeyForm(QWidget):
    """Keeps and forgets; says where keys are kept, and whether there is one."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._secrets = bench.services.secrets
        self._tasks = bench.tasks
        self._place = ""
        self._form = SettingsForm(follows=True)
        self._line = TextField("Personal API key", _problem, placeholder="phx_…", mono=True)
        self._line.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._keep = QPushButton("Keep")
        self._keep.setAccessibleName("Keep the personal API key")
        self._forget = QPushButton("Forget")
        self._forget.setAccessibleName("Forget the personal API key")
        self._form.add_row("Personal API key", self._line, self._line.line)
        self._line.beside.addWidget(self._keep)
        self._line.beside.addWidget(self._forget)
        self._words = self._form.add_note("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._line.changed.connect(self._on_edited)
        self._line.line.returnPressed.connect(self._on_keep)
        self._keep.clicked.connect(self._on_keep)
        self._forget.clicked.connect(self._on_forget)
        self._show(has_key=False)

    def show_project(self, place: Destination) -> None:
        """Show whether there is a key for a project; the sandbox needs none."""
        self.setVisible(place.kind is not DestinationKind.SANDBOX)
        if place.id != self._place:
            self._place = place.id
            self._line.show_text("")
            self._words.setText("")
            self._show(has_key=False)
            self._tasks.start_for(self, self._look(place.id), "look for a personal key")

    def _show(self, *, has_key: bool) -> None:
        text = self._line.line.text()
        self._keep.setEnabled(is_personal_key(text))
        self._forget.setEnabled(has_key)

    async def _look(self, place: str) -> None:
        has_key, words = await asyncio.to_thread(self._read, place)
        if place == self._place:
            self._show(has_key=has_key)
            self._words.setText(f"A key is kept. {words}" if has_key else words)

    def _read(self, place: str) -> tuple[bool, str]:
        """In a thread: whether there is a key, and where keys are kept."""
        return bool(self._secrets.personal_key(place)), self._secrets.words

    async def _keep_key(self, place: str, key: str) -> None:
        try:
            await asyncio.to_thread(self._secrets.keep, place, key)
        except ComposerError as error:
            self._words.setText(str(error))
            return
        await self._look(place)

    async def _forget_key(self, place: str) -> None:
        try:
            await asyncio.to_thread(self._secrets.forget, place)
        except ComposerError as error:
            self._words.setText(str(error))
            return
        await self._look(place)

    @Slot()
    def _on_edited(self) -> None:
        self._keep.setEnabled(is_personal_key(self._line.line.text()))

    @Slot()
    def _on_keep(self) -> None:
        key = self._line.line.text().strip()
        if is_personal_key(key):
            self._line.show_text("")
            self._keep.setEnabled(False)
            self._tasks.start_for(self, self._keep_key(self._place, key), "keep a personal key")

    @Slot()
    def _on_forget(self) -> None:
        self._tasks.start_for(self, self._forget_key(self._place), "forget a personal key")


def _problem(text: str) -> str:
    return "" if not text or is_personal_key(text) else WRONG
