"""Where events stand in the table: positions with gaps, so that a move touches only what moves.

Where a gap is used up, all positions are given anew. Knows SQL only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from composer.core.batch.table import Placement
from composer.services.batch.table.reading import CHOSEN, id_list
from composer.services.batch.table.schema import GAP


def at_the_end(connection: sqlite3.Connection, count: int) -> range:
    """Positions for ``count`` events behind all others."""
    (last,) = connection.execute(
        "UPDATE state SET last_position = last_position + ? RETURNING last_position", (count * GAP,)
    ).fetchone()
    return range(last - (count - 1) * GAP, last + 1, GAP)


def behind(connection: sqlite3.Connection, identifier: int, count: int) -> range:
    """Positions for ``count`` events right behind one; at the end where that is gone."""
    place = _place_of(connection, identifier)
    return at_the_end(connection, count) if place is None else _after(connection, place, (), count)


def move(connection: sqlite3.Connection, ids: Sequence[int], before: int | None) -> Placement:
    """Put events in front of another one, or at the end; returns where they stood."""
    chosen = _present(connection, ids)
    placement = _placement(connection, chosen)
    place = None if before is None else _place_of(connection, before)
    if place is None:
        positions = at_the_end(connection, len(chosen))
    else:
        lower = _neighbour(connection, _PREVIOUS, place, chosen)
        positions = _after(connection, lower, chosen, len(chosen))
    _put(connection, chosen, positions)
    return placement


def put_back(connection: sqlite3.Connection, placement: Placement) -> None:
    """Undo a move."""
    for anchor, run in placement.runs:
        ids = _present(connection, run)
        place = _place_of(connection, anchor)
        _put(connection, ids, _after(connection, place, ids, len(ids)))


_Place = tuple[int, int]
"""A position and an id: two positions may be the same once a removal was undone."""

_OTHERS = f"SELECT position, id FROM event WHERE removal = 0 AND id NOT IN {CHOSEN}"  # noqa: S608
_UP, _DOWN = "ORDER BY position, id LIMIT 1", "ORDER BY position DESC, id DESC LIMIT 1"
_FIRST = f"{_OTHERS} {_UP}"
_NEXT = f"{_OTHERS} AND (position, id) > (:position, :id) {_UP}"
_PREVIOUS = f"{_OTHERS} AND (position, id) < (:position, :id) {_DOWN}"
_RENUMBER = """
    UPDATE event SET position = fresh.position
    FROM (
        SELECT id, row_number() OVER (ORDER BY position, id) * :gap AS position
        FROM event WHERE removal >= 0
    ) AS fresh
    WHERE fresh.id = event.id
"""
_ALL = """
    UPDATE state SET last_position = (SELECT count(*) FROM event WHERE removal >= 0) * :gap
"""


def _place_of(connection: sqlite3.Connection, identifier: int) -> _Place | None:
    """Also of an event that was taken out: its neighbours are still known by it."""
    return connection.execute(
        "SELECT position, id FROM event WHERE id = ? AND removal >= 0", (identifier,)
    ).fetchone()


def _present(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """Those that are in the table, each once, in the order given."""
    found = connection.execute(
        f"SELECT id FROM event WHERE removal = 0 AND id IN {CHOSEN}",  # noqa: S608 -- our own
        {"ids": id_list(ids)},
    )
    there = {identifier for (identifier,) in found}
    return [one for one in dict.fromkeys(ids) if one in there]


def _placement(connection: sqlite3.Connection, ids: Sequence[int]) -> Placement:
    """Runs of events that stand one behind the other, each with what stands in front of it."""
    found = connection.execute(
        f"SELECT position, id FROM event WHERE id IN {CHOSEN} ORDER BY position, id",  # noqa: S608
        {"ids": id_list(ids)},
    ).fetchall()
    runs: list[tuple[int, list[int]]] = []
    for place in found:
        previous = _neighbour(connection, _PREVIOUS, place, ())
        anchor = 0 if previous is None else previous[1]
        if runs and runs[-1][1][-1] == anchor:
            runs[-1][1].append(place[1])
        else:
            runs.append((anchor, [place[1]]))
    return Placement(runs=tuple((anchor, tuple(run)) for anchor, run in runs))


def _neighbour(
    connection: sqlite3.Connection, statement: str, place: _Place | None, others: Sequence[int]
) -> _Place | None:
    """What stands next to ``place``, which is the beginning where it is ``None``."""
    position, identifier = place or (0, 0)
    values = {"position": position, "id": identifier, "ids": id_list(others)}
    return connection.execute(statement, values).fetchone()


def _after(
    connection: sqlite3.Connection, lower: _Place | None, chosen: Sequence[int], count: int
) -> range:
    """Positions right behind ``lower``; ``chosen`` are to stand there, hence in no one's way."""
    upper = _neighbour(connection, _FIRST if lower is None else _NEXT, lower, chosen)
    if upper is None:
        return at_the_end(connection, count)
    if lower is None:
        return range(upper[0] - count * GAP, upper[0], GAP)
    step = (upper[0] - lower[0]) // (count + 1)
    if step:
        return range(lower[0] + step, lower[0] + step * count + 1, step)
    for statement in (_RENUMBER, _ALL):
        connection.execute(statement, {"gap": GAP})
    return _after(connection, _place_of(connection, lower[1]), chosen, count)


def _put(connection: sqlite3.Connection, ids: Sequence[int], positions: range) -> None:
    connection.executemany(
        "UPDATE event SET position = ? WHERE id = ?", zip(positions, ids, strict=True)
    )
