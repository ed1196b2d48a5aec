"""The Batch place over a real profile, and a server that runs are sent to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication

from tests.helpers.bench import a_bench
from tests.ui.batch.running.place import RunPlace


@pytest_asyncio.fixture
async def place(qapp: QApplication, tmp_path: Path) -> AsyncIterator[RunPlace]:
    async with a_bench(tmp_path) as bench:
        built = RunPlace(qapp, bench)
        yield built
    built.close()
