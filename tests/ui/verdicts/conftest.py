"""A strip of verdicts for each test."""

import pytest_asyncio

from tests.helpers.stage import Stage
from tests.ui.verdicts.driver import Driver


@pytest_asyncio.fixture
async def driver(stage: Stage) -> Driver:
    return Driver(stage)
