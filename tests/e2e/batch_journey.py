"""A file imported, looked through, changed, sent and stopped by keyboard alone. Run as a program.

Arguments: the profile folder, the file with 30 events. Prints ``done`` if all went well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from composer.core.batch.run import Run, RunState
from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.ui.rail import Place
from tests.helpers.journey import CTRL, SHIFT, Journey, Step, travel

EVENTS = 30


class BatchJob(Journey):
    """Import, look through, change, send, stop, look at the results, resume."""

    def steps(self) -> Iterable[Step]:
        app = self.app
        self.ended: list[Run] = []
        app.bench.runs.ended.connect(self.ended.append)
        return [*self.importing(), *self.changing(), *self.sending()]

    @property
    def count(self) -> int:
        return self.app.bench.batch.count

    def importing(self) -> Iterable[Step]:
        app, path = self.app, sys.argv[2]
        return [
            self.is_active,
            lambda: self.press(Qt.Key.Key_2, CTRL),
            lambda: app.window.place is Place.BATCH,
            lambda: self.press(Qt.Key.Key_I, CTRL | SHIFT),
            self.is_choosing,
            lambda: self.has_written(path),
            lambda: self.press(Qt.Key.Key_Return),
            self.is_active,
            lambda: self.has_focus("Columns"),
            lambda: self.press(Qt.Key.Key_Escape),
            lambda: not app.window.pages.batch.importing.isVisible(),
            lambda: self.press(Qt.Key.Key_I, CTRL | SHIFT),
            self.is_choosing,
            lambda: self.has_written(path),
            lambda: self.press(Qt.Key.Key_Return),
            self.is_active,
            lambda: self.has_focus("Columns"),
            lambda: self.tab_to(f"Import {EVENTS} rows"),
            lambda: self.press(Qt.Key.Key_Space),
            lambda: self.count == EVENTS,
            lambda: self.has_focus("Batch"),
        ]

    def changing(self) -> Iterable[Step]:
        page = self.app.window.pages.batch
        listing = page.table.listing
        return [
            lambda: listing.current is not None,
            lambda: self.press(Qt.Key.Key_Delete),
            lambda: self.count == EVENTS - 1,
            lambda: self.press(Qt.Key.Key_Z, CTRL),
            lambda: self.count == EVENTS,
            lambda: self.has_focus("Batch"),
            lambda: self.press(Qt.Key.Key_F, CTRL),
            lambda: self.has_focus("Search the batch"),
            lambda: self.type("customer-7"),
            lambda: listing.found == 1,
            lambda: self.press(Qt.Key.Key_Escape),
            lambda: listing.found == EVENTS,
            lambda: self.tab_to("Batch"),
            lambda: self.press(Qt.Key.Key_Right),
            lambda: self.press(Qt.Key.Key_F2),
            lambda: self.type("written by keyboard"),
            lambda: self.press(Qt.Key.Key_Return),
            lambda: listing.current is not None and listing.current.name == "written by keyboard",
            lambda: self.app.window.place is Place.BATCH,
            lambda: self.has_focus("Batch"),
        ]

    def sending(self) -> Iterable[Step]:
        app = self.app
        return [
            self.slow_down,
            lambda: self.press(Qt.Key.Key_Return, CTRL),
            lambda: app.bench.runs.progress is not None,
            lambda: self.press(Qt.Key.Key_Period, CTRL),
            lambda: [run.state for run in self.ended] == [RunState.STOPPED],
            lambda: self.tab_to("Show the results"),
            lambda: self.press(Qt.Key.Key_Space),
            lambda: self.has_focus("Runs"),
            self.can_resume,
            lambda: self.press(Qt.Key.Key_Escape),
            lambda: self.has_focus("Batch"),
            lambda: self.press(Qt.Key.Key_K, CTRL),
            lambda: self.type("show the runs"),
            lambda: self.press(Qt.Key.Key_Return),
            lambda: self.has_focus("Runs"),
            self.speed_up,
            lambda: self.tab_to("Resume"),
            lambda: self.press(Qt.Key.Key_Space),
            lambda: len(self.ended) == 2 and self.ended[1].counts.confirmed == EVENTS,
            lambda: self.press(Qt.Key.Key_Q, CTRL),
        ]

    def is_choosing(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and isinstance(focused.window(), QFileDialog)

    def has_written(self, path: str) -> bool:
        """Whether the path stands in the dialog, which completes what is typed while it opens."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and field.text() == path:
            return True
        self.press(Qt.Key.Key_A, CTRL)
        self.type(path)
        return False

    def can_resume(self) -> bool:
        return self.app.window.pages.batch.runs.detail.resume.isVisible()

    def slow_down(self) -> bool:
        preferences = self.app.bench.preferences
        preferences.change(batch=replace(preferences.settings.batch, most_events=1))
        slow = ScriptedFault(kind=FaultKind.SLOW, delay_s=0.4)
        self.app.sandbox.behave(Behaviour.always(slow))
        return True

    def speed_up(self) -> bool:
        self.app.sandbox.behave(Behaviour())
        return True


if __name__ == "__main__":
    sys.exit(travel(BatchJob))
