"""Finds what a query asks for: in the table itself, through the index, or text by text.

The last is for where there can be no index (a full disk, a damaged history). It is as right as the
others, and slower. All three give rows newest first and in pages. Knows nothing of writing.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any

from composer.core.history import HistoryQuery
from composer.core.history.words import contains, words_of
from composer.core.records import HistoryRow
from composer.services.history.columns import ROW_COLUMNS, row_from
from composer.services.history.damage import Damage, is_damage, read_around
from composer.services.history.index import IndexUnusableError, SearchIndex
from composer.services.history.lookup import Lookup
from composer.services.history.queries import Filter, filter_of
from composer.services.history.texts import text_of
from composer.services.ports import SearchStoppedError

HIGHEST = 2**62
"""Above every id."""
_PAGE = 200

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]


class Finder:
    """``reading`` gives a connection to the history for a moment, with its errors in words."""

    def __init__(self, reading: Reading, index: SearchIndex, damage: Damage) -> None:
        self._reading = reading
        self._index = index
        self._damage = damage

    def rows(self, query: HistoryQuery, limit: int, top: int = HIGHEST) -> list[HistoryRow]:
        """The first ``limit`` of what is found from the id ``top`` down."""
        words, where = words_of(query.text), filter_of(query)
        if not words:
            return self._listed(where, limit, top)
        ticket = self._index.ticket
        try:
            return self._searched(Lookup(where=where, words=words), limit, top, ticket)
        except IndexUnusableError:
            return list(islice(self._compared(where, words, top, ticket), limit))

    def count(self, query: HistoryQuery) -> int:
        """How many ``rows`` would give without a limit."""
        words, where = words_of(query.text), filter_of(query)
        if not words:
            return self._counted(where)
        ticket = self._index.ticket
        try:
            self.catch_up(ticket)
            with self._index.using(ticket) as connection:
                return Lookup(where=where, words=words).count(connection)
        except IndexUnusableError:
            return sum(1 for _ in self._compared(where, words, HIGHEST, ticket))

    def catch_up(self, ticket: int, pause_s: float = 0.0) -> None:
        """Take everything into the index. Raises as ``SearchIndex.using`` does."""
        marks, lags = self._index.step(ticket)
        while lags or marks.oldest:
            time.sleep(pause_s)
            marks, lags = self._index.step(ticket)

    def _searched(self, lookup: Lookup, limit: int, top: int, ticket: int) -> list[HistoryRow]:
        """Through the index. What it lacks is taken over first, as far as this page needs it."""
        marks, lags = self._index.step(ticket)
        while lags:
            marks, lags = self._index.step(ticket)
        found: list[HistoryRow] = []
        low, highest = marks.oldest, top
        while True:
            if low <= highest:
                with self._index.using(ticket) as connection:
                    rest = limit - len(found)
                    found += lookup.rows(connection, top=highest, low=low, limit=rest)
                highest = low - 1
            if len(found) == limit or not low:
                return found
            marks, _ = self._index.step(ticket)
            if marks.oldest > low:  # it was made anew meanwhile
                return self._searched(lookup, limit, top, ticket)
            low = marks.oldest

    def _compared(
        self, where: Filter, words: tuple[str, ...], top: int, ticket: int
    ) -> Iterator[HistoryRow]:
        """Without an index, text by text."""
        while True:
            rows = self._listed(where, _PAGE, top)
            for row in rows:
                if ticket != self._index.ticket:
                    raise SearchStoppedError("The search was stopped.")
                with self._reading() as connection:
                    text = text_of(connection, row.id)
                if text is not None and contains(words, text.brief, text.whole):
                    yield row
            if len(rows) < _PAGE:
                return
            top = rows[-1].id - 1

    def _listed(self, where: Filter, limit: int, top: int) -> list[HistoryRow]:
        values = where.values | {"top": top, "low": 1, "limit": limit}
        with self._reading() as connection:
            try:
                found = connection.execute(_listing(where), values).fetchall()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                found = list(islice(self._around(connection, where, values), limit))
        return [row_from(columns) for columns in found]

    def _counted(self, where: Filter) -> int:
        counting = f"SELECT count(*) FROM sends WHERE {where.sql}"  # noqa: S608
        with self._reading() as connection:
            try:
                return int(connection.execute(counting, where.values).fetchone()[0])
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                values = where.values | {"top": HIGHEST, "low": 1, "limit": HIGHEST}
                return sum(1 for _ in self._around(connection, where, values))

    def _around(
        self, connection: sqlite3.Connection, where: Filter, values: dict[str, Any]
    ) -> Iterator[tuple[Any, ...]]:
        statement = _listing(where, "NOT INDEXED")
        top = connection.execute("SELECT last_id FROM counters").fetchone()[0]
        highest = values | {"top": min(values["top"], top)}
        return read_around(connection, statement, highest, self._damage)


def _listing(where: Filter, hint: str = "") -> str:
    return (
        f"SELECT {ROW_COLUMNS} FROM sends {hint} WHERE {where.sql}"  # noqa: S608
        " AND sends.id <= :top AND sends.id >= :low ORDER BY sends.id DESC LIMIT :limit"
    )
