"""A clock that stands still until it is told to go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from composer.core.ids import uuid7

START = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class StandingClock:
    """Implements ``composer.services.ports.Clock``; each UUID is another one."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment
        self._numbers = count(1)

    def now(self) -> datetime:
        return self.moment

    def new_uuid(self, moment: datetime) -> str:
        return uuid7(int(moment.timestamp() * 1000), next(self._numbers))

    def go_on(self, **span: float) -> None:
        self.moment += timedelta(**span)
