"""A start that does not succeed: told in a window, tried again, or given up.

A part of the composition root, beside ``app``, which knows how a profile is opened and lends this
the loop.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from composer.core.errors import ComposerError
from composer.services.environment import Environment, open_environment
from composer.services.paths import default_profile
from composer.ui.theme import ThemeChoice, ThemeController
from composer.ui.trouble import TroubleWindow


class Opener:
    """Tries until a profile is open or the person gives up.

    ``ended`` is set then, and ``environment`` is the open profile, if there is one.
    """

    def __init__(
        self, application: QApplication, error: ComposerError, folder: Path | None
    ) -> None:
        self.environment: Environment | None = None
        self.ended = asyncio.Event()
        self._folder = folder
        self._theme = ThemeController(application, ThemeChoice.SYSTEM)
        self.window = TroubleWindow(str(error), self._named())
        self.window.retry_chosen.connect(self._retry)
        self.window.folder_chosen.connect(self._use)
        self.window.closed.connect(self.ended.set)

    async def run(self) -> Environment | None:
        """Show the window until it has ended."""
        self.window.show()
        await self.ended.wait()
        self.window.close()
        self.window.deleteLater()
        return self.environment

    def _named(self) -> str:
        return str(self._folder.absolute() if self._folder else default_profile().folder)

    def _use(self, folder: str) -> None:
        self._folder = Path(folder)
        self._retry()

    def _retry(self) -> None:
        try:
            self.environment = open_environment(self._folder)
        except ComposerError as error:
            sys.stderr.write(f"{error}\n")
            self.window.tell(str(error), self._named(), again=True)
        else:
            self.ended.set()
