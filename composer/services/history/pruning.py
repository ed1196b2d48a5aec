"""Removing sends for good, in small steps, so that nobody who writes has to wait for long.

What may go stands in ``queries.REMOVABLE``: never what is pinned or under way. What was deleted by
the person goes a day later. Room that becomes free is given back to the file system, also in steps;
files made by the first version of the app keep it and use it again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from composer.core.settings import Retention
from composer.services.database import transaction
from composer.services.history.columns import Columns, moment_text
from composer.services.history.queries import REMOVABLE

STEP_ROWS = 100
STEP_BYTES = 8_000_000
"""Of requests and answers: one step removes at most as much, and one more send."""
STEP_PAGES = 500
PAUSE_S = 0.005
UNDO = timedelta(days=1)
"""How long a deleted send can be had back."""

_MEGABYTE = 1_000_000
_ROW_BYTES = 500
"""About what a send takes beside its bodies."""

_SIZES = (
    "SELECT length(body) + length(response_body), id FROM sends"
    " LEFT JOIN contents ON send_id = id"  # the sends without one are damaged, not safe
)


class Pruner:
    """``goes_on`` is asked before each step; with a no it is over. Raises ``sqlite3.Error``."""

    def __init__(self, connection: sqlite3.Connection, goes_on: Callable[[], bool]) -> None:
        self._connection = connection
        self._goes_on = goes_on

    def prune(self, retention: Retention, now: datetime) -> int:
        """Remove what exceeds any of the limits, the oldest first; returns how many sends."""
        done = 0
        if retention.days is not None:
            done += self._remove_older(now, retention.days)
        if retention.rows is not None:
            done += self._remove_beyond(retention.rows)
        if retention.megabytes is not None:
            done += self._remove_larger(retention.megabytes * _MEGABYTE)
        return done

    def remove_deleted(self, before: datetime | None) -> int:
        """Remove what was deleted before a moment, or all that was; returns how many sends."""
        if before is None:
            return self._remove("deleted_at IS NOT NULL AND outcome IS NOT NULL", {})
        where = "deleted_at < :before AND outcome IS NOT NULL"
        return self._remove(where, {"before": moment_text(before)})

    def give_back(self) -> None:
        """Return free pages to the file system."""
        while self._goes_on() and self._free_pages():
            before = self._free_pages()
            # Not ``execute``, which takes one step of a statement that has no rows: one page.
            self._connection.executescript(f"PRAGMA incremental_vacuum({STEP_PAGES})")
            if self._free_pages() == before:
                return
            time.sleep(PAUSE_S)

    def _remove_older(self, now: datetime, days: int) -> int:
        limit = _day_limit(now, days)
        return self._remove(f"{REMOVABLE} AND sent_at < :limit", {"limit": limit}) if limit else 0

    def _remove_beyond(self, rows: int) -> int:
        find = f"SELECT id FROM sends WHERE {REMOVABLE} ORDER BY id DESC LIMIT 1 OFFSET ?"  # noqa: S608
        found = self._connection.execute(find, (max(0, rows),)).fetchone()
        if found is None:
            return 0
        return self._remove(f"{REMOVABLE} AND id <= :last", {"last": found[0]})

    def _remove_larger(self, limit: int) -> int:
        done = 0
        if kept_bytes(self._connection) > limit:
            done += self.remove_deleted(None)
        while self._goes_on() and (excess := kept_bytes(self._connection) - limit) > 0:
            step = self._step(REMOVABLE, {}, min(excess, STEP_BYTES))
            if not step:
                break
            done += step
        return done

    def _remove(self, where: str, values: Columns) -> int:
        done = 0
        while self._goes_on() and (step := self._step(where, values, STEP_BYTES)):
            done += step
        return done

    def _step(self, where: str, values: Columns, most: int) -> int:
        """Remove the oldest, until ``most`` bytes are reached; 0 if there are no more."""
        find = f"{_SIZES} WHERE {where} ORDER BY id LIMIT {STEP_ROWS}"
        with transaction(self._connection) as connection:
            chosen: list[tuple[int]] = []
            taken = 0
            for size, identifier in connection.execute(find, values):
                chosen.append((identifier,))
                taken += _ROW_BYTES + (size or 0)
                if taken >= most:
                    break
            if chosen:
                connection.executemany("DELETE FROM sends WHERE id = ?", chosen)
                connection.execute("UPDATE counters SET purges = purges + 1")
        time.sleep(PAUSE_S)
        return len(chosen)

    def _free_pages(self) -> int:
        return int(self._connection.execute("PRAGMA freelist_count").fetchone()[0])


def prunable(connection: sqlite3.Connection, retention: Retention, now: datetime) -> int:
    """How many sends ``prune`` would remove; of the limit in megabytes an estimate.

    Each limit takes the oldest first, so what all of them take is what the strictest takes.
    """
    found = [0]
    if retention.days is not None and (limit := _day_limit(now, retention.days)):
        older = f"SELECT count(*) FROM sends WHERE {REMOVABLE} AND sent_at < ?"  # noqa: S608
        found.append(connection.execute(older, (limit,)).fetchone()[0])
    if retention.rows is not None:
        every = f"SELECT count(*) FROM sends WHERE {REMOVABLE}"  # noqa: S608
        found.append(connection.execute(every).fetchone()[0] - retention.rows)
    if retention.megabytes is not None:
        excess = kept_bytes(connection) - retention.megabytes * _MEGABYTE
        found.append(_oldest_of(connection, excess) if excess > 0 else 0)
    return max(found)


def _oldest_of(connection: sqlite3.Connection, size: int) -> int:
    """How many of the oldest sends take so many bytes."""
    find = f"{_SIZES} WHERE {REMOVABLE} ORDER BY id"
    count = 0
    for taken, _ in connection.execute(find):
        if size <= 0:
            break
        size -= _ROW_BYTES + (taken or 0)
        count += 1
    return count


def _day_limit(now: datetime, days: int) -> str:
    """The moment so many days ago; empty where there have not been as many."""
    try:
        return moment_text(now - timedelta(days=days))
    except OverflowError:
        return ""


def kept_bytes(connection: sqlite3.Connection) -> int:
    """What is kept takes so many bytes in the file; free pages do not count."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
