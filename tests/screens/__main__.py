"""Draws the states that are named (all if none is) into ``artifacts/screens``."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from qasync import QEventLoop

from composer.app import make_application
from composer.ui.theme import ThemeChoice, current_theme
from tests.helpers import surroundings
from tests.screens.stage import Stage, staged
from tests.screens.states import STATES, State

__all__ = ["surroundings"]

_log = logging.getLogger(__name__)

FOLDER = Path(os.environ.get("ARTIFACTS", "artifacts"), "screens")
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)


def main(names: list[str]) -> int:
    """Returns 1 if a state could not be reached."""
    unknown = [name for name in names if name not in STATES]
    if unknown:
        print(f"No such state: {', '.join(unknown)}. There are: {', '.join(STATES)}")
        return 2
    logging.basicConfig(level=logging.WARNING)
    FOLDER.mkdir(parents=True, exist_ok=True)
    application = make_application()
    application.setCursorFlashTime(0)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        return runner.run(draw_all(application, names or list(STATES)))


async def draw_all(application: QApplication, names: list[str]) -> int:
    failed: list[str] = []
    for name in names:
        try:
            async with staged(application) as stage:
                await draw(stage, name, STATES[name])
        except Exception:  # noqa: BLE001 -- the other states are to be seen all the same
            _log.exception("%s could not be drawn", name)
            failed.append(name)
    print(f"{len(names) - len(failed)} states are drawn in {FOLDER}")
    return 1 if failed else 0


async def draw(stage: Stage, name: str, state: State) -> None:
    """Lead the window to the state and take its picture in both themes."""
    stage.window.resize(*state.size)
    await stage.settle()
    await state.prepare(stage)
    await stage.settle(0.5)
    for theme in THEMES:
        stage.app.theme.choose(theme)
        await stage.settle(0.1)
        for scale in (1, 2) if state.sharp else (1,):
            suffix = f"-{scale}x" if scale > 1 else ""
            picture(stage.window, scale).save(str(FOLDER / f"{name}-{theme.value}{suffix}.png"))


def picture(window: QWidget, scale: int) -> QPixmap:
    """The window, and a dialog over it where there is one."""
    whole = taken(window, scale)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            place = QRect(QPoint(), dialog.size())
            place.moveCenter(window.rect().center())
            painter = QPainter(whole)
            painter.drawPixmap(place.topLeft(), taken(dialog, scale))
            painter.setPen(QColor(current_theme().strong_line))
            painter.drawRect(place)
            painter.end()
    return whole


def taken(widget: QWidget, scale: int) -> QPixmap:
    """A picture of one widget with ``scale`` pixels for each of its own."""
    pixmap = QPixmap(widget.size() * scale)
    pixmap.setDevicePixelRatio(scale)
    widget.render(pixmap)
    return pixmap


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
