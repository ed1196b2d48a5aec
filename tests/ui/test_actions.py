"""The commands as data, and the window that connects them."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from composer.core.settings import ThemeChoice
from composer.ui.actions import COMMANDS, Actions, Command
from composer.ui.main_window import MainWindow
from composer.ui.theme import ThemeController
from tests.helpers.bench import a_bench

ALL_KEYS = [(command, keys) for command, spec in COMMANDS.items() for keys in spec.keys]


class Window:
    """An empty window with the commands, and which of them ran."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.actions = Actions(self.window)
        self.ran: list[Command] = []
        for command in Command:
            self.actions.connect_to(command, partial(self.ran.append, command))

    def press(self, keys: str) -> None:
        QTest.keySequence(self.window, QKeySequence(keys))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def test_every_command_is_described_and_none_twice() -> None:
    assert set(COMMANDS) == set(Command)
    texts = Counter(spec.text for spec in COMMANDS.values())
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_keys_belong_to_two_commands() -> None:
    counted = Counter(QKeySequence(keys).toString() for _, keys in ALL_KEYS)
    assert [keys for keys, count in counted.items() if count > 1] == []


def test_all_keys_are_single_keys_that_qt_knows() -> None:
    portable = QKeySequence.SequenceFormat.PortableText
    for _, keys in ALL_KEYS:
        assert QKeySequence(keys, portable).toString(portable) == keys
        assert QKeySequence(keys).count() == 1


def test_no_keys_are_those_of_copying_and_pasting_in_a_field() -> None:
    editing = QKeySequence.StandardKey
    taken = {
        sequence.toString()
        for standard in (editing.Copy, editing.Cut, editing.Paste, editing.SelectAll)
        for sequence in QKeySequence.keyBindings(standard)
    }
    assert "Ctrl+C" in taken
    # A field hears its own paste before the window does (tests/e2e/test_paste.py).
    assert taken.isdisjoint(keys for command, keys in ALL_KEYS if command is not Command.PASTE)


def test_the_keys_run_their_command_and_no_other(window: Window) -> None:
    for _, keys in ALL_KEYS:
        window.press(keys)
    assert window.ran == [command for command, _ in ALL_KEYS]


def test_a_key_held_down_runs_its_command_once(window: Window) -> None:
    assert [action.autoRepeat() for action in window.window.actions()] == [False] * len(Command)


def test_a_command_that_is_off_is_off_everywhere(window: Window) -> None:
    for command, spec in COMMANDS.items():
        window.actions.enable(command, False)
        assert not window.actions.is_enabled(command)
        window.actions.trigger(command)
        for keys in spec.keys:
            window.press(keys)
    assert window.ran == []
    for command in Command:
        window.actions.enable(command, True)
        window.actions.trigger(command)
    assert window.ran == list(Command)


async def test_the_window_connects_each_command_to_one_thing(
    qapp: QApplication, tmp_path: Path
) -> None:
    async with a_bench(tmp_path / "profile") as bench:
        theme = ThemeController(qapp, ThemeChoice.LIGHT)
        window = MainWindow(bench.work, theme)
        counts = {action.text(): _receivers(action) for action in window.actions()}
        wanted = {spec.text: 1 for spec in COMMANDS.values()}
        window.let_go()
        window.close()
        window.deleteLater()
    qapp.setStyleSheet("")
    assert counts == wanted


def test_a_shortcut_stands_with_its_action_for_menus_to_show(window: Window) -> None:
    send = next(a for a in window.window.actions() if a.text() == COMMANDS[Command.SEND].text)
    assert send.shortcutContext() is Qt.ShortcutContext.WindowShortcut
    assert [keys.toString() for keys in send.shortcuts()] == ["Ctrl+Return", "Ctrl+Enter"]


def _receivers(action: QAction) -> int:
    return action.receivers(SIGNAL("triggered(bool)"))
