"""What the options of an event may be, and what becomes of them."""

from typing import Any

import pytest

from tests.services.sandbox.v1.batches import (
    FIRST,
    OK,
    batch,
    drop,
    event,
    outcome,
    properties,
    record,
    results,
    submit,
)

SWITCHES = {
    "cookieless_mode": "$cookieless_mode",
    "disable_skew_correction": "$ignore_sent_at",
    "process_person_profile": "$process_person_profile",
}
INVALID = drop("invalid_options")
TRUE = [True, "true", "TRUE", " True\t", "1", " 1 ", 1, -1, 2.5, 1e300]
FALSE = [False, "false", "FALSE", "\u00a0False ", "0", 0, 0.0]


@pytest.mark.parametrize("key", SWITCHES)
@pytest.mark.parametrize(
    ("value", "meant"), [*((value, True) for value in TRUE), *((value, False) for value in FALSE)]
)
def test_a_switch_may_be_spelled_in_several_ways(key: str, value: Any, *, meant: bool) -> None:
    assert properties(options={key: value})[SWITCHES[key]] is meant


@pytest.mark.parametrize("key", SWITCHES)
@pytest.mark.parametrize("value", ["yes", "on", "", "2", "true!", "\x1ctrue", [], {}, [True]])
def test_any_other_switch_drops_the_event(key: str, value: Any) -> None:
    assert outcome(options={key: value}) == INVALID


@pytest.mark.parametrize(
    ("text", "meant"), [("-0", False), ("-0.0", False), ("1e-400", False), ("0.0001", True)]
)
def test_a_number_is_off_if_its_double_is_zero(text: str, *, meant: bool) -> None:
    body = batch(event(options={"cookieless_mode": "X"})).replace('"X"', text)
    assert record(body)["properties"]["$cookieless_mode"] is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"tour-1"', "tour-1"),
        ('" "', " "),
        ('""', ""),
        ("0", "0"),
        ("-7", "-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
    ],
)
def test_a_product_tour_is_named_by_text_or_an_integer(text: str, meant: str) -> None:
    body = batch(event(options={"product_tour_id": "X"})).replace('"X"', text)
    assert record(body)["properties"]["$product_tour_id"] == meant


@pytest.mark.parametrize(
    "text",
    ["true", "[]", "{}", "1.0", "1e3", "-0", "18446744073709551616", "-9223372036854775809"],
)
def test_any_other_name_of_a_product_tour_drops_the_event(text: str) -> None:
    body = batch(event(options={"product_tour_id": "X"})).replace('"X"', text)
    assert results(submit(body))[FIRST] == INVALID


@pytest.mark.parametrize("options", [None, {}, {"unknown": 1}, dict.fromkeys(SWITCHES)])
def test_no_options_ask_for_nothing(options: Any) -> None:
    assert outcome(options=options) == OK
    assert not set(properties(options=options)) & {*SWITCHES.values(), "$product_tour_id"}


@pytest.mark.parametrize("options", [[], "x", 1, True, False])
def test_options_that_are_no_object_drop_the_event(options: Any) -> None:
    assert outcome(options=options) == INVALID


def test_of_repeated_options_the_last_counts() -> None:
    body = batch(event(options="X")).replace('"X"', '{"cookieless_mode":"?","cookieless_mode":1}')
    assert record(body)["properties"]["$cookieless_mode"] is True
