"""Snippets to run, and what is to be compared when they have run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from composer.core.snippets import Snippet
from composer.core.wire import WireRequest
from tests.helpers.curl_calls import request_for
from tests.helpers.node import NODE

EXAMPLES = Path(__file__).parents[1] / "core" / "examples.jsonl"
_ALL = "import runpy, sys\nfor path in sys.argv[1:]: runpy.run_path(path)"


def example_bodies() -> list[bytes]:
    """The catalogue's examples as request bodies."""
    lines = EXAMPLES.read_text("utf-8").splitlines()
    return [json.dumps(json.loads(line)["body"], ensure_ascii=False).encode() for line in lines]


def example_request(body: bytes, address: str) -> WireRequest:
    """The request that the app makes of an example."""
    return request_for(body, address, "/batch/" if b'"batch"' in body else "/i/v0/e/")


def run_python(snippets: Sequence[Snippet], folder: Path, **variables: str) -> None:
    """Run snippets in one process, one after the other."""
    _run([sys.executable, "-c", _ALL], snippets, folder, "py", variables)


def run_node(
    program: Path, snippets: Sequence[Snippet], folder: Path, *arguments: str, **variables: str
) -> None:
    """Run snippets in one process of Node.js, as ``program`` does."""
    _run([str(NODE), str(program), *arguments], snippets, folder, "mjs", variables)


def _run(
    command: list[str],
    snippets: Sequence[Snippet],
    folder: Path,
    ending: str,
    variables: dict[str, str],
) -> None:
    paths: list[str] = []
    for place, snippet in enumerate(snippets):
        path = folder / f"{place}.{ending}"
        path.write_bytes(snippet.text.encode())
        paths.append(str(path))
    done = subprocess.run(
        [*command, *paths],
        env=dict(variables),
        capture_output=True,
        timeout=50,
        check=False,
    )
    assert done.stderr.decode() == ""
    assert done.returncode == 0


def differing(composed: object, received: object) -> dict[str, tuple[str | None, str | None]]:
    """Where two JSON values differ: a path, and what stands there as text on either side."""
    before, after = dict(_leaves(composed, "")), dict(_leaves(received, ""))
    return {
        path: (before.get(path), after.get(path))
        for path in before | after
        if before.get(path) != after.get(path)
    }


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            yield path, "{}"
            for key, item in value.items():
                yield from _leaves(item, f"{path}.{key}" if path else key)
        case list():
            yield path, "[]"
            for place, item in enumerate(value):
                yield from _leaves(item, f"{path}[{place}]")
        case _:
            yield path, repr(value)
