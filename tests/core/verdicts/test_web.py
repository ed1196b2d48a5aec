"""The rules about page views and location."""

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.rules import web
from tests.core.verdicts.cases import RuleCase, event, found, mended_event, with_properties

WHOLE = {
    "$current_url": "https://larkspur.example/menu",
    "$host": "larkspur.example",
    "$pathname": "/menu",
}
COOKIELESS = {
    "$cookieless_mode": True,
    "$ip": "203.0.113.7",
    "$raw_user_agent": "Mozilla/5.0",
    "$host": "larkspur.example",
}


def view(**properties: object) -> dict[str, object]:
    return event(event="$pageview", properties=properties)


def without(key: str) -> dict[str, object]:
    return view(**{name: value for name, value in WHOLE.items() if name != key})


SOUND = view(**WHOLE)
CASES = (
    RuleCase(rule="page.no_url", triggers=without("$current_url"), quiet=SOUND),
    RuleCase(
        rule="page.relative_url", triggers=view(**WHOLE | {"$current_url": "/menu"}), quiet=SOUND
    ),
    RuleCase(rule="page.no_host_path", triggers=without("$host"), quiet=SOUND),
    RuleCase(
        rule="ip.support_machine",
        triggers=event(),
        quiet=with_properties(**{"$geoip_disable": True}),
    ),
    RuleCase(
        rule="ip.loopback",
        triggers=with_properties(**{"$ip": "127.0.0.1"}),
        quiet=with_properties(**{"$ip": "203.0.113.7"}),
    ),
    RuleCase(
        rule="geo.overwritten",
        triggers=with_properties(**{"$geoip_city_name": "Oslo"}),
        quiet=with_properties(**{"$geoip_city_name": "Oslo", "$geoip_disable": True}),
    ),
    RuleCase(
        rule="cookieless.not_boolean",
        triggers=with_properties(**{"$cookieless_mode": "true"}),
        quiet=with_properties(**{"$cookieless_mode": False}),
    ),
    RuleCase(
        rule="cookieless.incomplete",
        triggers=with_properties(**{"$cookieless_mode": True}),
        quiet=event(timestamp="2026-11-21T09:00:00Z", properties=COOKIELESS),
    ),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)


def test_host_and_path_are_filled_from_the_address_and_campaign_tags_are_not() -> None:
    url = "https://larkspur.example:8443/menu?utm_source=mail"
    after = mended_event(web.no_host_path, view(**{"$current_url": url}))
    expected = {"$current_url": url, "$host": "larkspur.example:8443", "$pathname": "/menu"}
    assert after == from_python(view(**expected))


def test_what_is_filled_in_already_stays() -> None:
    after = mended_event(web.no_host_path, view(**WHOLE | {"$host": "", "$pathname": "/other"}))
    assert after == from_python(view(**WHOLE | {"$pathname": "/other"}))


@pytest.mark.parametrize("url", [None, "/menu", 7, ["a"]])
def test_nothing_can_be_filled_in_without_a_whole_address(url: object) -> None:
    (finding,) = found(web.no_host_path, ANY, view(**{"$current_url": url}))
    assert finding.mend is None


def test_a_screen_needs_no_address() -> None:
    assert not found(web.no_url, ANY, event(event="$screen"))


def test_the_location_is_turned_off_where_there_were_no_properties() -> None:
    after = mended_event(web.support_machine, event())
    assert after == from_python(with_properties(**{"$geoip_disable": True}))


@pytest.mark.parametrize("off", [False, None, "", 0])
def test_what_posthog_takes_for_no_does_not_turn_the_location_off(off: object) -> None:
    assert found(web.support_machine, ANY, with_properties(**{"$geoip_disable": off}))


@pytest.mark.parametrize("properties", [["a"], "a", 1])
def test_properties_of_a_wrong_type_are_never_written_over(properties: object) -> None:
    assert not found(web.support_machine, ANY, event(properties=properties))


@pytest.mark.parametrize("key", ["$ip", "capture_internal"])
def test_what_leads_to_a_made_up_place_is_removed(key: str) -> None:
    after = mended_event(web.loopback, with_properties(**{key: "127.0.0.1", "plan": "pro"}))
    assert after == from_python(with_properties(plan="pro"))


def test_a_typed_place_is_kept_by_turning_the_lookup_off() -> None:
    typed = {"$geoip_city_name": "Oslo", "$geoip_country_code": "NO"}
    after = mended_event(web.overwritten_location, with_properties(**typed))
    assert after == from_python(with_properties(**typed | {"$geoip_disable": True}))


@pytest.mark.parametrize(
    ("before", "after"),
    [("true", True), (" No ", False), (1, True), ("0", False)],
)
def test_a_word_for_yes_or_no_becomes_it(before: object, after: object) -> None:
    body = with_properties(**{"$cookieless_mode": before})
    expected = from_python(with_properties(**{"$cookieless_mode": after}))
    assert mended_event(web.cookieless_not_boolean, body) == expected


@pytest.mark.parametrize("before", [None, "maybe", 2, ["true"], {"a": True}])
def test_what_is_neither_yes_nor_no_is_removed(before: object) -> None:
    body = with_properties(**{"$cookieless_mode": before, "plan": "pro"})
    expected = from_python(with_properties(plan="pro"))
    assert mended_event(web.cookieless_not_boolean, body) == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"timestamp": None},
        {"timestamp": "2026-11-18T09:00:00Z"},
        {"event": "$create_alias"},
        {"properties": COOKIELESS | {"$host": ""}},
    ],
)
def test_a_cookieless_event_is_lost_if_anything_is_lacking(changed: dict[str, object]) -> None:
    sound = event(timestamp="2026-11-21T09:00:00Z", properties=COOKIELESS)
    body = {key: value for key, value in (sound | changed).items() if value is not None}
    assert found(web.cookieless_incomplete, ANY, body)
