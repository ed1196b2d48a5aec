"""The rules about surveys and their answers."""

import pytest

from composer.core.jsontext import encode, from_python
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Circumstances
from composer.core.verdicts.rules import answer, survey
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import (
    NOW,
    RuleCase,
    event,
    findings,
    found,
    mended_event,
    request_from,
)

FIRST = "4f1c2a90-77e1-4f2b-9a55-0d2f6c1b8e10"
SECOND = "a8d5e1b3-2c44-4c0e-8f10-5b7d9e6a2f31"


def sent(**properties: object) -> dict[str, object]:
    return event(event="survey sent", properties={"$survey_id": "s-1"} | properties)


def shown(**properties: object) -> dict[str, object]:
    return event(event="survey shown", properties={"$survey_id": "s-1"} | properties)


def batch(*events: dict[str, object]) -> dict[str, object]:
    return {"api_key": "phc_a", "batch": list(events)}


def part(question: str, submission: str = "", **properties: object) -> dict[str, object]:
    known = {"$survey_submission_id": submission} if submission else {}
    return sent(**{f"$survey_response_{question}": "9"}, **known, **properties)


SOUND = sent(**{f"$survey_response_{FIRST}": "9"})
CASES = (
    RuleCase(
        rule="survey.no_id", triggers=event(event="survey dismissed", properties={}), quiet=SOUND
    ),
    RuleCase(rule="survey.no_answer", triggers=sent(), quiet=SOUND),
    RuleCase(rule="survey.key_format", triggers=sent(survey_response="9"), quiet=SOUND),
    RuleCase(
        rule="survey.index_off",
        triggers=sent(**{"$survey_response_1": "a", "$survey_response_2": "b"}),
        quiet=sent(**{"$survey_response": "a", "$survey_response_1": "b"}),
    ),
    RuleCase(rule="survey.answer_type", triggers=sent(**{"$survey_response": 9}), quiet=SOUND),
    RuleCase(
        rule="survey.multi_not_list",
        triggers=sent(**{"$survey_response": "Packaging, Time slots, Price"}),
        quiet=sent(**{"$survey_response": "It was late, cold and, to be honest, too expensive."}),
    ),
    RuleCase(
        rule="survey.parts",
        triggers=batch(part(FIRST), part(SECOND)),
        quiet=batch(part(FIRST, "r-1"), part(SECOND, "r-1")),
    ),
    RuleCase(
        rule="survey.shown_side_effect",
        triggers=shown(),
        quiet=shown(**{"$set": {"$survey_last_seen_date": "2026-01-01"}}),
    ),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)


@pytest.mark.parametrize(
    ("key", "right"),
    [
        ("survey_response", "$survey_response"),
        ("$survey_responses", "$survey_response"),
        ("surveyResponse", "$survey_response"),
        ("survey_response_2", "$survey_response_2"),
        ("$survey-response-1", "$survey_response_1"),
        (f"survey_response_{FIRST}", f"$survey_response_{FIRST}"),
        (f"$survey_answer_{FIRST}", f"$survey_response_{FIRST}"),
        (FIRST, f"$survey_response_{FIRST}"),
    ],
)
def test_a_key_whose_question_is_clear_is_renamed(key: str, right: str) -> None:
    after = mended_event(answer.key_format, sent(**{key: "9", "note": "by phone"}))
    assert after == from_python(sent(**{right: "9", "note": "by phone"}))


@pytest.mark.parametrize("key", ["$survey_response_Q1", "survey_answer_1", "$survey_response_"])
def test_a_key_whose_question_is_not_clear_is_told_without_a_guess(key: str) -> None:
    (finding,) = found(answer.key_format, ANY, sent(**{key: "9"}))
    assert finding.mend is None


def test_an_answer_is_never_renamed_over_another() -> None:
    body = sent(**{"survey_response": "a", "$survey_response": "b"})
    (finding,) = found(answer.key_format, ANY, body)
    assert finding.mend is None


@pytest.mark.parametrize("key", ["$survey_responded/s-1", "response", "survey_id", "note"])
def test_other_keys_are_no_answers(key: str) -> None:
    assert not found(answer.key_format, ANY, sent(**{key: "9"}))


def test_a_wrong_key_is_told_once() -> None:
    assert not found(survey.no_answer, ANY, sent(survey_response="9"))


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_empty_answer_is_none(nothing: object) -> None:
    assert found(survey.no_answer, ANY, sent(**{"$survey_response": nothing}))


def test_counting_from_zero_is_put_right() -> None:
    body = sent(**{"$survey_response_0": "a", "$survey_response_1": "b"})
    expected = sent(**{"$survey_response": "a", "$survey_response_1": "b"})
    assert mended_event(answer.index_off, body) == from_python(expected)


@pytest.mark.parametrize(
    ("before", "after"), [(9, "9"), (True, "true"), (4.5, "4.5"), (["a", 2], ["a", "2"])]
)
def test_an_answer_becomes_text(before: object, after: object) -> None:
    body = sent(**{f"$survey_response_{FIRST}": before})
    expected = from_python(sent(**{f"$survey_response_{FIRST}": after}))
    assert mended_event(answer.answer_type, body) == expected


def test_what_is_known_to_be_a_multiple_choice_is_more_than_a_guess() -> None:
    questions = [{"id": FIRST, "type": "multiple_choice"}]
    body = sent(**{f"$survey_response_{FIRST}": "Price, Taste", "$survey_questions": questions})
    (finding,) = found(answer.multi_not_list, ANY, body)
    assert finding.severity is None
    after = mended_event(answer.multi_not_list, body)
    listed = {f"$survey_response_{FIRST}": ["Price", "Taste"], "$survey_questions": questions}
    assert after == from_python(sent(**listed))


def test_what_is_known_to_be_a_free_text_is_left_alone() -> None:
    questions = [{"id": FIRST, "type": "open"}]
    body = sent(**{f"$survey_response_{FIRST}": "a, b, c", "$survey_questions": questions})
    assert not found(answer.multi_not_list, ANY, body)


def test_a_guess_is_advice_only() -> None:
    (finding,) = found(answer.multi_not_list, ANY, sent(**{"$survey_response": "a, b, c"}))
    assert finding.severity is Severity.ADVICE


def test_parts_are_joined_under_the_submission_id_that_is_there() -> None:
    body = batch(part(FIRST), part(SECOND, "r-1"))
    (finding,) = found(survey.parts, ANY, body)
    assert finding.path == ("batch", 1, "properties", "$survey_submission_id")
    assert finding.mend is not None
    after = mended(from_python(body), finding.mend.edits)
    done = {"$survey_submission_id": "r-1", "$survey_completed": True}
    assert after == from_python(
        batch(part(FIRST, "r-1"), sent(**{f"$survey_response_{SECOND}": "9"}, **done))
    )


def test_parts_without_any_submission_id_get_a_new_one() -> None:
    request = request_from(batch(part(FIRST), part(SECOND)))
    known = Circumstances(now=NOW, shape=request.shape, randomness=7)
    (finding,) = findings(survey.parts, request, known)
    assert finding.mend is not None
    after = mended(request.value, finding.mend.edits)
    assert not findings(survey.parts, request_from(encode(after)), known)


@pytest.mark.parametrize(
    "body",
    [
        batch(part(FIRST), part(FIRST)),
        batch(part(FIRST), part(SECOND) | {"distinct_id": "cust-31980"}),
        batch(part(FIRST), part(SECOND, "", **{"$survey_iteration": 2})),
        batch(part(FIRST), sent(**{"$survey_response": ["a"]}) | {"properties": []}),
    ],
)
def test_responses_that_do_not_belong_together_are_no_parts(body: object) -> None:
    assert not found(survey.parts, ANY, body)


def test_an_anonymous_event_writes_nothing_to_a_person() -> None:
    assert not found(survey.shown_side_effect, ANY, shown(**{"$process_person_profile": False}))
