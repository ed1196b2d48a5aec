"""Which event type a body is of, and which form it is shown in."""

import pytest

from composer.core.events import (
    by_id,
    detect,
    fits,
    shown_as,
)
from composer.core.fields import (
    Mark,
)
from composer.core.jsontext import (
    Number,
    Object,
    Value,
)


def body(event: Value = "invoice paid", **properties: Value) -> Object:
    pairs = tuple((f"${key}", value) for key, value in properties.items())
    return Object((("event", event), ("properties", Object(pairs))))


def top(**members: Value) -> Object:
    return Object(tuple(members.items()))


@pytest.mark.parametrize(
    ("payload", "type_id"),
    [
        (body("$identify"), "identify"),
        (body("$set", process_person_profile=False), "set"),
        (body("$set"), "set"),
        (body("$set", set=Object(), set_once=Object(), unset=()), "set"),
        (body("$set", set_once=Object()), "set_once"),
        (body("$set", unset=("plan",)), "unset"),
        (body("$set", unset="plan"), "unset"),
        (body("$set_once", set=Object()), "set_once"),
        (body("$set_once", unset=()), "set_once"),
        (body("Application updated"), "app_lifecycle"),
        (body("application updated"), "custom"),
        (body(process_person_profile=False, groups=Object()), "anonymous"),
        (body(process_person_profile="false"), "custom"),
        (body(groups=Object()), "group_event"),
        (body(groups="acme"), "custom"),
        (body(process_person_profile=True, unset=("plan",)), "custom"),
        (body("$Identify"), "custom"),
        (body(""), "custom"),
        (body(None), "custom"),
        (body(Number("1")), "custom"),
        (body(("$identify",)), "custom"),
        (Object(), "custom"),
        (top(batch=()), "batch"),
        (top(batch=(), historical_migration=False), "batch"),
        (top(batch=(), historical_migration=True), "historical"),
        (top(batch=(), event="$pageview"), "batch"),
        (top(batch="x"), "batch"),
        (top(batch="x", event="a"), "custom"),
        (top(batch=(), event=("$pageview",)), "batch"),
        (top(event="$screen", name="Basket"), "legacy_screen"),
        (top(event="$screen"), "screen"),
        (top(event="a", type="capture"), "legacy_capture"),
        (top(event="a", type="track"), "custom"),
        (top(event="$pageview", type="capture"), "pageview"),
        (top(event="$group"), "legacy_group"),
        (top(event="$page"), "legacy_page"),
        (top(event="$identify", messageId="1"), "legacy_identify"),
        (top(**{"event": "$identify", "$set": Object()}), "legacy_identify"),
        (
            top(
                **{
                    "event": "$identify",
                    "$set": Object(),
                    "properties": Object((("$anon_distinct_id", "a"),)),
                }
            ),
            "identify",
        ),
        (
            top(event="$create_alias", properties=Object((("distinct_id", "a"),))),
            "legacy_alias",
        ),
        (
            top(event="$create_alias", distinct_id="a", properties=Object((("distinct_id", "a"),))),
            "alias",
        ),
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


def test_typing_keeps_the_form_unless_only_another_of_the_same_name_is_meant() -> None:
    unset, both = body("$set", unset=()), body("$set", set=Object(), unset=())
    assert shown_as(by_id("set"), unset).id == "unset"
    assert shown_as(by_id("set"), both).id == "set"
    assert shown_as(by_id("unset"), both).id == "unset"
    assert shown_as(by_id("unset"), body("$set")).id == "unset"
    assert shown_as(by_id("set_once"), body("$set_once", set=Object())).id == "set_once"
    assert shown_as(by_id("app_lifecycle"), body("Deep link opened")).id == "app_lifecycle"
    assert shown_as(by_id("app_lifecycle"), body("Deep link")).id == "custom"
    assert shown_as(by_id("custom"), body(groups=Object())).id == "custom"
    assert shown_as(by_id("pageview"), body(groups=Object())).id == "group_event"


def test_a_mark_wants_its_very_value() -> None:
    flag = Mark(path=("properties", "$flag"), value=False)
    assert flag.is_in(body(flag=False))
    assert not any(flag.is_in(body(flag=other)) for other in (True, None, Number("0"), "false"))
    assert not flag.is_in(body())
    assert not flag.is_in(Object((("properties", False),)))
    assert Mark(path=("properties", "$flag")).is_in(body(flag=None))
    assert not Mark(path=("properties", "$flag"), shape=str).is_in(body(flag=None))
