"""The app within this process, with a window that tells how long it paints."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent
from qasync import QEventLoop

import composer.app
from composer.app import App, make_application
from composer.services.environment import open_environment
from composer.ui.main_window import MainWindow

_T = TypeVar("_T")


class TimedWindow(MainWindow):
    """Adds up the seconds that painting takes."""

    painting = 0.0

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return super().event(event)
        began = time.perf_counter()
        done = super().event(event)
        self.painting += time.perf_counter() - began
        return done


@asynccontextmanager
async def opened() -> AsyncIterator[App]:
    """The app on a fresh profile, with everything loaded."""
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as folder:
        environment = open_environment(Path(folder))
        settings = environment.settings.load()
        environment.settings.save(replace(settings, sandbox_port=0))
        composer.app.MainWindow = TimedWindow
        app = App(_application(), environment)
        app.window.show()
        app.window.activateWindow()
        app.start_services()
        await app.sender.warm_up()
        await asyncio.sleep(1)
        try:
            yield app
        finally:
            await app.aclose()


def run(work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Run a coroutine on Qt's loop."""
    with asyncio.Runner(loop_factory=lambda: QEventLoop(_application())) as runner:
        return runner.run(work())


def _application() -> Any:
    return composer.app.QApplication.instance() or make_application()
