"""The request that an event of the batch will go out in, as far as that is quickly known.

The bytes are made by the same functions that the run uses. It reads the table and blocks: call it
in a thread. It knows no widget.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from composer.core.batch.bodies import Envelope, request_for
from composer.core.batch.options import BatchOptions
from composer.core.batch.packing import Packer, Parcel, key_problem
from composer.core.batch.table import BatchEvent, RowOutlook, TableQuery
from composer.core.destination import Destination, address_problem
from composer.core.wire import WireRequest
from composer.services.ports.batch_table import BatchTable

LARGEST_SHOWN = 256 * 1024
"""Bytes of a request that is shown whole."""
MOST_PACKED = 5_000
"""Events of a batch that are packed to show one request of it."""
_STEP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """``words`` say which request it is, or why none is shown; ``request`` is ``None`` then."""

    words: str
    request: WireRequest | None = None


def carried(
    table: BatchTable, event: BatchEvent, options: BatchOptions, destination: Destination
) -> Carried:
    """The request that would carry ``event`` if the whole batch were sent now."""
    fault = address_problem(destination.address)
    if fault:
        return Carried(words=fault)
    envelope = Envelope(destination, options)
    aside = _set_aside(event, options, envelope)
    if aside:
        return Carried(words=aside)
    ids = table.order(TableQuery())
    if options.one_each:
        number = ids.index(event.id) + 1 if event.id in ids else 0
        request = request_for(envelope.body(event.body.encode()), destination, options)
        return _shown(request, f"Request {number:,} of {len(ids):,}")
    if len(ids) > MOST_PACKED:
        return Carried(
            words="With so many events, the requests are made when they are sent. "
            "“Runs” shows each of them afterwards."
        )
    return _packed(table, ids, event, options, destination)


def _packed(
    table: BatchTable,
    ids: array[int],
    event: BatchEvent,
    options: BatchOptions,
    destination: Destination,
) -> Carried:
    envelope = Envelope(destination, options)
    parcels = _parcels(table, ids, options, envelope)
    number = next((n for n, one in enumerate(parcels) if event.id in one.rows), -1)
    if number < 0:
        return Carried(words="This event is no longer in the batch.")
    body = envelope.body(b",".join(parcels[number].bodies))
    words = f"Request {number + 1:,} of {len(parcels):,}"
    if len(body) > LARGEST_SHOWN:
        return Carried(
            words=f"{words} has {len(body):,} bytes with {len(parcels[number].bodies):,} events; "
            "requests are shown here up to 256 KB."
        )
    return _shown(request_for(body, destination, options), words)


def _parcels(
    table: BatchTable, ids: array[int], options: BatchOptions, envelope: Envelope
) -> list[Parcel]:
    """The events of each request; what is set aside is in none of them."""
    packer = Packer(options, envelope.size)
    events = (
        (event.id, event.body)
        for first in range(0, len(ids), _STEP)
        for event in table.rows(ids[first : first + _STEP])
        if not _set_aside(event, options, envelope)
    )
    full = [one for one in packer.pack(events) if isinstance(one, Parcel)]
    last = packer.take()
    return [*full, last] if last.bodies else full


def _set_aside(event: BatchEvent, options: BatchOptions, envelope: Envelope) -> str:
    """Why an event is not sent at all; empty if it is."""
    if event.outlook is RowOutlook.REFUSED:
        return f"This event is set aside when the batch is sent: {event.says}"
    fault = key_problem(event.body)
    return fault or Packer(options, envelope.size).problem(event.size)


def _shown(request: WireRequest, words: str) -> Carried:
    return Carried(words=words, request=request)
