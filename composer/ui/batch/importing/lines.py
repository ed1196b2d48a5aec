"""The lines of a mapping as they are listed: one a column, then what is not of the source. Pure.

A column that has no rule is left out; so a line that is set to that loses its rule, and the mapping
fits other files that lack the column. Only where the object around it is taken whole it needs a
rule to be left out of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping as Mapping_, Sequence
from dataclasses import dataclass, replace

from composer.core.batch.mending import REASON
from composer.core.jsontext import Object, Value, get_at, has_at
from composer.core.mapping import ColumnRule, Constant, Mapping, Target
from composer.core.tabular import Guess, RowFormat, column_of, path_of
from composer.core.templates import Template
from composer.ui.batch.importing.words import cell_text

MOST_EXAMPLES = 3
_A_REASON = re.compile(r"Row \d+: ")


@dataclass(frozen=True, slots=True)
class Line:
    """The place of a line: a column of the source, or a constant by its number."""

    column: str = ""
    constant: int = -1

    @property
    def is_constant(self) -> bool:
        """Whether it stands for no column."""
        return self.constant >= 0


Rule = ColumnRule | Constant
Change = Callable[[Line, Rule], Rule | None]
"""``None``: no rule of its own"""
Rules = Mapping_[str, ColumnRule]
"""By column; there may be ten thousand"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is said in a line. ``whole`` is the column around it that is taken whole, if any."""

    rule: Rule
    whole: str = ""
    is_within: bool = False
    """Whether it has no rule of its own, so that it goes where the whole goes"""

    @property
    def is_used(self) -> bool:
        """Whether it becomes something."""
        return self.is_within or self.rule.target is not Target.IGNORE


def lines_beyond(columns: Container[str], mapping: Mapping) -> tuple[Line, ...]:
    """The lines that stand for no column of the source: what it lacks, then the constants."""
    missing = (rule.column for rule in mapping.rules if rule.column not in columns)
    constants = (Line(constant=number) for number in range(len(mapping.constants)))
    return (*(Line(column=name) for name in missing), *constants)


def rules_by_column(mapping: Mapping) -> dict[str, ColumnRule]:
    """The rules to be looked up."""
    return {rule.column: rule for rule in mapping.rules}


def shown(line: Line, mapping: Mapping, rules: Rules) -> Shown:
    """What is said in a line."""
    if line.is_constant:
        return Shown(rule=mapping.constants[line.constant])
    own = rules.get(line.column)
    whole = _whole_around(line.column, rules)
    rule = own or ColumnRule(column=line.column, target=Target.IGNORE)
    return Shown(rule=rule, whole=whole, is_within=own is None and bool(whole))


def changed(mapping: Mapping, lines: Sequence[Line], change: Change) -> Mapping:
    """The mapping with these lines changed; a column comes in at the end of the rules."""
    rules = rules_by_column(mapping)
    constants = list(mapping.constants)
    for line in lines:
        after = change(line, shown(line, mapping, rules).rule)
        if isinstance(after, Constant):
            constants[line.constant] = after
        elif after is None or (
            after.target is Target.IGNORE and not _whole_around(line.column, rules)
        ):
            rules.pop(line.column, None)
        else:
            rules[line.column] = after
    return replace(mapping, rules=tuple(rules.values()), constants=tuple(constants))


def aimed(rule: Rule, target: Target, *, name: str) -> Rule:
    """The rule with another target; ``name`` where the new one has a name and there was none."""
    if not target.is_named:
        name = ""
    elif rule.target.is_named and rule.name and _same_names(rule.target, target):
        name = rule.name
    return replace(rule, target=target, name=name)


def name_for(line: Line, target: Target, template: Template | None) -> str:
    """What a property, group type or variable is called as long as nobody says otherwise."""
    if target is Target.VARIABLE and template is not None:
        names = [variable.name for variable in template.prompts]
        return line.column if line.column in names else next(iter(names), "")
    if line.is_constant:
        return ""
    return path_of(line.column)[-1] if line.column else ""


def with_constant(mapping: Mapping) -> Mapping:
    """The mapping with one more constant, for what is still missing."""
    aims = {rule.target for rule in mapping.rules} | {one.target for one in mapping.constants}
    missing = (target for target in (Target.EVENT, Target.PERSON) if target not in aims)
    target = next(missing, Target.PROPERTY)
    return replace(mapping, constants=(*mapping.constants, Constant(target=target, text="")))


def without(mapping: Mapping, lines: Sequence[Line]) -> Mapping:
    """The mapping with these columns left out and these constants gone."""
    gone = {line.constant for line in lines}
    columns = [line for line in lines if not line.is_constant]
    after = changed(mapping, columns, _left_out)
    constants = (one for number, one in enumerate(mapping.constants) if number not in gone)
    return replace(after, constants=tuple(constants))


def without_reasons(mapping: Mapping, guess: Guess) -> Mapping:
    """A mapping for rows that were exported for mending: why they did not fit stays out."""
    if guess.columns[:1] != (REASON,):
        return mapping
    values = [_value(row, (REASON,), 0) for _, row in guess.rows]
    if not all(isinstance(value, str) and _A_REASON.match(value) for value in values):
        return mapping
    return replace(mapping, rules=tuple(rule for rule in mapping.rules if rule.column != REASON))


def examples(guess: Guess, column: str, place: int) -> str:
    """The first few different values of a column, for a person to recognise it by."""
    texts: list[str] = []
    path = () if guess.dialect.format is RowFormat.CSV else path_of(column)
    for _, row in guess.rows:
        value = _value(row, path, place)
        text = "" if value is None else cell_text(value)
        if text and text not in texts:
            texts.append(text)
        if len(texts) == MOST_EXAMPLES:
            break
    return "  ·  ".join(texts)


def _value(row: list[str] | Object, path: tuple[str, ...], place: int) -> Value:
    if isinstance(row, Object):
        return get_at(row, path) if has_at(row, path) else None
    return row[place] if 0 <= place < len(row) else None


def _left_out(line: Line, rule: Rule) -> Rule:
    del line
    return aimed(rule, Target.IGNORE, name="")


def _whole_around(column: str, rules: Rules) -> str:
    path = path_of(column)
    around = column_of(path[:-1])
    rule = rules.get(around) if len(path) > 1 else None
    return around if rule is not None and rule.target.is_whole else ""


def _same_names(one: Target, other: Target) -> bool:
    """Whether a name fits both: those of properties do, those of variables are the template's."""
    return Target.VARIABLE not in {one, other} or one is other
