"""What there is to filter by, counted. Knows nothing of how it is shown."""

from __future__ import annotations

import sqlite3
from collections import Counter

from composer.core.history import DestinationFacet, EventFacet, Facets
from composer.services.history.damage import Damage, is_damage, read_around

MOST = 500
"""Events in the list, the most frequent; a search finds the others."""

_EVENTS = (
    "SELECT event, count(*) AS sends FROM sends WHERE deleted_at IS NULL"
    " GROUP BY event ORDER BY sends DESC, event LIMIT ?"
)
_DESTINATIONS = (
    "SELECT destination_id, count(*), max(id) FROM sends WHERE deleted_at IS NULL"
    " GROUP BY destination_id"
)
_ALL = (
    "SELECT id, event, destination_id, destination_name FROM sends NOT INDEXED"
    " WHERE deleted_at IS NULL AND id <= :top AND id >= :low ORDER BY id DESC LIMIT :limit"
)


def facets_in(connection: sqlite3.Connection, damage: Damage) -> Facets:
    """The facets of all sends that can be read. Raises ``sqlite3.Error``."""
    try:
        return _counted(connection)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    return _read(connection, damage)


def _counted(connection: sqlite3.Connection) -> Facets:
    events = connection.execute(_EVENTS, (MOST,)).fetchall()
    name = "SELECT destination_name FROM sends WHERE id = ?"
    destinations = [
        DestinationFacet(
            id=identifier, count=count, name=connection.execute(name, (newest,)).fetchone()[0]
        )
        for identifier, count, newest in connection.execute(_DESTINATIONS).fetchall()
    ]
    return _facets([EventFacet(name=event, count=count) for event, count in events], destinations)


def _read(connection: sqlite3.Connection, damage: Damage) -> Facets:
    top = connection.execute("SELECT last_id FROM counters").fetchone()[0]
    events = Counter[str]()
    places = Counter[str]()
    names: dict[str, str] = {}
    values = {"top": top, "low": 1, "limit": top}
    for _, event, place, name in read_around(connection, _ALL, values, damage):
        events[event] += 1
        places[place] += 1
        names.setdefault(place, name)
    return _facets(
        [EventFacet(name=event, count=count) for event, count in events.most_common(MOST)],
        [DestinationFacet(id=i, name=names[i], count=count) for i, count in places.items()],
    )


def _facets(events: list[EventFacet], destinations: list[DestinationFacet]) -> Facets:
    return Facets(
        events=tuple(sorted(events, key=lambda facet: (-facet.count, facet.name))),
        destinations=tuple(sorted(destinations, key=lambda facet: (-facet.count, facet.name))),
    )
