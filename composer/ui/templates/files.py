"""Choosing files and folders for import and export; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

IMPORTED = "Templates and collections (*.json *.bru *.zip);;All files (*)"
EXPORTED = "One archive (*.zip)"
EXPORTED_ONE = "One file (*.json);;One archive (*.zip)"


def choose_files(parent: QWidget, then: Callable[[list[str]], None]) -> None:
    """Ask which files are to be imported."""
    chooser = _chooser(parent, "Import templates")
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    chooser.setNameFilters(IMPORTED.split(";;"))
    chooser.filesSelected.connect(then)
    chooser.open()


def choose_folder(parent: QWidget, then: Callable[[list[str]], None]) -> None:
    """Ask which folder is to be imported, with all that is in it."""
    chooser = _chooser(parent, "Import a folder of templates")
    chooser.setFileMode(QFileDialog.FileMode.Directory)
    chooser.setOption(QFileDialog.Option.ShowDirsOnly)
    chooser.filesSelected.connect(then)
    chooser.open()


def choose_target(parent: QWidget, name: str, then: Callable[[str], None], *, is_one: bool) -> None:
    """Ask where templates are to be exported to: one file for a single one, else an archive."""
    chooser = _chooser(parent, "Export templates")
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setNameFilters((EXPORTED_ONE if is_one else EXPORTED).split(";;"))
    chooser.setDefaultSuffix("json" if is_one else "zip")
    chooser.selectFile(file_name(name) + (".json" if is_one else ".zip"))
    chooser.fileSelected.connect(then)
    chooser.open()


def _chooser(parent: QWidget, title: str) -> QFileDialog:
    chooser = QFileDialog(parent, title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return chooser


def file_name(name: str) -> str:
    """A name that every file system takes."""
    kept = (char if char.isalnum() or char in " -_." else "-" for char in name)
    return "".join(kept).strip(" .-")[:80] or "templates"
