"""The requests of a small run in history, as if each had been sent by hand.

A row is written before the first byte of the first try, and completed once the end is known. The
body stands there before compression.
"""

from __future__ import annotations

from typing import Protocol

from composer.core.destination import Destination
from composer.core.outcome import Cancelled, Outcome
from composer.core.records import Summary
from composer.core.summary import summarize
from composer.core.wire import WireRequest
from composer.services.batch.runner.flights import Flight

MOST_REQUESTS = 20
"""A run with more than these is kept with the runs only."""


class Rows(Protocol):
    """History, as far as it is written here."""

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int: ...
    def finish(self, identifier: int, outcome: Outcome) -> None: ...


class Chronicle:
    """Everything raises ``StoreError``."""

    def __init__(self, rows: Rows, destination: Destination) -> None:
        self._rows = rows
        self._destination = destination

    def begin(self, flight: Flight, request: WireRequest) -> None:
        """Write the request down, if that was not done before an earlier try."""
        if flight.history_id is None:
            summary = _summary(flight)
            flight.history_id = self._rows.begin(request, self._destination, summary)

    def finish(self, flight: Flight) -> None:
        """Complete the row with the last outcome; for one that never began there is none."""
        if flight.history_id is not None:
            self._rows.finish(flight.history_id, flight.outcome or Cancelled())
            flight.history_id = None


def _summary(flight: Flight) -> Summary:
    events = flight.claim.events
    if events == 1:
        return summarize(flight.claim.body)
    return Summary(event=f"{events} events", person="", events=events)
