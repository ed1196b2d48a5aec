"""The rules about joining people."""

from typing import Any

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.request import Memory
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import merge, merge_ids
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import RuleCase, event, found, mended_event

ANON = "$anon_distinct_id"


def identify(**properties: Any) -> dict[str, Any]:
    return event(event="$identify", properties=properties)


def alias(other: Any, person: str = "cust-20417") -> dict[str, Any]:
    return event(event="$create_alias", distinct_id=person, properties={"alias": other})


def force(other: Any, person: str = "cust-20417") -> dict[str, Any]:
    return alias(other, person) | {"event": "$merge_dangerously"}


def batch(*items: dict[str, Any]) -> dict[str, Any]:
    return {"api_key": "phc_a", "batch": list(items)}


SOUND = identify(**{ANON: "visitor-7c1e"})
CASES = (
    RuleCase(rule="merge.illegal_id", triggers=identify(**{ANON: "Guest"}), quiet=SOUND),
    RuleCase(rule="merge.same", triggers=alias("cust-20417"), quiet=alias("crm-1")),
    RuleCase(
        rule="merge.already_identified",
        triggers=alias("cust-1"),
        quiet=alias("crm-1"),
        memory=Memory(joined={"visitor-1": "cust-1"}),
    ),
    RuleCase(rule="merge.direction", triggers=alias("crm-1"), quiet=SOUND),
    RuleCase(rule="merge.no_alias", triggers=alias(""), quiet=alias("crm-1")),
    RuleCase(rule="merge.not_text", triggers=alias(55091), quiet=alias("55091")),
    RuleCase(rule="merge.null_anon", triggers=identify(**{ANON: None}), quiet=identify()),
    RuleCase(rule="merge.identify_alone", triggers=identify(), quiet=SOUND),
    RuleCase(rule="merge.forced", triggers=force("cust-1"), quiet=alias("cust-1")),
    RuleCase(rule="merge.properties", triggers=SOUND, quiet=identify()),
)


def hearing(rule: AnyRule, body: Any, **known: Any) -> list[Any]:
    return found(rule, RuleCase(rule="", triggers=None, quiet=None, **known), body)


@pytest.mark.parametrize(
    "one",
    [
        "anonymous",
        "GUEST",
        "'Guest'",
        '"distinctID"',
        "uNdEfInEd",
        "[object Object]",
        "NaN",
        "'NaN'",
        "None",
        "none",
        "null",
        '"null"',
        "0",
        "true",
        "False",
    ],
)
def test_placeholders_join_nobody_on_either_side(one: str) -> None:
    (second,) = hearing(merge_ids.illegal_id, alias(one))
    assert second.path == ("properties", "alias")
    (first,) = hearing(merge_ids.illegal_id, alias("crm-1", person=one))
    assert first.path == ("distinct_id",)
    assert not hearing(merge.direction, alias(one))


@pytest.mark.parametrize("one", ["nan", "NULL", "NONE", " guest", "[object object]", "00", "'0"])
def test_what_only_looks_like_a_placeholder_is_joined(one: str) -> None:
    assert not hearing(merge_ids.illegal_id, alias(one))
    assert hearing(merge.direction, alias(one))


def test_an_id_that_is_a_number_is_compared_as_text() -> None:
    body = alias("crm-1") | {"distinct_id": 0}
    (finding,) = hearing(merge_ids.illegal_id, body)
    assert finding.path == ("distinct_id",)
    assert hearing(merge_ids.same, alias("7") | {"distinct_id": 7})


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_earlier_id_is_removed(blank: str) -> None:
    body = identify(**{ANON: blank, "plan": "pro"})
    assert mended_event(merge_ids.illegal_id, body) == from_python(identify(plan="pro"))


def test_a_null_for_the_earlier_id_is_removed() -> None:
    body = identify(**{ANON: None, "plan": "pro"})
    assert mended_event(merge_ids.null_anon, body) == from_python(identify(plan="pro"))
    assert not hearing(merge_ids.null_anon, SOUND)


@pytest.mark.parametrize("name", ["$create_alias", "$merge_dangerously"])
def test_an_alias_at_the_top_level_is_moved_into_properties(name: str) -> None:
    before = event(event=name, alias="crm-1", properties={"reason": "twice"})
    after = event(event=name, properties={"reason": "twice", "alias": "crm-1"})
    assert mended_event(merge_ids.no_alias, before) == from_python(after)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"alias": 7},
        {"alias": ""},
        {"alias": "crm-1", "properties": ["a"]},
        {"alias": "crm-1", "properties": {"alias": None}},
    ],
)
def test_a_missing_alias_that_stands_nowhere_usable_has_no_mend(members: dict[str, Any]) -> None:
    (finding,) = hearing(merge_ids.no_alias, event(event="$create_alias", **members))
    assert finding.path == ("properties", "alias")
    assert finding.mend is None


@pytest.mark.parametrize(
    ("value", "mends"), [(7, True), (True, False), (["a"], False), ({}, False)]
)
def test_only_a_number_can_be_put_in_quotes(value: object, mends: bool) -> None:
    for body in (alias(value), identify(**{ANON: value}), identify(alias=value)):
        (finding,) = hearing(merge_ids.not_text, body)
        assert bool(finding.mend) is mends
    assert not hearing(merge_ids.no_alias, alias(value))


def test_a_number_in_quotes_keeps_its_spelling() -> None:
    body = '{"event":"$create_alias","distinct_id":"a","properties":{"alias":1.50}}'
    after = {"event": "$create_alias", "distinct_id": "a", "properties": {"alias": "1.50"}}
    assert mended_event(merge_ids.not_text, body) == from_python(after)


def test_a_second_person_for_one_earlier_id_is_told_within_a_request() -> None:
    other = SOUND | {"distinct_id": "cust-2"}
    (finding,) = hearing(merge.already_identified, batch(SOUND, event(), other))
    assert finding.path == ("batch", 2, "properties", ANON)


@pytest.mark.parametrize(
    "body",
    [
        batch(SOUND, SOUND),
        batch(alias("crm-1"), alias("crm-2")),
        batch(alias("b", person="c"), force("c", person="d"), alias("b", person="d")),
        force("cust-1"),
        alias("visitor-1", person="cust-1"),
        alias("guest"),
    ],
)
def test_a_join_that_changes_nothing_or_is_allowed_is_not_told(body: dict[str, Any]) -> None:
    memory = Memory(joined={"visitor-1": "cust-1"})
    assert not hearing(merge.already_identified, body, memory=memory)


def test_ids_that_history_folded_in_in_a_circle_end_somewhere() -> None:
    memory = Memory(joined={"a": "b", "b": "a"})
    assert hearing(merge.already_identified, alias("a"), memory=memory)


def test_values_are_lost_only_where_history_knows_both_people() -> None:
    (unsure,) = hearing(merge.properties, SOUND)
    assert unsure.severity is Severity.ADVICE
    people = {"cust-20417": frozenset({"cust-20417"}), "visitor-7c1e": frozenset({"visitor-7c1e"})}
    (sure,) = hearing(merge.properties, SOUND, memory=Memory(people=people))
    assert sure.severity is None
    joined = Memory(people=people, joined={"visitor-7c1e": "cust-20417"})
    assert not hearing(merge.properties, SOUND, memory=joined)
