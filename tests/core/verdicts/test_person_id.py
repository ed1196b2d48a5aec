"""The rules about the person's ID."""

from typing import Any

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Circumstances, Memory
from composer.core.verdicts.rule import AnyRule, Finding
from composer.core.verdicts.rules import person_id
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    findings,
    mended_event,
    request_from,
    with_properties,
)

SOUND = event()
SEEN = Memory(people={"anna@x.example": frozenset({"Anna@x.example"})})
CASES = (
    RuleCase(rule="id.missing", triggers=event(distinct_id=None), quiet=SOUND),
    RuleCase(
        rule="id.missing",
        triggers=event(distinct_id="", properties={"distinct_id": "a"}),
        quiet=event(distinct_id=None, properties={"distinct_id": "a"}),
    ),
    RuleCase(
        rule="id.missing",
        triggers=event(distinct_id=" \u2003"),
        quiet=event(distinct_id="\x1f"),
    ),
    RuleCase(
        rule="id.missing",
        triggers=event(distinct_id=None, properties={"distinct_id": None}),
        quiet=event(distinct_id=None, event="$performance_event"),
    ),
    RuleCase(
        rule="id.missing",
        triggers=event(distinct_id=None, properties=[1]),
        quiet=event(distinct_id=[]),
    ),
    RuleCase(
        rule="id.too_long",
        triggers=event(distinct_id="ä" * 201),
        quiet=event(distinct_id="ä" * 200),
    ),
    RuleCase(
        rule="id.too_long",
        triggers=event(distinct_id=["a" * 100, "b" * 100]),
        quiet=event(distinct_id=["a" * 90, "b" * 90]),
    ),
    RuleCase(rule="id.not_text", triggers=event(distinct_id=23), quiet=event(distinct_id="23")),
    RuleCase(rule="id.padding", triggers=event(distinct_id=" anna"), quiet=event(distinct_id=" ")),
    RuleCase(rule="id.placeholder", triggers=event(distinct_id="Anonymous "), quiet=SOUND),
    RuleCase(
        rule="id.placeholder", triggers=event(distinct_id="'NaN'"), quiet=event(distinct_id="''")
    ),
    RuleCase(
        rule="id.placeholder", triggers=event(distinct_id=0), quiet=event(distinct_id="nullable")
    ),
    RuleCase(
        rule="id.two_places",
        triggers=with_properties(distinct_id="other"),
        quiet=with_properties(distinct_id="cust-20417"),
    ),
    RuleCase(
        rule="id.two_places",
        triggers=event(distinct_id=23, properties={"distinct_id": "24"}),
        quiet=event(distinct_id=23, properties={"distinct_id": "23"}),
    ),
    RuleCase(
        rule="id.wrong_key",
        triggers=event(distinct_id=None, userId="anna"),
        quiet=event(distinct_id=None, properties={"user_id": "anna"}),
    ),
    RuleCase(rule="id.wrong_key", triggers=event(anonymousId="anna"), quiet=SOUND),
    RuleCase(
        rule="id.case",
        triggers=event(distinct_id="ANNA@x.example"),
        quiet=event(distinct_id="Anna@x.example"),
        memory=SEEN,
    ),
    RuleCase(rule="id.null_byte", triggers=event(distinct_id="an\0na"), quiet=SOUND),
)


def found(rule: AnyRule, body: Any) -> list[Finding]:
    request = request_from(body)
    return findings(rule, request, Circumstances(now=NOW, shape=request.shape))


@pytest.mark.parametrize(
    ("spelled", "stored"),
    [
        ("23", "23"),
        ("23.0", "23.0"),
        ("1e3", "1000.0"),
        ("true", "true"),
        ('["a", "b"]', '["a","b"]'),
        ('{"b": 1, "a": null}', '{"a":null,"b":1}'),
        ("[]", "[]"),
    ],
)
def test_an_id_that_is_no_text_is_written_as_posthog_would_store_it(
    spelled: str, stored: str
) -> None:
    body = f'{{"event": "a", "distinct_id": {spelled}}}'
    after = mended_event(person_id.not_text, body)
    assert after == from_python({"event": "a", "distinct_id": stored})


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (person_id.padding, " anna\u00a0", "anna"),
        (person_id.null_byte, "an\0na", "anna"),
        (person_id.too_long, "ab" * 150, "ab" * 100),
    ],
)
def test_a_mended_id_is_otherwise_the_same(rule: AnyRule, before: str, after: str) -> None:
    assert mended_event(rule, event(distinct_id=before)) == from_python(event(distinct_id=after))


def test_an_id_is_mended_where_it_stands() -> None:
    body = event(distinct_id=None, properties={"distinct_id": " anna", "plan": "pro"})
    after = event(distinct_id=None, properties={"distinct_id": "anna", "plan": "pro"})
    assert mended_event(person_id.padding, body) == from_python(after)
    body = event(distinct_id=None) | {"$distinct_id": 5}
    after = event(distinct_id=None) | {"$distinct_id": "5"}
    assert mended_event(person_id.not_text, body) == from_python(after)


def test_an_id_of_null_characters_alone_is_told_without_a_mend() -> None:
    assert found(person_id.null_byte, event(distinct_id="\0"))[0].mend is None


def test_an_empty_id_gives_way_to_the_one_in_the_properties() -> None:
    body = event(distinct_id="", properties={"distinct_id": "anna"})
    after = event(distinct_id="anna", properties={"distinct_id": "anna"})
    assert mended_event(person_id.missing, body) == from_python(after)


def test_of_two_ids_the_one_that_posthog_ignores_is_removed() -> None:
    body = event(properties={"distinct_id": "other", "plan": "pro"})
    assert mended_event(person_id.two_places, body) == from_python(with_properties(plan="pro"))


@pytest.mark.parametrize("empty", [{}, {"distinct_id": " "}, {"$distinct_id": ""}])
@pytest.mark.parametrize("key", ["distinctId", "distinctID", "userId", "user_id", "id"])
def test_an_id_under_another_name_gets_the_right_one(key: str, empty: dict[str, str]) -> None:
    body = {"event": "a", key: "anna"} | empty
    assert mended_event(person_id.wrong_key, body) == from_python(
        {"event": "a", "distinct_id": "anna"}
    )
    assert not found(person_id.missing, body)


def test_the_likeliest_of_several_names_is_taken_and_the_others_are_lost() -> None:
    body = {"event": "a", "anonymousId": "visitor-7", "userId": "anna"}
    taken, lost = found(person_id.wrong_key, body)
    assert (taken.path, taken.severity) == (("userId",), None)
    assert (lost.path, lost.severity) == (("anonymousId",), Severity.ALTERED)
    assert lost.mend is not None
    assert mended(from_python(body), lost.mend.edits) == from_python(
        {"event": "a", "userId": "anna", "properties": {"anonymousId": "visitor-7"}}
    )


def test_an_id_in_the_properties_under_another_name_is_moved() -> None:
    body = {"event": "a", "properties": {"distinctId": "anna"}}
    after = {"event": "a", "properties": {}, "distinct_id": "anna"}
    assert mended_event(person_id.wrong_key, body) == from_python(after)


def test_a_second_name_for_the_same_id_is_removed() -> None:
    assert mended_event(person_id.wrong_key, event(userId="cust-20417")) == from_python(SOUND)


def test_a_second_id_writes_over_nothing() -> None:
    (finding,) = found(person_id.wrong_key, event(userId="b", properties={"userId": "c"}))
    assert finding.mend is None
    (finding,) = found(person_id.wrong_key, event(userId="b", properties="text"))
    assert finding.mend is None
