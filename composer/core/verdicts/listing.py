"""All rules as a list: what each is about, and whether it is checked, or cannot be known."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from composer.core.jsontext import Object, Value
from composer.core.verdicts.rule import AnyRule, UnknowableRule
from composer.core.verdicts.rules import ALL
from composer.core.verdicts.scales import Subject


class Treatment(StrEnum):
    """How a rule is treated here, in words for people."""

    CHECKED = "checked"
    MENDED = "checked, can be mended"
    UNKNOWABLE = "cannot be known from here"


def treatment_of(rule: AnyRule) -> Treatment:
    """How the rule is treated."""
    if isinstance(rule, UnknowableRule):
        return Treatment.UNKNOWABLE
    return Treatment.MENDED if rule.rule.mends else Treatment.CHECKED


def by_subject() -> Iterator[tuple[Subject, list[AnyRule]]]:
    """The rules under their headings, in the order of ingestion-rules.md."""
    for subject in Subject:
        yield subject, [rule for rule in ALL if rule.rule.subject is subject]


def listed() -> Iterator[str]:
    """The list as lines for a terminal."""
    count = {one: sum(treatment_of(rule) is one for rule in ALL) for one in Treatment}
    told = ", ".join(f"{number} {treatment}" for treatment, number in count.items())
    yield f"{len(ALL)} rules: {told}"
    for subject, rules in by_subject():
        yield ""
        yield subject.value
        for rule in rules:
            yield f"  {rule.rule.id}: {rule.rule.severity}; {treatment_of(rule)}"
            yield f"    When: {rule.rule.when}."
            yield f"    {rule.rule.says} {rule.rule.fix}"
            if isinstance(rule, UnknowableRule):
                yield f"    Why: {rule.because}"
                yield f"    What would tell: {rule.ask}"


def as_records() -> Iterator[Object]:
    """The list as one JSON object a rule; ``because`` and ``ask`` where it cannot be known."""
    for _, rules in by_subject():
        for one in rules:
            rule = one.rule
            members: list[tuple[str, Value]] = [
                ("rule", rule.id),
                ("subject", rule.subject.value),
                ("severity", rule.severity.value),
                ("treatment", _NAMES[treatment_of(one)]),
                ("when", rule.when),
                ("message", rule.says),
                ("fix", rule.fix),
                ("certainty", rule.certainty.value),
                ("docs", rule.docs),
            ]
            if isinstance(one, UnknowableRule):
                members += [("because", one.because), ("ask", one.ask)]
            yield Object(tuple(members))


_NAMES = {
    Treatment.CHECKED: "checked",
    Treatment.MENDED: "mendable",
    Treatment.UNKNOWABLE: "unknowable",
}
