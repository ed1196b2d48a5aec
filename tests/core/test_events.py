"""The catalogue: ten event types whose forms can show every documented event."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from composer.core.draft import STAMPS, TOP_ORDER
from composer.core.events import (
    ALL,
    by_family,
    by_id,
    detect,
    fields_of,
    fits,
    own_fields,
)
from composer.core.events.common import OPTIONS, PERSON
from composer.core.fields import Action, EventType, Family, Field, Kind, Place
from composer.core.jsontext import Number, Object, Path as JsonPath, Value, from_python

EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = tuple(dict.fromkeys(known for event_type in ALL for known in fields_of(event_type)))
every_type = pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
every_field = pytest.mark.parametrize("known", FIELDS, ids=lambda known: known.key)


def body(event: Value = "invoice paid", **properties: Value) -> Object:
    pairs = tuple((f"${key}", value) for key, value in properties.items())
    return Object((("event", event), ("properties", Object(pairs))))


def keys(fields: tuple[Field, ...]) -> list[str]:
    return [known.key for known in fields]


def test_the_ten_types_of_the_main_job_are_there() -> None:
    assert [event_type.id for event_type in ALL] == [
        "custom",
        "anonymous",
        "group_event",
        "identify",
        "set",
        "alias",
        "groupidentify",
        "pageview",
        "screen",
        "survey_sent",
    ]


def test_an_id_finds_its_type_and_an_unknown_one_the_custom_event() -> None:
    assert all(by_id(event_type.id) is event_type for event_type in ALL)
    assert by_id("from a later version").id == "custom"


def test_every_type_stands_under_exactly_one_heading() -> None:
    headings = by_family()
    assert [family for family, _ in headings] == list(Family)
    assert all(types for _, types in headings)
    assert sorted(t.id for _, types in headings for t in types) == sorted(t.id for t in ALL)


def test_fixed_names_are_those_of_posthog_and_used_once() -> None:
    assert [event_type.event for event_type in ALL if event_type.event] == [
        "$identify",
        "$set",
        "$create_alias",
        "$groupidentify",
        "$pageview",
        "$screen",
        "survey sent",
    ]


@every_type
def test_a_type_says_what_it_is_for_and_where_to_read_on(event_type: EventType) -> None:
    assert event_type.title[0].isupper()
    assert event_type.summary.endswith(".")
    assert event_type.pitfalls
    assert all(pitfall.endswith(".") for pitfall in event_type.pitfalls)
    address = urlsplit(event_type.docs)
    assert (address.scheme, address.netloc) == ("https", "posthog.com")
    assert address.path.startswith("/docs/")


@every_type
def test_no_two_fields_of_a_form_stand_for_the_same_member(event_type: EventType) -> None:
    fields = fields_of(event_type)
    paths = [known.path for known in fields]
    assert len(set(paths)) == len(paths)
    assert not any(a.owns(b.path) for a in fields for b in fields if a is not b)
    labels = [known.label for known in fields]
    assert len(set(labels)) == len(labels)


@every_type
def test_a_form_begins_with_name_and_person_and_ends_with_time_and_options(
    event_type: EventType,
) -> None:
    order = keys(fields_of(event_type))
    head = ["distinct_id"] if event_type.event else ["event", "distinct_id"]
    own = keys(own_fields(event_type))
    assert order[: len(head) + len(own) + 2] == [*head, *own, "timestamp", "uuid"]
    assert set(order[len(head) + len(own) + 2 :]) <= set(keys(OPTIONS))


@every_type
def test_a_form_is_short_until_more_is_asked_for(event_type: EventType) -> None:
    assert sum(not known.advanced for known in fields_of(event_type)) <= 8


@every_field
def test_a_field_has_words_and_an_example(known: Field) -> None:
    assert known.label[0].isupper()
    assert not known.label.endswith((".", ":"))
    assert known.help.endswith(".")
    assert "!" not in known.help
    assert known.example is not None


@every_field
def test_a_fields_example_and_default_are_of_its_kind(known: Field) -> None:
    shapes: dict[Kind, type] = {
        Kind.NUMBER: Number,
        Kind.YES_NO: bool,
        Kind.PROPERTIES: Object,
        Kind.MAP: Object,
        Kind.ANSWERS: Object,
        Kind.RECORDS: tuple,
    }
    shape = shapes.get(known.kind, str)
    assert isinstance(known.example, shape)
    assert known.default is None or isinstance(known.default, shape)
    assert (known.kind is Kind.CHOICE) == bool(known.choices)
    assert known.kind is not Kind.CHOICE or known.example in known.choices
    assert (known.kind is Kind.RECORDS) == bool(known.columns)
    assert not (known.required and known.advanced)


@every_field
def test_a_fields_button_suits_its_kind(known: Field) -> None:
    kinds = {Action.NEW_UUID: Kind.UUID, Action.NOW: Kind.TIME, Action.URL_PARTS: Kind.URL}
    assert known.action is None or kinds[known.action] is known.kind


@every_field
def test_only_members_of_an_event_stand_at_the_top(known: Field) -> None:
    assert (known.key in TOP_ORDER) == (known.place is Place.TOP)
    assert known.path[-1] == known.key


def test_the_labels_that_scripts_rely_on_are_exact() -> None:
    labels = {known.key: known.label for known in fields_of(by_id("custom"))}
    assert labels["event"] == "Event name"
    assert labels["distinct_id"] == "Person's ID"
    assert labels["timestamp"] == "When"
    assert labels["uuid"] == "Event ID"


@pytest.mark.parametrize(
    ("type_id", "required"),
    [
        ("custom", ["event", "distinct_id"]),
        ("anonymous", ["event", "distinct_id", "$process_person_profile"]),
        ("group_event", ["event", "distinct_id", "$groups"]),
        ("identify", ["distinct_id"]),
        ("set", ["distinct_id", "$set"]),
        ("alias", ["distinct_id", "alias"]),
        ("groupidentify", ["distinct_id", "$group_type", "$group_key"]),
        ("pageview", ["distinct_id", "$current_url"]),
        ("screen", ["distinct_id", "$screen_name"]),
        ("survey_sent", ["distinct_id", "$survey_id", "$survey_response_"]),
    ],
)
def test_what_posthog_needs_is_required(type_id: str, required: list[str]) -> None:
    fields = fields_of(by_id(type_id))
    assert [known.key for known in fields if known.required] == required


@every_type
def test_by_default_no_location_is_added_and_only_anonymous_events_have_no_person(
    event_type: EventType,
) -> None:
    defaults = {k.key: k.default for k in fields_of(event_type) if k.default is not None}
    expected = {"$geoip_disable": True}
    if event_type.id == "anonymous":
        expected["$process_person_profile"] = False
    assert defaults == expected


def test_a_types_own_field_takes_the_place_of_the_common_one() -> None:
    sender = fields_of(by_id("groupidentify"))[0]
    assert (sender.path, sender.label) == (PERSON.path, PERSON.label)
    assert sender.help != PERSON.help
    assert "distinct_id" not in keys(own_fields(by_id("groupidentify")))
    properties = next(k for k in fields_of(by_id("identify")) if k.key == "$set")
    assert not properties.advanced


def test_options_that_posthog_would_answer_by_dropping_the_event_are_not_offered() -> None:
    for type_id in ("identify", "alias", "groupidentify"):
        assert "$process_person_profile" not in keys(fields_of(by_id(type_id)))
    assert "$set" not in keys(fields_of(by_id("anonymous")))


def test_answers_own_every_member_that_begins_with_their_key() -> None:
    answers = next(k for k in fields_of(by_id("survey_sent")) if k.kind is Kind.ANSWERS)
    assert answers.owns(("properties", "$survey_response_4f1c"))
    assert not answers.owns(("properties", "$survey_response"))
    assert not answers.owns(("$survey_response_4f1c",))
    assert PERSON.owns(("distinct_id",))
    assert not PERSON.owns(("properties", "distinct_id"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['type']}-{e['size']}")
def test_a_documented_event_is_recognised_and_wholly_shown(example: dict[str, object]) -> None:
    payload = from_python(example["body"])
    assert isinstance(payload, Object)
    event_type = detect(payload)
    assert event_type.id == example["type"]
    assert fits(event_type, payload)
    fields = fields_of(event_type)
    for path in _members(payload):
        shown = any(known.owns(path) for known in fields)
        fixed = path == ("api_key",) or (path == ("event",) and bool(event_type.event))
        free = len(path) == 2 and not str(path[1]).startswith("$")
        assert shown or fixed or free, path


def _members(payload: Object) -> list[JsonPath]:
    properties = payload.get("properties", Object())
    assert isinstance(properties, Object)
    top: list[JsonPath] = [(key,) for key, _ in payload if key != "properties"]
    return top + [("properties", key) for key, _ in properties]


def test_every_type_has_two_documented_events() -> None:
    assert sorted(e["type"] for e in EXAMPLES) == sorted(t.id for t in ALL for _ in range(2))


@pytest.mark.parametrize(
    ("payload", "type_id"),
    [
        (body("$identify"), "identify"),
        (body("$set", process_person_profile=False), "set"),
        (body(process_person_profile=False, groups=Object()), "anonymous"),
        (body(process_person_profile="false"), "custom"),
        (body(groups=Object()), "group_event"),
        (body(groups="acme"), "custom"),
        (body("$Identify"), "custom"),
        (body(""), "custom"),
        (body(None), "custom"),
        (body(Number("1")), "custom"),
        (body(("$identify",)), "custom"),
        (Object(), "custom"),
    ],
)
def test_a_body_is_recognised_by_name_then_by_what_it_says(payload: Object, type_id: str) -> None:
    event_type = detect(payload)
    assert event_type.id == type_id
    assert fits(event_type, payload)


def test_a_form_with_a_free_name_does_not_fit_the_name_of_another_type() -> None:
    assert fits(by_id("anonymous"), body("invoice paid"))
    assert not fits(by_id("anonymous"), body("$pageview"))
    assert not fits(by_id("pageview"), body("invoice paid"))


def test_the_stamps_are_fields_with_buttons_to_renew_them() -> None:
    stamped = [known for known in fields_of(by_id("custom")) if known.key in STAMPS]
    assert {known.action for known in stamped} == {Action.NOW, Action.NEW_UUID}
