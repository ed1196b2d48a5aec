"""The system's clock and fresh identifiers: the one place that reads the time.

Everything else is handed a ``ports.Clock``, so that tests can say what time it is.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from composer.core.ids import uuid7

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RANDOM_BITS = 74


class SystemClock:
    """The clock of this machine; implements ``ports.Clock``."""

    def now(self) -> datetime:
        """The time, with the local zone as it is at this moment."""
        return datetime.now(UTC).astimezone()

    def new_uuid(self, moment: datetime) -> str:
        """A version-7 UUID whose time is ``moment``, cut to milliseconds."""
        milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
        return uuid7(milliseconds, secrets.randbits(_RANDOM_BITS))
