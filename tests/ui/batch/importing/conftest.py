"""The import over real files, alone and within the Batch place."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication

from tests.helpers.bench import a_bench
from tests.helpers.stage import Stage
from tests.ui.batch.importing.place import ImportPlace, an_import_place
from tests.ui.batch.place import BatchPlace


@pytest_asyncio.fixture
async def place(stage: Stage, tmp_path: Path) -> AsyncIterator[ImportPlace]:
    async with an_import_place(stage, tmp_path / "import") as built:
        yield built


@pytest_asyncio.fixture
async def batch(qapp: QApplication, tmp_path: Path) -> AsyncIterator[BatchPlace]:
    async with a_bench(tmp_path / "profile") as bench:
        built = BatchPlace(qapp, bench)
        yield built
    built.close()
