"""The switches as a JSON object, both ways."""

from typing import cast

import pytest
from hypothesis import given

from composer.core.behaviour import (
    Behaviour,
    FaultKind,
    Rule,
    ScriptedFault,
    read_behaviour,
    read_rule,
    written_behaviour,
)
from composer.core.jsontext import Object, encode, parse
from tests.core.behaviour.rules import BEHAVIOURS


def read(text: str) -> tuple[Behaviour, tuple[str, ...]]:
    return read_behaviour(cast("Object", parse(text)))


@given(BEHAVIOURS)
def test_what_was_written_is_read_as_the_same(behaviour: Behaviour) -> None:
    assert read(encode(written_behaviour(behaviour))) == (behaviour, ())


def test_what_is_missing_is_as_on_a_good_day() -> None:
    assert read("{}") == (Behaviour(), ())
    assert read('{"of another version":1}') == (Behaviour(), ())
    assert read_rule(parse('{"status":503}')) == Rule(
        fault=ScriptedFault(kind=FaultKind.STATUS, status=503)
    )


@pytest.mark.parametrize(
    ("member", "fault"),
    [
        ('"edition":"2023"', "edition (edition must be one of current, 2024)"),
        ('"known_tokens":"phc_a"', "known_tokens (known_tokens must be a list in square brackets)"),
        (
            '"known_tokens":[1]',
            "known_tokens (known_tokens must hold nothing but texts in quotation marks)",
        ),
        ('"quota_reached":1', "quota_reached (quota_reached must be true or false)"),
        ('"serves_v1":null', "serves_v1 (serves_v1 must be true or false)"),
        ('"flags":{}', "flags (flags must be a list in square brackets)"),
        ('"flags":[{"key":""}]', "flags > 1 (A flag needs a key, such as new-checkout or "),
        ('"flags":[{"key":"a","payload":"{"}]', "flags > 1 (The payload of a is not JSON: "),
        ('"flags":[{"key":1}]', "flags > 1 (key must be text in quotation marks)"),
        ('"rules":[1]', "rules > 1 (A rule must be an object in curly brackets)"),
        (
            '"rules":[{"kind":"burn"}]',
            "rules > 1 (kind must be one of slow, status, reset, half, silence, page, redirect)",
        ),
        ('"rules":[{"status":1e999}]', "rules > 1 (status must be a whole number)"),
        ('"rules":[{"status":"503"}]', "rules > 1 (status must be a number)"),
        ('"rules":[{"status":503,"share":0}]', "rules > 1 (A share is above 0 and at most 1"),
        ('"rules":[{"status":503,"enabled":0}]', "rules > 1 (enabled must be true or false)"),
    ],
)
def test_what_is_wrong_is_left_out_and_named(member: str, fault: str) -> None:
    behaviour, (found,) = read(f"{{{member}}}")
    assert behaviour == Behaviour()
    assert found.startswith(fault)
    assert found.endswith(")")


def test_one_bad_rule_does_not_cost_the_others() -> None:
    behaviour, faults = read(
        '{"quota_reached":true,"rules":[{"status":503},{"status":1},{"kind":"page"}]}'
    )
    assert behaviour.quota_reached
    assert [rule.fault.kind for rule in behaviour.rules] == [FaultKind.STATUS, FaultKind.PAGE]
    assert len(faults) == 1
    assert faults[0].startswith("rules > 2 (A status is a number from 400 to 599")
