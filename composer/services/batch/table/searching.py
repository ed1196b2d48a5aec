"""Which events of the table a query wants, and in which order. Knows SQL only."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from composer.core.batch.facts import event_in
from composer.core.batch.table import PROPERTY, TableQuery
from composer.core.jsontext import Layout, Number, Object, encode, encode_string
from composer.core.jsontext.writing import SURROGATE
from composer.services.batch.table.schema import UNSEEN

_Values = dict[str, object]

_SORTS = {
    "": "",
    "event": "nullif(event.name, '') COLLATE NOCASE",
    "person": "nullif(event.person, '') COLLATE NOCASE",
    "time": "event.instant",
    "verdict": f"nullif(event.outlook, {UNSEEN})",
    "size": "event.size",
}
_INDEXED = ("", "size")
_AS_KEPT = "event NOT INDEXED"
"""Rows as they lie in the file: SQLite would take them by an index that is of no use, here and
there in the file, which takes up to half as long again."""
_SAMPLE = 400
"""Events that are looked into for the names of properties."""
_LONGEST_TEXT = 8_000
"""Characters that are looked for: SQLite takes patterns of 50,000 bytes, and each may take six."""


def order(connection: sqlite3.Connection, query: TableQuery) -> array[int]:
    """The ids of the events that the query wants, in its order.

    Raises ``ValueError`` for a sort that there is not.
    """
    values: _Values = {}
    where = " AND ".join(["event.removal = 0", *_conditions(query, values)])
    key, source = _key(connection, query.sort, values)
    direction = "DESC" if query.descending else "ASC"
    if not key:
        by = f"event.position {direction}, event.id {direction}"
    else:
        by = f"{key} {direction} NULLS LAST, event.position, event.id"
    statement = f"SELECT event.id FROM {source} WHERE {where} ORDER BY {by}"  # noqa: S608
    return array("q", chain.from_iterable(connection.execute(statement, values)))


def properties(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """The names of properties in a sample, those that stand in the most events first."""
    ids = order(connection, TableQuery())
    step = max(1, len(ids) // _SAMPLE)
    counts: Counter[str] = Counter()
    for identifier in ids[::step][:_SAMPLE]:
        found = connection.execute("SELECT body FROM body WHERE id = ?", (identifier,)).fetchone()
        inner = event_in(found[0]).get("properties") if found else None
        if isinstance(inner, Object):
            counts.update({name: 1 for name, _ in inner})
    return tuple(name for name, _ in counts.most_common(limit))


def _conditions(query: TableQuery, values: _Values) -> Iterator[str]:
    if query.outlooks:
        yield f"event.outlook IN ({', '.join(str(int(one)) for one in sorted(query.outlooks))})"
    if query.text:
        likes: list[str] = []
        for number, text in enumerate(_spellings(query.text)):
            values[f"text{number}"] = _pattern(text)
            likes.append(f"body LIKE :text{number} ESCAPE '!'")
        yield f"event.id IN (SELECT id FROM body WHERE {' OR '.join(likes)})"  # noqa: S608


def _spellings(text: str) -> tuple[str, ...]:
    """SQLite takes small letters and capitals for the same only in ASCII."""
    text = text[:_LONGEST_TEXT]
    if text.isascii():
        return (text,)
    return tuple(dict.fromkeys((text, text.lower(), text.upper(), text.title())))


def _pattern(text: str) -> str:
    """What to look for in JSON text, where name and person stand too."""
    inner = encode_string(text)[1:-1]
    for sign in "!%_":
        inner = inner.replace(sign, f"!{sign}")
    return f"%{inner}%"


def _key(connection: sqlite3.Connection, sort: str, values: _Values) -> tuple[str, str]:
    """What to sort by, and the tables that it stands in."""
    if not sort.startswith(PROPERTY):
        if sort not in _SORTS:
            raise ValueError(f"the table cannot be sorted by {sort!r}")
        return _SORTS[sort], "event" if sort in _INDEXED else _AS_KEPT
    name = sort.removeprefix(PROPERTY)
    source = f"{_AS_KEPT} JOIN body ON body.id = event.id"
    if name and encode_string(name) == f'"{name}"':
        values["path"] = f'$.properties."{name}"'
        return "json_extract(body.body, :path) COLLATE NOCASE", source
    values["name"] = name  # SQLite has no way to write such a name in a path
    connection.create_function("property_of", 2, _property_of, deterministic=True)
    return "property_of(body.body, :name) COLLATE NOCASE", source


def _property_of(body: str, name: str) -> str | float | int | None:
    """As ``json_extract`` would say it."""
    inner = event_in(body).get("properties")
    value = inner.get(name) if isinstance(inner, Object) else None
    match value:
        case None | bool():
            return value
        case str():
            return SURROGATE.sub("\ufffd", value)  # half a character has no UTF-8 form
        case Number(text):
            return float(text)
        case _:
            return encode(value, Layout.COMPACT)
