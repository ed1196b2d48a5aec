"""Rules and flags as one line, both ways."""

import pytest
from hypothesis import given

from composer.core.behaviour import (
    FaultKind,
    Flag,
    Rule,
    RuleError,
    ScriptedFault,
    check_rule,
    parse_flag,
    parse_rule,
    render_flag,
    render_rule,
)
from tests.core.behaviour.rules import RULES


@given(RULES)
def test_a_rendered_rule_is_read_as_the_same(rule: Rule) -> None:
    assert check_rule(rule) is rule
    assert parse_rule(render_rule(rule)) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("503", Rule(fault=ScriptedFault(kind=FaultKind.STATUS, status=503))),
        (
            "429 retry-after=5 share=0.2",
            Rule(
                fault=ScriptedFault(kind=FaultKind.STATUS, status=429, retry_after_s=5), share=0.2
            ),
        ),
        (
            "reset path=/batch nth=3",
            Rule(fault=ScriptedFault(kind=FaultKind.RESET), path="/batch", nth=3),
        ),
        (
            "slow=2.5 distinct_id=customer-42",
            Rule(fault=ScriptedFault(kind=FaultKind.SLOW, delay_s=2.5), distinct_id="customer-42"),
        ),
        (
            "half 'distinct_id=Ann Lee' delay=1",
            Rule(fault=ScriptedFault(kind=FaultKind.HALF, delay_s=1), distinct_id="Ann Lee"),
        ),
        ("silence off", Rule(fault=ScriptedFault(kind=FaultKind.SILENCE), enabled=False)),
        ("  page  ", Rule(fault=ScriptedFault(kind=FaultKind.PAGE))),
        (
            "redirect=https://a.example/e?x=1",
            Rule(fault=ScriptedFault(kind=FaultKind.REDIRECT, location="https://a.example/e?x=1")),
        ),
        (
            "500 stores",
            Rule(fault=ScriptedFault(kind=FaultKind.STATUS, status=500, stores=True)),
        ),
    ],
)
def test_a_line_stands_for_a_rule(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule
    assert parse_rule(render_rule(rule)) == rule


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "A rule begins with what happens: a status from 400 to 599, slow=SECONDS"),
        ("crash", "“crash” is nothing that can happen. A rule begins with"),
        ("reset=1", "“reset=1” is nothing that can happen"),
        ("200", "A status is a number from 400 to 599"),
        ("600", "A status is a number from 400 to 599"),
        ("0", "A status is a number from 400 to 599"),
        ("slow", "slow needs a number, such as 0.5; “” is none"),
        ("slow=soon", "“soon” is none"),
        ("slow=0", "above 0 and up to 3600"),
        ("slow=-1", "above 0 and up to 3600"),
        ("slow=nan", "above 0 and up to 3600"),
        ("slow=3601", "above 0 and up to 3600"),
        ("slow=1 delay=1", "slow has its delay already"),
        ("redirect=", "A redirect needs the address"),
        ('"redirect=http://a b"', "without spaces"),
        ('"redirect=http://a\r\nx: y"', "without spaces"),
        ("503 path=batch", "A path begins with a slash"),
        ("503 path=/batch?x=1", "has no query"),
        ("503 nth=0.5", "nth needs a whole number, such as 3; “0.5” is none"),
        ("503 nth=-1", "Count requests from 1"),
        ("503 share=0", "A share is above 0 and at most 1"),
        ("503 share=1.5", "A share is above 0 and at most 1"),
        ("503 share=", "“share=” is no part of a rule. These are: path=…, distinct_id=…"),
        ("503 stores=yes", "“stores=yes” is no part of a rule"),
        ("503 when=later", "“when=later” is no part of a rule"),
        ("503 path", "“path” is no part of a rule"),
        ("503 nth=1 nth=2", "nth stands there twice"),
        ("reset retry-after=5", "Only a status has a Retry-After"),
        ("429 retry-after=-1", "Retry-After is in whole seconds"),
        ("429 'path=/e", "A quotation mark is not closed"),
    ],
)
def test_a_wrong_line_is_told_with_what_is_allowed(text: str, words: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("beta", Flag(key="beta")),
        ("checkout=blue", Flag(key="checkout", variant="blue")),
        ("checkout=a=b", Flag(key="checkout", variant="a=b")),
        ("beta=off", Flag(key="beta", enabled=False)),
    ],
)
def test_a_flag_is_read_and_written(text: str, flag: Flag) -> None:
    assert parse_flag(text) == flag
    assert render_flag(flag) == text


@pytest.mark.parametrize("text", ["", "=blue", "beta=", "  "])
def test_a_wrong_flag_is_told(text: str) -> None:
    with pytest.raises(RuleError, match=r"A flag needs a key|Write beta alone"):
        parse_flag(text)
