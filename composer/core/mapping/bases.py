"""What a row is put into: an empty event, or the events of a template with its variables filled in.

The template's text becomes values as it does when a person fills it in (``core.templates``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from composer.core import times
from composer.core.jsontext import Number, Object, Value
from composer.core.mapping.cells import Fault, text_of
from composer.core.mapping.filling import Answered, FillTree, fill_tree, filled
from composer.core.mapping.giving import Given, Line, MappingError
from composer.core.mapping.plan import Plan
from composer.core.mapping.writing import Tree, UnwritableError
from composer.core.templates import Answer, Template, Variable, begin, problem_of
from composer.core.templates.answers import answers_of
from composer.core.templates.template import names_in
from composer.core.tokens import ALIASES
from composer.core.variables import Maker
from composer.core.variables.making import made_anew
from composer.core.variables.patterns import (
    Members,
    Pattern,
    joined_members,
    pattern_of_template,
    slots_of,
)
from composer.core.variables.rendering import Gap, rendered


class Bases:
    """The events of every row, as many as the template has steps."""

    def __init__(self, template: Template, plan: Plan) -> None:
        if problem := template_problem(template):
            raise MappingError(problem)
        self.steps = tuple(_steps(template))
        self._givers = plan.variables
        prompts = template.prompts
        self._prompts = {variable.name: variable for variable in prompts}
        used = {name for step in self.steps for name in step.names}
        self._required = [variable.name for variable in prompts if variable.name in used]
        self._known: dict[tuple[str, str], Given] = {}

    @property
    def names(self) -> frozenset[str]:
        """Of the template's variables."""
        return frozenset(self._prompts)

    def begin(self) -> None:
        """Another block of rows, for which ``now`` is another time."""
        self._known.clear()

    def fill(self, line: Line, now: datetime) -> Fault | None:
        """Put the answers of a row into it."""
        texts: dict[str, str] = {}
        for name, variable in self._prompts.items():
            giver = self._givers.get(name)
            given = Gap.LEFT_OUT if giver is None else giver(line)
            if isinstance(given, Fault):
                return given
            if isinstance(given, Gap):
                texts[name] = variable.default
            else:
                texts[name] = "" if given is None else text_of(given)
        line.texts = texts
        line.values = {name: self._answer(name, text, now) for name, text in texts.items()}
        faults = (line.values[name] for name in self._required)
        return next((fault for fault in faults if isinstance(fault, Fault)), None)

    def _answer(self, name: str, text: str, now: datetime) -> Given:
        known = self._known.get((name, text))
        if known is None:
            known = _answered(self._prompts[name], text, now)
            if len(text) <= _REMEMBERED:
                self._known[name, text] = known
        return known


def template_problem(template: Template | None) -> str:
    """Why rows cannot be put into a template, with the next step; empty if they can."""
    if template is not None and any(step.draft.event_type.is_batch for step in template.steps):
        return (
            f"The template “{template.name}” is a whole batch, and a row makes one event. Choose a "
            "template of an event."
        )
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBase:
    """One event of the template, to be filled in for each row."""

    template: Template
    place: int
    pattern: Pattern
    tree: FillTree
    """The rest of the event; empty where all of it is looked at (``pattern``)."""
    names: frozenset[str]
    before: timedelta
    """How long before the last of the events it happens."""
    later: timedelta
    """How long after the first one."""
    has_own_id: bool
    """Whether its ID comes from a variable or is generated."""
    makes: bool
    """Whether anything in it is generated."""

    def payload(self, line: Line, moment: datetime, own: datetime | None) -> Object | Fault:
        """The event with the answers of a row, as the service takes it; it may lack a person.

        ``moment`` is when it happens if neither row nor template say so; ``own`` what the row says.
        What ``rest`` has is not in it.
        """
        maker = _MakerAt(line.maker, moment, own)
        draft = self.template.steps[self.place].draft
        if draft.event_type.follows:  # what follows from an answer is written when it is typed
            payload = begin(self.template, self.place, maker, line.texts)[0].payload
        else:
            answers = _usable(line)
            pattern = made_anew(self.pattern, answers, maker) if self.makes else self.pattern
            payload = rendered(pattern, answers)
        is_stamped = "timestamp" in draft.generated
        return self._taken(payload, moment if is_stamped else None)

    def rest(self, line: Line, moment: datetime, own: datetime | None) -> Tree:
        """The members that are written without a look at their values.

        Raises ``UnwritableError``.
        """
        maker = _MakerAt(line.maker, moment, own)
        return filled(self.tree, Answered(_usable(line), maker, own or line.moment))

    def _taken(self, payload: Value, stamp: datetime | None) -> Object | Fault:
        if not isinstance(payload, Object):
            return Object()
        members = dict(payload.members)
        for key in ALIASES:
            members.pop(key, None)
        if not self.has_own_id:
            members.pop("uuid", None)
        if stamp is not None and "timestamp" in members:
            members["timestamp"] = times.wire_text(stamp)
        other = members.pop("$distinct_id", None)
        if members.get("distinct_id") is None and other is not None:
            members["distinct_id"] = other
        fault = next((key for key, fits in _FITS.items() if not fits(members.get(key))), None)
        if fault is not None:
            return Fault(f"The template's “{fault}” cannot be sent as it is. Correct the template.")
        return Object(tuple(members.items()))


_REMEMBERED = 100  # characters of an answer
_OFFSET = re.compile(r"-?\d{1,18}", re.ASCII)


def _is_object(value: Value) -> bool:
    return value is None or isinstance(value, Object)


_FITS: Mapping[str, Callable[[Value], bool]] = MappingProxyType(
    {
        "properties": _is_object,
        "$set": _is_object,
        "$set_once": _is_object,
        "timestamp": lambda value: value is None or isinstance(value, str),
        "offset": lambda value: (
            value is None
            or (isinstance(value, Number) and _OFFSET.fullmatch(value.text) is not None)
        ),
    }
)
"""What the service reads in the other members of an event (capture-server.md, 2.3)."""


@dataclass(frozen=True, slots=True)
class _MakerAt:
    """The maker at another time; implements ``Maker``."""

    maker: Maker
    moment: datetime
    own: datetime | None

    def now(self) -> datetime:
        return self.moment

    def uuid7(self, moment: datetime) -> str:
        return self.maker.uuid7(self.own or moment)

    def below(self, n: int) -> int:
        return self.maker.below(n)


def _steps(template: Template) -> Iterator[StepBase]:
    waits = [timedelta(seconds=max(0.0, step.after)) for step in template.steps]
    waits[0] = timedelta()
    for place, step in enumerate(template.steps):
        whole = pattern_of_template(step.draft.payload)
        pattern, tree = (whole, FillTree()) if step.draft.event_type.follows else _split(whole)
        slots = tuple(slots_of(pattern))
        ids = dict(pattern.members).get("uuid") if isinstance(pattern, Members) else None
        yield StepBase(
            template=template,
            place=place,
            pattern=pattern,
            tree=tree,
            names=frozenset(names_in((whole,))),
            before=sum(waits[place + 1 :], timedelta()),
            later=sum(waits[: place + 1], timedelta()),
            has_own_id=any(True for _ in slots_of(ids)),
            makes=any(slot.generated for slot in slots),
        )


def _split(pattern: Pattern) -> tuple[Pattern, FillTree]:
    """What is looked at in every row, and the properties where they need no look."""
    members = pattern.members if isinstance(pattern, Members | Object) else ()
    keys = [key for key, _ in members]
    inside = dict(members).get("properties")
    if "distinct_id" not in keys or not isinstance(inside, Members | Object):
        return pattern, FillTree()
    try:
        tree = fill_tree([("properties", inside)])
    except UnwritableError:  # told with each row
        return pattern, FillTree()
    return joined_members([member for member in members if member[0] != "properties"]), tree


def _usable(line: Line) -> dict[str, Value | Gap]:
    return {name: value for name, value in line.values.items() if not isinstance(value, Fault)}


def _answered(variable: Variable, text: str, now: datetime) -> Given:
    """The value of an answer, or why there is none."""
    answer = Answer(name=variable.name, text=text, moment=now)
    found = answers_of((variable,), (answer,))
    if variable.name in found:
        return found[variable.name]
    problem = problem_of(variable, text) or "It is empty. Map a column to it, or fill it in."
    return Fault(f"{variable.title}: {problem}")
