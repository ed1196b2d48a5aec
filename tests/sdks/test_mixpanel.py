"""Mixpanel's libraries with their host changed.

They wait for an answer that says 1, as PostHog's did of old; today's ``{"status":"Ok"}`` they take
for a failure, although everything has arrived. That is how it is with PostHog too, so it is
asserted here rather than mended.
"""

import json

import mixpanel
import pytest

from composer.services.sandbox.server import Sandbox
from tests.sdks.sending import TOKEN, arrived, named, run, unwelcome

ORDER = {"total": 12.5, "lines": [{"name": "tea é 😀"}], "note": None}
NOT_ONE = '{"status":"Ok"}'
NOT_JSON = "failed to parse request: expected value at line 1 column 1"
NO_LIST = "failed to parse request: data did not match any variant of untagged enum RawRequest"


def test_the_python_library_s_events_arrive_complete(sandbox: Sandbox) -> None:
    """Except for aliases: those the library sends to Mixpanel whatever the host."""
    consumer = mixpanel.Consumer(
        events_url=f"{sandbox.url}/track", people_url=f"{sandbox.url}/engage", retry_limit=0
    )
    client = mixpanel.Mixpanel(TOKEN, consumer=consumer)
    for send in (
        lambda: client.track("user-1", "order paid", ORDER),
        lambda: client.people_set("user-1", {"plan": "pro"}),
        lambda: client.people_set_once("user-1", {"source": "mail"}),
    ):
        with pytest.raises(KeyError, match="error"):
            send()
    assert unwelcome(sandbox) == []
    paid = named(sandbox, "order paid")
    assert paid.distinct_id == "user-1"
    assert paid.properties.items() >= (ORDER | {"token": TOKEN, "mp_lib": "python"}).items()
    assert paid.properties["$lib_version"] == mixpanel.__version__
    plan, source = (event for event in arrived(sandbox) if event.name == "$identify")
    assert (plan.distinct_id, plan.stored["$set"]) == ("user-1", {"plan": "pro"})
    assert (source.distinct_id, source.stored["$set_once"]) == ("user-1", {"source": "mail"})


def test_a_buffer_of_the_python_library_arrives_whole(sandbox: Sandbox) -> None:
    consumer = mixpanel.BufferedConsumer(events_url=f"{sandbox.url}/track", retry_limit=0)
    client = mixpanel.Mixpanel(TOKEN, consumer=consumer)
    for number in range(3):
        client.track("user-1", f"order {number}", ORDER)
    with pytest.raises(KeyError, match="error"):
        consumer.flush()
    assert unwelcome(sandbox) == []
    events = arrived(sandbox)
    assert [event.name for event in events] == ["order 0", "order 1", "order 2"]
    assert all(event.properties.items() >= ORDER.items() for event in events)


def test_the_library_for_servers_sends_complete_events(sandbox: Sandbox) -> None:
    names = {"order paid", "one", "two", "$identify", "$create_alias"}
    answers = run("mixpanel-node.mjs", sandbox, names=names)["answers"]
    # PostHog has no place for Mixpanel's groups.
    assert [path for path, _, _ in unwelcome(sandbox) if not path.startswith("/groups?")] == []
    assert [status for _, status, _ in unwelcome(sandbox)] == [404]
    assert answers.pop("group").endswith("Mixpanel Server Error: ")
    assert set(answers.values()) == {f"Error: Mixpanel Server Error: {NOT_ONE}"}
    paid = named(sandbox, "order paid")
    assert paid.distinct_id == "user-1"
    assert paid.properties.items() >= (ORDER | {"token": TOKEN, "mp_lib": "node"}).items()
    assert paid.properties["$lib_version"] == "0.24.0"
    sets = {
        json.dumps(event.stored.get("$set") or event.stored.get("$set_once"))
        for event in arrived(sandbox)
        if event.name == "$identify" and event.distinct_id == "user-1"
    }
    assert sets == {'{"plan": "pro"}', '{"source": "mail"}'}
    assert named(sandbox, "$create_alias").properties["alias"] == "customer-1"


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ('{"batch_requests":false}', "tea é"),
        ('{"batch_requests":false,"api_payload_format":"json"}', "tea é 😀"),
    ],
)
def test_the_library_for_browsers_sends_complete_events(
    sandbox: Sandbox, options: str, text: str
) -> None:
    names = {"cart opened", "cart paid"}

    def people() -> dict[str, object]:
        """What was set of the person, once and for good together."""
        sets = [
            event.stored.get("$set", {}) | event.stored.get("$set_once", {})
            for event in arrived(sandbox)
        ]
        return {key: value for one in sets for key, value in one.items()}

    found = run(
        "mixpanel-browser.mjs",
        sandbox,
        options,
        text,
        names=names,
        also=lambda: {"plan", "source"} <= people().keys(),
    )
    assert unwelcome(sandbox) == []
    check_cart(sandbox, found["anonymous"], text)
    assert people().items() >= {("plan", "pro"), ("source", "mail"), ("initial_utm_source", "mail")}


def test_lists_of_people_from_browsers_are_refused_as_by_posthog(sandbox: Sandbox) -> None:
    """PostHog reads a list only as events with names (capture-server.md, 2.1)."""
    names = {"cart opened", "cart paid"}
    anonymous = run("mixpanel-browser.mjs", sandbox, "{}", "tea é", names=names)["anonymous"]
    check_cart(sandbox, anonymous, "tea é")
    refused = [(path.partition("?")[0], status, said) for path, status, said in unwelcome(sandbox)]
    assert set(refused) <= {("/engage/", 400, NO_LIST)}


def test_broken_emoji_from_browsers_are_refused_as_by_posthog(sandbox: Sandbox) -> None:
    """In base64 this library writes them as two halves, which is not UTF-8."""
    options = '{"batch_requests":false}'
    run(
        "mixpanel-browser.mjs",
        sandbox,
        options,
        "😀",
        names={"cart paid"},
        also=lambda: unwelcome(sandbox) != [],
    )
    ((path, status, said),) = unwelcome(sandbox)
    assert path.startswith("/track/")
    assert (status, said) == (400, NOT_JSON)


def check_cart(sandbox: Sandbox, anonymous: str, text: str) -> None:
    opened = named(sandbox, "cart opened")
    assert opened.distinct_id == anonymous
    expected = ORDER | {"lines": [{"name": text}], "token": TOKEN, "mp_lib": "web"}
    assert opened.properties.items() >= expected.items()
    assert opened.properties["$lib_version"] == "2.83.0"
    paid = named(sandbox, "cart paid")
    assert (paid.distinct_id, paid.properties["total"]) == ("user-1", 12.5)
