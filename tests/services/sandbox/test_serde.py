"""JSON as serde_json reads it; the expected words were taken from serde_json itself."""

import json

import pytest
from hypothesis import given, strategies as st

from composer.core import jsontext
from composer.services.sandbox import serde

REFUSED = [
    ("", "EOF while parsing a value at line 1 column 0"),
    (" ", "EOF while parsing a value at line 1 column 1"),
    ("  \n\n ", "EOF while parsing a value at line 3 column 1"),
    ("{", "EOF while parsing an object at line 1 column 1"),
    ("[", "EOF while parsing a list at line 1 column 1"),
    ("[1", "EOF while parsing a list at line 1 column 2"),
    ("[1,", "EOF while parsing a value at line 1 column 3"),
    ("[1,]", "trailing comma at line 1 column 4"),
    ("[,]", "expected value at line 1 column 2"),
    ("[1 2]", "expected `,` or `]` at line 1 column 4"),
    ('{"a"', "EOF while parsing an object at line 1 column 4"),
    ('{"a":', "EOF while parsing a value at line 1 column 5"),
    ('{"a":1,', "EOF while parsing a value at line 1 column 7"),
    ('{"a":1,}', "trailing comma at line 1 column 8"),
    ("{a", "key must be a string at line 1 column 2"),
    ("{1:2}", "key must be a string at line 1 column 2"),
    ('{"a" 1}', "expected `:` at line 1 column 6"),
    ('{"a":1 "b"}', "expected `,` or `}` at line 1 column 8"),
    ("nul", "EOF while parsing a value at line 1 column 3"),
    ("trux", "expected ident at line 1 column 4"),
    ("[tru]", "expected ident at line 1 column 5"),
    ('"abc', "EOF while parsing a string at line 1 column 4"),
    ('"a\\', "EOF while parsing a string at line 1 column 3"),
    ('"a\\x"', "invalid escape at line 1 column 4"),
    ('"a\\u12"', "EOF while parsing a string at line 1 column 7"),
    ('"a\\u12zz"', "invalid escape at line 1 column 8"),
    ('"\\ud800"', "unexpected end of hex escape at line 1 column 8"),
    ('"\\ud800\\n"', "unexpected end of hex escape at line 1 column 9"),
    ('"\\ud800\\u0041"', "lone leading surrogate in hex escape at line 1 column 13"),
    ('"\\udc00"', "lone leading surrogate in hex escape at line 1 column 7"),
    (
        '"a\nb"',
        r"control character (\u0000-\u001F) found while parsing a string at line 2 column 0",
    ),
    ("-", "EOF while parsing a value at line 1 column 1"),
    ("-a", "invalid number at line 1 column 2"),
    ("01", "invalid number at line 1 column 2"),
    ("1.", "EOF while parsing a value at line 1 column 2"),
    ("1.a", "invalid number at line 1 column 3"),
    ("1e+", "EOF while parsing a value at line 1 column 3"),
    ("1ea", "invalid number at line 1 column 3"),
    ("[1e999]", "number out of range at line 1 column 6"),
    ("-1e999", "number out of range at line 1 column 6"),
    ("2" + "0" * 308, "number out of range at line 1 column 309"),
    ("1e2147483648", "number out of range at line 1 column 12"),
    ("\ufeff{}", "expected value at line 1 column 1"),
    ("NaN", "expected value at line 1 column 1"),
    ("-Infinity", "invalid number at line 1 column 2"),
    ("[" * 128 + "]" * 128, "recursion limit exceeded at line 1 column 128"),
    ('{"a":' * 128, "recursion limit exceeded at line 1 column 636"),
    ('{"é":}', "expected value at line 1 column 7"),
    ("[\n\n1,\n}", "expected value at line 4 column 1"),
]
TRAILING = [
    ("{}", " x", "trailing characters at line 1 column 4"),
    ('{"a":1}', "}", "trailing characters at line 1 column 8"),
    ('{"event":"é"}', "\n]", "trailing characters at line 2 column 1"),
    ('"é"', " x", "trailing characters at line 1 column 6"),
]
READ = [
    '"\\ud83d\\ude00"',
    '"\\\\ud800"',
    '"\\u0000"',
    "1e-999",
    "0e99999999999",
    "1" + "0" * 308,
    "[" * 127 + "]" * 127,
    '{"id":"0190f3c2-1e123-7000"}',
    ' \t\r\n{"a": [true, false, null]} ',
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_fault_is_named_as_serde_names_it(text: str, words: str) -> None:
    with pytest.raises(serde.SerdeError) as caught:
        serde.read(text)
    assert str(caught.value) == words


@pytest.mark.parametrize(("text", "rest", "words"), TRAILING)
def test_what_follows_a_value_is_told_beside_the_value(text: str, rest: str, words: str) -> None:
    document = serde.read(text + rest)
    assert str(document.trailing) == words
    assert document.value == jsontext.parse(text)


@pytest.mark.parametrize("text", READ)
def test_what_only_looks_suspicious_is_read(text: str) -> None:
    assert serde.read(text) == serde.Document(value=jsontext.parse(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("-5", -5),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775808", None),
        ("1" * 5000, None),
        ("10.0", None),
        ("1e1", None),
        ("-0", None),
        ('"5"', None),
        ("null", None),
    ],
)
def test_only_64_signed_bits_are_a_whole_number(text: str, number: int | None) -> None:
    assert serde.whole_number(jsontext.parse(text)) == number


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("aé\n", max_size=3), inner),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_sound_json_is_read_exactly(value: object, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert serde.read(text) == serde.Document(value=jsontext.parse(text))


@given(st.text(r'{}[]:,"\u0d8eE+-.tfn ' + "\n\x01é", max_size=30))
def test_any_text_is_read_or_refused_in_serdes_form(text: str) -> None:
    words = _words_of_refusal(text)
    if words is None:
        assert (serde.read(text).trailing is None) is _is_json(text)
    else:
        assert " at line " in words


def _words_of_refusal(text: str) -> str | None:
    try:
        serde.read(text)
    except serde.SerdeError as error:
        return str(error)
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
