"""Personal keys are found, refused and masked, however they are written."""

import json

import pytest
from hypothesis import given, strategies as st

from composer.core.destination import Destination, DestinationKind, personal_key_words
from composer.core.personal_keys import (
    PersonalKeyError,
    personal_key_in,
    refuse_personal_keys,
    without_personal_keys,
)
from composer.core.wire import WireRequest, build_request

KEY = "phx_" + "Ab3dE6gH" * 5
PLACE = Destination(
    id="x", name="X", kind=DestinationKind.SELF_HOSTED, address="https://posthog.example.com"
)


@pytest.mark.parametrize("token", [KEY, " phx_short ", "phx_"])
def test_a_personal_key_is_refused_as_a_token_with_the_next_step(token: str) -> None:
    assert "Use the project token" in personal_key_words(token)


@pytest.mark.parametrize("token", ["", "phc_a", "PHX_a", "xphx_a"])
def test_anything_else_is_not_called_a_personal_key(token: str) -> None:
    assert personal_key_words(token) == ""


@pytest.mark.parametrize(
    "body",
    [
        b'{"api_key": "phx_a"}',
        b'{"token": " phx_a"}',
        b'{"properties": {"token": "phx_a"}}',
        b'{"api_key": "phc_a", "batch": [{"$token": "phx_a"}]}',
        b'{"api_key": "ph\\u0078_a"}',
    ],
)
def test_a_body_with_a_personal_key_as_its_token_is_refused(body: bytes) -> None:
    assert personal_key_in(body).strip() == "phx_a"
    with pytest.raises(PersonalKeyError, match="Use the project token") as raised:
        refuse_personal_keys(build_request(body, PLACE, "/e/"))
    assert "phx_a" not in str(raised.value)


@pytest.mark.parametrize(
    "body", [b'{"api_key": "phc_a", "event": "phx_a"}', b'{"api_key": "phc_a"}', b"", b"phx_"]
)
def test_a_body_with_another_token_is_not(body: bytes) -> None:
    assert personal_key_in(body) == ""
    refuse_personal_keys(build_request(body, PLACE, "/e/"))


@pytest.mark.parametrize("spelled", [KEY, KEY.replace("p", "\\u0070", 1)])
def test_a_personal_key_anywhere_in_the_body_is_refused_as_well(spelled: str) -> None:
    body = f'{{"api_key": "phc_a", "properties": {{"note": "see {spelled}"}}}}'.encode()
    assert personal_key_in(body) == ""
    with pytest.raises(PersonalKeyError, match="personal key in the event"):
        refuse_personal_keys(build_request(body, PLACE, "/e/"))


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (f"https://h/e/?api_key={KEY}", ()),
        (f"https://h/e/?api_key={KEY.replace('_', '%5f')}", ()),
        ("https://h/e/", (("Authorization", f"Bearer {KEY}"),)),
        ("https://h/e/", (("authorization", "bearer phx_short"),)),
    ],
)
def test_a_personal_key_around_the_body_is_refused_too(
    url: str, headers: tuple[tuple[str, str], ...]
) -> None:
    request = WireRequest(method="POST", url=url, headers=headers, body=b"{}")
    with pytest.raises(PersonalKeyError, match="address or in a header"):
        refuse_personal_keys(request)


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"a {KEY}, b",
        f'{{"note": "{KEY}"}}',
        f"https://us.posthog.com/api?key={KEY.replace('_', '%5F')}",
        f"Authorization: Bearer {KEY}",
        json.dumps({"x": json.dumps({"y": KEY})}),
    ],
)
def test_a_personal_key_is_masked_wherever_it_stands(text: str) -> None:
    masked = without_personal_keys(text)
    assert KEY[4:] not in masked
    assert "phx_…" in masked
    assert without_personal_keys(masked) == masked


@pytest.mark.parametrize(
    "spelled", [KEY, KEY.replace("x", "\\u0078", 1), KEY.replace("_", "\\u005F"), "phx_short"]
)
def test_json_stays_json(spelled: str) -> None:
    body = f'{{"api_key": "{spelled}", "event": "paid"}}'
    assert json.loads(without_personal_keys(body)) == {"api_key": "phx_…", "event": "paid"}
    nested = json.dumps({"text": body})
    inner = json.loads(json.loads(without_personal_keys(nested))["text"])
    assert inner == {"api_key": "phx_…", "event": "paid"}


@pytest.mark.parametrize(
    "text",
    ["", "phx_airport_shuttle_terminal_4", "PHX is 100% open \\u0041", '{"code": "phx_short"}'],
)
def test_values_that_only_begin_like_one_stay(text: str) -> None:
    assert without_personal_keys(text) == text


@given(st.text(alphabet='phx_c\\u0078%5F" :token{}', max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = without_personal_keys(text)
    assert without_personal_keys(once) == once
