"""The addresses for scripts: what they change, and what they refuse."""

import json
from collections.abc import Iterator

import pytest

from composer.core.behaviour import Behaviour, Edition, Flag, parse_rule
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import exchange, known, post
from tests.services.sandbox.control.asking import JSON, change, error, get


def test_a_reset_forgets_what_arrived_and_counts_anew(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour(rules=(parse_rule("503 nth=1"),)))
    assert [post(sandbox, known()).status for _ in range(2)] == [503, 200]
    assert json.loads(change(sandbox, "reset", {}).body)["total"] == 0
    assert sandbox.arrivals() == ()
    assert [post(sandbox, known()).status for _ in range(2)] == [503, 200]
    assert exchange(sandbox, "POST", "/_sandbox/reset", b"", JSON).status == 200
    assert sandbox.behaviour.rules
    change(sandbox, "reset", {"behaviour": True})
    assert sandbox.behaviour == Behaviour()


def test_rules_are_set_as_lines_or_objects(sandbox: Sandbox) -> None:
    assert get(sandbox, "faults") == {"faults": []}
    reply = change(sandbox, "faults", ["503 share=0.5", {"kind": "slow", "delay_s": 0.01}])
    assert reply.status == 200
    assert sandbox.behaviour.rules == (parse_rule("503 share=0.5"), parse_rule("slow=0.01"))
    assert [post(sandbox, known()).status for _ in range(2)] == [200, 503]
    written = get(sandbox, "faults")
    assert [each["text"] for each in written["faults"]] == ["503 share=0.5", "slow=0.01"]
    assert written == json.loads(reply.body)
    change(sandbox, "faults", [])
    assert sandbox.behaviour.rules == ()
    change(sandbox, "faults", written)  # what was shown can be sent back
    assert get(sandbox, "faults") == written
    change(sandbox, "faults", [{"text": "reset"}])
    assert sandbox.behaviour.rules == (parse_rule("reset"),)


def test_switches_are_set_one_by_one(sandbox: Sandbox) -> None:
    change(sandbox, "behaviour", {"known_tokens": ["phc_b"], "edition": "2024"})
    change(sandbox, "behaviour", {"quota_reached": True, "flags": ["beta", {"key": "c"}]})
    reply = change(sandbox, "behaviour", {"edition": "current", "rules": ["503 path=/x"]})
    assert sandbox.behaviour == Behaviour(
        edition=Edition.CURRENT,
        known_tokens=frozenset({"phc_b"}),
        quota_reached=True,
        flags=(Flag(key="beta"), Flag(key="c")),
        rules=(parse_rule("503 path=/x"),),
    )
    written = get(sandbox, "behaviour")
    assert written == json.loads(reply.body)
    assert (written["known_tokens"], written["flags"][0]["key"]) == (["phc_b"], "beta")
    sandbox.behave(Behaviour())
    change(sandbox, "behaviour", written)
    assert get(sandbox, "behaviour") == written


@pytest.mark.parametrize(
    ("target", "document", "words"),
    [
        ("faults", {"rules": []}, "There is no member “rules”. These are: faults."),
        ("faults", "503", 'Send a list of rules, such as ["503 share=0.2"].'),
        ("faults", ["503", "crash"], "Rule 2: “crash” is nothing that can happen."),
        ("faults", [{"status": 1}], "Rule 1: A status is a number from 400 to 599"),
        ("faults", [{"state": 503}], "Rule 1: There is no member “state”. These are: kind, "),
        ("faults", [7], "Rule 1: A rule must be an object in curly brackets."),
        ("behaviour", [], 'Send an object with switches, such as {"quota_reached":true}.'),
        ("behaviour", {"slow": 1}, "There is no member “slow”. These are: edition, known_tokens"),
        ("behaviour", {"edition": "2023"}, "Nothing was changed, for this is wrong: edition ("),
        ("behaviour", {"rules": ["0"]}, "Rule 1: A status is a number from 400 to 599"),
        ("behaviour", {"flags": {}}, 'Send a list of flags, such as ["new-checkout=blue"].'),
        ("behaviour", {"flags": ["="]}, "Flag 1: Write"),
        ("behaviour", {"flags": [{"name": "a"}]}, "Flag 1: There is no member “name”."),
        ("behaviour", {"flags": [1]}, "Flag 1: A flag must be an object in curly brackets."),
        ("reset", [], 'Send an object, {} or {"behaviour":true}.'),
        ("reset", {"all": True}, "There is no member “all”. These are: behaviour."),
        ("reset", {"behaviour": 1}, "behaviour must be true or false."),
    ],
)
def test_a_wrong_change_changes_nothing_and_is_told(
    sandbox: Sandbox, target: str, document: object, words: str
) -> None:
    before = Behaviour(quota_reached=True)
    sandbox.behave(before)
    post(sandbox, known())
    reply = change(sandbox, target, document)
    assert reply.status == 400
    assert error(reply).startswith(words)
    assert sandbox.behaviour is before
    assert len(sandbox.arrivals()) == 1


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("events?name=a", "“name” is no parameter here. These are: event, distinct_id, uuid, "),
        ("events?limit=-1", "limit needs a whole number, such as limit=100; “-1” is none."),
        ("events?limit=", "limit needs a whole number"),
        ("requests?outcome=good", "outcome is one of stored, refused, dropped; “good” is none."),
        ("summary?a=1", "“a” is no parameter here. This address takes none."),
        ("faults?a=1", "“a” is no parameter here."),
    ],
)
def test_a_wrong_question_is_told(sandbox: Sandbox, target: str, words: str) -> None:
    reply = exchange(sandbox, "GET", f"/_sandbox/{target}")
    assert reply.status == 400
    assert error(reply).startswith(words)


def test_what_is_no_json_is_told(sandbox: Sandbox) -> None:
    reply = exchange(sandbox, "POST", "/_sandbox/faults", b"503", {"Content-Type": "text/plain"})
    assert reply.status == 400
    assert error(reply) == "Send JSON, with the header Content-Type: application/json."
    assert exchange(sandbox, "POST", "/_sandbox/reset").status == 400
    reply = exchange(sandbox, "POST", "/_sandbox/faults", b"[", JSON)
    assert (reply.status, error(reply)[:17]) == (400, "This is not JSON:")
    charset = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert exchange(sandbox, "POST", "/_sandbox/faults", b"[]", charset).status == 200


def test_a_body_has_a_limit(sandbox: Sandbox) -> None:
    fits = b"[]" + b" " * (1024 * 1024 - 2)
    assert exchange(sandbox, "POST", "/_sandbox/faults", fits, JSON).status == 200
    reply = exchange(sandbox, "POST", "/_sandbox/faults", fits + b" ", JSON)
    assert (reply.status, error(reply)) == (413, "Send at most 1048576 bytes at once.")


def test_the_index_lists_what_there_is(sandbox: Sandbox) -> None:
    for path in ("/_sandbox", "/_sandbox/"):
        reply = exchange(sandbox, "GET", path)
        assert (reply.status, reply.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    for line in reply.body.splitlines():
        if line.startswith(("GET ", "POST")):
            method, path = line.split()[:2]
            headers = JSON if method == "POST" else {}
            assert exchange(sandbox, method, path, headers=headers).status in {200, 400}


def test_what_is_not_there_is_told(sandbox: Sandbox) -> None:
    reply = exchange(sandbox, "GET", "/_sandbox/nothing")
    assert reply.status == 404
    assert error(reply) == "There is no /_sandbox/nothing. GET /_sandbox lists what there is."
    reply = exchange(sandbox, "POST", "/_sandbox/events", b"{}", JSON)
    assert (reply.status, reply.headers["allow"]) == (405, "GET")
    assert exchange(sandbox, "DELETE", "/_sandbox/faults").headers["allow"] == "GET, POST"
    assert exchange(sandbox, "GET", "/_sandboxes").body == ""


def test_nothing_here_is_an_arrival(sandbox: Sandbox) -> None:
    for method, path in (("GET", ""), ("GET", "/events"), ("POST", "/x"), ("OPTIONS", "/events")):
        exchange(sandbox, method, f"/_sandbox{path}")
    assert exchange(sandbox, "HEAD", "/_sandbox/events").body == ""
    assert sandbox.arrivals() == ()


class Diary:
    """Writes down what a watcher is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def cleared(self) -> None:
        self.told.append("cleared")

    def behaviour_changed(self, behaviour: Behaviour) -> None:
        self.told.append(behaviour)


@pytest.fixture
def diary(sandbox: Sandbox) -> Iterator[Diary]:
    found = Diary()
    sandbox.watch(found)
    yield found
    sandbox.unwatch(found)


def test_changes_by_scripts_are_told(sandbox: Sandbox, diary: Diary) -> None:
    change(sandbox, "faults", ["503"])
    change(sandbox, "faults", ["503"])
    change(sandbox, "reset", {})
    expected = [Behaviour(rules=(parse_rule("503"),)), "cleared"]
    assert diary.told == expected
    sandbox.unwatch(diary)
    change(sandbox, "faults", [])
    assert diary.told == expected
