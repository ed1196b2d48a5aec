"""The main job by keyboard alone, in a window on a real display. Run as a program.

Arguments: the profile folder. Prints what it saw, one line a step; ends with 0 if all went well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtCore import Qt

from composer.core.outcome import Accepted
from composer.ui.rail import Place
from tests.helpers.journey import CTRL, Journey, Step, travel


class MainJob(Journey):
    """Compose an event, send it, look around, undo."""

    def steps(self) -> Iterable[Step]:
        app, outcomes = self.app, list[object]()
        app.bench.sends.finished.connect(lambda report: outcomes.append(report.outcome))
        return [
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
            lambda: any(isinstance(outcome, Accepted) for outcome in outcomes),
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


if __name__ == "__main__":
    sys.exit(travel(MainJob))
