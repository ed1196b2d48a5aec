"""The rules about the body as JSON text."""

import json
from typing import Any

import pytest

from composer.core.jsontext import MAX_DEPTH, from_python
from composer.core.verdicts.mending import Rewrite, mended, under
from composer.core.verdicts.request import Circumstances, read_request
from composer.core.verdicts.rule import AnyRule, Finding
from composer.core.verdicts.rules import syntax
from tests.core.verdicts.cases import NOW, RuleCase, event, findings, request_from

SOUND = event()


def nested(levels: int) -> dict[str, Any]:
    """An event in which so many lists and objects stand in each other."""
    return event(properties={"deep": json.loads("[" * (levels - 2) + "]" * (levels - 2))})


CASES = (
    RuleCase(rule="json.syntax", triggers='{"event": “paid”}', quiet=" "),
    RuleCase(rule="json.syntax", triggers='{"a": NaN}', quiet=SOUND),
    RuleCase(rule="json.syntax", triggers='{"a": [1, -1e400]}', quiet='{"a": "1e400", "b": 1e300}'),
    RuleCase(rule="json.encoding", triggers='"\ud800"', quiet='"ä"'),
    RuleCase(rule="json.depth", triggers=nested(128), quiet=nested(127)),
    RuleCase(rule="json.depth", triggers=[nested(127)], quiet=[nested(126)]),
    RuleCase(
        rule="json.depth",
        triggers={"api_key": "phc_a", "batch": [nested(126)]},
        quiet={"api_key": "phc_a", "batch": [nested(125)]},
    ),
    RuleCase(rule="json.twice_same_key", triggers=event(token="phc_b"), quiet=SOUND),
    RuleCase(
        rule="json.twice_same_key",
        triggers='{"event": "a", "event": "a"}',
        quiet='{"event": "a", "more": 1, "more": 2, "properties": {"b": 1, "b": 2}}',
    ),
    RuleCase(
        rule="json.twice_same_key",
        triggers=event() | {"$distinct_id": None},
        quiet=event(distinct_id=None) | {"$distinct_id": "a"},
    ),
    RuleCase(
        rule="json.twice_same_key",
        triggers={"api_key": "phc_a", "token": "phc_a", "batch": [SOUND]},
        quiet={"api_key": "phc_a", "$token": "phc_b", "batch": [SOUND]},
    ),
    RuleCase(rule="body.empty", triggers="", quiet=SOUND),
    RuleCase(rule="body.empty", triggers=" \n", quiet="{}"),
    RuleCase(rule="body.empty", triggers="[]", quiet="[[]]"),
    RuleCase(
        rule="body.empty",
        triggers={"api_key": "phc_a", "batch": []},
        quiet={"api_key": "phc_a", "batch": None},
    ),
)


def found(rule: AnyRule, body: Any) -> list[Finding]:
    request = request_from(body)
    return findings(rule, request, Circumstances(now=NOW, shape=request.shape))


def test_broken_text_is_told_with_the_place_and_the_way_out() -> None:
    (finding,) = found(syntax.syntax, '{\n  "event": “paid”\n}')
    assert "Line 2, column 12" in finding.says
    assert "curly quote" in finding.fix


@pytest.mark.parametrize("broken", ['{"event": “paid”}', "{'event': 'paid',}", '{"event": "paid"'])
def test_broken_text_is_repaired(broken: str) -> None:
    (finding,) = found(syntax.syntax, broken)
    assert finding.mend is not None
    (edit,) = finding.mend.edits
    assert isinstance(edit, Rewrite)
    assert json.loads(edit.text) == {"event": "paid"}


def test_text_that_cannot_be_repaired_is_told_without_a_mend() -> None:
    (finding,) = found(syntax.syntax, "[" * (MAX_DEPTH + 1))
    assert finding.mend is None
    assert "127 levels" in finding.fix


def test_a_number_that_no_double_holds_becomes_text() -> None:
    body = '{"a": [1, {"b": 1e999}]}'
    (finding,) = found(syntax.syntax, body)
    assert finding.path == ("a", 1, "b")
    assert finding.mend is not None
    after = mended(read_request(body.encode()).value, finding.mend.edits)
    assert after == from_python({"a": [1, {"b": "1e999"}]})


@pytest.mark.parametrize("levels", [128, 140, 190])
def test_what_is_too_deep_is_stored_as_text(levels: int) -> None:
    body = nested(levels)
    (finding,) = found(syntax.depth, body)
    assert finding.mend is not None
    after = mended(from_python(body), finding.mend.edits)
    text = "[" * (levels - 126) + "]" * (levels - 126)
    within = event(properties={"deep": json.loads("[" * 124 + json.dumps(text) + "]" * 124)})
    assert after == from_python(within)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"token": "b", "api_key": "a", "event": "c"}', {"api_key": "a", "event": "c"}),
        ('{"api_key": null, "token": "b"}', {"token": "b"}),
        ('{"$token": "b", "token": "a", "event": "c"}', {"token": "a", "event": "c"}),
        ('{"event": "a", "uuid": "c", "event": "b"}', {"uuid": "c", "event": "b"}),
        ('{"$distinct_id": "a", "distinct_id": "b", "$distinct_id": "c"}', {"distinct_id": "b"}),
    ],
)
def test_of_a_field_given_twice_one_is_kept(before: str, after: dict[str, str]) -> None:
    (finding,) = found(syntax.twice_same_key, before)
    assert finding.mend is not None
    assert mended(read_request(before.encode()).value, finding.mend.edits) == from_python(after)


def test_a_field_given_twice_inside_a_batch_is_mended_there() -> None:
    body = {"api_key": "a", "batch": [SOUND, event(token="b")]}
    (finding,) = found(syntax.twice_same_key, body)
    assert finding.path == ("batch", 1, "token")
    assert finding.mend is not None
    assert mended(from_python(body), under((), finding.mend).edits) == from_python(
        {"api_key": "a", "batch": [SOUND, SOUND]}
    )
