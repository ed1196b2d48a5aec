"""Makes the events of one row, whatever the mapping and the template are.

The obvious way: the base, whole objects, then each value at its place. ``columnar`` is quicker
where rows are cells of text and there is nothing to merge; both make the same.
"""

from __future__ import annotations

from datetime import timedelta

from composer.core import times
from composer.core.jsontext import Object, Value, get_at, quoted
from composer.core.mapping.bases import Bases, StepBase
from composer.core.mapping.cells import Fault, date_fault, is_empty, object_of, text_of
from composer.core.mapping.giving import FirstOf, FromCell, FromConstant, Given, Line
from composer.core.mapping.identity import Facts, Fresh, kept_or_derived
from composer.core.mapping.moments import Moment, moment_of
from composer.core.mapping.plan import Plan
from composer.core.mapping.results import NewEvent
from composer.core.mapping.writing import (
    DEEP,
    Deep,
    Tree,
    UnwritableError,
    body_fault,
    deep_at,
    put,
    text_of_tree,
    written,
)
from composer.core.spelling import text_of as spelled
from composer.core.variables.rendering import Gap

_NOTHING = Object()
LONGEST_PERSON = 200
"""Characters, after which PostHog cuts the ID (capture-server.md, 2.5)."""


class RowFaultError(Exception):
    """The row does not fit; its text is the reason, with the next step."""


class Rowwise:
    """Makes the events of rows, one row after the other."""

    def __init__(self, plan: Plan, bases: Bases | None) -> None:
        self._plan = plan
        self._bases = bases
        own = bases.names if bases else frozenset[str]()
        self._columns: dict[str, FirstOf] = {}
        self._constants: dict[str, FirstOf] = {}
        for name, first in plan.variables.items():
            if cells := tuple(one for one in first.givers if isinstance(one, FromCell)):
                self._columns[name] = FirstOf(cells)
            if len(cells) < len(first.givers) and name not in own:
                self._constants[name] = first

    def begin(self) -> None:
        """Another block of rows."""
        if self._bases:
            self._bases.begin()

    def events(self, line: Line, fresh: Fresh) -> list[NewEvent]:
        """The events of a row. Raises ``RowFaultError``."""
        line.raw = {name: giver(line) for name, giver in self._columns.items()}
        line.raw |= {name: giver(line) for name, giver in self._constants.items()}
        if self._bases and (fault := self._bases.fill(line, line.now)):
            raise RowFaultError(fault.words)
        time = self._time(line)
        if self._bases is None:
            return [self._event(line, fresh, None, time)]
        return [
            self._event(line, fresh, step, _later(time, step.later)) for step in self._bases.steps
        ]

    def _event(
        self, line: Line, fresh: Fresh, step: StepBase | None, time: Moment | None
    ) -> NewEvent:
        own = None if time is None else times.read(time.text)
        now = line.now if step is None else line.now - step.before
        base = _NOTHING if step is None else _checked_base(step.payload(line, now, own))
        moment = time or _moment_in(base)
        line.moment = (moment and times.read(moment.text)) or now
        name, person = self._name(line, base), self._person(line, base)
        given = (_text(self._plan.id(line)) or _text(base.get("uuid"))).strip()
        facts = Facts(name=name, person=person, moment=moment, step=step.place if step else 0)
        if given:
            uuid = kept_or_derived(given, facts)
        else:
            uuid = fresh.one((moment or moment_of(now)).milliseconds)
        stamp = base.get("timestamp") if time is None else time.text
        try:
            rest: Tree = {} if step is None else step.rest(line, now, own)
            tree = _tree(_heads(facts, uuid, stamp), base, rest)
            self._put_wholes(tree, line)
            self._put_entries(tree, line)
        except UnwritableError as error:
            raise RowFaultError(str(error)) from error
        body = text_of_tree(tree)
        if fault := body_fault(body):
            raise RowFaultError(fault.words)
        return NewEvent(line.number, body, name, person, moment.text if moment else "")

    def _name(self, line: Line, base: Object) -> str:
        given = _text(self._plan.name(line))
        name = self._plan.names.get(given, given) or _text(base.get("event"))
        if not name:
            raise RowFaultError("There is no event name. Fill it in, or give one to all rows.")
        return name

    def _person(self, line: Line, base: Object) -> str:
        person = _text(self._plan.person(line)) or _person_in(base)
        if fault := person_fault(person):
            raise RowFaultError(fault.words)
        return person

    def _time(self, line: Line) -> Moment | None:
        for one in self._plan.times:
            if text := _text(one.giver(line)).strip():
                moment = one.read(text)
                if moment is None:
                    raise RowFaultError(f"{_named(one.giver)}{date_fault(text).words}")
                return moment
        return None

    def _put_wholes(self, tree: Tree, line: Line) -> None:
        for whole in self._plan.wholes:
            given = whole.giver(line)
            if isinstance(given, Gap) or given is None or given == "":
                continue
            value = object_of(_checked(given))
            if isinstance(value, Fault):
                raise RowFaultError(f"{_named(whole.giver)}{value.words}")
            deep = deep_at(whole.path)
            for key, item in value:
                if key not in whole.without:
                    put(tree, (*whole.path, key), _grown(item, deep.members.get(key)))

    def _put_entries(self, tree: Tree, line: Line) -> None:
        for entry in self._plan.entries:
            given = entry.giver(line)
            if not isinstance(given, Gap):
                put(tree, entry.path, written(_checked(given)))


def person_fault(person: str) -> Fault | None:
    """Why the service would refuse a person's ID, or cut it."""
    if is_empty(person):
        return Fault("There is no person. Fill in the ID, or give one to all rows.")
    if len(person) > LONGEST_PERSON:
        return Fault(
            f"The person's ID has {len(person):,} characters, and PostHog cuts it after "
            f"{LONGEST_PERSON}. Choose another column, or shorten it."
        )
    return None


def _grown(value: Value, deep: Deep | None) -> str | Tree:
    """JSON text, or an object that more may be put into."""
    if deep is None or not isinstance(value, Object):
        return written(value)
    return {key: _grown(item, deep.members.get(key)) for key, item in value.members}


def _heads(facts: Facts, uuid: str, stamp: Value) -> Tree:
    """What comes first in every event."""
    tree: Tree = {
        "event": quoted(facts.name),
        "distinct_id": quoted(facts.person),
        "uuid": quoted(uuid),
    }
    if isinstance(stamp, str):
        tree["timestamp"] = quoted(stamp)
    return tree


def _tree(heads: Tree, base: Object, rest: Tree) -> Tree:
    """The event before anything else of the row is in it."""
    tree = heads
    for key, value in base:
        if key not in _HEADS:
            tree[key] = _grown(value, DEEP.members.get(key))
    tree.update(rest)
    if not isinstance(tree.get("properties"), dict):
        tree["properties"] = {}
    return tree


_HEADS = frozenset({"event", "distinct_id", "uuid", "timestamp"})


def _person_in(base: Object) -> str:
    """Where the service looks for it (capture-server.md, 2.5)."""
    value = base.get("distinct_id")
    if value is None:
        value = get_at(base, ("properties", "distinct_id"))
    return "" if value is None else spelled(value)


def _moment_in(base: Object) -> Moment | None:
    stamp = base.get("timestamp")
    moment = times.read(stamp) if isinstance(stamp, str) else None
    return None if moment is None else moment_of(moment)


def _later(time: Moment | None, span: timedelta) -> Moment | None:
    """The time of a later step."""
    moment = times.read(time.text) if time and span else None
    if moment is None:
        return time
    try:
        return moment_of(moment + span)
    except OverflowError as error:
        raise RowFaultError("The time is too far in the future. Correct it.") from error


def _named(giver: FromCell | FromConstant) -> str:
    """The column, to begin a sentence with."""
    return f"{giver.rule.column}: " if isinstance(giver, FromCell) else ""


def _checked_base(base: Object | Fault) -> Object:
    if isinstance(base, Fault):
        raise RowFaultError(base.words)
    return base


def _checked(given: Given) -> Value:
    """What is given, which is not nothing. Raises ``RowFaultError``."""
    if isinstance(given, Fault):
        raise RowFaultError(given.words)
    return None if isinstance(given, Gap) else given


def _text(given: Given) -> str:
    """The same as text, empty where there is nothing. Raises ``RowFaultError``."""
    value = _checked(given)
    return "" if value is None else text_of(value)
