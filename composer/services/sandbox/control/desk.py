"""Which addresses there are below ``/_sandbox``, and what each of them does.

It knows nothing of connections, and leaves to ``guard`` who may ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from composer.core.behaviour import Behaviour, RuleError, written_behaviour
from composer.services.ports import Sandbox
from composer.services.sandbox.control import changes
from composer.services.sandbox.control.lists import (
    EventFilter,
    Outcome,
    events_text,
    requests_text,
    summary,
)
from composer.services.sandbox.control.request import ControlError, ControlRequest, Reply, told

Action = Callable[[ControlRequest, Sandbox], Reply]


def reply(request: ControlRequest, sandbox: Sandbox) -> Reply:
    """Do what is asked for. Raises ``ControlError``."""
    found = _PLACES.get(request.path)
    if found is None:
        words = f"There is no /_sandbox/{request.path}. GET /_sandbox lists what there is."
        raise ControlError(HTTPStatus.NOT_FOUND, words)
    method = "GET" if request.method == "HEAD" else request.method
    action = found.get(method)
    if action is None:
        allowed = ", ".join(found)
        words = f"This address takes {allowed}."
        raise ControlError(HTTPStatus.METHOD_NOT_ALLOWED, words, ("allow", allowed))
    try:
        return action(request, sandbox)
    except RuleError as error:
        raise ControlError(HTTPStatus.BAD_REQUEST, str(error)) from None


def _index(request: ControlRequest, _: Sandbox) -> Reply:
    request.parameters()
    return Reply(text=(_INDEX,), content_type="text/plain; charset=utf-8")


def _events(request: ControlRequest, sandbox: Sandbox) -> Reply:
    asked = request.parameters("event", "distinct_id", "uuid", "limit")
    wanted = EventFilter(
        names=asked.get("event", ()),
        distinct_ids=asked.get("distinct_id", ()),
        uuids=asked.get("uuid", ()),
    )
    return Reply(text=events_text(sandbox, wanted, _limit(asked)))


def _requests(request: ControlRequest, sandbox: Sandbox) -> Reply:
    asked = request.parameters("outcome", "limit")
    outcome = _outcome(asked["outcome"][-1]) if "outcome" in asked else None
    return Reply(text=requests_text(sandbox, outcome, _limit(asked)))


def _summary(request: ControlRequest, sandbox: Sandbox) -> Reply:
    request.parameters()
    return told(summary(sandbox))


def _reset(request: ControlRequest, sandbox: Sandbox) -> Reply:
    both = changes.read_reset(request.document())
    sandbox.behave(Behaviour() if both else sandbox.behaviour)  # either way, rules count anew
    sandbox.clear()
    return told(summary(sandbox))


def _faults(request: ControlRequest, sandbox: Sandbox) -> Reply:
    request.parameters()
    return told(changes.written_rules(sandbox.behaviour.rules))


def _set_faults(request: ControlRequest, sandbox: Sandbox) -> Reply:
    rules = changes.read_rules(request.document())
    sandbox.behave(replace(sandbox.behaviour, rules=rules))
    return told(changes.written_rules(rules))


def _behaviour(request: ControlRequest, sandbox: Sandbox) -> Reply:
    request.parameters()
    return told(written_behaviour(sandbox.behaviour))


def _set_behaviour(request: ControlRequest, sandbox: Sandbox) -> Reply:
    behaviour = changes.changed(sandbox.behaviour, request.document())
    sandbox.behave(behaviour)
    return told(written_behaviour(behaviour))


def _limit(asked: dict[str, list[str]]) -> int | None:
    if "limit" not in asked:
        return None
    text = asked["limit"][-1]
    if not (text.isascii() and text.isdigit() and len(text) <= _LIMIT_DIGITS):
        words = f"limit needs a whole number, such as limit=100; “{text}” is none."
        raise ControlError(HTTPStatus.BAD_REQUEST, words)
    return int(text)


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text)
    except ValueError:
        words = f"outcome is one of {', '.join(Outcome)}; “{text}” is none."
        raise ControlError(HTTPStatus.BAD_REQUEST, words) from None


_LIMIT_DIGITS = 9
_PLACES: dict[str, dict[str, Action]] = {
    "": {"GET": _index},
    "events": {"GET": _events},
    "requests": {"GET": _requests},
    "summary": {"GET": _summary},
    "reset": {"POST": _reset},
    "faults": {"GET": _faults, "POST": _set_faults},
    "behaviour": {"GET": _behaviour, "POST": _set_behaviour},
}
_INDEX = """\
The sandbox of Event Composer, for scripts. It shows the newest requests that it keeps.

GET  /_sandbox/events     stored events, oldest first
                          event=, distinct_id=, uuid= choose some; limit= the newest so many
GET  /_sandbox/requests   requests, good and bad, oldest first
                          outcome=stored, refused or dropped; limit= the newest so many
GET  /_sandbox/summary    how many requests arrived (total) and were refused,
                          how many events were stored and dropped
POST /_sandbox/reset      forget what arrived, and count for rules from the start;
                          {"behaviour":true} resets the switches, too
GET  /_sandbox/faults     the rules by which requests fail
POST /_sandbox/faults     other rules, such as ["503 share=0.2", "reset path=/batch nth=3"]
GET  /_sandbox/behaviour  all switches
POST /_sandbox/behaviour  other switches, such as {"quota_reached":true}; the others stay

A POST needs the header Content-Type: application/json.
"""
