"""Each rule has a case that triggers it and one that does not, and is listed in the reference."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import tests.core.verdicts as home
from composer.core.verdicts.rule import AnyRule, UnknowableRule
from composer.core.verdicts.rules import ALL
from tests.core.verdicts.cases import RuleCase, found


def all_cases() -> Iterator[RuleCase]:
    for module in pkgutil.iter_modules(home.__path__):
        yield from getattr(importlib.import_module(f"{home.__name__}.{module.name}"), "CASES", ())


CASES = tuple(all_cases())
BY_ID = {rule.rule.id: rule for rule in ALL}


def implemented() -> list[AnyRule]:
    return [rule for rule in ALL if not isinstance(rule, UnknowableRule)]


def test_no_rule_stands_twice() -> None:
    assert len(BY_ID) == len(ALL)


def test_every_rule_that_is_checked_has_cases() -> None:
    assert {rule.rule.id for rule in implemented()} == {case.rule for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_triggers_where_it_should_and_nowhere_else(case: RuleCase) -> None:
    assert found(BY_ID[case.rule], case, case.triggers)
    assert not found(BY_ID[case.rule], case, case.quiet)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_carries_a_mend_exactly_if_it_says_so(case: RuleCase) -> None:
    carries = any(one.mend for one in found(BY_ID[case.rule], case, case.triggers))
    assert carries is BY_ID[case.rule].rule.mends or not carries
