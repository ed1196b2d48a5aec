"""Commands in the style of browsers, HTTP programs, documentation and people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from composer.core.curl import read

EXAMPLES = sorted(Path(__file__).with_name("examples").glob("*.txt"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_command_is_read_as_it_was_meant(file: Path) -> None:
    expected = json.loads(file.with_suffix(".json").read_bytes())
    got = read(file.read_bytes().decode())
    headers = {name: value for name, value in got.headers if name in expected["headers"]}
    assert {
        "shell": got.shell,
        "method": got.method,
        "url": got.url,
        "headers": headers,
        "body": got.body.decode(),
        "remarks": [remark.name for remark in got.remarks],
    } == expected


def test_every_remark_is_a_sentence() -> None:
    for file in EXAMPLES:
        for remark in read(file.read_bytes().decode()).remarks:
            assert remark.name
            assert remark.words[0].isupper() or remark.words.startswith("curl"), remark
            assert remark.words[-1] in ".…", remark


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 40
