"""What stands in the table: its numbers and its rows. Knows SQL only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from composer.core.batch.facts import event_in
from composer.core.batch.table import BatchEvent, RowOutlook, Totals
from composer.core.events import detect
from composer.services.batch.table.schema import UNSEEN

CHOSEN = "(SELECT value FROM json_each(:ids))"
"""The ids that were handed in as ``id_list``: there may be any number of them."""

PORTION_BYTES = 4_000_000

_T = TypeVar("_T")
_COLUMNS = (
    "event.id, type_id, body.body, name, person, moment, size, outlook, says"
    " FROM event JOIN body ON body.id = event.id"
)
_ROWS = f"SELECT {_COLUMNS} WHERE event.removal = 0 AND event.id IN {CHOSEN}"


def id_list(ids: Iterable[int]) -> str:
    """Ids as ``json_each`` takes them."""
    return f"[{','.join(map(str, ids))}]"


def portions(sized: Iterable[tuple[_T, int]], most: int) -> Iterator[list[_T]]:
    """The items, each of which comes with its size in bytes, some at a time for the memory's sake.

    At most ``most`` come together, and more than ``PORTION_BYTES`` only if that is a single one.
    """
    portion: list[_T] = []
    total = 0
    for item, size in sized:
        total += size
        if portion and (len(portion) == most or total > PORTION_BYTES):
            yield portion
            portion, total = [], size
        portion.append(item)
    if portion:
        yield portion


def totals(connection: sqlite3.Connection) -> Totals:
    """The whole table in numbers, none of which has to be counted."""
    tally = {
        outlook: (events, size)
        for outlook, events, size in connection.execute("SELECT outlook, events, bytes FROM tally")
    }
    largest, revision = connection.execute(
        "SELECT (SELECT max(size) FROM event WHERE removal = 0), revision FROM state"
    ).fetchone()
    return Totals(
        events=sum(events for events, _ in tally.values()),
        bytes=sum(size for _, size in tally.values()),
        largest=largest or 0,
        by_outlook={outlook: tally[outlook][0] for outlook in RowOutlook},
        unseen=tally[UNSEEN][0],
        revision=revision,
    )


def rows(connection: sqlite3.Connection, ids: Iterable[int]) -> list[BatchEvent]:
    """The events of these ids, in their order, without those that are gone."""
    wanted = list(ids)
    found = {
        columns[0]: _event(columns)
        for columns in connection.execute(_ROWS, {"ids": id_list(wanted)})
    }
    return [found[one] for one in wanted if one in found]


def _event(columns: tuple[Any, ...]) -> BatchEvent:
    identifier, type_id, body, name, person, moment, size, outlook, says = columns
    return BatchEvent(
        id=identifier,
        type_id=type_id or detect(event_in(body)).id,
        body=body,
        name=name,
        person=person,
        moment=moment,
        size=size,
        outlook=None if outlook == UNSEEN else RowOutlook(outlook),
        says=says,
    )
