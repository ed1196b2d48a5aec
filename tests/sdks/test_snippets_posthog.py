"""Snippets for PostHog's libraries, run with the real ones: every difference has been told."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from composer.core.snippets import Snippet, render
from composer.core.tokens import KeyMode
from tests.helpers.curl_calls import request_for
from tests.helpers.recorder import Recorder, recording
from tests.helpers.snippets import (
    differing,
    example_bodies,
    example_request,
    run_node,
    run_python,
)
from tests.sdks.sending import FOLDER, TOKEN

HARD = (
    '{"token":"' + TOKEN + '","event":"it\'s \\"e\\" \\ud83d #{1} ${2} `","distinct_id":12,'
    '"uuid":"no","timestamp":"yesterday","type":"capture","$set":{"a":1},"properties":{"a":1e3,'
    '"b":1.00,"c":-0,"d":9007199254740993,"e":12345678901234567890123,"f":[0.1,1e-7,1e400],'
    '"__proto__":{"x":1},"2":1,"1":2,"i":{},"j":[[],{}],"k":"</script>\\u2028\\u0000\\n",'
    '"b":2.50,"token":"' + TOKEN + '","$lib":"own","$process_person_profile":false}}'
).encode()
BODIES = [*example_bodies(), HARD]
PAGE_EXAMPLES = [*BODIES[1:20:5], BODIES[59], BODIES[60], HARD]


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with recording() as server:
        yield server


def run_in_pages(snippets: Sequence[Snippet], folder: Path, **_: str) -> None:
    run_node(FOLDER / "programs" / "snippets-in-pages.mjs", snippets, folder)


def run_in_node(snippets: Sequence[Snippet], folder: Path, **variables: str) -> None:
    run_node(FOLDER / "programs" / "snippets.mjs", snippets, folder, **variables)


@pytest.mark.parametrize(
    ("target", "run", "bodies"),
    [
        ("posthog-python", run_python, BODIES),
        ("posthog-node", run_in_node, BODIES),
        ("posthog-js", run_in_pages, PAGE_EXAMPLES),
    ],
)
def test_events_arrive_as_composed_but_for_what_the_notes_say(
    recorder: Recorder,
    tmp_path: Path,
    target: str,
    run: Callable[..., None],
    bodies: Sequence[bytes],
) -> None:
    snippets = [
        render(target, example_request(body, recorder.address), KeyMode.INLINE) for body in bodies
    ]
    run(snippets, tmp_path)
    received = arrived(recorder)
    for body, snippet in zip(bodies, snippets, strict=True):
        for composed in events_in(body):
            # Each event may be a request of its own, and one may overtake another.
            found = [undeclared(composed, one, snippet.notes) for one in received]
            untold = min(found, key=len)
            del received[found.index(untold)]
            assert (composed["event"], untold) == (composed["event"], {})
    assert received == []


@pytest.mark.parametrize(
    ("target", "run"), [("posthog-python", run_python), ("posthog-node", run_in_node)]
)
def test_the_token_can_come_from_the_environment(
    recorder: Recorder, tmp_path: Path, target: str, run: Callable[..., None]
) -> None:
    snippet = render(target, request_for(HARD, recorder.address), KeyMode.ENV)
    assert TOKEN not in snippet.text
    run([snippet], tmp_path, POSTHOG_PROJECT_TOKEN=TOKEN)
    (event,) = arrived(recorder)
    assert event["properties"]["token"] == TOKEN


def arrived(recorder: Recorder) -> list[dict[str, Any]]:
    """The events of all requests so far, in the order in which they came."""
    requests = [recorder.next() for _ in range(recorder.requests.qsize())]
    events: list[dict[str, Any]] = []
    for request in requests:
        if request.line.startswith("POST "):
            body = request.body
            read = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
            events += read if isinstance(read, list) else read.get("batch", [read])
    return events


def events_in(body: bytes) -> list[dict[str, Any]]:
    composed = json.loads(body)
    return composed.get("batch", [composed])


def undeclared(
    composed: dict[str, Any], received: dict[str, Any], notes: Sequence[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Differences of which no note speaks: by full path if both sides have the field."""
    said = "\n".join(notes)
    found = differing(composed, received)
    for token in ("api_key", "token"):
        found.pop(token, None)
    return {
        path: (before, after)
        for path, (before, after) in found.items()
        if not is_told(path, before, after, said)
    }


def is_told(path: str, before: str | None, after: str | None, said: str) -> bool:
    """A field that was there before is named in full; one that came in addition by its name."""
    if path == "properties":
        return (before, after) == (None, "{}")
    if before is None and "It adds more about the page" in said:
        return True
    name = re.split(r"[.\[]", path.removeprefix("properties."))[0]
    if after is None and "." in path.removeprefix("properties."):  # what holds it may be gone
        path = path.rpartition(".")[0]
    words = [name] if before is None or not path.startswith("properties.") else [path]
    words.append(f"repeated {name}")
    return any(re.search(rf"(?<![\w$]){re.escape(word)}(?!\w|\.\w|\[)", said) for word in words)
