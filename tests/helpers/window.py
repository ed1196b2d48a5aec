"""How tests find and use what is in the window, as an assistive tool would: by name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

WidgetT = TypeVar("WidgetT", bound=QWidget)


def named(root: QWidget, name: str, kind: type[WidgetT] = QWidget) -> WidgetT:
    """The one visible widget of that accessible name."""
    found = [w for w in root.findChildren(kind) if name_of(w) == name and w.isVisible()]
    assert len(found) == 1, f"{len(found)} visible widgets are called {name!r}"
    return found[0]


def name_of(widget: QWidget) -> str:
    """What Qt tells assistive tools: the accessible name, or else a button's text."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def click(root: QWidget, name: str) -> None:
    """Click a button with the mouse."""
    button = named(root, name, QAbstractButton)
    assert button.isEnabled(), f"{name!r} is off"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))


def type_into(field: QWidget, text: str) -> None:
    """Replace a field's text by typing."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for character in text:  # QTest.keyClicks aborts the process at a character beyond Latin-1
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(field, event)


async def wait_until(holds: Callable[[], object], what: str, seconds: float = 15.0) -> None:
    """Let the loop run until ``holds`` is true."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"Waited {seconds:g} s in vain for {what}"
        await asyncio.sleep(0.01)
