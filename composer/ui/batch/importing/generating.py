"""What is asked for events by the number, and the mapping that the answers make. Pure functions.

Every answer is a constant, in which ``{{row}}`` stands for the number of the row: the one column of
a count is the variable of that name, and a template's own variable of that name is not asked for.
"""

from __future__ import annotations

from collections.abc import Mapping as Answers
from dataclasses import replace

from composer.core.jsontext import Value
from composer.core.mapping import COUNTER, NO_LOCATION, ColumnRule, Constant, Mapping, Target
from composer.core.templates import Template, Variable, VariableKind
from composer.core.variables.patterns import pattern_of_template, slots_of

EVENT = "$event"
PERSON = "$person"
"""Not names that a variable of a template may have."""
EACH_PERSON = "demo-user-{{row}}"
_EVENT_NAME = "demo event"
_TARGETS = {EVENT: Target.EVENT, PERSON: Target.PERSON}
_HINTS = {
    VariableKind.NUMBER: "A number, {{row}}, or {{int 1 100}}.",
    VariableKind.YES_NO: "Yes or no, or {{pick yes no}}.",
    VariableKind.DATE: "A date, now -2d, or {{now -2d}}.",
    VariableKind.VALUE: "JSON, or {{pick 1 2 3}}.",
}


def asked(template: Template | None) -> tuple[Variable, ...]:
    """What has to be known to make events: as text, for any answer may have references."""
    if template is None:
        return (
            Variable(name=EVENT, label="Event", default=_EVENT_NAME),
            Variable(name=PERSON, label="Person", default=EACH_PERSON),
        )
    people = {name for step in template.steps for name in _names(step.draft.value(_PERSON))}
    own = tuple(
        _as_text(variable, is_person=variable.name in people)
        for variable in template.prompts
        if variable.name != COUNTER
    )
    if people:
        return own
    # One person for all steps, or else each step keeps its own unless somebody is named.
    fixed = {str(step.draft.value(_PERSON)) for step in template.steps}
    default = EACH_PERSON if len(fixed) == 1 else ""
    words = "Empty: as it stands in the template."
    who = Variable(name=PERSON, label="Person", default=default, required=False, help=words)
    return (who, *own)


def answered(before: Mapping, template: Template | None, answers: Answers[str, str]) -> Mapping:
    """The mapping with these answers and no others."""
    constants = tuple(
        Constant(
            target=_TARGETS.get(name, Target.VARIABLE),
            name="" if name in _TARGETS else name,
            text=text,
        )
        for name, text in answers.items()
        if text
    )
    needed = COUNTER in {name for constant in constants for name in _names(constant.text)}
    if template is not None:
        needed = needed or COUNTER in {variable.name for variable in template.prompts}
    else:
        constants = (*constants, NO_LOCATION)
    rule = ColumnRule(column=COUNTER, target=Target.VARIABLE, name=COUNTER)
    return replace(before, rules=(rule,) if needed else (), constants=constants)


def without_defaults(template: Template) -> Template:
    """The template for answers that are all given: one that was emptied is not the default."""
    variables = tuple(replace(variable, default="") for variable in template.variables)
    return replace(template, variables=variables)


_PERSON = ("distinct_id",)


def _as_text(variable: Variable, *, is_person: bool) -> Variable:
    is_yes_no = variable.kind is VariableKind.YES_NO
    return replace(
        variable,
        kind=VariableKind.TEXT,
        default=variable.default or (EACH_PERSON if is_person else ""),
        choices=("yes", "no") if is_yes_no and not variable.choices else variable.choices,
        help=variable.help or _HINTS.get(variable.kind, ""),
    )


def _names(value: Value) -> tuple[str, ...]:
    """The variables in a value of a template."""
    slots = slots_of(pattern_of_template(value))
    return tuple(one.name for slot in slots for one in slot.references if not one.is_generated)
