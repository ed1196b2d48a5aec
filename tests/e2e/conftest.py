"""The assembled app on a profile of its own: real files, real sandbox, real window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtWidgets import QApplication

from composer.app import App
from composer.services.environment import open_environment


class Opened(Protocol):
    """Opens the app as ``composer.app.main`` does; leaving the block closes it in order."""

    def __call__(self) -> AbstractAsyncContextManager[App]: ...


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def opened(qapp: QApplication, profile: Path) -> Opened:
    """Not a fixture that yields the app: between fixture and test no loop runs, but Qt does."""

    @asynccontextmanager
    async def run() -> AsyncIterator[App]:
        app = App(qapp, open_environment(profile))
        app.window.show()
        app.start_services()
        try:
            yield app
        finally:
            await app.aclose()

    return run
