"""Drops on a window: taken from other programs, left to the widgets within the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from composer.ui.paste.clip import Clip
from composer.ui.paste.drops import DropTarget
from composer.ui.widgets import CodeView

_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_BUTTON = Qt.MouseButton.LeftButton
_PLAIN = Qt.KeyboardModifier.NoModifier


class Target:
    """A window, what was dropped on it, and a person who drags."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.dropped: list[Clip] = []
        DropTarget(self.window).dropped.connect(self.dropped.append)

    def enter(self, data: QMimeData) -> bool:
        event = QDragEnterEvent(QPoint(5, 5), _ACTIONS, data, _BUTTON, _PLAIN)
        event.ignore()
        QApplication.sendEvent(self.window, event)
        return event.isAccepted()

    def drop(self, data: QMimeData) -> None:
        event = QDropEvent(QPointF(5, 5), _ACTIONS, data, _BUTTON, _PLAIN)
        QApplication.sendEvent(self.window, event)


@pytest.fixture
def target(qtbot: QtBot) -> Target:
    made = Target()
    qtbot.addWidget(made.window)
    return made


def test_text_from_elsewhere_is_taken(target: Target) -> None:
    data = QMimeData()
    data.setText("curl")
    assert target.enter(data)
    assert target.dropped == []
    target.drop(data)
    assert target.dropped == [Clip(text="curl")]


def test_a_file_is_taken(target: Target, tmp_path: Path) -> None:
    path = str(tmp_path / "a.har")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    assert target.enter(data)
    target.drop(data)
    assert target.dropped == [Clip(files=(path,))]


def test_what_cannot_be_read_is_not_taken(target: Target) -> None:
    data = QMimeData()
    data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert not target.enter(data)
    target.drop(data)
    assert target.dropped == []


def test_an_editor_leaves_files_to_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    editor = CodeView("JSON", read_only=False)
    qtbot.addWidget(editor)
    file, text = QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    file.setText(str(tmp_path))
    text.setText("x")
    assert editor.canInsertFromMimeData(text)
    assert not editor.canInsertFromMimeData(file)
