"""What is wrong with a mapping, in words, before any row is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from composer.core.jsontext import Object, get_at
from composer.core.mapping.bases import template_problem
from composer.core.mapping.cells import Fault
from composer.core.mapping.giving import FromConstant, ZoneOf
from composer.core.mapping.mapping import CellKind, ColumnRule, Constant, Mapping, Target
from composer.core.mapping.moments import format_problem, reader
from composer.core.tabular import column_of, path_of
from composer.core.templates import Template
from composer.core.variables import Reference, reference_problem
from composer.core.variables.references import parts_of_template

TARGET_WORDS = {
    Target.EVENT: "the event's name",
    Target.PERSON: "the person",
    Target.TIME: "the time",
    Target.ID: "the event's ID",
    Target.PROPERTY: "the property",
    Target.PROPERTIES: "the properties",
    Target.SET: "the person's property",
    Target.SET_ALL: "the person's properties",
    Target.SET_ONCE: "the person's first property",
    Target.SET_ONCE_ALL: "the person's first properties",
    Target.GROUP: "the group",
    Target.VARIABLE: "the variable",
    Target.IGNORE: "nothing",
}
"""What a target is called in a sentence; a name may follow."""


def problems_in(
    mapping: Mapping,
    columns: Sequence[str],
    template: Template | None = None,
    *,
    zone: ZoneOf | None = None,
) -> tuple[str, ...]:
    """Everything that keeps rows from becoming events, each in a sentence with the next step.

    ``zone`` is asked for the zones that are named; without it they are not looked at.
    """
    found = (
        template_problem(template),
        *_of_needs(mapping, template),
        *_of_rules(mapping, columns),
        *_of_times(mapping, zone),
        *_of_constants(mapping, template),
        *_of_variables(mapping, template),
    )
    return tuple(dict.fromkeys(problem for problem in found if problem))


def _of_needs(mapping: Mapping, template: Template | None) -> Iterator[str]:
    payloads = [step.draft.payload for step in template.steps] if template else []
    targets = {one.target for one in (*mapping.rules, *mapping.constants)}
    if Target.EVENT not in targets and not all(p.get("event") for p in payloads or [_NOTHING]):
        yield "Nothing names the event. Choose a column for its name, or give all rows the same."
    if Target.PERSON not in targets and not all(map(_has_person, payloads or [_NOTHING])):
        yield "Nothing names the person. Choose a column for the ID, or give all rows the same."


def _of_rules(mapping: Mapping, columns: Sequence[str]) -> Iterator[str]:
    known = frozenset(columns)
    taken: dict[tuple[Target, str], str] = {}
    seen: set[str] = set()
    for rule in mapping.rules:
        if rule.column in seen:
            yield f"The column “{rule.column}” is listed twice. Remove one of them."
        seen.add(rule.column)
        if rule.target is Target.IGNORE:
            continue
        if rule.column not in known and not _may_turn_up(rule.column, known):
            yield f"There is no column “{rule.column}”. Remove it from the mapping."
        if rule.target.is_named and not rule.name:
            yield f"The column “{rule.column}” goes to {TARGET_WORDS[rule.target]}. Name it."
        place = (rule.target, rule.name if rule.target.is_named else "")
        other = taken.setdefault(place, rule.column)
        if other != rule.column and rule.target in _SINGLE:
            words = f"{TARGET_WORDS[rule.target]} {place[1]}".strip()
            yield f"“{other}” and “{rule.column}” both go to {words}. Choose one of them."


def _of_times(mapping: Mapping, zone: ZoneOf | None) -> Iterator[str]:
    for rule in mapping.rules:
        if problem := format_problem(rule.time_format):
            yield f"The time format of “{rule.column}”: {problem}"
    for name in (mapping.zone, *(rule.zone for rule in mapping.rules if rule.zone)):
        if zone and not _is_zone(name, zone):
            yield f"“{name}” is no time zone that is known. Choose one such as Europe/Paris."


def _of_constants(mapping: Mapping, template: Template | None) -> Iterator[str]:
    of_columns = {rule.name for rule in mapping.rules if rule.target is Target.VARIABLE}
    known = {one.name for one in mapping.constants if one.target is Target.VARIABLE} | of_columns
    known |= {variable.name for variable in template.prompts} if template else set()
    for constant in mapping.constants:
        words = f"{TARGET_WORDS[constant.target]} {constant.name}".strip()
        if constant.target.is_named and not constant.name:
            which = f"The constant “{constant.text}”" if constant.text else "A constant"
            yield f"{which} goes to {words}. Name it."
        is_answer = constant.target is Target.VARIABLE
        for reference in _references_in(constant):
            if reference.is_generated and (problem := reference_problem(reference)):
                yield f"{reference.text} for {words}: {problem}"
            elif not reference.is_generated and reference.name not in known:
                yield f"{reference.text} for {words} is no variable. Map a column to it."
            elif is_answer and not reference.is_generated and reference.name not in of_columns:
                yield f"{reference.text} for {words} is an answer itself. Map a column to it."
        yield from _of_fixed(constant, words)


def _of_fixed(constant: Constant, words: str) -> Iterator[str]:
    giver = FromConstant.of(constant, reader("", UTC))
    given = giver.fixed() if giver.is_fixed and constant.kind is not CellKind.DATE else ""
    if isinstance(given, Fault):
        yield f"The constant for {words}: {given.words}"


def _of_variables(mapping: Mapping, template: Template | None) -> Iterator[str]:
    named = {
        one.name: one
        for one in (*mapping.rules, *mapping.constants)
        if one.target is Target.VARIABLE
    }
    known = {variable.name for variable in template.prompts} if template else set[str]()
    used = {reference.name for one in mapping.constants for reference in _references_in(one)}
    for name, one in named.items():
        if name and isinstance(one, ColumnRule) and name not in known | used:
            where = (
                f"the template “{template.name}” has none" if template else "there is no template"
            )
            yield f"“{one.column}” goes to the variable {name}, but {where}. Choose another use."
    for variable in template.prompts if template else ():
        if variable.required and not variable.default and variable.name not in named:
            yield f"The variable “{variable.title}” is empty. Map a column to it, or fill it in."


_NOTHING = Object()
_SINGLE = frozenset(Target) - {
    Target.PERSON,
    Target.PROPERTIES,
    Target.SET_ALL,
    Target.SET_ONCE_ALL,
    Target.IGNORE,
}
"""Targets that take one column each. Of several with a person the first one filled in counts."""


def _has_person(payload: Object) -> bool:
    inner = get_at(payload, ("properties", "distinct_id"))
    return any((payload.get("distinct_id"), payload.get("$distinct_id"), inner))


def _may_turn_up(column: str, known: frozenset[str]) -> bool:
    """Whether it is a key of JSON objects of which the sample has others."""
    path = path_of(column)
    return len(path) > 1 and column_of(path[:-1]) in known


def _is_zone(name: str, zone: ZoneOf) -> bool:
    try:
        zone(name)
    except (LookupError, ValueError):
        return False
    return True


def _references_in(constant: Constant) -> Iterable[Reference]:
    parts = parts_of_template(constant.text)
    return (part for part in parts if isinstance(part, Reference))
