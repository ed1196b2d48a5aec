"""Tokens in a body's text: found, and replaced without touching anything else."""

import json

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import encode, parse
from composer.core.tokens import KeyMode, carried, tokens_in, with_token

OLD, NEW = "phc_old", 'phc_"né\\w'
QUOTED = json.dumps(NEW, ensure_ascii=False)

bodies = [
    '{"api_key":"OLD","event":"a"}',
    ' {\r\n\t"event" : "\\"api_key\\": {", "n": 1.00, "\\u0061pi_key":"OLD" ,"x":[{"token":1}]} ',
    '{"api_key":"OLD","token":"OLD","$token":"OLD"}',
    '{"event":"a","properties":{"token":"OLD","a":{"token":"k"}}}',
    '{"api_key":"OLD","properties":{"token":"k"}}',
    '{"batch":[{"event":"a","api_key":"OLD"},{"event":"b"},3,[]],"api_key":"OLD"}',
    '[{"event":"a","properties":{"token":"OLD"}},{"token":"OLD"}]',
]


@pytest.mark.parametrize("body", bodies)
def test_only_the_token_changes(body: str) -> None:
    old = body.replace("OLD", OLD)
    assert with_token(old, NEW) == body.replace('"OLD"', QUOTED)
    assert tokens_in(old.encode()) == (OLD,)
    assert tokens_in(with_token(old, NEW).encode()) == (NEW,)


@given(token=st.text(min_size=1))
def test_a_token_is_found_however_it_is_spelled(token: str) -> None:
    body = f'{{"api_key" : {encode(token)}, "event": "e"}}'.encode()
    assert tokens_in(body) == (token,)


def test_every_token_of_a_body_is_found_once_and_in_order() -> None:
    events = (
        b'{"properties": {"token": "phc_b"}}, {"api_key": "phc_a"}, {"$token": "c"}, {"token": ""}'
    )
    body = b'{"api_key": "phc_\\u0061", "batch": [' + events + b"]}"
    assert tokens_in(body) == ("phc_a", "phc_b", "c")


@given(
    members=st.lists(
        st.tuples(
            st.sampled_from(["token", "$token", "api_key", "event", "properties", "batch"]),
            st.sampled_from(['"A"', '"B"', "1", "null", '{"token":"A"}', '[{"token":"B"}]']),
        ),
        max_size=3,
    )
)
def test_a_body_that_begins_with_its_token_is_read_the_same_without_parsing(
    members: list[tuple[str, str]],
) -> None:
    rest = "".join(f',"{name}":{value}' for name, value in members)
    begun, hidden = (f'{{"{name}":"A"{rest}}}'.encode() for name in ("api_key", "\\u0061pi_key"))
    assert tokens_in(begun) == tokens_in(hidden)


def test_a_body_that_is_cut_off_gives_up_its_tokens_too() -> None:
    body = b'{"api_key": "\xff", "batch": [{"token": "mine"}, {"$token": "a"}, {"token": "phc_b"},'
    assert tokens_in(body) == ("\ufffd", "a", "phc_b")


def test_a_copy_carries_the_key_as_chosen() -> None:
    token = "phc_0123456789abcdef"
    text = f'{{"api_key": "{token}", "note": "{token} it is"}}'
    assert carried(text, [token], KeyMode.INLINE) == text
    with_variable = text.replace(f'"{token}"', '"$POSTHOG_PROJECT_TOKEN"')
    assert carried(text, [token], KeyMode.ENV) == with_variable
    assert carried(text, [token], KeyMode.MASKED) == text.replace(f'"{token}"', '"phc_0123…cdef"')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"api_key":null}', f'{{"api_key":{QUOTED}}}'),
        ('{"api_key":{"a":[1]},"b":2}', f'{{"api_key":{QUOTED},"b":2}}'),
        ('{"event":"a"}', f'{{"api_key": {QUOTED}, "event":"a"}}'),
        ('{"properties":{"token":7}}', f'{{"api_key": {QUOTED}, "properties":{{"token":7}}}}'),
        ("{ }", f'{{"api_key": {QUOTED} }}'),
        ('{"batch":[{"event":"a"}]}', f'{{"api_key": {QUOTED}, "batch":[{{"event":"a"}}]}}'),
        ('[{"event":"a"}, 1]', f'[{{"api_key": {QUOTED}, "event":"a"}}, 1]'),
        ("[]", "[]"),
        ("17", "17"),
    ],
)
def test_a_body_without_a_token_gets_one(body: str, expected: str) -> None:
    assert with_token(body, NEW) == expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["api_key", "token", "batch", "properties", "a"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(value=json_values, indent=st.sampled_from([None, 0, 3]), token=st.text(max_size=8))
def test_any_body_stays_json_with_the_same_values(value: object, indent: int, token: str) -> None:
    text = json.dumps(value, indent=indent)
    filled = with_token(text, token)
    parse(filled)
    assert with_token(filled, token) == filled
    assert set(tokens_in(filled.encode())) <= {token}
    if isinstance(value, dict):
        assert json.loads(filled).keys() >= value.keys()
