"""What a rule may say, and a rule in words."""

import pytest
from hypothesis import given

from composer.core.behaviour import (
    FaultKind,
    Rule,
    RuleError,
    ScriptedFault,
    check_rule,
    describe,
    parse_rule,
)
from tests.core.behaviour.rules import RULES


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("503", "Status 503"),
        ("429 retry-after=5 share=0.2", "Status 429, Retry-After 5; 20 %"),
        ("429 path=/batch share=0.2", "Status 429; requests to /batch, 20 % of them"),
        ("reset path=/batch nth=3", "Connection reset; requests to /batch, only number 3"),
        ("slow=2.5 distinct_id=ann stores", "Answered 2.5 seconds later; distinct_id ann"),
        ("slow=1", "Answered 1 second later"),
        ("half delay=2", "Half an answer, after 2 seconds"),
        ("silence", "No answer"),
        ("page", "A web page"),
        ("redirect=https://a.example/", "Redirect to https://a.example/"),
        ("500 stores", "Status 500, events kept"),
    ],
)
def test_a_rule_is_told_in_words(line: str, words: str) -> None:
    assert describe(parse_rule(line)) == words


@given(RULES)
def test_every_rule_has_words(rule: Rule) -> None:
    assert describe(rule)[0].isupper()


@pytest.mark.parametrize(
    "fault",
    [
        ScriptedFault(kind=FaultKind.RESET, status=503),
        ScriptedFault(kind=FaultKind.STATUS),
        ScriptedFault(kind=FaultKind.PAGE, retry_after_s=1),
        ScriptedFault(kind=FaultKind.PAGE, location="https://a.example/"),
        ScriptedFault(kind=FaultKind.REDIRECT),
        ScriptedFault(kind=FaultKind.SLOW),
        ScriptedFault(kind=FaultKind.HALF, delay_s=float("nan")),
    ],
)
def test_a_fault_whose_parts_do_not_belong_together_is_refused(fault: ScriptedFault) -> None:
    with pytest.raises(RuleError):
        check_rule(Rule(fault=fault))
