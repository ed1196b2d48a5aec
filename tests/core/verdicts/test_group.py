"""The rules about groups."""

from typing import Any

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.request import Memory
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import group, group_identify
from tests.core.verdicts.cases import RuleCase, event, found, mended_event, with_properties


def linked(**groups: Any) -> dict[str, Any]:
    return with_properties(**{"$groups": groups})


def described(**members: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {"type": "company", "key": "acme-881"} | members
    properties = {f"$group_{name}": value for name, value in whole.items() if value is not None}
    return event(event="$groupidentify", properties=properties)


FIVE = ("company", "workspace", "project", "team", "shop")
SOUND = linked(company="acme-881")
CASES = (
    RuleCase(
        rule="group.not_object", triggers=with_properties(**{"$groups": "acme-881"}), quiet=SOUND
    ),
    RuleCase(rule="group.top_level", triggers=event(groups={"company": "acme-881"}), quiet=SOUND),
    RuleCase(
        rule="group.max_types",
        triggers=linked(city="lyon", **dict.fromkeys(FIVE, "a")),
        quiet=linked(**dict.fromkeys(FIVE, "a")),
    ),
    RuleCase(
        rule="group.new_type_by_typo",
        triggers=linked(compnay="acme-881"),
        quiet=SOUND,
        memory=Memory(group_types=frozenset({"company", "team"})),
    ),
    RuleCase(
        rule="group.no_profile",
        triggers=linked(company="acme-882"),
        quiet=SOUND,
        memory=Memory(groups=frozenset({("company", "acme-881")})),
    ),
    RuleCase(rule="group.key_not_text", triggers=linked(company=["a", "b"]), quiet=SOUND),
    RuleCase(
        rule="group.personless",
        triggers=with_properties(**{"$groups": {"company": "a"}, "$process_person_profile": False}),
        quiet=with_properties(**{"$groups": {}, "$process_person_profile": False}),
    ),
    RuleCase(
        rule="group.slot_props",
        triggers=with_properties(**{"$group_4": "acme-881"}),
        quiet=with_properties(**{"$group_5": "acme-881"}),
    ),
    RuleCase(
        rule="group.key_too_long", triggers=described(key="k" * 401), quiet=described(key="k" * 400)
    ),
    RuleCase(
        rule="group.type_too_long",
        triggers=described(type="t" * 401),
        quiet=described(type="t" * 400),
    ),
    RuleCase(
        rule="group.identify_incomplete", triggers=described(key=None), quiet=described(key=7)
    ),
    RuleCase(
        rule="group.set_not_object",
        triggers=described(set=["a"]),
        quiet=described(set={"name": "Acme"}),
    ),
)


def hearing(rule: AnyRule, body: Any, **known: Any) -> list[Any]:
    return found(rule, RuleCase(rule="", triggers=None, quiet=None, **known), body)


@pytest.mark.parametrize("value", ["", [], 0, False, [{"company": "a"}]])
def test_groups_are_pairs_and_nothing_else(value: object) -> None:
    assert hearing(group.not_object, with_properties(**{"$groups": value}))
    assert not hearing(group.not_object, with_properties(**{"$groups": None}))


@pytest.mark.parametrize("key", ["groups", "$groups"])
def test_groups_at_the_top_level_are_moved_into_properties(key: str) -> None:
    before = event(**{key: {"company": "a"}}, properties={"amount": 1})
    after = with_properties(amount=1, **{"$groups": {"company": "a"}})
    assert mended_event(group.top_level, before) == from_python(after)


@pytest.mark.parametrize(
    "members",
    [
        {"groups": {"company": "a"}, "properties": {"$groups": {"team": "b"}}},
        {"groups": {"company": "a"}, "properties": ["a"]},
        {"groups": "acme-881"},
    ],
)
def test_groups_that_cannot_be_moved_are_told_without_a_mend(members: dict[str, Any]) -> None:
    (finding,) = hearing(group.top_level, event(**members))
    assert finding.mend is None


def test_of_two_places_at_the_top_level_only_one_is_moved() -> None:
    one, other = hearing(
        group.top_level, event(**{"$groups": {"company": "a"}}, groups={"team": "b"})
    )
    assert (one.path, other.path) == (("$groups",), ("groups",))
    assert one.mend is not None
    assert other.mend is None


def test_a_sixth_type_is_told_once_where_it_first_stands() -> None:
    memory = Memory(group_types=frozenset(FIVE))
    body = {"api_key": "phc_a", "batch": [SOUND, linked(city="a"), described(type="city")]}
    (finding,) = hearing(group.max_types, body, memory=memory)
    assert finding.path == ("batch", 1, "properties", "$groups", "city")
    (alone,) = hearing(group.max_types, described(type="city"), memory=memory)
    assert alone.path == ("properties", "$group_type")


def test_a_type_takes_no_place_where_the_event_is_anonymous_or_makes_no_group() -> None:
    memory = Memory(group_types=frozenset(FIVE))
    anonymous = {"$groups": {"city": "a"}, "$process_person_profile": False}
    for body in (with_properties(**anonymous), described(type="city", key=None)):
        assert not hearing(group.max_types, body, memory=memory)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (linked(team="b", compnay="a"), linked(team="b", company="a")),
        (described(type="Company"), described()),
    ],
)
def test_a_type_that_is_nearly_known_gets_its_spelling(before: Any, after: Any) -> None:
    memory = Memory(group_types=frozenset({"company", "team"}))
    assert mended_event(group.new_type_by_typo, before, memory=memory) == from_python(after)


def test_a_new_type_is_not_renamed_where_nothing_is_near_or_the_name_is_taken() -> None:
    memory = Memory(group_types=frozenset({"company"}))
    for body in (linked(warehouse="a"), linked(compnay="a", company="b")):
        (finding,) = hearing(group.new_type_by_typo, body, memory=memory)
        assert finding.mend is None
    assert not hearing(group.new_type_by_typo, linked(warehouse="a"))


def test_a_group_that_the_same_request_describes_is_settled() -> None:
    memory = Memory(groups=frozenset({("company", "acme-881")}))
    other = linked(company="acme-882")
    body = {"api_key": "phc_a", "batch": [other, described(key="acme-882")]}
    assert not hearing(group.no_profile, body, memory=memory)
    assert len(hearing(group.no_profile, [other, other], memory=memory)) == 1


@pytest.mark.parametrize("body", [linked(team="b"), linked(company=None), linked(company=["x"])])
def test_nothing_is_said_about_groups_whose_type_history_does_not_describe(body: Any) -> None:
    memory = Memory(groups=frozenset({("company", "acme-881")}))
    assert not hearing(group.no_profile, body, memory=memory)
    assert not hearing(group.no_profile, body)


def test_the_only_key_of_a_list_becomes_the_key() -> None:
    body = linked(company=["acme-881"])
    assert mended_event(group.key_not_text, body) == from_python(SOUND)


@pytest.mark.parametrize("key", [[], ["a", "b"], [""], [["a"]], {}, {"id": "a"}])
def test_a_key_that_is_not_one_is_told_without_a_mend(key: object) -> None:
    (finding,) = hearing(group.key_not_text, linked(company=key))
    assert finding.mend is None


def test_slots_filled_by_hand_are_removed() -> None:
    body = with_properties(**{"$group_0": "a", "$groups": {"company": "acme-881"}})
    assert mended_event(group.slot_props, body) == from_python(SOUND)


@pytest.mark.parametrize("value", [None, "", 0, 0.0, False])
def test_a_type_or_key_that_is_nothing_makes_no_group(value: object) -> None:
    (finding,) = hearing(group_identify.identify_incomplete, described(type=value))
    assert finding.path == ("properties", "$group_type")
    assert not hearing(group_identify.identify_incomplete, event(properties={}))


@pytest.mark.parametrize("value", ["", "text", 1, True, []])
def test_group_properties_that_are_no_object_lose_the_event(value: object) -> None:
    assert hearing(group_identify.set_not_object, described(set=value))
    assert not hearing(group_identify.set_not_object, with_properties(**{"$group_set": value}))


def test_group_properties_may_be_null() -> None:
    body = event(event="$groupidentify", properties={"$group_set": None})
    assert not hearing(group_identify.set_not_object, body)
