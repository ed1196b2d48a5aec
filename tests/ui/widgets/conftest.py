"""The light theme for every test of a widget."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from composer.ui.theme import LIGHT, apply


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply(qapp, LIGHT)
    yield
    apply(qapp, LIGHT)
    qapp.setStyleSheet("")
