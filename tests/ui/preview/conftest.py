"""The preview pane on a stage."""

import pytest_asyncio

from tests.helpers.stage import Stage
from tests.ui.preview.driver import Preview


@pytest_asyncio.fixture
async def preview(stage: Stage) -> Preview:
    return Preview(stage)
