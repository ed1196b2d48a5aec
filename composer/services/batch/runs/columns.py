"""What stands in the columns of a run, and the values it stands for. Knows no connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from composer.core.batch.facts import object_in
from composer.core.batch.options import BatchOptions
from composer.core.batch.run import Counts, RequestRow, RequestState, Run, RunState, Try
from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Layout, Object, encode
from composer.services.batch.runs.schema import OPEN
from composer.services.batch_options_form import read_options, written_options
from composer.services.history.columns import storable
from composer.services.settings_members import Members
from composer.services.settings_places import read_places, written_places

RUN_COLUMNS = (
    "id, began_at, ended_at, state, trouble, source, destination_id, destination_name, "
    "destination_address, destination, options, events, set_aside, sending, confirmed, refused, "
    "uncertain, requests, bytes"
)
"""What ``run_from`` reads, in its order."""

REQUEST_COLUMNS = (
    "id, parcel, first, events, bytes, sha256, state, tries, status, words, milliseconds, "
    "finished_at, parent"
)
"""What ``request_from`` reads, in its order."""

TRY_COLUMNS = "request, number, at, status, words, waits"
"""What ``try_from`` reads, in its order."""


def destination_columns(destination: Destination) -> dict[str, object]:
    """The destination with its token, as the settings keep it, and where it is at this moment."""
    return {
        "destination_id": storable(destination.id),
        "destination_name": storable(destination.name),
        "destination_address": storable(destination.address),
        "destination": storable(encode(written_places((destination,)), Layout.COMPACT)),
    }


def options_text(options: BatchOptions) -> str:
    """The options as JSON."""
    return encode(written_options(options), Layout.COMPACT)


def run_from(columns: tuple[Any, ...], *, is_alive: bool) -> Run:
    """The run that ``RUN_COLUMNS`` gave."""
    identifier, began_at, ended_at, state, trouble, source = columns[:6]
    events, set_aside, sending, confirmed, refused, uncertain, requests, size = columns[11:]
    return Run(
        id=identifier,
        began_at=moment_from(began_at),
        ended_at=None if ended_at is None else moment_from(ended_at),
        state=_state(state),
        trouble=trouble,
        destination=_destination(*columns[6:10]),
        options=read_options(Members(object_in(columns[10]))),
        source=source,
        counts=Counts(
            waiting=events - sending - confirmed - refused - uncertain,
            sending=sending,
            confirmed=confirmed,
            refused=refused,
            uncertain=uncertain,
            set_aside=set_aside,
        ),
        requests=requests,
        bytes=size,
        is_alive=is_alive,
    )


def request_from(columns: tuple[Any, ...]) -> RequestRow:
    """The request that ``REQUEST_COLUMNS`` gave."""
    identifier, parcel, first, events, size, sha256, state, tries = columns[:8]
    status, words, milliseconds, finished_at, parent = columns[8:]
    return RequestRow(
        id=identifier,
        parcel=parcel,
        first=first,
        events=events,
        bytes=size,
        sha256="" if sha256 is None else sha256.hex(),
        state=RequestState(state),
        tries=tries,
        status=status,
        words=words,
        milliseconds=milliseconds,
        finished_at=None if finished_at is None else moment_from(finished_at),
        parent=parent,
    )


def try_from(columns: tuple[Any, ...]) -> Try:
    """The try that ``TRY_COLUMNS`` gave."""
    request, number, at, status, words, waits = columns
    return Try(
        request=request,
        number=number,
        at=moment_from(at),
        status=status,
        words=words,
        waits=waits,
    )


def last_try(row: RequestRow) -> Try | None:
    """The try with which a request has ended; ``None`` while there is none."""
    if row.finished_at is None or not row.tries:
        return None
    return Try(
        request=row.id,
        number=row.tries,
        at=row.finished_at,
        status=row.status,
        words=row.words,
        waits=0.0,
    )


def moment_from(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_OPEN = {RequestState.SENDING, RequestState.REFUSED, RequestState.UNCERTAIN}


def _state(text: str) -> RunState:
    """Another version of the app may know more of them; such a run can be resumed."""
    return next((state for state in RunState if state.value == text), RunState.STOPPED)


def _destination(identifier: str, name: str, address: str, text: str) -> Destination:
    """What the file says; the address also of the sandbox, which the settings do not keep."""
    places = read_places(Members(Object((("destinations", object_in(text)),))))
    place = next(
        (place for place in places if place.id == identifier),
        Destination(id=identifier, name=name, kind=DestinationKind.SELF_HOSTED, address=address),
    )
    return replace(place, name=name, address=address)


def which_requests(states: Iterable[RequestState]) -> str:
    """The condition for the requests of a run after an id, in any of the states or in all."""
    wanted = frozenset(states)
    listed = ", ".join(str(int(state)) for state in sorted(wanted))
    if not wanted:
        return "INDEXED BY request_run WHERE run = ? AND id > ?"
    if wanted <= _OPEN:
        return f"WHERE run = ? AND id > ? AND {OPEN} AND state IN ({listed})"
    return f"INDEXED BY request_run WHERE run = ? AND id > ? AND state IN ({listed})"
