"""posthog-python in both of its capture modes: queue, flags, people, groups and exceptions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version

import posthog.request
import pytest
from posthog import Posthog

from composer.services.sandbox.server import Sandbox
from tests.sdks.sending import TOKEN, arrived, clients, headers, named, paths, unwelcome

V0, V1 = "/batch/", "/i/v1/analytics/events"
UUID = "0190a5c4-7d2e-7aaa-8bbb-123456789abc"
VERSION = version("posthog")
MOMENT = datetime(2026, 3, 1, 10, 0, 0, 250_000, tzinfo=UTC)
ORDER = {"total": 12.5, "lines": [{"name": "tea é 😀", "count": 2}], "note": None}


@pytest.fixture(autouse=True)
def _no_connection_left() -> Iterator[None]:
    yield
    posthog.request.reset_sessions()


def send(client: Posthog) -> None:
    client.capture(
        "order paid",
        distinct_id="user-1",
        properties=ORDER,
        groups={"company": "acme"},
        timestamp=MOMENT,
        uuid=UUID,
    )
    client.set(distinct_id="user-1", properties={"email": "a@example.com"})
    client.set_once(distinct_id="user-1", properties={"source": "mail"})
    client.alias("visitor-7", "user-1")
    client.group_identify("company", "acme", {"plan": "pro"})
    flags = client.evaluate_flags("user-1")
    assert flags.get_flag("price-test") == "higher"
    assert flags.get_flag_payload("price-test") == {"price": 12}
    assert flags.is_enabled("retired") is False
    client.capture("order shown", distinct_id="user-1", flags=flags)
    refused = ValueError("The card was refused")
    client.capture_exception(refused, distinct_id="user-1", properties={"place": "checkout"})
    client.shutdown()


@pytest.mark.parametrize(
    ("mode", "compression", "path"),
    [("v0", "none", V0), ("v0", "gzip", V0), ("v1", "none", V1)]
    + [("v1", name, V1) for name in ("gzip", "deflate", "zstd")],
)
def test_every_event_arrives_complete(
    sandbox: Sandbox, mode: str, compression: str, path: str
) -> None:
    failures: list[object] = []
    send(
        Posthog(
            TOKEN,
            host=sandbox.url,
            capture_mode=mode,
            gzip=compression == "gzip",
            capture_compression=compression if mode == "v1" else None,
            on_error=lambda error, _: failures.append(error),
        )
    )
    assert failures == []
    assert unwelcome(sandbox) == []
    assert paths(sandbox) == {path, "/flags/"}
    assert clients(sandbox) == {f"posthog-python {VERSION}"}
    for event in arrived(sandbox):
        assert event.properties["$lib"] == "posthog-python"
        assert event.properties["$lib_version"] == VERSION
    encodings = headers(sandbox, path, "content-encoding")
    assert encodings == {"" if compression == "none" else compression}
    check_events(sandbox)
    check_people(sandbox)


def check_events(sandbox: Sandbox) -> None:
    paid = named(sandbox, "order paid")
    assert (paid.uuid, paid.distinct_id) == (UUID, "user-1")
    assert paid.timestamp == pytest.approx(MOMENT.timestamp(), abs=5)
    assert paid.properties.items() >= ORDER.items()
    assert paid.properties["$groups"] == {"company": "acme"}
    thrown = named(sandbox, "$exception").properties
    assert thrown["$exception_list"][0]["value"] == "The card was refused"
    assert thrown["place"] == "checkout"
    assert named(sandbox, "order shown").properties["$feature/price-test"] == "higher"
    called = {
        event.properties["$feature_flag"]: event.properties["$feature_flag_response"]
        for event in arrived(sandbox)
        if event.name == "$feature_flag_called"
    }
    assert called == {"price-test": "higher", "retired": False}


def check_people(sandbox: Sandbox) -> None:
    assert named(sandbox, "$set").set_of("$set") == {"email": "a@example.com"}
    assert named(sandbox, "$set_once").set_of("$set_once") == {"source": "mail"}
    alias = named(sandbox, "$create_alias")
    assert (alias.properties["distinct_id"], alias.properties["alias"]) == ("visitor-7", "user-1")
    group = named(sandbox, "$groupidentify").properties
    assert (group["$group_type"], group["$group_key"]) == ("company", "acme")
    assert group["$group_set"] == {"plan": "pro"}
