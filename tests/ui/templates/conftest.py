"""The Templates place over real files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtWidgets import QApplication

from composer.ui.theme import LIGHT, apply
from tests.helpers.templates import TemplatesPlace, a_templates_place


@pytest_asyncio.fixture
async def place(qapp: QApplication, tmp_path: Path) -> AsyncIterator[TemplatesPlace]:
    apply(qapp, LIGHT)
    async with a_templates_place(tmp_path / "profile") as built:
        yield built
    qapp.setStyleSheet("")
