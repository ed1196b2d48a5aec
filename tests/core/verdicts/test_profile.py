"""The rules about profiles, and about what is copied to a person."""

from typing import Any

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.request import Memory
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import person_copy, profile
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import RuleCase, event, found, mended_event, with_properties

SWITCH = "$process_person_profile"
SOUND = with_properties(plan="pro")
CASES = (
    RuleCase(
        rule="person.too_big",
        triggers=with_properties(**{"$set": {"notes": "x" * 600_000}}),
        quiet=with_properties(**{"$set": {"notes": "x" * 500_000, "seats": 3, "vip": True}}),
    ),
    RuleCase(
        rule="person.noise",
        triggers=with_properties(**{"$set": {"$browser": "Firefox"}}),
        quiet=with_properties(**{"$set": {"$browser": "Firefox", "plan": "pro"}}),
    ),
    RuleCase(rule="person.auto_copy", triggers=with_properties(utm_source="fair"), quiet=SOUND),
    RuleCase(
        rule="person.not_boolean",
        triggers=with_properties(**{SWITCH: "false"}),
        quiet=with_properties(**{SWITCH: False}),
    ),
    RuleCase(
        rule="person.false_forbidden",
        triggers=event(event="$identify", properties={SWITCH: False}),
        quiet=event(event="$identify", properties={SWITCH: True}),
    ),
    RuleCase(
        rule="person.false_known",
        triggers=with_properties(**{SWITCH: False}),
        quiet=event(distinct_id="visitor-1", properties={SWITCH: False}),
        memory=Memory(joined={"visitor-7c1e": "cust-20417"}),
    ),
    RuleCase(
        rule="person.last_seen",
        triggers=event(event="$set", properties={"$set": {"plan": "pro"}}),
        quiet=event(event="$set", properties={"$update_person_last_seen_at": False}),
    ),
)


def hearing(rule: AnyRule, body: Any, **known: Any) -> list[Any]:
    return found(rule, RuleCase(rule="", triggers=None, quiet=None, **known), body)


@pytest.mark.parametrize(
    ("before", "after"),
    [("false", False), (" No ", False), (0, False), ("0", False), (1, True), ("TRUE", True)],
)
def test_a_switch_that_can_only_mean_one_thing_becomes_it(before: object, after: bool) -> None:
    body = with_properties(**{SWITCH: before, "plan": "pro"})
    expected = with_properties(**{SWITCH: after, "plan": "pro"})
    assert mended_event(profile.not_boolean, body) == from_python(expected)


def test_a_switch_that_is_null_is_removed() -> None:
    body = with_properties(**{SWITCH: None, "plan": "pro"})
    assert mended_event(profile.not_boolean, body) == from_python(SOUND)


@pytest.mark.parametrize("value", ["perhaps", "", 2, 0.5, [], [False], {}])
def test_a_switch_that_could_mean_anything_is_told_without_a_mend(value: object) -> None:
    (finding,) = hearing(profile.not_boolean, with_properties(**{SWITCH: value}))
    assert finding.mend is None


def test_a_no_is_not_made_real_where_it_would_lose_the_event() -> None:
    body = event(event="$identify", properties={SWITCH: "false"})
    after = mended_event(profile.not_boolean, body)
    assert after == from_python(event(event="$identify", properties={}))


@pytest.mark.parametrize(
    "name", ["$identify", "$create_alias", "$merge_dangerously", "$groupidentify"]
)
def test_the_switch_is_removed_from_events_that_need_a_person(name: str) -> None:
    body = event(event=name, properties={SWITCH: False, "alias": "a"})
    after = mended_event(profile.false_forbidden, body)
    assert after == from_python(event(event=name, properties={"alias": "a"}))


@pytest.mark.parametrize("person", ["visitor-7c1e", "cust-20417"])
def test_both_ids_of_a_join_are_a_known_person(person: str) -> None:
    memory = Memory(joined={"visitor-7c1e": "cust-20417"})
    body = event(distinct_id=person, properties={SWITCH: False})
    assert hearing(profile.false_known, body, memory=memory)
    assert not hearing(profile.false_known, event(distinct_id=person), memory=memory)
    assert not hearing(profile.false_known, body)


@pytest.mark.parametrize("name", ["$set", "$set_once", "$unset", "$groupidentify"])
def test_a_back_office_change_is_kept_from_counting_as_activity(name: str) -> None:
    expected = event(event=name, properties={"$update_person_last_seen_at": False})
    assert mended_event(profile.last_seen, event(event=name)) == from_python(expected)


@pytest.mark.parametrize("name", ["invoice paid", "$pageview", "$identify"])
def test_nothing_is_said_about_activity_where_there_was_some(name: str) -> None:
    assert not hearing(profile.last_seen, event(event=name))


def test_properties_that_are_no_object_are_not_written_over() -> None:
    (finding,) = hearing(profile.last_seen, event(event="$set", properties=["a"]))
    assert finding.mend is None


@pytest.mark.parametrize(
    "value",
    [{"a": "é" * 300_000}, {"x" * 530_000: 1}, {"a": [["x" * 530_000]]}, {"a": [1] * 530_000}],
)
def test_the_size_of_a_profile_counts_bytes_of_names_and_values(value: object) -> None:
    assert hearing(profile.too_big, with_properties(**{"$set_once": value}))
    assert hearing(profile.too_big, event(**{"$set": value}))
    assert not hearing(profile.too_big, with_properties(**{"$set": value, SWITCH: False}))


@pytest.mark.parametrize(
    ("properties", "says"),
    [
        ({"$os": "iOS"}, "PostHog writes $os to"),
        ({"$os": "iOS", "a": 1, "gclid": "x"}, "PostHog writes $os and gclid to"),
        ({"$os": "a", "$browser": "b", "utm_term": "c"}, "PostHog writes $os, $browser and 1 more"),
    ],
)
def test_what_is_copied_is_named(properties: dict[str, Any], says: str) -> None:
    (finding,) = hearing(person_copy.auto_copy, with_properties(**properties))
    assert finding.says.startswith(says)
    assert finding.severity is None


@pytest.mark.parametrize("name", ["$pageview", "$screen", "Application opened"])
def test_a_copy_is_only_advice_on_events_of_posthogs_own_libraries(name: str) -> None:
    body = event(event=name, properties={"$current_url": "https://shop.example/"})
    (finding,) = hearing(person_copy.auto_copy, body)
    assert finding.severity is Severity.ADVICE


@pytest.mark.parametrize(
    "body",
    [
        with_properties(**{"$browser": "Firefox", SWITCH: False}),
        with_properties(**{"$os": "Linux", "$os_version": "6", "$is_server": True}),
        with_properties(**{"$os": "Linux", "$set": {"$os": "iOS"}}),
        event(event="$exception", properties={"$browser": "Firefox"}),
        event(event="$groupidentify", properties={"$browser": "Firefox"}),
        event(event="$ai_span", properties={"$browser": "Firefox"}),
    ],
)
def test_nothing_is_said_about_values_that_are_not_copied(body: dict[str, Any]) -> None:
    assert not hearing(person_copy.auto_copy, body)


@pytest.mark.parametrize(
    "body",
    [
        event(event="$set", properties={"$set": {"$browser": "Firefox"}}),
        event(event="$pageview", properties={"$current_url": "https://shop.example/"}),
        with_properties(**{"$set": {"$os": "iOS"}, "utm_source": "fair"}),
        with_properties(**{"$set": {"$os": "iOS"}, "$set_once": {"first": 1}}),
        with_properties(**{"$set": {"$os": "iOS"}, "$unset": ["plan"]}),
        with_properties(**{"$set": {"$os": "iOS"}, SWITCH: False}),
        with_properties(**{"$set": {}}),
        event(event="$exception", properties={"$set": {"$os": "iOS"}}),
    ],
)
def test_values_that_are_written_or_never_asked_for_are_no_noise(body: dict[str, Any]) -> None:
    assert not hearing(person_copy.noise, body)


def test_quiet_values_at_the_top_level_are_noise_too() -> None:
    (finding,) = hearing(person_copy.noise, event(**{"$set": {"$geoip_latitude": 1}}))
    assert finding.path == ("$set",)
