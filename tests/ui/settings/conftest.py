"""The dialogs over an empty window, with the real models behind them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from composer.ui.settings.dialog import SettingsDialog
from composer.ui.settings.shortcuts import ShortcutsDialog
from composer.ui.theme import ThemeChoice, ThemeController
from tests.helpers.bench import Bench, a_bench


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The window, its models, and how the dialogs are opened."""

    window: QMainWindow
    bench: Bench
    theme: ThemeController

    def open_settings(self) -> None:
        SettingsDialog(self.bench.work, self.theme, self.window).open()

    def open_shortcuts(self) -> None:
        ShortcutsDialog(self.window).open()

    @property
    def dialogs(self) -> list[QDialog]:
        return self.window.findChildren(QDialog)


@pytest_asyncio.fixture
async def desk(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Desk]:
    async with a_bench(tmp_path / "profile") as bench:
        theme = ThemeController(qapp, ThemeChoice.LIGHT)
        window = QMainWindow()
        window.show()
        yield Desk(window=window, bench=bench, theme=theme)
    theme.choose(ThemeChoice.LIGHT)
    theme.deleteLater()
    qapp.setStyleSheet("")
