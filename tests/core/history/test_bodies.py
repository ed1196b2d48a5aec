"""Whatever stands in a body is found as a person reads it; project tokens are not."""

import json

import pytest
from hypothesis import given, settings

from composer.core.history.bodies import MOST_IDS, WHOLE, body_text
from composer.core.history.words import folded
from composer.core.jsontext import Layout, Number, Object, Value, encode
from tests.helpers.values import values

TOKEN = "phc_SecretSecretSecretSecret"


def leaves(value: Value) -> list[str]:
    match value:
        case Object(members=members):
            return [text for name, inner in members for text in (name, *leaves(inner))]
        case tuple():
            return [text for inner in value for text in leaves(inner)]
        case Number(text=text) | str(text):
            return [text]
        case _:
            return [json.dumps(value)]


@settings(max_examples=60)
@given(values)
def test_all_names_and_values_are_found(value: Value) -> None:
    text = body_text(encode(value, Layout.COMPACT).encode("utf-8", "backslashreplace"))
    for leaf in leaves(value):
        assert folded(leaf) in text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"name":"Zo\\u00eb"}', "name:zo\u00eb"),
        (b'{"a":{"b":[1.00,true,null]}}', "1.00\ntrue\nnull"),
        (b"event=plan+upgraded&distinct_id=7", "distinct_id=7"),
        (b'{"event":"cut off', '{"event":"cut off'),
        (b"\xff\xfe", "\ufffd"),
        (b"", ""),
    ],
)
def test_bodies_read_as_a_person_reads_them(body: bytes, found: str) -> None:
    assert found in body_text(body)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"api_key":"{TOKEN}","event":"paid"}}',
        f'{{"event":"paid","properties":{{"token":"{TOKEN}","again":"{TOKEN}"}}}}',
        f'{{"api_key":"{TOKEN}","batch":[{{"event":"paid"}}]',
        f'[{{"api_key":"{TOKEN}","event":"paid"}}, {{"token":"{TOKEN}"}}]',
    ],
)
def test_the_project_token_is_left_out(body: str) -> None:
    text = body_text(body.encode())
    assert "paid" in text
    assert folded(TOKEN) not in text


def test_a_deep_body_is_read() -> None:
    assert "deepest" in body_text(b'{"a":' * 300 + b'"deepest"' + b"}" * 300)


def test_a_large_batch_is_found_by_the_ids_of_all_its_events() -> None:
    events: list[dict[str, str | int]] = [
        {"event": "paid", "distinct_id": f"customer-{n}", "uuid": f"{n:032x}", "more": "x" * 200}
        for n in range(3000)
    ]
    events[7]["distinct_id"] = "Zo\u00eb \\ 7"
    events[8]["uuid"] = 12345
    body = json.dumps({"api_key": TOKEN, "batch": events}).encode()
    assert len(body) > WHOLE
    lines = body_text(body).split("\n")
    assert lines.count("event:paid") == 1
    assert {f"distinct_id:customer-{n}" for n in range(3000) if n != 7} < set(lines)
    assert f"uuid:{2999:032x}" in lines
    assert "distinct_id:zo\u00eb \\ 7" in lines
    assert "uuid:12345" in lines
    assert not any("xxx" in line or folded(TOKEN) in line for line in lines)


def test_what_is_taken_of_the_largest_batch_is_bounded() -> None:
    ids = b",".join(b'{"distinct_id":"%0200d"}' % number for number in range(25_000))
    text = body_text(b"[" + ids + b"]")
    assert f"{0:0200}" in text
    assert len(text) < MOST_IDS + 200


def test_a_large_body_that_is_no_json_is_read_all_the_same() -> None:
    broken = b'{"uuid":"\\ud","event":"one"' + b" " * WHOLE
    assert "event:one" in body_text(broken)
