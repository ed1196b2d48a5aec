"""The mapping that a source seems to want, from the names of its columns and its first values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import islice, product

from composer.core.jsontext import Value
from composer.core.mapping import presets, sampling, spelling
from composer.core.mapping.cells import text_of
from composer.core.mapping.mapping import CellKind, ColumnRule, Constant, Mapping, Target
from composer.core.mapping.moments import reader
from composer.core.tabular import Guess, Origin, RowFormat, path_of
from composer.core.templates import Template


def suggest(guess: Guess, template: Template | None = None) -> Mapping:
    """A mapping for the source; what is not found is left to the person.

    Every column of CSV has a rule in it. A JSON column within another one that goes into the event
    whole has none.
    """
    if guess.origin is not Origin.PLAIN and template is None:
        return presets.of(guess)
    if guess.columns == (COUNTER,):
        rule = ColumnRule(column=COUNTER, target=Target.VARIABLE, name=COUNTER)
        return Mapping(rules=(rule,), template_id=template.id if template else "")
    rules = _Suggestion(guess, template).rules()
    if template is not None:
        return Mapping(rules=rules, template_id=template.id)
    names = {rule.name for rule in rules if rule.target is Target.PROPERTY}
    is_located = any(rule.target is Target.PROPERTIES for rule in rules) or names & _LOCATING
    return Mapping(rules=rules, constants=() if is_located else (NO_LOCATION,))


NO_LOCATION = Constant(
    target=Target.PROPERTY, name="$geoip_disable", text="true", kind=CellKind.YES_NO
)
"""Else PostHog puts where this computer is on every person of the file (``ip.support_machine``)."""
_LOCATING = {"$ip", "$geoip_disable"}
"""Properties that say where an event comes from, or that nobody is to find out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Dates of a column that can be read in two ways."""

    column: str
    reading: str
    """A sentence that says how the first of them is read."""
    words: str
    """The same with what to do."""
    instead: str
    """The other time format."""


def doubts_in(mapping: Mapping, guess: Guess) -> tuple[Doubt, ...]:
    """Where the dates of the first rows can be read in two ways, and are read as was found out.

    A format that somebody chose in its place is in no doubt.
    """
    first_rows = sampling.Samples(guess)
    rules = (rule for rule in mapping.rules if "%" in rule.time_format)
    found = (_doubt(rule, first_rows.of(rule.column)) for rule in rules)
    return tuple(doubt for doubt in found if doubt is not None)


def _doubt(rule: ColumnRule, samples: Sequence[Value]) -> Doubt | None:
    found = sampling.time_formats(samples)
    if rule.time_format not in found[:1]:
        return None
    for other, text in product(found[1:], map(text_of, samples)):
        day, instead = _day(rule.time_format, text), _day(other, text)
        if day and instead and day != instead:
            reading = f"“{text.strip()}” is read as {day}"
            return Doubt(
                column=rule.column,
                reading=f"{reading}.",
                words=f"{rule.column}: {reading} ({rule.time_format}). If {instead} is meant, "
                f"choose {other}.",
                instead=other,
            )
    return None


COUNTER = "row"
"""The only column of a source that just counts, and the variable that it fills.

A template's own variable of that name is filled with it too: ``{{row}}`` is the number of the row
in the template, in answers for it and in constants alike.
"""


_MOST_LOOKED_AT = 200
"""Columns: to look for times takes a while where there are thousands."""


class _Suggestion:
    """The columns that are spoken for, one after the other."""

    def __init__(self, guess: Guess, template: Template | None) -> None:
        self._guess = guess
        self._first_rows = sampling.Samples(guess)
        is_csv = guess.dialect.format is RowFormat.CSV
        self._outer = frozenset(() if is_csv else map(path_of, guess.columns))
        self._rules: dict[str, ColumnRule] = {}
        self._template = template
        self._plain = {column: spelling.plain(_own_name(column)) for column in guess.columns}

    def rules(self) -> tuple[ColumnRule, ...]:
        self._variables()
        self._wholes()
        self._one(Target.EVENT, spelling.EVENTS)
        self._one(Target.PERSON, spelling.PEOPLE)
        self._time()
        self._id()
        self._person_by_values()
        for column in self._free():
            if not self._is_inside(column):
                self._rules[column] = self._other(column)
        return tuple(self._rules[column] for column in self._guess.columns if column in self._rules)

    def _free(self) -> list[str]:
        return [column for column in self._guess.columns if column not in self._rules]

    def _samples(self, column: str) -> Sequence[Value]:
        return self._first_rows.of(column)

    def _variables(self) -> None:
        prompts = self._template.prompts if self._template else ()
        names = {spelling.plain(variable.name): variable.name for variable in prompts}
        names |= {spelling.plain(v.label): v.name for v in prompts if v.label}
        taken: set[str] = set()
        for column in self._guess.columns:
            name = names.get(self._plain[column])
            if name is not None and name not in taken:
                taken.add(name)
                self._put(column, Target.VARIABLE, name)

    def _wholes(self) -> None:
        for column in self._free():
            target = spelling.WHOLE.get(self._plain[column])
            if target and len(path_of(column)) == 1 and sampling.are_objects(self._samples(column)):
                self._put(column, target)

    def _one(self, target: Target, names: Sequence[str]) -> None:
        """The column with the best of the names; in JSON also one within another."""
        known = [column for column in self._free() if self._plain[column] in names]
        found = self._best([column for column in known if not self._is_object(column)], names)
        if found is not None:
            self._put(found, target)

    def _best(self, columns: Iterable[str], names: Sequence[str]) -> str | None:
        known = [column for column in columns if self._plain[column] in names]
        return min(known, key=lambda one: names.index(self._plain[one]), default=None)

    def _time(self) -> None:
        columns = [column for column in self._free() if self._plain[column] in spelling.TIMES]
        columns.sort(key=lambda one: spelling.TIMES.index(self._plain[one]))
        for column in columns:
            samples = self._samples(column)
            formats = sampling.time_formats(samples)
            if formats or not samples:
                self._rules[column] = ColumnRule(
                    column=column, target=Target.TIME, time_format=formats[0] if formats else ""
                )
                return
        self._time_by_values()

    def _time_by_values(self) -> None:
        """The only column of times of day, whatever it is called; dates alone may be birthdays."""
        if self._template:
            return
        outer = [column for column in self._free() if not self._is_inside(column)]
        timed = (one for one in outer[:_MOST_LOOKED_AT] if self._are_times(one))
        found = list(islice(timed, 2))
        if len(found) == 1:
            (time_format, *_) = sampling.time_formats(self._samples(found[0]))
            self._rules[found[0]] = ColumnRule(
                column=found[0], target=Target.TIME, time_format=time_format
            )

    def _are_times(self, column: str) -> bool:
        return sampling.are_times_of_day(self._samples(column))

    def _id(self) -> None:
        free = self._free()
        found = self._best(free, spelling.IDS)
        if found is None:
            called = (column for column in free if self._plain[column] == "id")
            found = next((c for c in called if sampling.are_uuids(self._samples(c))), None)
        if found is not None:
            self._put(found, Target.ID)

    def _person_by_values(self) -> None:
        if any(rule.target is Target.PERSON for rule in self._rules.values()) or self._template:
            return
        emails = (c for c in self._free() if sampling.are_emails(self._samples(c)))
        if (column := next(emails, None)) is not None:
            self._put(column, Target.PERSON)

    def _other(self, column: str) -> ColumnRule:
        samples = self._samples(column)
        dialect = self._guess.dialect
        has_commas = dialect.format is RowFormat.CSV and dialect.delimiter != ","
        kind, time_format = sampling.kind_of(samples, has_commas=has_commas)
        rule = ColumnRule(
            column=column,
            target=Target.PROPERTY,
            name=self._name(column),
            kind=kind,
            time_format=time_format,
        )
        if self._plain[column] in spelling.EMAILS:
            return replace(rule, target=Target.SET, name="email")
        found = spelling.prefixed(column)
        return rule if found is None else replace(rule, target=found[0], name=found[1])

    def _is_object(self, column: str) -> bool:
        return sampling.are_objects(self._samples(column))

    def _is_inside(self, column: str) -> bool:
        """Whether another column takes it into the event, whole."""
        path = path_of(column)
        return any(path[:length] in self._outer for length in range(1, len(path)))

    def _name(self, column: str) -> str:
        """Of the property that a column becomes."""
        is_csv = self._guess.dialect.format is RowFormat.CSV
        return column.strip() if is_csv else ".".join(path_of(column))

    def _put(self, column: str, target: Target, name: str = "") -> None:
        self._rules[column] = ColumnRule(column=column, target=target, name=name)


def _own_name(column: str) -> str:
    """Without ``properties.`` before it."""
    found = spelling.prefixed(column)
    return found[1] if found and found[0] is Target.PROPERTY else column


def _day(time_format: str, text: str) -> str:
    moment = reader(time_format, UTC)(text.strip())
    return moment.text[: len("2026-11-21")] if moment else ""
