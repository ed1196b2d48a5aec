"""Backs the whole profile up to one file and brings such a file back, with words in place."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from composer.core.errors import ComposerError
from composer.services.ports import Backup
from composer.ui.theme import Role, set_role
from composer.ui.widgets import FlowNote
from composer.ui.wording import breakable, counted
from composer.ui.workbench import Workbench

FILES = "Backups (*.zip);;All files (*)"
WHOLE = 1000


class BackupRow(QWidget):
    """Two buttons, what happens, and what a backup holds."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._backups = bench.services.backups()
        self._task: asyncio.Task[None] | None = None
        self.make = QPushButton("Back up to a file…")
        self._restore = QPushButton("Restore a backup…")
        self._cancel = QPushButton("Cancel")
        self._cancel.setAccessibleName("Cancel the backup or restore")
        self._withdraw = QPushButton("Do not restore")
        self._bar = QProgressBar()
        self._bar.setRange(0, WHOLE)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the backup or restore")
        self._said = FlowNote("")
        self._build()
        self.make.clicked.connect(self._on_make)
        self._restore.clicked.connect(self._on_restore)
        self._cancel.clicked.connect(self._on_cancel)
        self._withdraw.clicked.connect(self._on_withdraw)
        self._show_idle()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.make, self._restore, self._cancel, self._withdraw):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        column.addWidget(FlowNote(self._backups.holds, Role.HELP))

    def _show_idle(self, words: str = "", role: Role = Role.MUTED) -> None:
        waiting = self._backups.waiting()
        if waiting is not None and not words:
            words = (
                f"{_described(waiting)} is restored at the next start. Close the app and open it."
            )
        for button, shown in (
            (self.make, True),
            (self._restore, waiting is None),
            (self._cancel, False),
            (self._withdraw, waiting is not None),
        ):
            button.setVisible(shown)
        self._bar.hide()
        self._say(words, role)

    def _show_cancelled(self, words: str) -> None:
        if isValid(self):  # closing the settings cancels, too
            self._show_idle(words)

    def _show_busy(self, words: str) -> None:
        for button in (self.make, self._restore, self._withdraw):
            button.hide()
        self._cancel.show()
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bar.setValue(0)
        self._bar.show()
        self._say(words, Role.MUTED)

    def _say(self, words: str, role: Role) -> None:
        self._said.setText(breakable(words))
        self._said.setVisible(bool(words))
        set_role(self._said, role)

    def _progress(self, share: float) -> None:
        self._bar.setValue(round(share * WHOLE))

    @Slot()
    def _on_make(self) -> None:
        chooser = QFileDialog(self.window(), "Back up to a file", filter=FILES)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.selectFile(self._backups.suggested_name())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.back_up_to)
        chooser.open()

    @Slot()
    def _on_restore(self) -> None:
        chooser = QFileDialog(self.window(), "Restore a backup", filter=FILES)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.restore_from)
        chooser.open()

    @Slot(str)
    def back_up_to(self, path: str) -> None:
        """Write the backup; what happens is said in place."""
        self._show_busy("Backing up.")
        self._task = self._bench.tasks.start_for(self, self._make(path), "back up")

    @Slot(str)
    def restore_from(self, path: str) -> None:
        """Check a backup and make it ready for the next start."""
        self._show_busy("Checking the backup.")
        self._task = self._bench.tasks.start_for(self, self._stage(path), "restore")

    async def _make(self, path: str) -> None:
        try:
            await self._bench.save()  # so that also the last letters typed are in it
            made = await self._backups.make(path, on_progress=self._progress)
        except asyncio.CancelledError:
            self._show_cancelled("The backup was cancelled. No file was written.")
            raise
        except ComposerError as error:
            self._show_idle(str(error), Role.PROBLEM)
        else:
            self._show_idle(f"Backed up to {path}: {_size(made)}.", Role.OK)

    async def _stage(self, path: str) -> None:
        try:
            await self._backups.restore(path, on_progress=self._progress)
        except asyncio.CancelledError:
            self._show_cancelled("Nothing was restored.")
            raise
        except ComposerError as error:
            self._show_idle(str(error), Role.PROBLEM)
        else:
            self._show_idle()

    async def _take_back(self) -> None:
        try:
            await self._backups.withdraw()
        except ComposerError as error:
            self._show_idle(str(error), Role.PROBLEM)
        else:
            self._show_idle("Nothing will be restored.")

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_withdraw(self) -> None:
        self._bench.tasks.start_for(self, self._take_back(), "withdraw a restore")


def _described(backup: Backup) -> str:
    return f"The backup of {backup.made_at:%Y-%m-%d %H:%M} UTC"


def _size(backup: Backup) -> str:
    return f"{counted(backup.files, 'file')}, {backup.bytes / 1e6:,.1f} MB unpacked"
