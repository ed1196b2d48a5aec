"""A draft: form and JSON editor are two views of one request body."""

import pytest
from hypothesis import given, strategies as st

from composer.core.draft import BATCH_ORDER, STAMPS, TOP_ORDER, Draft, first_draft, new_draft
from composer.core.events import ALL, by_id, fields_of
from composer.core.fields import EventType
from composer.core.jsontext import Layout, Number, Object, Path, Value, encode
from tests.helpers.values import texts, values

UUID_1, UUID_2 = "019a964c-b1c0-769e-b2a7-4de452e6b438", "019a964c-b1c0-7c5c-a6a3-a4506513270e"
TIME_1, TIME_2 = "2026-03-14T09:30:00.000Z", "2026-03-15T09:30:00.000Z"
PERSON: Path = ("distinct_id",)
every_type = pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)


def fresh(type_id: str = "custom", token: str = "phc_a") -> Draft:
    return new_draft(by_id(type_id), token=token, uuid=UUID_1, timestamp=TIME_1)


def keys(draft: Draft) -> tuple[str, ...]:
    return tuple(key for key, _ in draft.payload)


SINGLE = tuple(event_type for event_type in ALL if not event_type.is_batch)


def spaced(draft: Draft) -> str:
    """The draft's text in a layout that is nobody's but a person's own."""
    return encode(draft.payload).replace('": ', '"  :\t').replace("\n", "\r\n")


paths = st.sampled_from([known.path for event_type in ALL for known in fields_of(event_type)])
properties = st.tuples(st.just("properties"), texts)
edits = st.lists(st.tuples(paths | properties, values), max_size=5)


@every_type
def test_a_new_draft_has_every_member_of_an_event_in_order(event_type: EventType) -> None:
    draft = fresh(event_type.id)
    if event_type.is_batch:
        assert set(keys(draft)) <= set(BATCH_ORDER)
        assert (draft.token, draft.value(("batch",)), draft.generated) == ("phc_a", (), frozenset())
        return
    inner = event_type.person != PERSON
    assert keys(draft) == tuple(key for key in TOP_ORDER if not inner or key != "distinct_id")
    assert draft.value(event_type.person) == ""
    assert draft.event_type is event_type
    assert draft.value(("event",)) == event_type.event
    assert draft.value(("properties", "$geoip_disable")) is True
    assert draft.generated == STAMPS
    assert draft.fault is None


def test_the_first_draft_is_complete() -> None:
    draft = first_draft(token="phc_a", uuid=UUID_1, timestamp=TIME_1)
    assert all(draft.value(known.path) for known in fields_of(by_id("custom")) if known.required)
    assert draft.value(("properties", "seats")) == Number("14")
    assert draft.generated == STAMPS


@given(st.sampled_from(ALL), edits, st.sampled_from(Layout))
def test_the_text_of_edits_in_the_form_reads_back_as_the_same_draft(
    event_type: EventType, changes: list[tuple[Path, Value]], layout: Layout
) -> None:
    draft = fresh(event_type.id)
    for path, value in changes:
        draft = draft.with_value(path, value)
        assert draft.value(path) == value
        assert draft.has(path)
    reread = draft.with_text(draft.text(layout))
    assert reread.payload == draft.payload
    assert reread.text(layout) == draft.text(layout)
    assert reread.generated == draft.generated
    assert reread.laid_out().text(layout) == draft.text(layout)


@given(st.sampled_from(ALL), paths | properties, values)
def test_a_value_set_in_the_text_is_the_value_in_the_form(
    event_type: EventType, path: Path, value: Value
) -> None:
    draft = fresh(event_type.id)
    edited = draft.with_value(path, value)
    typed = draft.with_text(spaced(edited))
    assert typed.payload == edited.payload
    assert typed.text(Layout.COMPACT) == spaced(edited)


@given(st.sampled_from(ALL), paths | properties, values)
def test_what_is_removed_is_gone(event_type: EventType, path: Path, value: Value) -> None:
    draft = fresh(event_type.id).with_value(path, value).without(path)
    assert not draft.has(path)
    assert draft.value(path) is None
    assert draft.without(path) == draft


def test_a_member_that_comes_back_stands_where_it_belongs() -> None:
    draft = fresh().without(("uuid",)).without(PERSON)
    assert keys(draft.with_value(("uuid",), UUID_2).with_value(PERSON, "1")) == TOP_ORDER


def test_an_order_made_by_hand_stays() -> None:
    draft = fresh().with_text('{"properties": {}, "event": "a", "api_key": "phc_a"}')
    changed = draft.with_value(("event",), "b").with_value(("extra",), True)
    assert keys(changed) == ("properties", "event", "api_key", "extra")


@pytest.mark.parametrize("path", [("uuid",), ("timestamp",)])
def test_a_stamp_that_a_person_changed_is_the_persons_own(path: Path) -> None:
    draft = fresh().with_value(path, "mine")
    assert draft.generated == STAMPS - {str(path[0])}
    stamped = draft.stamped(uuid=UUID_2, timestamp=TIME_2)
    assert stamped.value(path) == "mine"
    other = {"uuid": ("timestamp", TIME_2), "timestamp": ("uuid", UUID_2)}[str(path[0])]
    assert stamped.value((other[0],)) == other[1]


def test_a_stamp_that_a_person_removed_does_not_come_back() -> None:
    assert not fresh().without(("uuid",)).stamped(uuid=UUID_2, timestamp=TIME_2).has(("uuid",))
    typed = fresh().with_text('{"event": "a"}').stamped(uuid=UUID_2, timestamp=TIME_2)
    assert keys(typed) == ("event",)


def test_stamping_keeps_the_spacing_of_typed_text() -> None:
    draft = fresh().with_text(spaced(fresh().with_value(("event",), "a")))
    stamped = draft.stamped(uuid=UUID_2, timestamp=TIME_2)
    expected = draft.text(Layout.PRETTY).replace(UUID_1, UUID_2).replace(TIME_1, TIME_2)
    assert stamped.text(Layout.PRETTY) == expected
    assert stamped.with_text(expected).payload == stamped.payload
    assert stamped.generated == STAMPS


def test_stamping_changes_the_member_and_not_its_double() -> None:
    text = f'{{"properties": {{"$session_id": "{UUID_1}"}}, "uuid": "{UUID_1}"}}'
    stamped = fresh().with_text(text).stamped(uuid=UUID_2, timestamp=TIME_2)
    assert stamped.text(Layout.PRETTY) == f'{UUID_2}"'.join(text.rsplit(f'{UUID_1}"', 1))
    assert stamped.value(("properties", "$session_id")) == UUID_1


@pytest.mark.parametrize(
    "text",
    [
        f'{{"properties": {{"uuid": "{UUID_1}"}}, "uuid": "{UUID_1}"}}',
        f'{{"uuid": "{UUID_1}", "uuid": "{UUID_1}"}}',
        f'{{"uu\\u0069d": "{UUID_1}"}}',
    ],
)
def test_where_a_stamp_cannot_be_spliced_in_the_text_is_written_anew(text: str) -> None:
    stamped = fresh().with_text(text).stamped(uuid=UUID_2, timestamp=TIME_2)
    assert stamped.value(("uuid",)) == UUID_2
    assert stamped.text(Layout.COMPACT) == encode(stamped.payload, Layout.COMPACT)


def test_a_token_is_put_in_without_touching_the_spacing() -> None:
    draft = fresh(token="").with_text('{ "event" :"",  "api_key":"" }')
    changed = draft.with_token('phc_"b\\1')
    assert changed.text(Layout.PRETTY) == '{ "event" :"",  "api_key":"phc_\\"b\\\\1" }'
    assert changed.value(("api_key",)) == 'phc_"b\\1'


@pytest.mark.parametrize("text", ['{"event": "a"}', '{"api_key": 1, "event": "a"}'])
def test_a_token_is_added_where_there_was_none(text: str) -> None:
    changed = fresh().with_text(text).with_token("phc_b")
    assert changed.text(Layout.COMPACT) == '{"api_key":"phc_b","event":"a"}'


def test_broken_text_stays_with_its_fault_and_the_last_good_event() -> None:
    draft = fresh().with_value(PERSON, "1")
    broken = draft.with_text('{"event": ')
    assert broken.text(Layout.PRETTY) == '{"event": '
    assert broken.payload == draft.payload
    assert broken.fault is not None
    assert broken.laid_out() is broken
    assert broken.with_text('{"event": "a"}').fault is None
    assert broken.with_value(PERSON, "2").fault is None


def test_broken_text_takes_over_a_new_token_and_stays_broken() -> None:
    broken = fresh().with_text('{"api_key": "phc_a", ').with_token("phc_b")
    assert broken.text(Layout.PRETTY) == '{"api_key": "phc_b", '
    assert broken.fault is not None


@pytest.mark.parametrize(("text", "words"), [("[]", "a list"), ("1", "is an object"), ("", "yet")])
def test_json_that_is_no_event_is_a_fault_too(text: str, words: str) -> None:
    fault = fresh().with_text(text).fault
    assert fault is not None
    assert words in fault.message
    assert fault.hint


def test_a_name_typed_into_the_text_chooses_the_form() -> None:
    assert fresh("anonymous").with_text('{"event": "a"}').type_id == "anonymous"
    assert fresh("anonymous").with_text('{"event": "$pageview"}').type_id == "pageview"
    assert fresh("pageview").with_text('{"event": "a"}').type_id == "custom"
    grouped = '{"event": "a", "properties": {"$groups": {}}}'
    assert fresh("pageview").with_text(grouped).type_id == "group_event"


@pytest.mark.parametrize("start", SINGLE, ids=lambda event_type: event_type.id)
@pytest.mark.parametrize("event_type", SINGLE, ids=lambda event_type: event_type.id)
def test_another_type_keeps_person_and_time_and_a_free_name_its_properties(
    start: EventType, event_type: EventType
) -> None:
    draft = fresh(start.id).with_text(spaced(fresh(start.id)))
    draft = draft.with_value(start.person, "customer-42").with_value(("properties", "plan"), "pro")
    changed = draft.as_type(event_type)
    assert changed.event_type is event_type
    assert changed.value(("event",)) == event_type.event
    assert set(keys(changed)) == {*TOP_ORDER[:2], *TOP_ORDER[3:], event_type.person[0]}
    assert changed.value(event_type.person) == "customer-42"
    for path in (("uuid",), ("timestamp",)):
        assert changed.value(path) == draft.value(path)
    same_event = not start.event and not event_type.event
    assert changed.has(("properties", "plan")) == same_event
    assert changed.generated == draft.generated
    assert changed.with_text(changed.text(Layout.PRETTY)).type_id == event_type.id


def test_a_name_that_a_person_chose_moves_between_types_with_free_names() -> None:
    draft = fresh().with_value(("event",), "invoice paid")
    assert draft.as_type(by_id("group_event")).value(("event",)) == "invoice paid"


def test_members_that_the_new_form_does_not_know_are_left_behind() -> None:
    page = fresh("pageview").with_value(("properties", "$host"), "shop.example")
    page = page.with_value(("properties", "$current_url"), "https://shop.example")
    changed = page.as_type(by_id("custom"))
    assert not changed.has(("properties", "$host"))
    assert changed.value(("properties", "$current_url")) == "https://shop.example"


def test_all_answers_are_left_behind_with_the_survey() -> None:
    survey = fresh("survey_sent").with_value(("properties", "$survey_response_1"), "9")
    survey = survey.with_value(("properties", "$survey_response_2"), "8")
    survey = survey.with_value(("properties", "note"), "by phone")
    changed = survey.as_type(by_id("custom"))
    assert changed.value(("properties",)) == Object((("$geoip_disable", True),))
    bare = survey.with_value(("properties",), None).as_type(by_id("custom"))
    assert bare.value(("properties",)) is None


def test_leaving_the_anonymous_event_makes_it_an_ordinary_one() -> None:
    flag: Path = ("properties", "$process_person_profile")
    assert fresh("anonymous").value(flag) is False
    assert not fresh("anonymous").as_type(by_id("custom")).has(flag)
    chosen = fresh("anonymous").with_value(flag, True).as_type(by_id("custom"))
    assert chosen.value(flag) is True
    assert fresh("custom").as_type(by_id("anonymous")).value(flag) is False


@pytest.mark.parametrize("alias", ["token", "$token", "api_key"])
def test_a_token_is_replaced_where_it_stands(alias: str) -> None:
    text = f'{{"event": "a" ,"{alias}" :  "phc_old", "distinct_id": "p"}}'
    draft = fresh().with_text(text)
    assert draft.token == "phc_old"
    assert draft.with_token("phc_new").text(Layout.PRETTY) == text.replace("phc_old", "phc_new")


def test_a_draft_without_a_token_gets_it_first() -> None:
    draft = fresh().with_text('{"event": "a"}')
    assert draft.token == ""
    assert draft.with_token("phc_new").payload.members[0] == ("api_key", "phc_new")
