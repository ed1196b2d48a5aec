"""Sends a request and keeps the history of it honest, whatever happens on the way.

The row is written and committed before the first byte leaves, and completed once the end is
known. A process that is killed in between leaves a row without an outcome, which the next start
marks as cut off. This module knows neither SQLite nor HTTP; it knows their order.
"""

from __future__ import annotations

import logging
import time
from asyncio import CancelledError
from collections.abc import Callable
from operator import attrgetter

from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.outcome import Cancelled, Fault, Outcome, Unreachable
from composer.core.personal_keys import refuse_personal_keys
from composer.core.records import Summary
from composer.core.route import Route
from composer.core.wire import WireRequest
from composer.services.ports import History, Sent
from composer.services.sender import Sender, Timeouts

_LOGGER = logging.getLogger(__name__)


class HistoryDelivery:
    """Implements ``ports.Delivery``. ``timeouts`` and ``route_to`` are asked anew for each send.

    ``route_to`` is the way to a destination as it is now: history remembers none.

    History is written in the thread of the loop, which is the thread that opened it: a row takes
    a fraction of a millisecond, and nothing can come between the row and the send.
    """

    def __init__(
        self,
        sender: Sender,
        history: History,
        timeouts: Callable[[], Timeouts],
        route_to: Callable[[Destination], Route] = attrgetter("route"),
    ) -> None:
        self._sender = sender
        self._history = history
        self._timeouts = timeouts
        self._route_to = route_to

    async def deliver(
        self, request: WireRequest, destination: Destination, summary: Summary
    ) -> Sent:
        """Write the row, send the bytes that stand in it, complete the row.

        Raises ``PersonalKeyError`` for a request that carries a personal key, and ``StoreError``
        if the row cannot be written; then nothing is sent. If it cannot be
        completed, the outcome is returned all the same and the row stays under way: the next
        start calls it cut off, which is what history knows of it.
        """
        refuse_personal_keys(request)
        identifier = self._history.begin(request, destination, summary)
        began = time.perf_counter()
        try:
            outcome = await self._sender.send(
                request, self._timeouts(), self._route_to(destination)
            )
        except CancelledError:
            elapsed = 1000 * (time.perf_counter() - began)
            self._finish(identifier, Cancelled(milliseconds=elapsed))
            raise
        except Exception as error:
            # A fault of our own. It goes on to the log, but the row must not look under way, and
            # the request may have arrived: of all outcomes a broken connection says that best.
            detail = f"Event Composer failed: {error!r}"
            self._finish(identifier, Unreachable(fault=Fault.RESET, detail=detail))
            raise
        self._finish(identifier, outcome)
        return Sent(history_id=identifier, outcome=outcome)

    def _finish(self, identifier: int, outcome: Outcome) -> None:
        try:
            self._history.finish(identifier, outcome)
        except StoreError:
            _LOGGER.exception("The outcome of send %d could not be written down", identifier)
