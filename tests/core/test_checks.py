"""Each problem is found where it is, and a good event has none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from composer.core.checks import PLACEHOLDER_IDS, problems
from composer.core.draft import Draft, first_draft, new_draft
from composer.core.events import ALL, by_id, detect, fields_of
from composer.core.fields import EventType, Kind
from composer.core.jsontext import Number, Object, Path as JsonPath, Value, from_python, set_at
from tests.helpers.values import values

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
UUID_7, UUID_4 = "019a964c-b1c0-769e-b2a7-4de452e6b438", "b1c5bb20-0d3c-4b7e-9b3c-6e5d3a2b1c0d"
TIME = "2026-03-14T09:30:00Z"
EXAMPLES = [
    json.loads(line)["body"]
    for line in (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()
]
every_type = pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)


def filled(event_type: EventType) -> Draft:
    """A draft in which every required field holds its example."""
    draft = new_draft(event_type, token="phc_a", uuid=UUID_7, timestamp=TIME)
    for known in fields_of(event_type):
        if known.required and known.kind is Kind.ANSWERS:
            draft = draft.with_value((*known.path[:-1], f"{known.key}1"), "9")
        elif known.required:
            draft = draft.with_value(known.path, known.example)
    return draft


def told(draft: Draft) -> dict[JsonPath, str]:
    return {problem.path: problem.message for problem in problems(draft, NOW)}


def at(key: str) -> JsonPath:
    return ("properties", key)


@pytest.mark.parametrize("body", EXAMPLES, ids=lambda body: body["event"])
def test_a_documented_event_has_no_problem(body: dict[str, object]) -> None:
    payload = from_python(body)
    assert isinstance(payload, Object)
    found = told(Draft(type_id=detect(payload).id, payload=payload))
    without_id = {("uuid",)} if "uuid" not in payload else set()
    assert set(found) == without_id


def test_an_event_without_an_id_would_count_twice() -> None:
    draft = first_draft(token="phc_a", uuid=UUID_7, timestamp=TIME).without(("uuid",))
    assert "counts twice" in told(draft)[("uuid",)]


@every_type
def test_an_event_with_its_required_fields_has_no_problem(event_type: EventType) -> None:
    assert problems(filled(event_type), NOW) == ()


def test_the_first_event_has_no_problem() -> None:
    assert problems(first_draft(token="phc_a", uuid=UUID_7, timestamp=TIME), NOW) == ()


@every_type
def test_an_empty_form_tells_exactly_what_is_required(event_type: EventType) -> None:
    empty = new_draft(event_type, token="phc_a", uuid=UUID_7, timestamp=TIME)
    required = {known.path for known in fields_of(event_type) if known.required}
    assert set(told(empty)) == {path for path in required if empty.value(path) is not False}


@pytest.mark.parametrize("blank", ["", "  ", None])
def test_blank_is_empty_and_refused_by_posthog(blank: Value) -> None:
    message = told(filled(by_id("custom")).with_value(("distinct_id",), blank))[("distinct_id",)]
    assert "PostHog refuses" in message


@pytest.mark.parametrize("blank", ["", None, (), Object()])
def test_an_optional_field_may_be_blank(blank: Value) -> None:
    draft = filled(by_id("identify")).with_value(at("$set"), blank).with_value(("uuid",), blank)
    assert problems(draft, NOW) == ()


WRONG: list[tuple[str, JsonPath, Value, str]] = [
    ("custom", ("event",), Number("1"), "Put the value in quotes"),
    ("custom", ("event",), "$mine", "Leave out the $"),
    ("custom", ("event",), "x" * 201, "200 characters"),
    ("custom", ("distinct_id",), Number("23"), "Put the value in quotes"),
    ("custom", ("distinct_id",), "x" * 201, "200 characters"),
    ("custom", ("distinct_id",), " 42", "spaces around"),
    ("custom", ("distinct_id",), "Guest", "real person"),
    ("custom", ("uuid",), "42", "refuses the request"),
    ("custom", ("uuid",), Number("42"), "Make a new one"),
    ("custom", ("timestamp",), Number("0"), "refuses a time that is not text"),
    ("custom", ("timestamp",), "soon", "cannot read"),
    ("custom", ("timestamp",), "2026-03-16T09:30:00Z", "23 hours"),
    ("custom", ("$set",), "pro", "PostHog refuses a $set"),
    ("custom", ("$set_once",), (), "PostHog refuses a $set_once"),
    ("custom", at("$set"), "pro", "names with values"),
    ("custom", at("$current_url"), "/menu", "https://"),
    ("custom", at("$current_url"), True, "Put it in quotes"),
    ("custom", at("$geoip_disable"), "true", "yes and no"),
    ("custom", at("$process_person_profile"), "false", "yes and no"),
    ("custom", at("$session_id"), "42", "not a UUID"),
    ("custom", at("$session_id"), UUID_4, "version 7"),
    ("custom", at("$window_id"), UUID_7, "session ID beside"),
    ("custom", at("$lib"), True, "Put the value in quotes"),
    ("group_event", at("$groups"), "acme", "kind of group"),
    ("group_event", at("$groups"), Object((("company", ("a", "b")),)), "kind of group"),
    ("group_event", at("$groups"), Object(tuple((k, "1") for k in "abcdef")), "5 kinds"),
    ("anonymous", at("$set"), Object((("plan", "pro"),)), "changes no person"),
    ("identify", at("$process_person_profile"), False, "throws this event away"),
    ("alias", at("$process_person_profile"), False, "throws this event away"),
    ("groupidentify", at("$process_person_profile"), False, "throws this event away"),
    ("identify", at("$anon_distinct_id"), None, "joins nothing"),
    ("identify", at("$anon_distinct_id"), " ", "joins nothing"),
    ("identify", at("$anon_distinct_id"), "customer-42", "the same"),
    ("alias", at("alias"), "customer-42", "the same"),
    ("alias", at("alias"), Number("7"), "Put the value in quotes"),
    ("groupidentify", at("$group_set"), "Acme", "names with values"),
    ("groupidentify", at("$group_key"), "x" * 401, "400 characters"),
    ("pageview", at("$screen_width"), "1920", "without quotes"),
    ("pageview", at("$browser"), ("Firefox",), "Put the value in quotes"),
    ("pageview", at("$pageview_id"), "42", "not a UUID"),
    ("survey_sent", at("$survey_questions"), "How was it?", "list of questions"),
    ("survey_sent", at("$survey_questions"), ("How was it?",), "list of questions"),
]


@pytest.mark.parametrize(("type_id", "path", "value", "words"), WRONG)
def test_a_wrong_value_is_told_beside_its_field(
    type_id: str, path: JsonPath, value: Value, words: str
) -> None:
    found = told(filled(by_id(type_id)).with_value(path, value))
    assert words in found.pop(path)
    assert found == {}


def test_answers_that_are_numbers_are_told_beside_the_answers() -> None:
    draft = filled(by_id("survey_sent")).with_value(at("$survey_response_2"), Number("9"))
    assert "quotes" in told(draft)[at("$survey_response_")]
    bare = draft.with_value(("properties",), ())
    assert at("$survey_response_") in told(bare)


@pytest.mark.parametrize("value", [None, (), "text", Number("1")])
def test_properties_that_are_no_object_are_refused(value: Value) -> None:
    payload = set_at(filled(by_id("custom")).payload, ("properties",), value)
    assert ("properties",) in told(Draft(type_id="custom", payload=payload))


@pytest.mark.parametrize(
    ("type_id", "path", "value"),
    [
        ("custom", ("distinct_id",), "x" * 200),
        ("pageview", at("$referrer"), "$direct"),
        ("custom", at("$session_id"), UUID_7.upper()),
        ("custom", at("$insert_id"), Number("7")),
        ("group_event", at("$groups"), Object(tuple((k, Number("1")) for k in "abcde"))),
        ("identify", at("$anon_distinct_id"), "visitor-1"),
        ("anonymous", at("$process_person_profile"), True),
        ("anonymous", at("$set"), Object()),
        ("set", at("$process_person_profile"), True),
        ("survey_sent", at("$survey_response_2"), ("a", "b")),
        (
            "survey_sent",
            at("$survey_questions"),
            (
                Object(
                    (("id", "1"), ("question", "?")),
                ),
            ),
        ),
    ],
)
def test_a_right_value_is_no_problem(type_id: str, path: JsonPath, value: Value) -> None:
    assert problems(filled(by_id(type_id)).with_value(path, value), NOW) == ()


def test_a_window_with_its_session_is_no_problem() -> None:
    draft = filled(by_id("custom")).with_value(at("$session_id"), UUID_7)
    assert problems(draft.with_value(at("$window_id"), UUID_4), NOW) == ()


def test_placeholders_are_compared_trimmed_and_in_small_letters() -> None:
    assert all(name == name.strip().lower() for name in PLACEHOLDER_IDS)
    draft = filled(by_id("custom")).with_value(("distinct_id",), " NULL ")
    messages = [problem.message for problem in problems(draft, NOW)]
    assert len(messages) == 2


@given(st.sampled_from(ALL), st.data(), values)
def test_every_message_is_whole_and_no_value_is_too_odd(
    event_type: EventType, data: st.DataObject, value: Value
) -> None:
    known = data.draw(st.sampled_from(fields_of(event_type)))
    for problem in problems(filled(event_type).with_value(known.path, value), NOW):
        assert problem.message[0].isupper()
        assert problem.message.endswith(".")
        assert "!" not in problem.message
