"""What is wrong with a template, in words, before anyone fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.jsontext import Object, Path, Value
from composer.core.templates.answers import problem_of
from composer.core.templates.template import Template, Variable, names_in
from composer.core.variables import reference_problem
from composer.core.variables.patterns import pattern_of_template
from composer.core.variables.references import (
    GENERATORS,
    OPENING,
    Reference,
    parts_of_template,
    reference_at,
)


def problems_in(template: Template) -> tuple[str, ...]:
    """Everything that will not do what it seems to, each in a sentence with the next step."""
    found = (*_of_variables(template), *_of_events(template))
    return tuple(dict.fromkeys(found))


_SPACED = re.compile(r"(?<!\\)\{\{\s*+[A-Za-z_][\w.-]*+(?:[ \t]++[\w.-]++)++\s*+\}\}")
"""Braces around several words, which look like a variable and are none."""


def _of_variables(template: Template) -> Iterator[str]:
    used = names_in(pattern_of_template(step.draft.payload) for step in template.steps)
    names = [variable.name for variable in template.variables]
    for place, variable in enumerate(template.variables):
        name = variable.name
        if not _is_name(name):
            yield f"“{name}” cannot be a variable. Use letters, digits, _ . and - only."
        elif name in GENERATORS:
            yield f"“{name}” is made by the app. Give the variable another name."
        elif name in names[:place]:
            yield f"“{name}” is listed twice. Remove one of them."
        elif name not in used:
            spelled = f"{OPENING}{name}}}}}"
            yield f"“{name}” stands in no event. Write {spelled} in a value, or remove it."
        yield from _of_texts(variable)


def _of_texts(variable: Variable) -> Iterator[str]:
    if problem := problem_of(variable, variable.default):
        yield f"“{variable.title}”, default “{variable.default}”: {problem}"
    for choice in variable.choices:
        if problem := problem_of(variable, choice):
            yield f"“{variable.title}”, choice “{choice}”: {problem}"


def _of_events(template: Template) -> Iterator[str]:
    for number, step in enumerate(template.steps, 1):
        event = f"Event {number}, " if template.is_sequence else ""
        if step.after < 0:
            yield f"{event}the pause is less than nothing. Write 0 seconds or more."
        for path, text in _texts(step.draft.payload):
            place = f"{event}{'.'.join(map(str, path))}"
            for words in _of_text(text):
                yield f"{place}: {words}"


def _of_text(text: str) -> Iterator[str]:
    for part in parts_of_template(text):
        if isinstance(part, Reference) and (problem := reference_problem(part)):
            yield f"{part.text} cannot be filled in. {problem}"
    for spaced in _SPACED.finditer(text):
        if reference_at(spaced[0], 0) is None:
            yield f"{spaced[0]} stays as it is. A variable's name has no spaces."


def _texts(value: Value, path: Path = ()) -> Iterator[tuple[Path, str]]:
    match value:
        case str() if OPENING in value:
            yield path, value
        case tuple():
            for place, item in enumerate(value):
                yield from _texts(item, (*path, place))
        case Object(members):
            for key, item in members:
                yield from _texts(item, (*path, key))
        case _:
            return


def _is_name(name: str) -> bool:
    reference = reference_at(f"{OPENING}{name}}}}}", 0)
    return reference is not None and reference.name == name
