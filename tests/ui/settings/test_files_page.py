"""Folders, backup and restore, in the settings."""

import asyncio
import zipfile
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from shiboken6 import isValid

from composer.ui.settings.backup import BackupRow
from composer.ui.settings.dialog import SettingsDialog, SettingsPage
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.settings.conftest import Desk


class Files:
    """The page in its dialog."""

    def __init__(self, desk: Desk) -> None:
        self.bench = desk.bench
        self.dialog = SettingsDialog(desk.bench.work, desk.theme, desk.window, SettingsPage.DATA)
        self.dialog.open()
        (self.backup,) = self.dialog.findChildren(BackupRow)

    @property
    def words(self) -> str:
        shown = (label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())
        return " ".join(shown).replace("\u200b", "")

    @property
    def buttons(self) -> list[str]:
        return [b.text() for b in self.backup.findChildren(QPushButton) if b.isVisible()]

    async def says(self, words: str) -> None:
        await wait_until(lambda: words in self.words, f"{words!r} in {self.words!r}")


def archives(folder: Path) -> list[Path]:
    return list(folder.glob("*.zip"))


@pytest_asyncio.fixture
async def files(desk: Desk) -> Files:
    return Files(desk)


async def test_the_data_folder_can_be_copied_and_everything_has_a_name(files: Files) -> None:
    click(files.dialog, "Copy the folder's path")
    assert files.bench.copied == [files.bench.work.services.profile_folder]
    assert nameless(files.dialog) == []


async def test_templates_may_lie_in_another_folder_and_come_back(
    files: Files, tmp_path: Path
) -> None:
    field = named(files.dialog, "Folder of templates")
    type_into(field, "shared/templates")
    assert "Write the whole path of the folder" in files.words
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert files.bench.work.preferences.settings.templates_folder == ""
    type_into(field, str(tmp_path / "shared"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert files.bench.work.preferences.settings.templates_folder == str(tmp_path / "shared")
    assert files.bench.work.services.templates.folder == str(tmp_path / "shared")
    click(files.dialog, "Use the data folder")
    assert files.bench.work.preferences.settings.templates_folder == ""


async def test_the_folder_is_chosen_in_a_window_of_the_system(files: Files, tmp_path: Path) -> None:
    click(files.dialog, "Choose the folder of templates")
    (chooser,) = files.dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    assert files.bench.work.preferences.settings.templates_folder == str(tmp_path)


async def test_a_backup_is_written_with_what_was_typed_last(files: Files, tmp_path: Path) -> None:
    assert files.buttons == ["Back up to a file…", "Restore a backup…"]
    files.bench.work.session.set_value(("event",), "typed just now")
    target = tmp_path / "all.zip"
    files.backup.back_up_to(str(target))
    assert files.buttons == ["Cancel"]
    await files.says("Backed up to")
    with zipfile.ZipFile(target) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"typed just now" in whole
    assert files.buttons == ["Back up to a file…", "Restore a backup…"]


async def test_a_backup_that_cannot_be_written_is_told(files: Files, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    files.backup.back_up_to(str(tmp_path / "file" / "all.zip"))
    await files.says("is not a folder")
    assert files.buttons == ["Back up to a file…", "Restore a backup…"]


async def test_a_restore_is_made_ready_said_and_can_be_taken_back(
    files: Files, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    files.backup.back_up_to(str(target))
    await files.says("Backed up to")
    files.backup.restore_from(str(target))
    await files.says("is restored at the next start")
    assert files.buttons == ["Back up to a file…", "Do not restore"]
    assert files.bench.work.services.backups().waiting() is not None
    click(files.dialog, "Do not restore")
    await files.says("Nothing will be restored.")
    assert files.bench.work.services.backups().waiting() is None


async def test_what_is_no_backup_is_told_and_changes_nothing(files: Files, tmp_path: Path) -> None:
    (tmp_path / "holiday.zip").write_bytes(b"no archive at all")
    files.backup.restore_from(str(tmp_path / "holiday.zip"))
    await files.says("is damaged, so nothing of it is restored")
    assert files.bench.work.services.backups().waiting() is None
    assert files.buttons == ["Back up to a file…", "Restore a backup…"]


async def test_cancelling_a_backup_leaves_no_file(files: Files, tmp_path: Path) -> None:
    files.backup.back_up_to(str(tmp_path / "all.zip"))
    await asyncio.sleep(0)
    click(files.dialog, "Cancel the backup or restore")
    await files.says("The backup was cancelled. No file was written.")
    assert archives(tmp_path) == []


async def test_closing_the_settings_cancels_a_backup(files: Files, tmp_path: Path) -> None:
    files.backup.back_up_to(str(tmp_path / "all.zip"))
    await asyncio.sleep(0)
    files.dialog.close()
    await wait_until(lambda: not isValid(files.dialog), "the dialog to go")
    await asyncio.sleep(0.05)
    assert archives(tmp_path) == []
