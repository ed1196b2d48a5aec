"""The rules about what stands at the top of an event."""

from typing import Any

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.request import Circumstances
from composer.core.verdicts.rule import AnyRule, Finding
from composer.core.verdicts.rules import top
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    findings,
    mended_event,
    request_from,
)

SOUND = event()
CASES = (
    RuleCase(rule="props.not_object", triggers=event(properties=[]), quiet=event(properties={})),
    RuleCase(rule="props.not_object", triggers='{"properties": null}', quiet=SOUND),
    RuleCase(
        rule="top.unknown_keys",
        triggers=event(context={}),
        quiet=event(uuid="", timestamp="", offset=1, **{"$set": {}, "$set_once": {}}),
    ),
    RuleCase(  # these are told by rules of their own
        rule="top.unknown_keys",
        triggers=event(event="", name="a"),
        quiet=event(event="", event_name="a", userId="b", groups={}, sent_at="", **{"$unset": []}),
    ),
    RuleCase(
        rule="top.unknown_keys",
        triggers={"batch": [event(historical_migration=True)]},
        quiet=event(historical_migration=True),
    ),
    RuleCase(
        rule="top.unknown_keys",
        triggers=event(alias="a"),
        quiet=event(alias="a", event="$create_alias"),
    ),
)


def found(rule: AnyRule, body: Any) -> list[Finding]:
    request = request_from(body)
    return findings(rule, request, Circumstances(now=NOW, shape=request.shape))


@pytest.mark.parametrize(
    ("properties", "better"),
    [([], {}), ("", {}), ('{"a": 1}', {"properties": {"a": 1}})],
)
def test_properties_are_mended_where_they_are_clear(
    properties: Any, better: dict[str, Any]
) -> None:
    body = event(properties=properties)
    assert mended_event(top.not_object, body) == from_python(event(**better))


@pytest.mark.parametrize("properties", [5, "text", "{broken", "[1]", ["a"], True])
def test_properties_that_hold_something_else_are_told_without_a_mend(properties: Any) -> None:
    assert found(top.not_object, event(properties=properties))[0].mend is None


@pytest.mark.parametrize(
    ("name", "key", "value", "home"),
    [
        ("paid", "category", "Shop", "category"),
        ("paid", "name", "Menu", "name"),
        ("paid", "ip", "203.0.113.7", "$ip"),
        ("paid", "context", {"page": "a"}, "context"),
        ("paid", "messageId", "m-0091", "messageId"),
        ("paid", "$session_id", "a", "$session_id"),
        ("paid", "traits", {"a": 1}, "traits"),
        ("$page", "name", "Menu", "title"),
        ("$screen", "name", "Basket", "$screen_name"),
        ("$screen", "name", 5, "name"),
        ("$group", "groupId", "acme-881", "$group_key"),
        ("$group", "traits", {"name": "Acme"}, "$group_set"),
        ("$identify", "traits", {"plan": "pro"}, "$set"),
    ],
)
def test_a_field_moves_to_where_posthog_reads_it(
    name: str, key: str, value: Any, home: str
) -> None:
    body = event(event=name, properties={"plan": "pro"}, **{key: value})
    after = event(event=name, properties={"plan": "pro", home: value})
    assert mended_event(top.unknown_keys, body) == from_python(after)


@pytest.mark.parametrize(
    ("key", "value"), [("type", "capture"), ("context", "{}"), ("context", {}), ("traits", {})]
)
def test_a_field_that_says_nothing_is_removed(key: str, value: Any) -> None:
    assert mended_event(top.unknown_keys, event(**{key: value})) == from_python(SOUND)


def test_a_field_writes_over_nothing() -> None:
    (other,) = found(top.unknown_keys, event(plan="pro", properties={"plan": "free"}))
    assert other.mend is None
    (nowhere,) = found(top.unknown_keys, event(plan="pro", properties=[1]))
    assert nowhere.mend is None
    same = event(plan="pro", properties={"plan": "pro"})
    after = event(properties={"plan": "pro"})
    assert mended_event(top.unknown_keys, same) == from_python(after)


def test_each_field_is_told_in_the_order_of_the_text() -> None:
    paths = [finding.path for finding in found(top.unknown_keys, event(type="a", plan="b", c="d"))]
    assert paths == [("type",), ("plan",), ("c",)]
