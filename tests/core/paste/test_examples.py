"""Pastes as browsers, proxies, SDKs, logs and people make them, with what has to become of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from composer.core.jsontext import parse
from composer.core.paste import PasteError, read_pasted

FOLDER = Path(__file__).parent / "examples"
EXPECTED = ".expected.json"
EXAMPLES = sorted(
    path.relative_to(FOLDER)
    for path in FOLDER.rglob("*")
    if path.is_file() and not path.name.endswith(EXPECTED)
)


def outcome(data: bytes) -> dict[str, Any]:
    try:
        pasted = read_pasted(data)
    except PasteError as error:
        return {"error": str(error)}
    return {
        "format": str(pasted.format),
        "requests": [
            {
                "method": request.method,
                "url": request.url,
                "token": request.token,
                "text": request.text,
                "steps": list(request.steps),
                "remarks": [remark.name for remark in request.remarks],
                "events": [[draft.type_id, draft.payload.get("event")] for draft in request.drafts],
            }
            for request in pasted.requests
        ],
        "remarks": {remark.name: remark.words for remark in pasted.remarks},
    }


def test_there_are_more_than_sixty_examples() -> None:
    assert len(EXAMPLES) > 60


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_becomes_what_stands_beside_it(example: Path) -> None:
    path = FOLDER / example
    expected = json.loads(path.with_name(path.name + EXPECTED).read_text("utf-8"))
    assert outcome(path.read_bytes()) == expected
    for request in expected.get("requests", []):
        parse(request["text"])
