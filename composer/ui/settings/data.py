"""Where the app keeps its files, where templates lie, and the backup of all of it."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from composer.ui.icons import IconName
from composer.ui.settings.backup import BackupRow
from composer.ui.settings.fields import TextField
from composer.ui.settings.form import SettingsForm, side_by_side
from composer.ui.theme import Role
from composer.ui.widgets import ElidedLabel, IconButton
from composer.ui.workbench import Workbench

SHARED = (
    "Templates are plain JSON files. In a folder that is shared, such as a network drive or a "
    "checkout, what others change appears here."
)


class DataPage(QWidget):
    """Folders and backup."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._templates = TextField(
            "Folder of templates", _folder_problem, placeholder="In the data folder", note=SHARED
        )
        self._choose = IconButton(IconName.FILE, "Choose the folder of templates")
        self._own = QPushButton("Use the data folder")
        self._build()
        self._templates.line.editingFinished.connect(self._on_folder_typed)
        self._choose.clicked.connect(self._on_choose)
        self._own.clicked.connect(self._on_own)
        bench.preferences.changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        form = SettingsForm()
        form.add_heading("Folders")
        form.add_row("Data folder", self._folder_row())
        self._templates.beside.addWidget(self._choose)
        form.add_row("Templates", self._templates, self._templates.line)
        form.add_row("", side_by_side(self._own))
        form.add_heading("Backup")
        backup = BackupRow(self._bench)
        form.add_row("Everything", backup, backup.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)

    def _folder_row(self) -> QWidget:
        folder = ElidedLabel(
            self._bench.services.profile_folder, Qt.TextElideMode.ElideMiddle, role=Role.MONO
        )
        folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        copy = IconButton(IconName.COPY, "Copy the folder's path")
        copy.clicked.connect(self._copy_folder)
        return side_by_side(folder, copy)

    @Slot()
    def _show(self) -> None:
        folder = self._bench.preferences.settings.templates_folder
        self._templates.show_text(folder)
        self._own.setEnabled(bool(folder))

    @Slot()
    def _copy_folder(self) -> None:
        self._bench.copier.copy(self._bench.services.profile_folder, "folder's path")

    @Slot()
    def _on_folder_typed(self) -> None:
        if not self._templates.problem:
            self._take(self._templates.line.text().strip())

    @Slot()
    def _on_choose(self) -> None:
        chooser = QFileDialog(self.window(), "Choose the folder of templates")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self._take)
        chooser.open()

    @Slot()
    def _on_own(self) -> None:
        self._take("")

    @Slot(str)
    def _take(self, folder: str) -> None:
        self._bench.preferences.change(templates_folder=folder)


def _folder_problem(text: str) -> str:
    if not text.strip() or PurePath(text.strip()).is_absolute():
        return ""
    return "Write the whole path of the folder, or choose it."
