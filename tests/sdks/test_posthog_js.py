"""posthog-js in a page: configuration, flags, and events compressed or not."""

import pytest

from composer.services.sandbox.server import Sandbox
from tests.sdks.sending import TOKEN, arrived, clients, headers, named, paths, run, unwelcome

NAMES = {
    *("$pageview", "$feature_flag_called", "cart opened", "$identify", "$set", "$create_alias"),
    *("$groupidentify", "$exception", "$autocapture"),
}
OPTIONS = ["{}", '{"disable_compression":true}', '{"request_batching":false}']


@pytest.mark.parametrize("options", OPTIONS)
def test_every_event_of_a_page_arrives_complete(sandbox: Sandbox, options: str) -> None:
    found = run("posthog-js.mjs", sandbox, options, names=NAMES)
    assert unwelcome(sandbox) == []
    assert found["complaints"] == []
    assert clients(sandbox) == {"posthog-js 1.449.2"}
    for event in arrived(sandbox):
        assert event.uuid == event.sent["uuid"]
        assert event.properties["token"] == TOKEN
        assert event.properties["$lib"] == "web"
        assert event.properties["$lib_version"] == "1.449.2"
        assert event.properties["$current_url"] == "http://shop.localhost/cart?utm_source=mail"
    opened = named(sandbox, "cart opened")
    assert opened.distinct_id == found["anonymous"]
    assert opened.properties["total"] == 12.5
    assert opened.properties["lines"] == [{"name": "tea é 😀", "count": 2}]
    assert opened.properties["note"] is None
    assert opened.properties["$feature/price-test"] == "higher"
    check_people(sandbox, found["anonymous"])
    thrown = named(sandbox, "$exception").properties
    assert thrown["$exception_list"][0]["value"] == "The card was refused"
    assert thrown["place"] == "checkout"
    click = named(sandbox, "$autocapture").properties
    assert click["$event_type"] == "click"
    assert "Buy" in click["$elements_chain"]


def check_people(sandbox: Sandbox, anonymous: str) -> None:
    identified = named(sandbox, "$identify")
    assert identified.distinct_id == "user-1"
    assert identified.properties["$anon_distinct_id"] == anonymous
    assert identified.stored["$set"] == {"email": "a@example.com"}
    assert identified.stored["$set_once"]["source"] == "mail"
    assert named(sandbox, "$set").properties["$set"] == {"plan": "pro"}
    assert named(sandbox, "$create_alias").properties["alias"] == "customer-1"
    group = named(sandbox, "$groupidentify").properties
    assert (group["$group_type"], group["$group_key"]) == ("company", "acme")
    assert group["$group_set"] == {"seats": 14}


def test_the_configuration_and_the_flags_are_asked_for(sandbox: Sandbox) -> None:
    found = run("posthog-js.mjs", sandbox, "{}", names={"cart opened"})
    assert found["seen"] == {"value": "higher", "payload": {"price": 12}, "retired": False}
    # The first events may go to the older address: the configuration names the newer one.
    assert paths(sandbox) - {"/e/"} == {f"/array/{TOKEN}/config.js", "/flags/", "/i/v0/e/"}
    called = named(sandbox, "$feature_flag_called").properties
    assert (called["$feature_flag"], called["$feature_flag_response"]) == ("price-test", "higher")
    assert called["$feature_flag_reason"] == "Matched condition set 1"


def test_bodies_come_compressed_unless_told_otherwise(sandbox: Sandbox) -> None:
    for options, start in (("{}", b"\x1f\x8b"), ('{"disable_compression":true}', b'{"')):
        sandbox.clear()
        run("posthog-js.mjs", sandbox, options, names={"cart opened"})
        bodies = [arrival.body.read() for arrival in sandbox.arrivals() if arrival.method == "POST"]
        assert [body[:2] for body in bodies] == [start] * len(bodies)
        assert headers(sandbox, "/i/v0/e/", "origin") == {"http://shop.localhost"}
