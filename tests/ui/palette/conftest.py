"""A palette over an empty window, with the real models behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication

from composer.ui.theme import LIGHT, apply
from tests.helpers.bench import a_bench
from tests.ui.palette.driver import Driver


@pytest_asyncio.fixture
async def driver(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Driver]:
    apply(qapp, LIGHT)
    async with a_bench(tmp_path / "profile") as bench:
        driver = Driver(bench.work)
        driver.window.show()
        driver.window.activateWindow()
        yield driver
    qapp.setStyleSheet("")
