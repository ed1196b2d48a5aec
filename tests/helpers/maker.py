"""Time and chance for templates that a test can foresee."""

from __future__ import annotations

from datetime import datetime

from tests.helpers.clock import START, StandingClock


class StandingMaker:
    """Implements ``composer.core.variables.Maker``: each number is one more than the one before."""

    def __init__(self, moment: datetime = START) -> None:
        self.clock = StandingClock(moment)
        self._drawn = -1

    def now(self) -> datetime:
        return self.clock.now()

    def uuid7(self, moment: datetime) -> str:
        return self.clock.new_uuid(moment)

    def below(self, n: int) -> int:
        self._drawn += 1
        return self._drawn % n
