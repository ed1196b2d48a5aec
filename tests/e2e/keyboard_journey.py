"""The main job by keyboard alone, in a window on a real display. Run as a program.

Arguments: the profile folder. Prints what it saw, one line a step; ends with 0 if all went well.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import composer.app
from composer.app import App
from composer.core.outcome import Accepted
from composer.ui.rail import Place

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
TICK = 50
PATIENCE = 200  # ticks


class Journey(QObject):
    """One step a tick; a step is repeated until it has come true."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self._patience = PATIENCE
        self._done = 0
        self._outcomes: list[object] = []
        app.bench.sends.finished.connect(lambda report: self._outcomes.append(report.outcome))
        self._steps = iter(
            [
                self.is_active,
                lambda: self.press(Qt.Key.Key_L, CTRL),
                lambda: self.has_focus("Event name"),
                lambda: self.press(Qt.Key.Key_A, CTRL),
                lambda: self.type("bought by keyboard"),
                lambda: self.press(Qt.Key.Key_Tab),
                lambda: self.has_focus("Person's ID"),
                lambda: self.press(Qt.Key.Key_A, CTRL),
                lambda: self.type("person-7"),
                lambda: self.press(Qt.Key.Key_Return, CTRL),
                lambda: any(isinstance(outcome, Accepted) for outcome in self._outcomes),
                lambda: app.sandbox.arrivals()[0].events[0].distinct_id == "person-7",
                lambda: app.sandbox.arrivals()[0].events[0].name == "bought by keyboard",
                lambda: self.press(Qt.Key.Key_K, CTRL),
                lambda: self.has_focus("Find anything"),
                lambda: self.type("go to history"),
                lambda: self.press(Qt.Key.Key_Return),
                lambda: app.window.place is Place.HISTORY,
                lambda: self.press(Qt.Key.Key_1, CTRL),
                lambda: app.window.place is Place.COMPOSE,
                lambda: self.press(Qt.Key.Key_L, CTRL),
                lambda: self.has_focus("Event name"),
                lambda: self.press(Qt.Key.Key_Z, CTRL),
                lambda: app.bench.session.draft.payload.get("distinct_id") != "person-7",
                lambda: self.press(Qt.Key.Key_Q, CTRL),
            ]
        )
        self._step = next(self._steps)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(TICK)

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
                name = focused.accessibleName() if focused else "nothing"
                sys.stdout.write(f"stuck at step {self._done}, focus in {name}\n")
                self._app.window.close()

    def is_active(self) -> bool:
        self._app.window.activateWindow()
        return self._app.window.isActiveWindow()

    def has_focus(self, name: str) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.accessibleName() == name

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> bool:
        QTest.keyClick(self._app.window.windowHandle(), key, modifiers)
        return True

    def type(self, text: str) -> bool:
        for character in text:
            window = self._app.window.windowHandle()
            # The stubs know characters for widgets only.
            QTest.keyClick(window, character)  # pyright: ignore[reportCallIssue, reportArgumentType]
        return True


class WatchedApp(App):
    """The app, with the journey begun once its services have started."""

    def start_services(self) -> None:
        super().start_services()
        Journey(self)


if __name__ == "__main__":
    composer.app.App = WatchedApp
    sys.exit(composer.app.main(Path(sys.argv[1])))
