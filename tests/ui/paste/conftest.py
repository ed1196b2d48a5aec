"""A workbench to paste into, for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.helpers.bench import a_bench
from tests.ui.paste.driver import Driver


@pytest_asyncio.fixture
async def driver(tmp_path: Path) -> AsyncIterator[Driver]:
    async with a_bench(tmp_path / "profile") as bench:
        made = Driver(bench)
        yield made
    made.close()  # last: Qt ends the loop with the last window
