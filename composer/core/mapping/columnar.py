"""Makes the events of many rows at once, column by column: text goes straight into JSON text.

Only for rows of CSV that go into plain events, where nothing is to be merged. A block is turned
into columns, each column into JSON text through a memory of the cells seen last, and the columns
are joined again: nearly all of it runs in C. Rows that do not fit are only pointed out; ``rowwise``
looks at them again and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby, repeat
from typing import TypeAlias

from composer.core.jsontext import Object, quoted
from composer.core.mapping.cells import Fault, is_empty, is_plain_number, is_plain_text
from composer.core.mapping.giving import FirstOf, FromCell, FromConstant, Given
from composer.core.mapping.identity import Facts, Fresh, kept_or_derived
from composer.core.mapping.mapping import CellKind, Target, WhenEmpty
from composer.core.mapping.memories import BAD, NUL, Memory, Moments, Times
from composer.core.mapping.moments import Moment, moment_of
from composer.core.mapping.plan import NESTED, Entry, Plan
from composer.core.mapping.results import NewEvent
from composer.core.mapping.rowwise import LONGEST_PERSON, person_fault
from composer.core.mapping.writing import UnwritableError, body_fault, is_surely_taken, written
from composer.core.tabular import Row
from composer.core.variables.rendering import Gap

Columns: TypeAlias = Sequence[Sequence[str]]
"""The cells of a block: by column, then by row."""
Written: TypeAlias = Callable[[Columns], Iterable[str]]
"""For each row a member of an object with a comma before it, nothing, or ``BAD``."""


def columnar_of(plan: Plan, width: int) -> Columnar | None:
    """What turns rows of that many cells; ``None`` where rows have to be looked at one by one."""
    heads = [giver for first in (plan.name, plan.person, plan.id) for giver in first.givers]
    others = [giver for entry in plan.entries for giver in entry.giver.givers]
    others += [time.giver for time in plan.times]
    is_simple = not plan.wholes and not plan.variables and len(plan.times) <= 1
    if not is_simple or not all(_is_simple(giver, width) for giver in (*heads, *others)):
        return None
    return None if any(map(_wants_all, heads)) else Columnar(plan, width)


def _is_simple(giver: FromCell | FromConstant, width: int) -> bool:
    if isinstance(giver, FromConstant):
        return giver.is_fixed
    return 0 <= giver.cell.place < width


def _wants_all(giver: FromCell | FromConstant) -> bool:
    return isinstance(giver, FromCell) and giver.rule.when_empty is WhenEmpty.PROBLEM


def _may_be_deep(giver: FromCell | FromConstant) -> bool:
    if isinstance(giver, FromCell):
        return giver.rule.kind is CellKind.VALUE
    return isinstance(giver.fixed(), Object | tuple)


class Columnar:
    """Makes events of blocks of rows."""

    def __init__(self, plan: Plan, width: int) -> None:
        self._width = width
        self._name = _texts_of(plan.name)
        self._names = plan.names
        self._name_text = Memory(_written_name)
        self._person = _texts_of(plan.person)
        self._id = _texts_of(plan.id) if plan.id.givers else None
        self._times = Times(plan.times[0]) if plan.times else None
        givers = (giver for entry in plan.entries for giver in entry.giver.givers)
        self._is_flat = not any(map(_may_be_deep, givers))
        self._properties = _properties_of(plan.entries)

    def events(
        self, rows: list[Row], fresh: Fresh, now: datetime
    ) -> tuple[list[NewEvent], list[int]] | None:
        """An event for each row, and the places of those that may not fit.

        ``None`` if the rows have to be looked at one by one.
        """
        cells = [row[1] for row in rows]
        lists = [one for one in cells if not isinstance(one, Object) and len(one) == self._width]
        if not lists or len(lists) != len(rows):
            return None
        columns = list(zip(*lists, strict=True))
        names, people = self._name(columns), self._person(columns)
        if self._names:
            names = [self._names.get(name, name) for name in names]
        times = self._times  # without cells seen it is empty, hence false
        moments = _none_of(len(rows)) if times is None else times.of(columns)
        present = moment_of(now).milliseconds
        uuids = fresh.many([present if one is None else one for one in moments.milliseconds])
        if self._id:
            for place, given in enumerate(self._id(columns)):
                if not is_empty(given):
                    facts = _facts(names[place], people[place], moments, place)
                    uuids[place] = kept_or_derived(given.strip(), facts)
        bodies = [
            f'{{"event":{name},"distinct_id":{person},"uuid":"{uuid}"{time},'
            f'"properties":{{{properties[1:]}}}}}'
            for name, person, uuid, time, properties in zip(
                map(self._name_text.__getitem__, names),
                _written_people(people),
                uuids,
                moments.members,
                self._properties(columns),
                strict=False,  # what is written of no column goes on for ever
            )
        ]
        numbers = [row[0] for row in rows]
        events = list(map(NewEvent, numbers, bodies, names, people, moments.texts))
        return events, self._doubtful(bodies)

    def _doubtful(self, bodies: list[str]) -> list[int]:
        """The places of events that the service might not take."""
        text = "".join(bodies)
        if self._is_flat and NUL not in text and is_surely_taken(bodies, text):
            return []
        return [place for place, body in enumerate(bodies) if NUL in body or body_fault(body)]


def _texts_of(first: FirstOf) -> Callable[[Columns], Sequence[str]]:
    """The text that each row gives; blank where none does."""
    givers = first.givers
    if len(givers) == 1 and isinstance(givers[0], FromCell):
        place = givers[0].cell.place
        return lambda columns: columns[place]

    def texts(columns: Columns) -> Sequence[str]:
        found: list[str] = [""] * len(columns[0])
        for giver in givers:
            if isinstance(giver, FromConstant):
                text = _fixed(giver)
                found = [text if is_empty(old) else old for old in found]
            else:
                column = columns[giver.cell.place]
                found = [
                    new if is_empty(old) else old for old, new in zip(found, column, strict=True)
                ]
        return found

    return texts


def _fixed(giver: FromConstant) -> str:
    """Of a constant that is text."""
    given = giver.fixed()
    return given if isinstance(given, str) else ""


def _properties_of(entries: Sequence[Entry]) -> Written:
    """The members of ``properties``; those of objects within it stand side by side in a plan."""
    writers: list[Written] = []
    for parent, group in groupby(entries, lambda entry: entry.path[:-1]):
        inside = [_entry_of(entry) for entry in group]
        is_top = parent == NESTED[Target.PROPERTY]
        writers += inside if is_top else [_member_of(parent[-1], _joined(inside))]
    return _joined(writers)


def _joined(writers: Sequence[Written]) -> Written:
    if not writers:
        return lambda _: repeat("")
    if len(writers) == 1:
        return writers[0]
    return lambda columns: map("".join, zip(*(write(columns) for write in writers), strict=False))


def _member_of(key: str, inner: Written) -> Written:
    prefix = f",{quoted(key)}:"
    return lambda columns: (
        f"{prefix}{{{members[1:]}}}" if members else "" for members in inner(columns)
    )


def _none_of(count: int) -> Moments:
    return Moments([""] * count, [""] * count, [None] * count)


def _facts(name: str, person: str, moments: Moments, place: int) -> Facts:
    milliseconds = moments.milliseconds[place]
    moment = None if milliseconds is None else Moment(moments.texts[place], milliseconds, "")
    return Facts(name=name, person=person, moment=moment)


def _entry_of(entry: Entry) -> Written:
    """One member; of several givers the first that gives something."""
    prefix = f",{quoted(entry.path[-1])}:"
    writers = [_giver_of(giver, prefix) for giver in entry.giver.givers]
    if len(writers) == 1:
        return writers[0]

    def write(columns: Columns) -> Iterable[str]:
        rows = zip(*(writer(columns) for writer in writers), strict=False)
        return (next((text for text in texts if text), "") for texts in rows)

    return write


def _giver_of(giver: FromCell | FromConstant, prefix: str) -> Written:
    if isinstance(giver, FromConstant):
        text = _text_of(giver.fixed(), prefix)
        return lambda _: repeat(text)
    is_auto = giver.rule.kind is CellKind.AUTO

    def write(cell: str) -> str:
        if is_auto:  # what ``of_text`` would come to, sooner
            if is_plain_text(cell):
                return prefix + quoted(cell)
            if is_plain_number(cell):
                return prefix + cell
        return _text_of(giver.of_text(cell), prefix)

    memory = Memory(write)
    place = giver.cell.place
    return lambda columns: map(memory.__getitem__, columns[place])


def _text_of(given: Given, prefix: str) -> str:
    if isinstance(given, str):
        return prefix + quoted(given)
    if isinstance(given, Gap):
        return ""
    try:
        return BAD if isinstance(given, Fault) else prefix + written(given)
    except UnwritableError:
        return BAD


def _written_name(name: str) -> str:
    return BAD if is_empty(name) else quoted(name)


def _written_people(people: Sequence[str]) -> Iterable[str]:
    """All at once where none has a ``person_fault``."""
    if max(map(len, people)) <= LONGEST_PERSON and all(map(str.strip, people)):
        return map(quoted, people)
    return map(_written_person, people)


def _written_person(person: str) -> str:
    return BAD if person_fault(person) else quoted(person)
