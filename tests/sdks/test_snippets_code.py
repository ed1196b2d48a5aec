"""Snippets of code in Python and JavaScript, run: the same bytes and headers arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from composer.core.snippets import Snippet, render
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from tests.helpers.curl_calls import BODIES, TOKEN, request_for
from tests.helpers.recorder import Received, Recorder, recording
from tests.helpers.snippets import run_node, run_python
from tests.sdks.sending import FOLDER

RUNS = {"python-httpx": run_python, "python-requests": run_python}
HARD = [
    b"",
    b"@file",
    b"'''\\n${x}`</script>#{1}",
    b"it's\n'''\n\"\"\"\\",
    "\ufeff\u2028é😀\x85\t\r\n".encode(),
    bytes(range(256)),
    b'{"api_key": "' + TOKEN.encode() + b'", "a": "' + TOKEN.encode() + b'\xff"}',
    b'{\n  "api_key": "' + TOKEN.encode() + b'",\n  "a": "\\u00e9 $x"\n}',
]


def run_in_node(snippets: Sequence[Snippet], folder: Path, **variables: str) -> None:
    run_node(FOLDER / "programs" / "snippets.mjs", snippets, folder, **variables)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with recording() as server:
        yield server


def requests_of(
    snippets: Sequence[Snippet], target: str, recorder: Recorder, folder: Path, **variables: str
) -> list[Received]:
    RUNS.get(target, run_in_node)(snippets, folder, **variables)
    return [recorder.next() for _ in snippets]


@pytest.mark.parametrize("target", ["python-httpx", "python-requests", "javascript-fetch"])
@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(BODIES, min_size=8, max_size=8))
@example(bodies=HARD)
def test_any_body_arrives_as_it_is(
    recorder: Recorder, tmp_path: Path, target: str, bodies: list[bytes]
) -> None:
    for key in (KeyMode.INLINE, KeyMode.ENV):
        requests = [request_for(body, recorder.address) for body in bodies]
        snippets = [render(target, request, key) for request in requests]
        received = requests_of(snippets, target, recorder, tmp_path, POSTHOG_PROJECT_TOKEN=TOKEN)
        assert [one.body for one in received] == bodies
        for one, request in zip(received, requests, strict=True):
            assert one.line == f"POST {request.target} HTTP/1.1"


@pytest.mark.parametrize("target", ["python-httpx", "python-requests"])
def test_python_sends_the_headers_of_the_request_and_no_others(
    recorder: Recorder, tmp_path: Path, target: str
) -> None:
    full = request_for(b"{}", recorder.address)
    odd = with_headers(full, ("X-Mark", ""), ("x-lower", "a, b"), ("Accept-Encoding", "gzip"))
    bare = replace(full, headers=full.headers[:1] + full.headers[-1:])
    requests = [full, odd, bare]
    snippets = [render(target, request, KeyMode.INLINE) for request in requests]
    for request, one in zip(
        requests, requests_of(snippets, target, recorder, tmp_path), strict=True
    ):
        assert sorted(one.headers) == sorted(request.headers)


def test_node_adds_only_the_headers_of_which_the_notes_speak(
    recorder: Recorder, tmp_path: Path
) -> None:
    request = with_headers(request_for(b"{}", recorder.address), ("X-Mark", "é".encode().hex()))
    snippet = render("javascript-fetch", request, KeyMode.INLINE)
    (one,) = requests_of([snippet], "javascript-fetch", recorder, tmp_path)
    sent = {name.lower(): value for name, value in one.headers}
    wanted = {name.lower(): value for name, value in request.headers}
    assert sent.items() >= wanted.items()
    said = "\n".join(snippet.notes).lower()
    assert [name for name in sent.keys() - wanted.keys() if name not in said] == []


def with_headers(request: WireRequest, *more: tuple[str, str]) -> WireRequest:
    return replace(request, headers=(*request.headers[:-1], *more, request.headers[-1]))
