"""The thin line over a command: for which shell it is, and how it is laid out."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from composer.core.curl import Style
from composer.core.shells import Shell
from composer.ui.preferences import Preferences
from composer.ui.theme import Surface
from composer.ui.widgets import Combo, Panel
from composer.ui.writing.words import SHELL_WORDS, STYLE_WORDS


class Choices(Panel):
    """Quiet lists side by side."""

    def __init__(self, *lists: Combo) -> None:
        super().__init__(Surface.RAISED, "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(4)
        for one in lists:
            row.addWidget(one)
        row.addStretch(1)


class CurlChoices(Choices):
    """Shows what the preferences say of curl commands, and changes it."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._shells = Combo("Shell of the curl command", flat=True)
        self._styles = Combo("Layout of the curl command", flat=True)
        super().__init__(self._shells, self._styles)
        for shell, words in SHELL_WORDS.items():
            self._shells.add(words, shell)
        for style, words in STYLE_WORDS.items():
            self._styles.add(words, style)
        self._shells.activated.connect(self._choose)
        self._styles.activated.connect(self._choose)
        preferences.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        settings = self._preferences.settings
        self._shells.set_value(settings.copy_shell)
        self._styles.set_value(settings.copy_style)

    @Slot()
    def _choose(self) -> None:
        shell, style = Shell(str(self._shells.value())), Style(str(self._styles.value()))
        self._preferences.change(copy_shell=shell, copy_style=style)
