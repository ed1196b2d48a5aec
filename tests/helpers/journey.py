"""A person at the keyboard of a window on a real display: one step a tick, until each comes true.

Programs use it, which a test starts: it prints ``done``, or at which step it is stuck.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import composer.app
from composer.app import App
from tests.helpers.window import name_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
TICK = 50
PATIENCE = 200  # ticks

Step = Callable[[], object]


class Journey(QObject):
    """One step a tick; a step is repeated until it has come true."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self.app = app
        self._patience = PATIENCE
        self._done = 0
        self._steps = iter(self.steps())
        self._step = next(self._steps)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(TICK)

    def steps(self) -> Iterable[Step]:
        """What the person does and sees, one after the other."""
        raise NotImplementedError

    def tick(self) -> None:
        if self._step():
            self._patience = PATIENCE
            following = next(self._steps, None)
            if following is None:
                self._timer.stop()
                sys.stdout.write("done\n")
            else:
                self._step = following
                self._done += 1
        else:
            self._patience -= 1
            if self._patience == 0:
                focused = QApplication.focusWidget()
                name = name_of(focused) if focused else "nothing"
                sys.stdout.write(f"stuck at step {self._done}, focus in {name}\n")
                self.app.window.close()

    def is_active(self) -> bool:
        self.app.window.activateWindow()
        return self.app.window.isActiveWindow()

    def has_focus(self, name: str) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and name_of(focused) == name

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> bool:
        window = QApplication.focusWindow()  # none for a moment, while a dialog comes or goes
        if window is not None:
            QTest.keyClick(window, key, modifiers)
        return window is not None

    def tab_to(self, name: str) -> bool:
        """One press of Tab, unless it is reached."""
        if not self.has_focus(name):
            self.press(Qt.Key.Key_Tab)
        return self.has_focus(name)

    def type(self, text: str) -> bool:
        window = QApplication.focusWindow()
        for character in text if window is not None else "":
            # The stubs know characters for widgets only.
            QTest.keyClick(window, character)  # pyright: ignore[reportCallIssue, reportArgumentType]
        return window is not None


def travel(journey: type[Journey]) -> int:
    """Open the app on the profile that is named first, and begin once its services have started."""

    class WatchedApp(App):
        def start_services(self) -> None:
            super().start_services()
            if self.window.findChild(Journey) is None:  # it is called twice
                journey(self)

    composer.app.App = WatchedApp
    return composer.app.main(Path(sys.argv[1]))
