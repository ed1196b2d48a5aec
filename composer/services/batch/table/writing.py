"""Events put into the table, changed, copied, taken out and put back; within one transaction each.

Knows SQL and how the text of an event is kept, and nothing of where it comes from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from composer.core.batch.facts import Facts, event_in, facts_of, ready, with_new_uuid
from composer.core.batch.table import BatchEvent, Removal
from composer.core.jsontext import Object
from composer.services.batch.table.places import at_the_end, behind
from composer.services.batch.table.reading import CHOSEN, id_list, rows

ADD_EVENT = """
    INSERT INTO event (
        id, position, removal, import, row, type_id, name, person, moment, instant, size,
        edition, is_sound, outlook, says
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, -1, '')
"""
ADD_BODY = "INSERT INTO body (id, body) VALUES (?, ?)"

_CHANGE = """
    UPDATE event SET type_id = ?, name = ?, person = ?, moment = ?, instant = ?, size = ?,
        edition = edition + 1, is_sound = 0, outlook = -1, says = ''
    WHERE id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What new events are stamped with."""

    now: datetime
    new_uuid: Callable[[datetime], str]

    def kept(self, event: Object) -> Facts:
        """What the table keeps of an event that comes in."""
        return facts_of(ready(event, self.new_uuid, self.now), self.now)


def new_ids(connection: sqlite3.Connection, count: int) -> range:
    """Ids that no event has had before."""
    (end,) = connection.execute(
        "UPDATE state SET next_id = next_id + ? RETURNING next_id", (count,)
    ).fetchone()
    return range(end - count, end)


def revise(connection: sqlite3.Connection) -> None:
    """Note that the table is another one now."""
    connection.execute("UPDATE state SET revision = revision + 1")


def add(
    connection: sqlite3.Connection, events: Sequence[tuple[str, Facts]], after: int | None
) -> list[int]:
    """Put events in, behind the event ``after`` or at the end; returns their ids."""
    count = len(events)
    ids = new_ids(connection, count)
    places = at_the_end(connection, count) if after is None else behind(connection, after, count)
    connection.executemany(
        ADD_EVENT,
        (
            (one, place, 0, 0, 0, type_id, *_shown(facts), 0)
            for one, place, (type_id, facts) in zip(ids, places, events, strict=True)
        ),
    )
    bodies = ((one, facts.body) for one, (_, facts) in zip(ids, events, strict=True))
    connection.executemany(ADD_BODY, bodies)
    revise(connection)
    return list(ids)


def replace(
    connection: sqlite3.Connection, identifier: int, type_id: str, facts: Facts
) -> BatchEvent | None:
    """Put another event in its place; returns the old one, ``None`` if it is gone."""
    old = rows(connection, [identifier])
    if not old:
        return None
    connection.execute(_CHANGE, (type_id, *_shown(facts), identifier))
    connection.execute("UPDATE body SET body = ? WHERE id = ?", (facts.body, identifier))
    revise(connection)
    return old[0]


def duplicate(connection: sqlite3.Connection, ids: Sequence[int], stamps: Stamps) -> list[int]:
    """Put copies with other event IDs behind the last of the events; returns their ids."""
    old = rows(connection, dict.fromkeys(ids))
    if not old:
        return []
    (last,) = connection.execute(
        f"SELECT id FROM event WHERE removal = 0 AND id IN {CHOSEN}"  # noqa: S608 -- our own
        " ORDER BY position DESC, id DESC LIMIT 1",
        {"ids": id_list(ids)},
    ).fetchone()
    copies = [
        (one.type_id, facts_of(with_new_uuid(event_in(one.body), *_of(stamps)), stamps.now))
        for one in old
    ]
    return add(connection, copies, last)


def remove(connection: sqlite3.Connection, ids: Sequence[int] | None) -> Removal:
    """Take events out, or all."""
    if ids is None:
        return _taken_out(connection, "", {})
    return _taken_out(connection, f"AND id IN {CHOSEN}", {"ids": id_list(ids)})


def drop_import(connection: sqlite3.Connection, number: int) -> Removal:
    """Take out what is left of an import."""
    return _taken_out(connection, "AND import = :import", {"import": number})


def restore(connection: sqlite3.Connection, removal: Removal) -> None:
    """Put back what was taken out."""
    connection.execute("UPDATE event SET removal = 0 WHERE removal = ?", (removal.number,))
    revise(connection)


def note_taken_over(connection: sqlite3.Connection, digest: str) -> bool:
    """Note that an older list of events is in the table; whether it was not before."""
    changed = connection.execute(
        "UPDATE state SET taken_over = :digest WHERE taken_over <> :digest", {"digest": digest}
    )
    return changed.rowcount == 1


def _taken_out(connection: sqlite3.Connection, which: str, values: dict[str, object]) -> Removal:
    (number,) = connection.execute(
        "UPDATE state SET next_removal = next_removal + 1 RETURNING next_removal - 1"
    ).fetchone()
    taken = connection.execute(
        f"UPDATE event SET removal = :number WHERE removal = 0 {which}",  # noqa: S608 -- our own
        {**values, "number": number},
    )
    revise(connection)
    return Removal(number=number, events=taken.rowcount)


def _shown(facts: Facts) -> tuple[object, ...]:
    return facts.name, facts.person, facts.moment, facts.instant, facts.size


def _of(stamps: Stamps) -> tuple[Callable[[datetime], str], datetime]:
    return stamps.new_uuid, stamps.now
