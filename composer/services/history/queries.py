"""A ``HistoryQuery`` as SQL: conditions over ``sends``, and what is bound in them.

The texts of the statements are all this package's own; values are always bound. Knows no
connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from composer.core.history import HistoryQuery, OutcomeKind
from composer.services.history.columns import Columns, moment_text, storable

REMOVABLE = "deleted_at IS NULL AND pinned = 0 AND outcome IS NOT NULL"
"""The sends that retention may take: visible, not pinned, not under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that all have to hold, with the values that are bound in them."""

    terms: tuple[str, ...]
    values: Columns

    @property
    def sql(self) -> str:
        return " AND ".join(self.terms)


def filter_of(query: HistoryQuery) -> Filter:
    """The conditions of a query, those of its text left out."""
    terms = ["sends.deleted_at IS NULL"]
    values: Columns = {}
    for column, wanted in (("destination_id", query.destinations), ("event", query.events)):
        if wanted:
            terms.append(_among(f"sends.{column}", map(storable, sorted(wanted)), values))
    if query.outcomes:
        terms.append(_ended(query.outcomes, values))
    if query.since is not None:
        terms.append("sends.sent_at >= :since")
        values["since"] = moment_text(query.since)
    if query.until is not None:
        terms.append("sends.sent_at < :until")
        values["until"] = moment_text(query.until)
    if query.pinned:
        terms.append("sends.pinned")
    return Filter(terms=tuple(terms), values=values)


def insert(table: str, columns: Mapping[str, object]) -> str:
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608


def update(table: str, columns: Mapping[str, object], where: str) -> str:
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    return f"UPDATE {table} SET {changes} WHERE {where}"  # noqa: S608


def _ended(outcomes: frozenset[OutcomeKind], values: Columns) -> str:
    names = sorted(kind.value for kind in outcomes - {OutcomeKind.UNDER_WAY})
    choices = [_among("sends.outcome", names, values)] if names else []
    if OutcomeKind.UNDER_WAY in outcomes:
        choices.append("sends.outcome IS NULL")
    return f"({' OR '.join(choices)})"


def _among(column: str, wanted: Iterable[str], values: Columns) -> str:
    names: list[str] = []
    for one in wanted:
        name = f"value{len(values)}"
        values[name] = one
        names.append(f":{name}")
    if len(names) == 1:  # the index gives them in the order of ids
        return f"{column} = {names[0]}"
    # With "+" no index is used, which would mean sorting: the newest sends are looked through.
    return f"+{column} IN ({', '.join(names)})"
