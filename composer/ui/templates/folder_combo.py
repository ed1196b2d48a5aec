"""The choice of a folder for a template: those that there are, or a new one that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from composer.ui.widgets import Combo

_TOP = "Not in a folder"


class FolderCombo(Combo):
    """The folders there are; the name of a new one may be typed."""

    entered = Signal(str)
    """A folder was chosen or typed: ``Support/Refunds``, or empty for none"""

    def __init__(self) -> None:
        super().__init__("Folder")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCompleter(None)  # pyright: ignore[reportArgumentType] -- None is documented
        line = QLineEdit()
        self.setLineEdit(line)
        line.setAccessibleName("Folder, text")
        line.setPlaceholderText(_TOP)
        self._folders: tuple[str, ...] | None = None
        self._shown = ""
        self.show_folders(())
        self.activated.connect(self._on_activated)
        line.editingFinished.connect(self._on_edited)

    @property
    def folder(self) -> str:
        """What stands there now."""
        return folder_of(self.currentText())

    def show_folders(self, folders: Sequence[str]) -> None:
        """Offer these, and no folder."""
        if tuple(folders) == self._folders:
            return
        text = self.currentText()
        self._folders = tuple(folders)
        self.clear()
        self.add(_TOP, "")
        for folder in folders:
            self.add(folder_title(folder), folder)
        self.setCurrentIndex(-1)
        self.setEditText(text)

    def show_folder(self, folder: str) -> None:
        """Show where something is kept, without ``entered``."""
        line = self.lineEdit()
        if folder != self._shown or not (line and line.hasFocus()):
            self._shown = folder
            self.setCurrentIndex(-1)
            self.setEditText(folder_title(folder))

    @Slot()
    def _on_activated(self) -> None:
        chosen = self.value()
        if isinstance(chosen, str):
            self.show_folder(chosen)
            self.setEditText(folder_title(chosen))
            self._enter(chosen)

    @Slot()
    def _on_edited(self) -> None:
        self._enter(self.folder)

    def _enter(self, folder: str) -> None:
        if folder != self._shown or self.currentText() != folder_title(folder):
            self.setEditText(folder_title(folder))
        self._shown = folder
        self.entered.emit(folder)


def folder_title(folder: str) -> str:
    """``Support › Refunds`` for ``Support/Refunds``."""
    return " › ".join(part for part in folder.split("/") if part)


def folder_of(text: str) -> str:
    """``Support/Refunds`` for ``Support › Refunds``, or for what a person types."""
    if text.strip() == _TOP:
        return ""
    parts = (part.strip() for part in text.replace("›", "/").replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part)
