"""posthog-node: batches, flags, people, groups and exceptions."""

from datetime import UTC, datetime

import pytest

from composer.services.sandbox.server import Sandbox
from tests.sdks.sending import arrived, clients, headers, named, paths, run, unwelcome

NAMES = {
    *("order paid", "order shown", "$identify", "$create_alias", "$groupidentify"),
    *("$exception", "$feature_flag_called"),
}
V0, V1 = "/batch/", "/i/v1/analytics/events"


@pytest.mark.parametrize(("mode", "path"), [("v0", V0), ("v1", V1)])
def test_every_event_arrives_complete(sandbox: Sandbox, mode: str, path: str) -> None:
    variables = {"POSTHOG_CAPTURE_MODE": mode}
    found = run("posthog-node.mjs", sandbox, names=NAMES, variables=variables)
    assert unwelcome(sandbox) == []
    assert found["errors"] == []
    assert found["seen"] == {"value": "higher", "payload": {"price": 12}, "retired": False}
    assert paths(sandbox) == {path, "/flags/"}
    assert clients(sandbox) == {"posthog-node 5.70.0"}
    for event in arrived(sandbox):
        assert event.properties["$lib"] == "posthog-node"
        assert event.properties["$lib_version"] == "5.70.0"
    assert headers(sandbox, path, "content-encoding") == {"gzip"}
    assert headers(sandbox, path, "user-agent") == {"posthog-node/5.70.0"}
    paid = named(sandbox, "order paid")
    assert paid.uuid == "0190a5c4-7d2e-7aaa-8bbb-123456789abc"
    assert paid.properties["total"] == 12.5
    assert paid.properties["lines"] == [{"name": "tea é 😀", "count": 2}]
    assert paid.properties["note"] is None
    assert paid.properties["$groups"] == {"company": "acme"}
    moment = datetime(2026, 3, 1, 10, 0, 0, 250_000, tzinfo=UTC).timestamp()
    assert paid.timestamp == pytest.approx(moment, abs=5)
    check_people(sandbox)
    thrown = named(sandbox, "$exception").properties
    assert thrown["$exception_list"][0]["value"] == "The card was refused"
    assert thrown["place"] == "checkout"
    assert named(sandbox, "order shown").properties["$feature/price-test"] == "higher"


def check_people(sandbox: Sandbox) -> None:
    people = {event.distinct_id for event in arrived(sandbox) if event.name != "$groupidentify"}
    assert people == {"user-1"}
    identified = named(sandbox, "$identify")
    assert identified.set_of("$set") == {"email": "a@example.com"}
    assert identified.set_of("$set_once") == {"source": "mail"}
    assert named(sandbox, "$create_alias").properties["alias"] == "visitor-7"
    group = named(sandbox, "$groupidentify").properties
    assert (group["$group_type"], group["$group_key"]) == ("company", "acme")
    assert group["$group_set"] == {"plan": "pro"}
