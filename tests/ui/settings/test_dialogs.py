"""The settings dialog and the list of shortcuts."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTableView

from composer import __version__
from composer.core.curl import Style
from composer.core.jsontext import Layout
from composer.core.settings import ThemeChoice
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.ui.actions import COMMANDS
from composer.ui.theme import current_theme
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, type_into
from tests.ui.settings.conftest import Desk


def choose(desk: Desk, name: str, text: str) -> None:
    combo = named(desk.window, name, QComboBox)
    combo.setFocus()
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


async def test_it_shows_the_settings_as_they_are(desk: Desk) -> None:
    preferences = desk.bench.work.preferences
    preferences.change(layout=Layout.COMPACT, copy_key=KeyMode.MASKED, answer_timeout=2.5)
    desk.open_settings()
    assert named(desk.window, "JSON layout", QComboBox).currentText() == "Compact"
    assert named(desk.window, "Key on a copy", QComboBox).currentText() == "Masked"
    assert named(desk.window, "Wait for a connection", QLineEdit).text() == "10"
    assert named(desk.window, "Wait for an answer", QLineEdit).text() == "2.5"
    assert named(desk.window, "Port of the sandbox", QLineEdit).text() == "8810"


async def test_opening_it_changes_nothing(desk: Desk) -> None:
    before = desk.bench.work.preferences.settings
    desk.open_settings()
    assert desk.bench.work.preferences.settings is before


async def test_a_theme_is_on_at_once_and_kept(desk: Desk) -> None:
    desk.open_settings()
    choose(desk, "Theme", "Dark")
    assert current_theme().is_dark
    assert desk.bench.work.preferences.settings.theme is ThemeChoice.DARK
    choose(desk, "Theme", "Light")
    assert not current_theme().is_dark


async def test_layout_key_and_hiding_are_changed_at_once(desk: Desk) -> None:
    desk.open_settings()
    choose(desk, "JSON layout", "Compact")
    choose(desk, "Key on a copy", "In full")
    click(desk.window, "Hide the project token on screen")
    settings = desk.bench.work.preferences.settings
    assert settings.layout is Layout.COMPACT
    assert settings.copy_key is KeyMode.INLINE
    assert settings.hide_key
    choose(desk, "Key on a copy", "As usual for the destination")
    assert desk.bench.work.preferences.settings.copy_key is None


async def test_shell_and_layout_of_commands_are_changed_at_once(desk: Desk) -> None:
    desk.open_settings()
    choose(desk, "Shell of curl commands", "PowerShell")
    choose(desk, "Layout of curl commands", "As in the docs")
    settings = desk.bench.work.preferences.settings
    assert (settings.copy_shell, settings.copy_style) == (Shell.POWERSHELL, Style.DOCS)
    desk.bench.work.preferences.change(copy_shell=Shell.CMD)
    assert named(desk.window, "Shell of curl commands", QComboBox).currentText() == "Windows cmd"


async def test_times_and_port_are_changed_as_they_are_typed(desk: Desk) -> None:
    desk.open_settings()
    type_into(named(desk.window, "Wait for a connection"), "2.5")
    type_into(named(desk.window, "Wait for an answer"), "60")
    type_into(named(desk.window, "Port of the sandbox"), "0")
    settings = desk.bench.work.preferences.settings
    assert (settings.connect_timeout, settings.answer_timeout) == (2.5, 60.0)
    assert settings.sandbox_port == 0


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Wait for a connection", "soon", "Write a number, for example 10 or 2.5."),
        ("Wait for an answer", "0", "Choose between 0.1 and 3600 seconds."),
        ("Port of the sandbox", "70000", "Write a number up to 65535, for example 8810."),
    ],
)
async def test_a_wrong_number_is_told_and_changes_nothing(
    desk: Desk, name: str, text: str, words: str
) -> None:
    desk.open_settings()
    field = named(desk.window, name, QLineEdit)
    before = desk.bench.work.preferences.settings
    field.clear()
    field.insert(text)  # as a whole: some of its beginnings would be right
    field.textEdited.emit(text)
    assert field.accessibleDescription() == words
    assert words in [label.text() for label in desk.window.findChildren(QLabel)]
    assert desk.bench.work.preferences.settings is before


async def test_a_change_made_elsewhere_is_shown(desk: Desk) -> None:
    desk.open_settings()
    desk.bench.work.preferences.change(layout=Layout.COMPACT, hide_key=True)
    assert named(desk.window, "JSON layout", QComboBox).currentText() == "Compact"


async def test_the_version_stands_there(desk: Desk) -> None:
    desk.open_settings()
    words = [label.text() for label in desk.window.findChildren(QLabel)]
    assert f"Event Composer {__version__}" in words


async def test_enter_in_a_field_does_not_close_it(desk: Desk) -> None:
    desk.open_settings()
    QTest.keyClick(named(desk.window, "Wait for an answer"), Qt.Key.Key_Return)
    assert desk.dialogs[0].isVisible()


async def test_the_dialogs_are_gone_once_they_are_closed(desk: Desk) -> None:
    desk.open_settings()
    QTest.keyClick(named(desk.window, "Wait for an answer"), Qt.Key.Key_Escape)
    await asyncio.sleep(0.05)
    assert desk.dialogs == []
    desk.open_shortcuts()
    QTest.keyClick(named(desk.window, "Shortcuts"), Qt.Key.Key_Escape)
    await asyncio.sleep(0.05)
    assert desk.dialogs == []


async def test_everything_in_the_dialogs_has_a_name(desk: Desk) -> None:
    desk.open_settings()
    assert desk.dialogs[0].accessibleName() == "Settings"
    assert nameless(desk.dialogs[0]) == []
    desk.dialogs[0].close()
    await asyncio.sleep(0.05)
    desk.open_shortcuts()
    assert desk.dialogs[0].accessibleName() == "Keyboard shortcuts"
    assert nameless(desk.dialogs[0]) == []


async def test_every_command_with_keys_is_listed(desk: Desk) -> None:
    desk.open_shortcuts()
    model = named(desk.window, "Shortcuts", QTableView).model()
    rows = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert rows == [spec.text for spec in COMMANDS.values() if spec.keys]
    assert model.index(0, 1).data() == "Ctrl+Return or Ctrl+Enter"
