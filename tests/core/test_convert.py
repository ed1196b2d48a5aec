"""From old shapes to the events of today, and nothing lost unsaid."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from composer.core.convert import Conversion, Fate, conversion
from composer.core.draft import Draft
from composer.core.events import ALL, by_id, detect
from composer.core.fields import EventType, Family
from composer.core.jsontext import Layout, Object, Value, encode, from_python
from tests.helpers.values import objects, texts, values

EXAMPLES = {
    (example["type"], example["size"]): example["body"]
    for line in (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    if (example := json.loads(line))["type"].startswith("legacy")
}
OLD = [event_type for event_type in ALL if event_type.family is Family.LEGACY]
UUID = "019a964c-b1c0-769e-b2a7-4de452e6b438"


def old(type_id: str, **members: object) -> Draft:
    payload = from_python(members)
    assert isinstance(payload, Object)
    return Draft(type_id=type_id, payload=payload)


def converted(draft: Draft) -> Conversion:
    found = conversion(draft)
    assert found is not None
    return found


def body(draft: Draft) -> object:
    return json.loads(converted(draft).draft.text(Layout.COMPACT))


TODAY: list[tuple[str, str, dict[str, object]]] = [
    (
        "legacy_alias",
        "alias",
        {
            "event": "$create_alias",
            "distinct_id": "old-5512",
            "timestamp": "2020-09-02T14:20:05.120000Z",
            "properties": {"alias": "old-5512-web"},
        },
    ),
    (
        "legacy_capture",
        "custom",
        {
            "event": "basket opened",
            "distinct_id": "old-5512",
            "properties": {"messageId": "m-0091"},
            "timestamp": "2020-09-02T14:20:05.120000Z",
        },
    ),
    (
        "legacy_identify",
        "identify",
        {
            "event": "$identify",
            "distinct_id": "old-5512",
            "timestamp": "2020-09-02T14:20:05.120000Z",
            "properties": {"$set": {"email": "noor@larkspur.example"}},
        },
    ),
    (
        "legacy_group",
        "groupidentify",
        {
            "event": "$groupidentify",
            "distinct_id": "old-5512",
            "timestamp": "2020-09-02T14:20:05.120000Z",
            "properties": {"$group_key": "acme-881", "$group_set": {"name": "Acme Bakeries"}},
        },
    ),
    (
        "legacy_page",
        "pageview",
        {
            "event": "$pageview",
            "distinct_id": "old-5512",
            "properties": {"title": "Menu", "category": "Shop"},
            "timestamp": "2020-09-02T14:20:05.120000Z",
        },
    ),
    (
        "legacy_screen",
        "screen",
        {
            "event": "$screen",
            "distinct_id": "old-5512",
            "properties": {"$screen_name": "Basket", "category": "Shop"},
            "timestamp": "2020-09-02T14:20:05.120000Z",
        },
    ),
]


@pytest.mark.parametrize(("type_id", "today", "expected"), TODAY, ids=[row[0] for row in TODAY])
def test_the_documented_shapes_become_the_events_of_today(
    type_id: str, today: str, expected: dict[str, object]
) -> None:
    example = EXAMPLES[type_id, "full"]
    draft = old(type_id, **example)
    assert converted(draft).draft.type_id == today
    assert body(draft) == {"api_key": example["api_key"], **expected}
    assert detect(converted(draft).draft.payload).id == today


def test_there_is_a_way_for_each_old_shape_and_for_no_other() -> None:
    for event_type in ALL:
        found = conversion(old(event_type.id, event=event_type.event or "x"))
        assert (found is not None) == (event_type.family is Family.LEGACY), event_type.id


def test_what_is_still_missing_is_asked_for() -> None:
    group = converted(old("legacy_group", event="$group", groupId="a"))
    assert group.missing == (("properties", "$group_type"),)
    assert converted(old("legacy_group", event="$group")).missing == (
        ("properties", "$group_type"),
        ("properties", "$group_key"),
    )
    page = converted(old("legacy_page", properties={"$current_url": "https://a.example"}))
    assert page.missing == ()
    assert group.words[-1] == "Then fill in: Group type."


def test_the_changes_are_said_one_by_one() -> None:
    assert converted(old("legacy_group", **EXAMPLES["legacy_group", "full"])).words == (
        "event becomes $groupidentify.",
        "timestamp becomes 2020-09-02T14:20:05.120000Z.",
        "groupId becomes $group_key in the properties.",
        "traits becomes $group_set in the properties.",
        "type, context and messageId are left out.",
        "Then fill in: Group type.",
    )
    alias = converted(old("legacy_alias", **EXAMPLES["legacy_alias", "minimal"]))
    assert alias.words == ("distinct_id moves to the top.",)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("2020-09-02 14:20:05.120000", "2020-09-02T14:20:05.120000Z"),
        ("2020-09-02 14:20:05+02:00", "2020-09-02T14:20:05+02:00"),
        ("2020-09-02T14:20:05", "2020-09-02T14:20:05Z"),
        ("2020-09-02T14:20:05Z", "2020-09-02T14:20:05Z"),
        ("yesterday", "yesterday"),
        (12, 12),
    ],
)
def test_a_time_of_old_sdks_is_written_as_today_and_any_other_stays(
    text: object, new: object
) -> None:
    assert body(old("legacy_capture", event="a", timestamp=text)) == {
        "event": "a",
        "timestamp": new,
    }


def test_the_person_moves_up_only_where_there_is_none() -> None:
    inside = {"properties": {"distinct_id": "b"}}
    assert body(old("legacy_capture", event="a", **inside)) == {
        "event": "a",
        "distinct_id": "b",
        "properties": {},
    }
    assert body(old("legacy_capture", distinct_id="a", **inside)) == {"distinct_id": "a", **inside}
    assert body(old("legacy_capture", **{"$distinct_id": None}, **inside)) == {
        "$distinct_id": None,
        **inside,
    }
    assert body(old("legacy_capture", distinct_id=None, **inside)) == {
        "distinct_id": "b",
        "properties": {},
    }


def test_a_message_id_that_is_a_uuid_becomes_the_event_id_if_there_is_none() -> None:
    assert body(old("legacy_capture", messageId=UUID)) == {"uuid": UUID}
    assert body(old("legacy_capture", messageId=UUID, uuid="x")) == {
        "uuid": "x",
        "properties": {"messageId": UUID},
    }


def test_of_two_values_for_one_place_the_one_that_counts_today_stays() -> None:
    person = converted(
        old(
            "legacy_identify",
            event="$identify",
            **{"$set": {"plan": "pro"}, "properties": {"$set": {"plan": "free", "age": 3}}},
        )
    )
    properties = person.draft.value(("properties",))
    assert properties == from_python({"$set": {"plan": "pro", "age": 3}})
    assert person.words == ("$set moves into the properties.", "plan in $set is left out.")
    page = converted(old("legacy_page", name="Menu", properties={"title": "Shop"}))
    assert page.draft.value(("properties", "title")) == "Shop"
    assert [change.path for change in page.changes if change.fate is Fate.LEFT_OUT] == [("name",)]


def test_the_form_is_told_whether_converting_saves_anything() -> None:
    for event_type in OLD:
        found = converted(old(event_type.id, **EXAMPLES[event_type.id, "full"]))
        is_saving = event_type.id not in {"legacy_alias", "legacy_identify"}
        assert found.saves(event_type) == is_saving
    assert converted(old("legacy_group")).title == "Set group properties"


def test_stamps_of_the_app_stay_its_own() -> None:
    draft = old("legacy_page", name="x", uuid=UUID, timestamp="2020-09-02T14:20:05Z")
    made = Draft(type_id=draft.type_id, payload=draft.payload, generated=frozenset({"uuid"}))
    assert converted(made).draft.generated == {"uuid"}


@pytest.mark.parametrize(
    "text",
    [
        '{"event": "$page", "name": "a", "name": "b"}',
        '{"event": "$page", "properties": {"title": "a", "title": "b"}}',
        '{"event": "$page", "properties": [1]}',
        '{"event": "$page", "properties": "x"}',
    ],
)
def test_what_would_lose_something_unsaid_is_not_converted(text: str) -> None:
    draft = Draft(type_id="legacy_page", payload=Object()).with_text(text)
    assert conversion(draft) is None


def test_text_that_does_not_parse_is_not_converted() -> None:
    assert conversion(old("legacy_page", name="x").with_text("{")) is None


KEYS = st.sampled_from(
    (
        "event", "distinct_id", "$distinct_id", "type", "context", "messageId", "traits", "groupId",
        "name", "category", "timestamp", "uuid", "$set", "$set_once", "properties", "other",
    )
)  # fmt: skip
INNER = st.sampled_from(
    ("distinct_id", "title", "$screen_name", "category", "$group_key", "$group_set", "$set", "x")
)
SMALL = st.dictionaries(st.sampled_from("ab"), texts | values, max_size=2).map(
    lambda members: Object(tuple(members.items()))
)
BODIES = st.dictionaries(
    KEYS,
    values
    | texts
    | SMALL
    | st.dictionaries(INNER, values | SMALL).map(lambda members: Object(tuple(members.items()))),
).map(lambda members: Object(tuple(members.items())))


@given(BODIES, st.sampled_from(OLD))
def test_every_value_is_somewhere_or_named_as_left_out(
    payload: Object, event_type: EventType
) -> None:
    draft = Draft(type_id=event_type.id, payload=payload)
    found = conversion(draft)
    if found is None:
        return
    gone = [c.value for c in found.changes if c.fate is not Fate.MOVED]
    kept = Counter(leaf for value in (found.draft.payload, *gone) for leaf in leaves(value))
    assert not set(leaves(payload)) - set(kept)
    assert all(found.words)


@given(objects(values), st.sampled_from(OLD))
def test_no_body_is_too_strange(payload: Object, event_type: EventType) -> None:
    conversion(Draft(type_id=event_type.id, payload=payload))


def leaves(value: Value) -> Iterator[str]:
    """What cannot be taken apart, as text."""
    match value:
        case Object(members) if members:
            for _, item in members:
                yield from leaves(item)
        case tuple() if value:
            for item in value:
                yield from leaves(item)
        case None | Object() | ():
            return
        case _:
            yield encode(value)


def test_a_type_that_is_free_goes_by_what_comes_out() -> None:
    made = converted(old("legacy_capture", event="a", type="capture", properties={"$groups": {}}))
    assert made.draft.event_type is by_id("group_event")
