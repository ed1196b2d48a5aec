"""The surroundings of a page."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication

from tests.helpers.stage import Stage, a_stage


@pytest_asyncio.fixture
async def stage(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(qapp, tmp_path) as built:
        yield built
