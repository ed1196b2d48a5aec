"""The Batch place, taken down after each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication

from tests.helpers.bench import a_bench
from tests.ui.batch.place import BatchPlace


@pytest_asyncio.fixture
async def place(qapp: QApplication, tmp_path: Path) -> AsyncIterator[BatchPlace]:
    async with a_bench(tmp_path) as bench:
        built = BatchPlace(qapp, bench)
        yield built
    built.close()  # once nothing is under way that would tell it something
