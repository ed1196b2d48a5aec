"""Python's cyclic garbage, collected in the GUI thread only.

WORKAROUND: the collector runs in whichever thread happens to allocate, so the sandbox's thread
could destroy a QObject, which crashes now and then. Automatic collection is therefore off while
the window lives, and a timer does the work in the thread that owns the widgets.
https://tschoenfelder.de/blog/pyqt_gc
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL = 500
"""Milliseconds between two looks."""


class GarbageCollector(QObject):
    """Stands in for the automatic collection until ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._look)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def settle(self) -> None:
        """The start is over: what lives now lives long, and need not be looked through again.

        It keeps a full collection within a frame. Before it only the young are looked through: the
        old are the loaded modules, some ten thousand objects with next to no garbage among them,
        and would hold up the first keystrokes for 30 ms.
        """
        gc.collect(1)
        gc.freeze()

    def stop(self) -> None:
        """Collect what is left, and go back to the automatic collection if it was on."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        if self._was_on:
            gc.enable()

    @Slot()
    def _look(self) -> None:
        """Collect the oldest generation that is due, as the automatic collection would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
