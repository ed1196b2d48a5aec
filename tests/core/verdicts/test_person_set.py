"""The rules about properties that are set on a person or removed."""

from typing import Any

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import person_set
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import RuleCase, event, found, mended_event, with_properties

PLAN = {"plan": "pro"}
ANONYMOUS = {"$process_person_profile": False}
SOUND = with_properties(**{"$set": PLAN})
CASES = (
    RuleCase(rule="set.top_not_object", triggers=event(**{"$set": "pro"}), quiet=SOUND),
    RuleCase(
        rule="set.prop_not_object", triggers=with_properties(**{"$set_once": ["pro"]}), quiet=SOUND
    ),
    RuleCase(
        rule="set.both_places",
        triggers=event(**{"$set": PLAN}, properties={"$set": {"plan": "starter"}}),
        quiet=event(**{"$set": PLAN}, properties={"$set_once": PLAN}),
    ),
    RuleCase(
        rule="set.on_exception",
        triggers=event(event="$exception", properties={"$set": PLAN}),
        quiet=event(event="error seen", properties={"$set": PLAN}),
    ),
    RuleCase(
        rule="set.on_ai",
        triggers=event(event="$ai_generation", properties={"$set_once": PLAN}),
        quiet=event(event="ai answer", properties={"$set_once": PLAN}),
    ),
    RuleCase(
        rule="set.on_groupidentify",
        triggers=event(event="$groupidentify", properties={"$unset": ["plan"]}),
        quiet=event(event="$groupidentify", properties={"$group_set": PLAN}),
    ),
    RuleCase(
        rule="set.on_personless",
        triggers=with_properties(**{"$set": PLAN}, **ANONYMOUS),
        quiet=with_properties(**{"$set": PLAN, "$process_person_profile": "false"}),
    ),
    RuleCase(
        rule="unset.top_level",
        triggers=event(**{"$unset": ["plan"]}),
        quiet=with_properties(**{"$unset": ["plan"]}),
    ),
    RuleCase(
        rule="unset.shape",
        triggers=with_properties(**{"$unset": "plan"}),
        quiet=with_properties(**{"$unset": ["plan"]}),
    ),
)


def hearing(rule: AnyRule, body: Any) -> list[Any]:
    return found(rule, RuleCase(rule="", triggers=None, quiet=None), body)


@pytest.mark.parametrize("value", ["", [], 0, False, True, [["a", 1]]])
def test_only_names_with_values_can_be_set(value: object) -> None:
    for key in ("$set", "$set_once"):
        assert hearing(person_set.top_not_object, event(**{key: value}))
        assert hearing(person_set.prop_not_object, with_properties(**{key: value}))


def test_a_null_sets_nothing_and_is_not_told() -> None:
    body = '{"event":"a","distinct_id":"b","$set":null,"properties":{"$set_once":null}}'
    for rule in (person_set.top_not_object, person_set.prop_not_object, person_set.both_places):
        assert not hearing(rule, body)


def test_two_sets_become_one_in_which_the_top_level_wins() -> None:
    before = event(
        **{"$set": {"plan": "pro", "seats": 3}},
        properties={"amount": 1, "$set": {"plan": "starter", "vip": True}},
    )
    after = with_properties(amount=1, **{"$set": {"plan": "pro", "vip": True, "seats": 3}})
    assert mended_event(person_set.both_places, before) == from_python(after)


def test_two_sets_of_which_one_is_no_object_are_not_made_one() -> None:
    (finding,) = hearing(
        person_set.both_places, event(**{"$set": PLAN}, properties={"$set": "pro"})
    )
    assert finding.mend is None


@pytest.mark.parametrize(
    ("rule", "name", "properties"),
    [
        (person_set.on_exception, "$exception", {"$exception_level": "error"}),
        (person_set.on_exception, "$$heatmap", {"amount": 1}),
        (person_set.on_ai, "$ai_span", {"$ai_span_name": "a"}),
        (person_set.on_groupidentify, "$groupidentify", {"$group_type": "company"}),
        (person_set.on_personless, "invoice paid", ANONYMOUS),
    ],
)
@pytest.mark.parametrize("key", ["$set", "$set_once"])
def test_a_change_of_a_person_that_has_no_effect_is_removed(
    rule: AnyRule, name: str, properties: dict[str, Any], key: str
) -> None:
    expected = from_python(event(event=name, properties=properties))
    inside = event(event=name, properties=properties | {key: PLAN})
    assert mended_event(rule, inside) == expected
    outside = event(event=name, properties=properties, **{key: PLAN})
    assert mended_event(rule, outside) == expected


def test_the_names_to_remove_are_moved_into_properties() -> None:
    before = event(**{"$unset": ["plan"]}, properties={"amount": 1})
    after = with_properties(amount=1, **{"$unset": ["plan"]})
    assert mended_event(person_set.unset_top_level, before) == from_python(after)
    bare = mended_event(person_set.unset_top_level, event(**{"$unset": ["plan"]}))
    assert bare == from_python(with_properties(**{"$unset": ["plan"]}))


@pytest.mark.parametrize("properties", [{"$unset": ["seats"]}, ["a"], "text", 1])
def test_nothing_is_written_over_to_make_room(properties: object) -> None:
    body = event(**{"$unset": ["plan"]}, properties=properties)
    (finding,) = hearing(person_set.unset_top_level, body)
    assert finding.mend is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("plan", ["plan"]),
        ({"plan": None, "seats": 1}, ["plan", "seats"]),
        (["plan", 7], ["plan", "7"]),
    ],
)
def test_names_in_another_shape_become_a_list(before: object, after: list[str]) -> None:
    body = with_properties(amount=1, **{"$unset": before})
    expected = with_properties(amount=1, **{"$unset": after})
    assert mended_event(person_set.unset_shape, body) == from_python(expected)


@pytest.mark.parametrize("value", [True, 3, "", ["plan", None], [["plan"]]])
def test_what_has_no_names_in_it_is_told_without_a_mend(value: object) -> None:
    (finding,) = hearing(person_set.unset_shape, with_properties(**{"$unset": value}))
    assert finding.mend is None


def test_an_object_works_and_is_only_advice() -> None:
    (finding,) = hearing(person_set.unset_shape, with_properties(**{"$unset": {"plan": 1}}))
    assert finding.severity is Severity.ADVICE
