"""Opens one window, the app's or a bare one, and tells about it: a child process of ``start``.

Prints the time at which the window had been painted (``time.monotonic``, which on one machine all
processes share) and, after a rest, the memory in use.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

REST = 5_000
"""Milliseconds from the first paint until the memory is read."""


class Witness:
    """Hears of the first paint; everything that is painted with it is done when it writes."""

    def __init__(self) -> None:
        self._heard = False

    def hear(self) -> None:
        if not self._heard:
            self._heard = True
            QTimer.singleShot(0, self._tell_time)

    def _tell_time(self) -> None:
        print(time.monotonic(), flush=True)
        QTimer.singleShot(REST, self._tell_memory)

    def _tell_memory(self) -> None:
        print(resident(), flush=True)
        os._exit(0)  # how the app ends is none of this measurement


def resident() -> int:
    """Kilobytes of memory that this process holds; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def open_bare(witness: Witness) -> None:
    """The least that PySide6 can show: a window with a label."""

    class BareWindow(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            witness.hear()

    application = QApplication([])
    window = BareWindow()
    window.setCentralWidget(QLabel("Event Composer"))
    window.resize(1280, 800)
    window.show()
    application.exec()


def open_app(witness: Witness, profile: str) -> None:
    """The app as a person starts it, with a window that tells when it is painted."""
    from composer.ui.features import skip_feature_search

    skip_feature_search()  # before anything else, as the command does it
    import composer.app
    from composer.ui.main_window import MainWindow

    class WatchedWindow(MainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            witness.hear()

    composer.app.MainWindow = WatchedWindow
    from composer.cli import main

    main(["--profile", profile])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        open_app(Witness(), sys.argv[1])
    else:
        open_bare(Witness())
