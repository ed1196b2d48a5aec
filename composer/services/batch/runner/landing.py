"""What is left of a run that ends, or is stopped, before all has come to an end.

What was in the air may have arrived. What was not goes back, as if it had never been taken.
"""

from __future__ import annotations

from contextlib import suppress

from composer.core.batch.claim import Claim
from composer.core.batch.run import RequestState
from composer.core.errors import StoreError
from composer.core.outcome import Cancelled
from composer.services.batch.runner.chronicle import Chronicle
from composer.services.batch.runner.flights import Flight, Flights
from composer.services.batch.runner.ledger import Ledger
from composer.services.batch.runs.journal import Journal

_STOPPED = "It was stopped before an answer came. Whether it arrived is not known."
_NO_MORE = "It was stopped before another try was made."


def land(flights: Flights, ledger: Ledger, journal: Journal, chronicle: Chronicle | None) -> None:
    """Leave nothing in the journal as being sent. Raises ``StoreError``."""
    for flight in flights.air:
        flight.outcome = flight.outcome or Cancelled()
        _close_row(flight, chronicle)
        ledger.settle(flight, RequestState.UNCERTAIN, _STOPPED)
    unsent: list[Claim] = []
    for flight in flights.on_the_ground():
        _close_row(flight, chronicle)
        if flight.is_unsent:
            unsent.append(flight.claim)
        else:
            words = _STOPPED if flight.was_unanswered else _NO_MORE
            ledger.settle(flight, RequestState.UNCERTAIN, words)
    ledger.flush()
    if unsent:
        journal.put_back(unsent)


def _close_row(flight: Flight, chronicle: Chronicle | None) -> None:
    if chronicle is not None:
        with suppress(StoreError):  # the next start calls the row cut off, which is true
            chronicle.finish(flight)
