"""One question to the search index, as SQL.

Words are looked for in the whole texts: first by their groups of three characters, then as they
are. If all words are shorter than that, they are looked for in the brief text of every send.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from composer.core.history.words import SHORTEST
from composer.core.records import HistoryRow
from composer.services.history.columns import ROW_COLUMNS, Columns, row_from
from composer.services.history.queries import Filter

MOST_GROUPS = 30
"""Of one word: the rest of it is compared only."""

_WHOLE = ("texts", "texts.rowid", "texts.whole")
_BRIEF = ("briefs", "briefs.id", "briefs.brief")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Folded ``words``, each of which has to be found, in sends that pass ``where``."""

    where: Filter
    words: tuple[str, ...]

    def rows(
        self, connection: sqlite3.Connection, *, top: int, low: int, limit: int
    ) -> list[HistoryRow]:
        """The newest with ids from ``top`` down to ``low``."""
        source, key, terms, values = self._source(connection)
        statement = (
            f"SELECT {ROW_COLUMNS} FROM {source} WHERE {terms}"  # noqa: S608
            f" AND {key} <= :top AND {key} >= :low ORDER BY {key} DESC LIMIT :limit"
        )
        bound = values | {"top": top, "low": low, "limit": limit}
        return [row_from(columns) for columns in connection.execute(statement, bound).fetchall()]

    def count(self, connection: sqlite3.Connection) -> int:
        source, _, terms, values = self._source(connection)
        statement = f"SELECT count(*) FROM {source} WHERE {terms}"  # noqa: S608
        return int(connection.execute(statement, values).fetchone()[0])

    def _source(self, connection: sqlite3.Connection) -> tuple[str, str, str, dict[str, Any]]:
        """Where to look, what the id is called there, the conditions and the values in them."""
        values: Columns = dict(self.where.values)
        terms: list[str] = []
        longer = [word for word in self.words if len(word) >= SHORTEST]
        table, key, text = _WHOLE if longer else _BRIEF
        if longer and _has_trigrams(connection):
            terms.append("texts MATCH :groups")
            values["groups"] = " AND ".join(map(_groups, longer))
        for number, word in enumerate(self.words):
            terms.append(f"instr({text}, :word{number})")
            values[f"word{number}"] = word
        # CROSS JOIN: the index first, then the sends, whatever the planner thinks.
        source = f"{table} CROSS JOIN sends ON sends.id = {key}"
        return source, key, " AND ".join((*terms, self.where.sql)), values


def _has_trigrams(connection: sqlite3.Connection) -> bool:
    find = "SELECT sql FROM main.sqlite_schema WHERE name = 'texts'"
    return "fts5" in connection.execute(find).fetchone()[0]


def _groups(word: str) -> str:
    """All groups of three characters of a word, as FTS5 is asked for them."""
    groups = dict.fromkeys(word[i : i + SHORTEST] for i in range(len(word) - SHORTEST + 1))
    return " AND ".join(
        '"{}"'.format(group.replace('"', '""')) for group in list(groups)[:MOST_GROUPS]
    )
