"""The window that stands where the profile cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from composer.ui.trouble import TroubleWindow
from tests.helpers.window import click, named

WORDS = "The profile folder /p cannot be used: /p is not a folder. Rename it."


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[TroubleWindow]:
    window = TroubleWindow(WORDS, "/p")
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def test_it_says_what_is_wrong_and_where(window: TroubleWindow) -> None:
    assert named(window, "What is wrong", QLabel).text() == WORDS
    assert named(window, "Profile folder", QLabel).text() == "/p"
    assert window.accessibleName() == "The profile cannot be opened"
    assert window.accessibleDescription() == WORDS


def test_its_buttons_tell_what_was_chosen(window: TroubleWindow) -> None:
    told: list[str] = []
    window.retry_chosen.connect(lambda: told.append("again"))
    window.closed.connect(lambda: told.append("closed"))
    click(window, "Try again")
    click(window, "Close")
    assert told == ["again", "closed"]


def test_everything_is_done_with_the_keyboard(window: TroubleWindow) -> None:
    told: list[str] = []
    window.retry_chosen.connect(lambda: told.append("again"))
    window.closed.connect(lambda: told.append("closed"))
    window.activateWindow()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    reached = []
    for _ in range(3):
        reached.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert len(set(reached)) == 3
    QTest.keyClick(reached[2], Qt.Key.Key_Space)
    assert told == ["again", "closed"]
    window.show()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert told == ["again", "closed", "closed"]


def test_a_try_in_vain_says_so_and_makes_room_for_more_words(window: TroubleWindow) -> None:
    height = window.height()
    long = "It is damaged beyond words. " * 20
    window.tell(long, "/other", again=True)
    assert window.height() > height
    assert window.accessibleDescription().startswith("It was tried again")
    assert named(window, "Profile folder", QLabel).text() == "/other"
    words = named(window, "What is wrong", QLabel)
    assert words.heightForWidth(words.width()) <= words.height()


def test_another_folder_is_asked_for_without_a_loop_of_its_own(
    window: TroubleWindow, tmp_path: Path
) -> None:
    chosen: list[str] = []
    window.folder_chosen.connect(chosen.append)
    click(window, "Choose another folder…")
    (chooser,) = window.findChildren(QFileDialog)
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    QApplication.sendPostedEvents(chooser, 52)  # DeferredDelete
    assert chosen == [str(tmp_path)]
