"""The page of settings that are about no project: look, copying, waiting, the sandbox."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from composer import __version__
from composer.core.curl import Style
from composer.core.jsontext import Layout
from composer.core.settings import ThemeChoice
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.ui.settings.fields import NumberField
from composer.ui.settings.form import SettingsForm, side_by_side
from composer.ui.settings.numbers import read_port, read_seconds
from composer.ui.theme import ThemeController
from composer.ui.widgets import Combo, Switch
from composer.ui.workbench import Workbench
from composer.ui.writing.words import SHELL_WORDS, STYLE_WORDS

AS_USUAL = "usual"
"""Entry of the list while the destination decides how a copy carries the key."""


class GeneralPage(QWidget):
    """Shows the preferences and changes them."""

    def __init__(self, bench: Workbench, theme: ThemeController) -> None:
        super().__init__()
        self._bench = bench
        self._preferences = bench.preferences
        self._controller = theme
        self._themes = Combo("Theme")
        self._layouts = Combo("JSON layout")
        self._keys = Combo("Key on a copy")
        self._shells = Combo("Shell of curl commands")
        self._styles = Combo("Layout of curl commands")
        self._hide = Switch("Hide the project token on screen")
        self._connect_wait = NumberField("Wait for a connection", read_seconds, unit="seconds")
        self._answer_wait = NumberField("Wait for an answer", read_seconds, unit="seconds")
        self._port = NumberField(
            "Port of the sandbox",
            read_port,
            note="From the next start on. 0 takes any free port.",
        )
        self._fill()
        self._build()
        self._connect()
        self._show()
        self._show_numbers()

    def _fill(self) -> None:
        self._themes.add("Follow the system", ThemeChoice.SYSTEM)
        self._themes.add("Light", ThemeChoice.LIGHT)
        self._themes.add("Dark", ThemeChoice.DARK)
        self._layouts.add("Pretty", Layout.PRETTY)
        self._layouts.add("Compact", Layout.COMPACT)
        self._keys.add("As usual for the destination", AS_USUAL)
        self._keys.add("In full", KeyMode.INLINE)
        self._keys.add("As a variable", KeyMode.ENV)
        self._keys.add("Masked", KeyMode.MASKED)
        for shell, words in SHELL_WORDS.items():
            self._shells.add(words, shell)
        for style, words in STYLE_WORDS.items():
            self._styles.add(words, style)
        usual = "As usual: in full for the sandbox, as a variable for every other destination"
        self._keys.setToolTip(usual)
        self._keys.setAccessibleDescription(usual)

    def _build(self) -> None:
        form = SettingsForm()
        form.add_heading("Appearance")
        form.add_row("Theme", self._themes)
        form.add_row("JSON layout", self._layouts)
        form.add_row("", self._hide)
        form.add_heading("Copying")
        form.add_row("Key on a copy", self._keys)
        form.add_row("curl commands", side_by_side(self._shells, self._styles), self._shells)
        form.add_heading("Sending")
        form.add_row("Wait for a connection", self._connect_wait, self._connect_wait.line)
        form.add_row("Wait for an answer", self._answer_wait, self._answer_wait.line)
        form.add_heading("Sandbox")
        form.add_row("Port", self._port, self._port.line)
        form.add_heading("This app")
        form.add_row("Version", QLabel(f"Event Composer {__version__}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)

    def _connect(self) -> None:
        self._themes.activated.connect(self._choose_theme)
        self._layouts.activated.connect(self._choose_layout)
        self._keys.activated.connect(self._choose_key)
        self._shells.activated.connect(self._choose_command)
        self._styles.activated.connect(self._choose_command)
        self._hide.clicked.connect(self._choose_hiding)
        self._connect_wait.changed.connect(self._choose_connect_wait)
        self._answer_wait.changed.connect(self._choose_answer_wait)
        self._port.changed.connect(self._choose_port)
        self._preferences.changed.connect(self._show)

    # What the preferences say

    @Slot()
    def _show(self) -> None:
        settings = self._preferences.settings
        self._themes.set_value(settings.theme)
        self._layouts.set_value(settings.layout)
        self._keys.set_value(settings.copy_key or AS_USUAL)
        self._shells.set_value(settings.copy_shell)
        self._styles.set_value(settings.copy_style)
        self._hide.setChecked(settings.hide_key)

    def _show_numbers(self) -> None:
        settings = self._preferences.settings
        self._connect_wait.show_number(settings.connect_timeout)
        self._answer_wait.show_number(settings.answer_timeout)
        self._port.show_number(settings.sandbox_port)

    # What the person says

    @Slot()
    def _choose_theme(self) -> None:
        choice = ThemeChoice(str(self._themes.value()))
        self._controller.choose(choice)
        self._preferences.change(theme=choice)

    @Slot()
    def _choose_layout(self) -> None:
        self._preferences.change(layout=Layout(str(self._layouts.value())))

    @Slot()
    def _choose_key(self) -> None:
        value = str(self._keys.value())
        self._preferences.change(copy_key=None if value == AS_USUAL else KeyMode(value))

    @Slot()
    def _choose_command(self) -> None:
        shell, style = Shell(str(self._shells.value())), Style(str(self._styles.value()))
        self._preferences.change(copy_shell=shell, copy_style=style)

    @Slot(bool)
    def _choose_hiding(self, hide: bool) -> None:
        self._preferences.change(hide_key=hide)

    @Slot(object)
    def _choose_connect_wait(self, seconds: float) -> None:
        self._preferences.change(connect_timeout=seconds)

    @Slot(object)
    def _choose_answer_wait(self, seconds: float) -> None:
        self._preferences.change(answer_timeout=seconds)

    @Slot(object)
    def _choose_port(self, port: int) -> None:
        self._preferences.change(sandbox_port=port)
