"""How far an import is, and what was seen of its source. Values, and work for a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from composer.core.errors import ComposerError
from composer.core.mapping import Converted, Doubt, Mapping, doubts_in, problems_in, suggest
from composer.core.tabular import Dialect, Guess
from composer.core.templates import Template
from composer.services.ports.importing import RowCount, RowSources, Source, SourceError
from composer.ui.batch.importing.lines import without_reasons
from composer.ui.batch.importing.needs import ImportNeeds
from composer.ui.tasks import TaskScope

_T = TypeVar("_T")


class Phase(Enum):
    """Where an import stands."""

    IDLE = "idle"
    LOOKING = "looking"
    UNREADABLE = "unreadable"
    READY = "ready"
    IMPORTING = "importing"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen of a source, and what can be chosen from."""

    guess: Guess
    size: int
    """Bytes; of a count, rows"""
    count: RowCount
    templates: tuple[Template, ...]
    kept: tuple[Mapping, ...]
    zones: tuple[str, ...]
    suggested: Mapping
    """What fits the columns: a kept mapping, or one that was found out"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the first rows make; ``problems`` are those of the mapping as a whole."""

    converted: Converted
    problems: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


def look_at(needs: ImportNeeds, source: Source, dialect: Dialect | None) -> Looked:
    """See what there is. Reads files. Raises ``ComposerError``."""
    guess = needs.sources.look(source, dialect)
    if not guess.columns:
        raise SourceError(" ".join(guess.notes))
    suggested = needs.mappings.for_columns(guess.columns)
    return Looked(
        guess=guess,
        size=needs.sources.size_of(source),
        count=needs.sources.count(source, guess.dialect),
        templates=tuple(needs.templates.all()),
        kept=tuple(needs.mappings.all()),
        zones=tuple(needs.sources.zone_names()),
        suggested=suggested or suggested_by(guess),
    )


def suggested_by(guess: Guess, template: Template | None = None) -> Mapping:
    """What can be found out from the columns and the first rows; takes a moment."""
    return without_reasons(suggest(guess, template), guess)


def preview_of(
    sources: RowSources, guess: Guess, mapping: Mapping, template: Template | None
) -> Preview:
    """What the rows of the sample make; takes a moment."""
    problems = problems_in(mapping, guess.columns, template) if guess.rows else (_NO_ROWS,)
    converted = Converted(events=[], problems=[])
    if not problems:
        try:
            converted = sources.preview(guess, mapping, template)
        except ComposerError as error:
            problems = (str(error),)
    return Preview(converted=converted, problems=problems, doubts=doubts_in(mapping, guess))


def unfilled(titles: tuple[str, ...]) -> Preview:
    """No event can be made before these are filled in."""
    words = f"Fill in {' and '.join(f'“{title}”' for title in titles)}."
    return Preview(converted=Converted(events=[], problems=[]), problems=(words,))


_NO_ROWS = "There is no row in it. Choose another file, or say that it has no row of names."


def in_thread(
    tasks: TaskScope,
    work: Callable[[], _T],
    then: Callable[[_T], None],
    failed: Callable[[str], None],
) -> asyncio.Task[None] | None:
    """Do ``work`` in a thread, then one of the two in the window's; cancelled, neither."""
    return tasks.start(_in_thread(work, then, failed), "look at rows")


async def _in_thread(
    work: Callable[[], _T], then: Callable[[_T], None], failed: Callable[[str], None]
) -> None:
    try:
        result = await asyncio.to_thread(work)
    except ComposerError as error:
        failed(str(error))
        return
    then(result)
