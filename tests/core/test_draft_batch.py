"""A batch as a draft: other members, no stamps of its own, and the way in and out of it."""

import json

from composer.core.draft import Draft, new_draft
from composer.core.events import by_id
from composer.core.jsontext import Layout, Number, from_python
from composer.core.reopen import drafts_from_text, drafts_of_batch
from composer.core.summary import summary_of

UUID = "019a964c-b1c0-769e-b2a7-4de452e6b438"
TIME = "2026-03-14T09:30:00.000Z"


def event() -> Draft:
    draft = new_draft(by_id("custom"), token="phc_a", uuid=UUID, timestamp=TIME)
    return draft.with_value(("event",), "paid").with_value(("distinct_id",), "42")


def batch(*events: object, **more: object) -> Draft:
    body = {"api_key": "phc_a", **more, "batch": list(events)}
    return event().with_text(json.dumps(body))


def test_a_typed_batch_is_shown_as_one_and_owns_no_stamps() -> None:
    typed = batch({"event": "a"})
    assert (typed.type_id, typed.generated) == ("batch", frozenset())
    assert batch(historical_migration=True).type_id == "historical"
    assert typed.with_text('{"event": "$pageview"}').type_id == "pageview"
    assert typed.stamped(uuid="x", timestamp="y") == typed


def test_an_event_becomes_the_only_one_of_a_batch_and_its_token_moves_up() -> None:
    made = event().as_type(by_id("batch"))
    assert made.text(Layout.COMPACT) == (
        '{"api_key":"phc_a","batch":[{"event":"paid","distinct_id":"42",'
        f'"uuid":"{UUID}","timestamp":"{TIME}","properties":{{"$geoip_disable":true}}}}]}}'
    )
    old = event().as_type(by_id("historical"))
    assert [key for key, _ in old.payload] == ["api_key", "historical_migration", "batch"]
    assert old.value(("historical_migration",)) is True


def test_out_of_a_batch_only_the_token_is_taken_along() -> None:
    out = batch({"event": "a", "distinct_id": "1"}).as_type(by_id("pageview"))
    assert (out.token, out.value(("event",)), out.value(("distinct_id",))) == (
        "phc_a",
        "$pageview",
        "",
    )
    assert out.stamped(uuid=UUID, timestamp=TIME).value(("uuid",)) == UUID


def test_an_import_and_a_batch_are_the_same_events() -> None:
    source = batch({"event": "a"}, sent_at=TIME)
    old = source.as_type(by_id("historical"))
    assert old.value(("batch",)) == source.value(("batch",))
    assert old.value(("sent_at",)) == TIME
    back = old.as_type(by_id("batch"))
    assert not back.has(("historical_migration",))
    assert back.payload == source.payload


def test_a_token_is_put_in_before_the_events() -> None:
    without = event().with_text('{"batch": []}').laid_out()
    assert without.with_token("phc_b").text(Layout.COMPACT) == '{"api_key":"phc_b","batch":[]}'
    spaced = event().with_text('{"api_key" : "phc_a" , "batch":[ ]}')
    assert spaced.with_token("phc_b").text(Layout.PRETTY) == '{"api_key" : "phc_b" , "batch":[ ]}'


def test_new_members_stand_in_their_order() -> None:
    draft = batch({"event": "a"}).with_value(("sent_at",), TIME)
    draft = draft.with_value(("historical_migration",), True)
    assert [key for key, _ in draft.payload] == [
        "api_key",
        "historical_migration",
        "sent_at",
        "batch",
    ]


def test_the_ids_of_a_batch_are_those_of_its_events() -> None:
    assert event().ids == UUID
    assert batch({"event": "a", "uuid": UUID}, {"event": "b"}).ids == (UUID,)
    assert batch({"event": "a"}).ids is None
    assert event().with_text('{"batch": {"uuid": 1}}').ids is None


def test_new_ids_replace_old_ones_and_come_from_the_event() -> None:
    source = batch({"event": "a", "uuid": UUID, "x": 1}, {"event": "b"}, {"uuid": 5})
    renewed = source.with_new_ids(lambda item: f"id of {item.get('event')}")
    assert renewed.payload == from_python(
        {
            "api_key": "phc_a",
            "batch": [
                {"event": "a", "uuid": "id of a", "x": 1},
                {"event": "b"},
                {"uuid": "id of None"},
            ],
        }
    )
    bare = batch(
        {"event": "b"},
    )
    assert bare.with_new_ids(lambda _: "new") is bare
    assert event().with_new_ids(lambda _: "new") == event()
    strange = event().with_text('{"batch": [1, {"uuid": null}]}')
    assert strange.with_new_ids(lambda _: "new").value(("batch", 1, "uuid")) == "new"
    assert strange.with_new_ids(lambda _: "new").value(("batch", 0)) == Number("1")


def test_the_events_of_a_batch_are_drafts_under_its_token() -> None:
    first, second = drafts_of_batch(
        batch({"event": "$pageview"}, 1, {"event": "b", "token": "phc_own"})
    )
    assert (first.type_id, first.token) == ("pageview", "phc_a")
    assert (second.type_id, second.token) == ("custom", "phc_own")
    source = batch({"event": "$pageview"}, {"event": "b"})
    assert drafts_of_batch(source) == drafts_from_text(source.text(Layout.PRETTY))
    assert drafts_of_batch(event()) == ()


def test_a_batch_is_summed_up_by_its_number_of_events() -> None:
    summary = summary_of(batch({"event": "a", "distinct_id": "1"}, {"event": "b"}).payload)
    assert (summary.event, summary.events) == ("2 events", 2)
    assert summary_of(event().payload).event == "paid"
