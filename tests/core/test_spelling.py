"""How PostHog spells values as text."""

import json
import sys
from typing import Any

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import from_python, parse
from composer.core.spelling import shown, text_of, trimmed

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(PLAIN.filter(lambda value: not isinstance(value, str)))
def test_a_value_without_fractions_is_spelled_as_compact_json_with_sorted_keys(value: Any) -> None:
    witness = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert parse(text_of(from_python(value))) == parse(witness)
    assert len(text_of(from_python(value))) <= len(json.dumps(value, separators=(",", ":")))


@pytest.mark.parametrize(
    ("spelled", "stored"),
    [
        ("23", "23"),
        ("-0", "-0.0"),
        ("23.0", "23.0"),
        ("1e3", "1000.0"),
        ("1E16", "1e16"),
        ("0.00001", "0.00001"),
        ("0.000012", "0.000012"),
        ("-1.2e-5", "-0.000012"),
        ("1.5e-7", "1.5e-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "1.8446744073709552e19"),
        ('{"b": 1, "a": 2, "b": 3}', '{"a":2,"b":3}'),
        ('"text"', "text"),
        ("null", "null"),
        ("1.50", "1.5"),
        ("1e15", "1000000000000000.0"),
        ("1e16", "1e16"),
        ("1e-5", "0.00001"),
        ("-1.234e-5", "-0.00001234"),
        ("1e-6", "1e-6"),
        ("5e-324", "5e-324"),
        ("-9223372036854775809", "-9.223372036854776e18"),
        ("true", "true"),
        ("[ ]", "[]"),
        ('["a", "b"]', '["a","b"]'),
        ('{"b": 1.10, "a": {"d": 1, "c": null}, "b": 2}', '{"a":{"c":null,"d":1},"b":2}'),
        ('["\\u0001\\u007f\\u2028\\/\\""]', '["\\u0001\x7f\u2028/\\""]'),
    ],
)
def test_a_value_is_spelled_as_the_service_writes_it_again(spelled: str, stored: str) -> None:
    assert text_of(parse(spelled)) == stored


def test_white_space_goes_from_both_ends_only() -> None:
    assert trimmed(" \t\r\n a b \u3000") == "a b"


@pytest.mark.parametrize("character", "\x1c\x1d\x1e\x1f")
def test_separators_are_no_white_space(character: str) -> None:
    assert character.isspace()
    assert trimmed(character) == character


def test_all_else_is_as_python_sees_it() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if character not in "\x1c\x1d\x1e\x1f":
            assert (trimmed(character) == "") is character.isspace()


def test_long_text_is_cut_for_a_sentence() -> None:
    assert shown("anna") == "“anna”"
    assert shown("a" * 50) == f"“{'a' * 40}…”"
