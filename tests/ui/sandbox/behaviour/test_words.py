"""Rules and the state of the sandbox, in words."""

import pytest
from pytestqt.modeltest import ModelTester

from composer.core.behaviour import Behaviour, Edition, FaultKind, Flag, parse_rule
from composer.ui.sandbox.behaviour.flag_model import FlagModel
from composer.ui.sandbox.behaviour.presets import PRESETS
from composer.ui.sandbox.behaviour.rule_model import RuleModel
from composer.ui.sandbox.behaviour.words import (
    KIND_HELP,
    KINDS,
    never_reached,
    state_text,
    what_text,
    when_text,
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("429 retry-after=5", "429 Too Many Requests, retry after 5 s"),
        ("599", "599"),
        ("503 delay=0.5 stores", "503 Service Unavailable, after 0.5 s, keeps the events"),
        ("slow=3", "Answers after 3 s"),
        ("reset", "Resets the connection"),
        ("half stores", "Breaks the answer off, keeps the events"),
        ("silence", "Never answers"),
        ("page", "Answers with a web page"),
        ("redirect=https://a.example/", "Redirects to https://a.example/"),
    ],
)
def test_what_happens_is_said(line: str, words: str) -> None:
    assert what_text(parse_rule(line).fault) == words


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("", "Every request"),
        ("path=/batch", "/batch"),
        ("path=/e distinct_id=anna nth=1", "/e · anna · only the 1st"),
        ("nth=12", "Only the 12th request"),
        ("nth=23 share=0.5", "Only the 23rd request"),
        ("share=0.5", "Every 2nd request"),
        ("share=0.3", "30 % of all requests"),
        ("share=0.75", "75 % of all requests"),
        ("path=/e share=0.2", "/e · 20 % of them"),
    ],
)
def test_the_requests_are_said(conditions: str, words: str) -> None:
    assert when_text(parse_rule(f"503 {conditions}")) == words


def test_only_a_rule_that_takes_all_hides_the_ones_below() -> None:
    lines = ("503 path=/e", "503 share=0.5", "503 nth=1", "503 off", "503", "429", "500")
    assert never_reached([parse_rule(line) for line in lines]) == {5, 6}
    assert never_reached([parse_rule(line) for line in lines[:4]]) == frozenset()


def test_every_kind_has_a_name_and_help() -> None:
    assert set(KINDS) == set(KIND_HELP) == set(FaultKind)
    assert len(set(KINDS.values())) == len(KINDS)


def test_the_state_is_empty_on_a_good_day_only() -> None:
    assert state_text(Behaviour(flags=(Flag(key="a"),), serves_tls=True)) == ""
    off = (parse_rule("503 off"),)
    assert state_text(Behaviour(rules=off)) == ""
    assert state_text(Behaviour(edition=Edition.OF_2024)) == "PostHog of 2024"
    assert state_text(Behaviour(quota_reached=True, serves_v1=False)) == "Quota reached, no v1"


def test_ready_made_rules_differ_and_stand_as_they_are_written() -> None:
    rules = {preset.rule for preset in PRESETS}
    assert len(rules) == len(PRESETS) == len({preset.name for preset in PRESETS})


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    rules, flags = RuleModel(), FlagModel()
    rules.show_rules(tuple(preset.rule for preset in PRESETS))
    flags.show_flags((Flag(key="a", variant="b", only_for=("c", "d")), Flag(key="e")))
    for model in (rules, flags):
        qtmodeltester.check(model)
    rules.show_rules(rules_before := tuple(preset.rule for preset in PRESETS[1:]))
    assert rules.rowCount() == len(rules_before)
    assert flags.index(0, 3).data() == "c, d"
    assert rules.at(-1) is None
    assert flags.at(9) is None
