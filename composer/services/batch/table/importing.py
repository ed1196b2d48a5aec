"""Rows of a source into events of the table, in a process of its own, all or nothing.

What comes in is seen once the last row is in: until then it is marked as belonging to an import
under way. A process that is killed at any moment leaves nothing that is ever seen.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from composer.core.batch.table import ImportProgress, ImportReport
from composer.core.errors import StoreError
from composer.core.ids import uuid7
from composer.core.mapping import Converter, Mapping
from composer.core.tabular import Dialect
from composer.core.templates import Template
from composer.services.batch import sources
from composer.services.batch.sources import Source
from composer.services.batch.table import problems
from composer.services.batch.table.file import TableFile, connected
from composer.services.batch.table.intake import Intake
from composer.services.batch.table.purging import discard_import
from composer.services.batch.table.writing import drop_import
from composer.services.batch.zones import zone
from composer.services.database import transaction
from composer.services.jobs import Reporter, run_job
from composer.services.threads import to_the_end

_DISCARD_S = 1.0
"""Seconds that are spent on clearing away what an import has left; the rest is done later."""
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be imported, and how its rows become events."""

    source: Source
    dialect: Dialect
    mapping: Mapping
    template: Template | None = None


async def import_rows(
    file: TableFile,
    wish: Wish,
    now: datetime,
    on_progress: Callable[[ImportProgress], None] | None,
) -> ImportReport:
    """Import the rows. Raises ``ComposerError``; cancelled or failed, it leaves nothing."""
    number = await asyncio.to_thread(_new_number, file)
    try:
        return await run_job(import_job, file.place(), number, wish, now, on_progress=on_progress)
    except BaseException:  # whatever it was, and Ctrl+C too: half an import is none
        with suppress(StoreError):  # a full disk, say: nobody sees it, and the next start tries it
            loop = asyncio.get_running_loop()
            await to_the_end(loop.run_in_executor(None, _discard, file, number))
        raise


def import_job(
    reporter: Reporter[ImportProgress], place: Path, number: int, wish: Wish, now: datetime
) -> ImportReport:
    """The work, in its own process."""
    guess = sources.look(wish.source, wish.dialect)
    converter = Converter(
        wish.mapping,
        guess.columns,
        wish.template,
        zone=zone,
        maker=_Maker(now),
        delimiter=wish.dialect.delimiter,
    )
    with connected(place) as connection:
        with transaction(connection):
            problems.begin(connection, number, wish.dialect, guess.columns)
        intake = Intake(connection, number, now)
        pace = _Pace(reporter, sources.size_of(wish.source))
        for chunk in sources.chunks(wish.source, wish.dialect):
            reporter.check()
            converted = converter.convert(chunk.rows)
            converted.problems += chunk.problems
            intake.take(converted)
            pace.tell(chunk.read, intake)
        intake.write()
        with transaction(connection):
            return intake.finish()


class _Maker:
    """Time and chance for what is made anew in each event; the time is that of the import."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def uuid7(self, moment: datetime) -> str:
        return uuid7(int((moment - _EPOCH).total_seconds() * 1000), secrets.randbits(74))

    def below(self, n: int) -> int:
        return secrets.randbelow(n)


class _Pace:
    """Tells how far the import is, and how quickly it goes on."""

    def __init__(self, reporter: Reporter[ImportProgress], size: int) -> None:
        self._reporter = reporter
        self._size = size
        self._began = time.monotonic()

    def tell(self, read: int, intake: Intake) -> None:
        seconds = max(time.monotonic() - self._began, 0.001)
        progress = ImportProgress(
            read=read,
            size=self._size,
            added=intake.added,
            problems=intake.problems,
            rate=(intake.added + intake.problems) / seconds,
        )
        self._reporter.tell(progress)


def _new_number(file: TableFile) -> int:
    with file.writing() as connection:
        (number,) = connection.execute(
            "UPDATE state SET next_import = next_import + 1 RETURNING next_import - 1"
        ).fetchone()
    return number


def _discard(file: TableFile, number: int) -> None:
    """Take out an import that was finished in the very moment, and delete any other."""
    with file.mending() as connection:
        with transaction(connection):
            drop_import(connection, number)
        discard_import(connection, number, seconds=_DISCARD_S)
