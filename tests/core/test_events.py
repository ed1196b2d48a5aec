"""The catalogue: event types whose forms can show every documented event."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from composer.core.draft import BATCH_ORDER, STAMPS, TOP_ORDER, new_draft
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
from composer.core.fields import (
    Action,
    EventType,
    Family,
    Field,
    Kind,
    Place,
    Priority,
)
from composer.core.jsontext import (
    Layout,
    Number,
    Object,
    Path as JsonPath,
    Value,
    from_python,
)
from composer.core.rows import kind_of

EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = tuple(dict.fromkeys(known for event_type in ALL for known in fields_of(event_type)))
every_type = pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
every_field = pytest.mark.parametrize("known", FIELDS, ids=lambda known: known.key)


def keys(fields: tuple[Field, ...]) -> list[str]:
    return [known.key for known in fields]


def test_the_types_stand_in_the_order_of_the_catalogue() -> None:
    assert [event_type.id for event_type in ALL][:22] == [
        "custom",
        "anonymous",
        "group_event",
        "identify",
        "set",
        "set_once",
        "unset",
        "alias",
        "merge",
        "groupidentify",
        "pageview",
        "pageleave",
        "screen",
        "autocapture",
        "rageclick",
        "web_vitals",
        "app_lifecycle",
        "survey_shown",
        "survey_sent",
        "survey_dismissed",
        "flag_called",
        "feature_enrollment",
    ]


def test_the_types_of_the_main_job_are_offered_first() -> None:
    first = [t.id for _, types in by_family(Priority.CORE) for t in types]
    assert first[:10] == [
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
    common, advanced = by_family(Priority.COMMON), by_family(Priority.ADVANCED)
    later = [t.id for part in (common, advanced) for _, types in part for t in types]
    assert sorted(first + later) == sorted(t.id for t in ALL)
    assert {"set_once", "unset", "pageleave", "flag_called"} <= {
        t.id for _, types in common for t in types
    }


def test_an_id_finds_its_type_and_an_unknown_one_the_custom_event() -> None:
    assert all(by_id(event_type.id) is event_type for event_type in ALL)
    assert by_id("from a later version").id == "custom"


def test_every_type_stands_under_exactly_one_heading() -> None:
    headings = by_family()
    families = [family for family, _ in headings]
    assert families == [f for f in Family if f in families]
    assert all(types for _, types in headings)
    assert sorted(t.id for _, types in headings for t in types) == sorted(t.id for t in ALL)


def test_fixed_names_are_those_of_posthog_and_told_apart_where_several_types_have_one() -> None:
    named = [t for t in ALL if t.event]
    assert {"$set", "$merge_dangerously", "$pageleave", "survey dismissed"} <= {
        t.event for t in named
    }
    for event_type in named:
        assert not event_type.names or event_type.event in event_type.names
        twins = [t for t in named if t.event == event_type.event]
        assert len(twins) == 1 or sum(not t.marks for t in twins) <= 1


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
    if event_type.is_batch:
        assert order == keys(event_type.fields)
        return
    asks = not event_type.event or any(known.key == "event" for known in event_type.fields)
    head = ["event", "distinct_id"] if asks else ["distinct_id"]
    own = keys(own_fields(event_type))
    assert order[: len(head) + len(own) + 2] == [*head, *own, "timestamp", "uuid"]
    assert set(order[len(head) + len(own) + 2 :]) <= set(keys(OPTIONS))


@every_type
def test_a_form_is_short_until_more_is_asked_for(event_type: EventType) -> None:
    assert sum(not known.advanced for known in fields_of(event_type)) <= 9


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
        Kind.FLAGS: Object,
        Kind.RECORDS: tuple,
        Kind.ITEMS: tuple,
        Kind.TEXTS: tuple,
        Kind.EVENTS: tuple,
    }
    shape = object if known.kind is Kind.VALUE else shapes.get(known.kind, str)
    assert isinstance(known.example, shape)
    assert known.default is None or isinstance(known.default, shape)
    assert (known.kind is Kind.CHOICE) == bool(known.choices)
    assert known.kind is not Kind.CHOICE or known.example in known.choices
    assert (known.kind in {Kind.RECORDS, Kind.EVENTS}) == bool(known.columns)
    assert (known.kind is Kind.VALUE) == bool(known.kinds)
    assert known.kind is not Kind.VALUE or kind_of(known.example) in known.kinds
    assert not (known.required and known.advanced)


@every_field
def test_a_fields_button_suits_its_kind(known: Field) -> None:
    kinds = {
        Action.NEW_UUID: (Kind.UUID, Kind.TEXT),
        Action.NEW_SESSION: (Kind.UUID,),
        Action.NOW: (Kind.TIME,),
        Action.URL_PARTS: (Kind.URL,),
    }
    assert known.action is None or known.kind in kinds[known.action]


@every_field
def test_only_members_of_an_event_stand_at_the_top(known: Field) -> None:
    is_old = known in {field for t in old_types() for field in t.fields}
    at_top = known.key in {*TOP_ORDER, *BATCH_ORDER}
    assert at_top == (known.place is Place.TOP) or is_old
    assert not known.ignored or (is_old and known.place is Place.TOP)
    assert known.path[-1] == known.key


def old_types() -> tuple[EventType, ...]:
    return tuple(event_type for event_type in ALL if event_type.family is Family.LEGACY)


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
        ("set_once", ["distinct_id", "$set_once"]),
        ("unset", ["distinct_id", "$unset"]),
        ("alias", ["distinct_id", "alias"]),
        ("merge", ["distinct_id", "alias"]),
        ("groupidentify", ["distinct_id", "$group_type", "$group_key"]),
        ("pageview", ["distinct_id", "$current_url"]),
        ("pageleave", ["distinct_id", "$current_url"]),
        ("screen", ["distinct_id", "$screen_name"]),
        ("autocapture", ["distinct_id", "$event_type"]),
        ("rageclick", ["distinct_id"]),
        ("web_vitals", ["distinct_id"]),
        ("app_lifecycle", ["event", "distinct_id"]),
        ("survey_shown", ["distinct_id", "$survey_id"]),
        ("survey_sent", ["distinct_id", "$survey_id", "$survey_response_"]),
        ("survey_dismissed", ["distinct_id", "$survey_id"]),
        ("flag_called", ["distinct_id", "$feature_flag", "$feature_flag_response"]),
        ("feature_enrollment", ["distinct_id", "$feature_flag", "$feature_enrollment", "$set"]),
        ("batch", ["batch"]),
        ("historical", ["historical_migration", "batch"]),
        ("legacy_alias", ["distinct_id", "alias"]),
        ("legacy_capture", ["event", "distinct_id"]),
        ("legacy_identify", ["distinct_id", "$set"]),
        ("legacy_group", ["distinct_id"]),
        ("legacy_page", ["distinct_id"]),
        ("legacy_screen", ["distinct_id"]),
        ("exception", ["distinct_id", "$exception_list"]),
        ("ai_generation", ["distinct_id", "$ai_trace_id"]),
        ("ai_embedding", ["distinct_id", "$ai_trace_id"]),
        ("ai_span", ["distinct_id", "$ai_trace_id"]),
        ("ai_trace", ["distinct_id", "$ai_trace_id"]),
        ("ai_metric", ["distinct_id", "$ai_trace_id", "$ai_metric_name", "$ai_metric_value"]),
        ("ai_feedback", ["distinct_id", "$ai_trace_id", "$ai_feedback_text"]),
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
    expected: dict[str, Value] = {} if event_type.is_batch else {"$geoip_disable": True}
    if event_type.id == "historical":
        expected["historical_migration"] = True
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
    for type_id in ("identify", "alias", "merge", "groupidentify"):
        assert "$process_person_profile" not in keys(fields_of(by_id(type_id)))
    assert not {"$set", "$set_once", "$unset"} & set(keys(fields_of(by_id("anonymous"))))


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
    event_type = by_id(str(example["type"]))
    # The shortest old capture is what an ordinary event is today, to the letter.
    is_plain = (example["type"], example["size"]) == ("legacy_capture", "minimal")
    assert detect(payload).id == ("custom" if is_plain else event_type.id)
    assert fits(event_type, payload)
    fields = fields_of(event_type)
    for path in _members(payload):
        shown = any(known.owns(path) for known in fields)
        fixed = path == ("api_key",) or (path == ("event",) and bool(event_type.event))
        free = len(path) == 2 and not event_type.is_batch and not str(path[1]).startswith("$")
        assert shown or fixed or free, path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['type']}-{e['size']}")
def test_a_documented_event_is_unchanged_by_a_round_trip(example: dict[str, object]) -> None:
    text = json.dumps(example["body"], ensure_ascii=False)
    kind = by_id(str(example["type"]))
    draft = new_draft(kind, token="phc_a", uuid="", timestamp="").with_text(text)
    assert draft.event_type is kind
    assert draft.text(Layout.PRETTY) == text
    assert draft.payload == from_python(example["body"])
    assert draft.with_text(draft.laid_out().text(Layout.COMPACT)).payload == draft.payload


def _members(payload: Object) -> list[JsonPath]:
    properties = payload.get("properties", Object())
    assert isinstance(properties, Object)
    top: list[JsonPath] = [(key,) for key, _ in payload if key != "properties"]
    return top + [("properties", key) for key, _ in properties]


def test_every_type_has_two_documented_events() -> None:
    assert sorted(e["type"] for e in EXAMPLES) == sorted(t.id for t in ALL for _ in range(2))


def test_the_stamps_are_fields_with_buttons_to_renew_them() -> None:
    stamped = [known for known in fields_of(by_id("custom")) if known.key in STAMPS]
    assert {known.action for known in stamped} == {Action.NOW, Action.NEW_UUID}
