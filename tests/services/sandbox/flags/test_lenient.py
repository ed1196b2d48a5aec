"""JSON5 is read as it means it, and what is neither JSON nor JSON5 is refused."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import JsonError, to_python
from composer.services.sandbox.flags.lenient import LONGEST, read_lenient


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":[1,2,],}', {"a": [1, 2]}),
        ("{a:1,$b:2,_c:3,true:4}", {"a": 1, "$b": 2, "_c": 3, "true": 4}),
        ("{'it\\'s':'say \"so\"'}", {"it's": 'say "so"'}),
        ("[NaN,Infinity,-Infinity,+NaN]", [None] * 4),
        ("[.5,5.,-.5e1,+7,0x1F,-0XA,5.e1]", [0.5, 5, -5.0, 7, 31, -10, 50.0]),
        ("// first\n[1,/* two */2]//", [1, 2]),
        ("'a\\\nb\\x41\\u00e9\\v\\0\\q'", "abAé\v\0q"),
        ('"\\ud83d\\ude00\\\n"', "\N{GRINNING FACE}"),
        ("\ufeff[true,false,null]", [True, False, None]),
        ('["NaN is no number, // nor a comment",]', ["NaN is no number, // nor a comment"]),
    ],
)
def test_json5_is_understood(text: str, expected: object) -> None:
    assert to_python(read_lenient(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "[,]", "{,}", "[1,,2]", "[1 2]", "{a}", "{a:}", "word", "[True]", "'open", "/* open"),
        *("01", "0x", "1x", "5.5.5", ".", "+-1", "'\\ud83d'", "[" * 300, '{"a":1}}', "#"),
    ],
)
def test_what_is_not_json5_is_refused(text: str) -> None:
    with pytest.raises(JsonError):
        read_lenient(text)


def test_a_very_long_text_has_to_be_json() -> None:
    blanks = " " * LONGEST
    assert read_lenient(f"[]{blanks}") == ()
    with pytest.raises(JsonError):
        read_lenient(f"[1,]{blanks}")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)


@given(VALUES)
def test_a_comment_in_front_changes_nothing(value: Any) -> None:
    text = json.dumps(value)
    try:
        plain = to_python(read_lenient(text))
    except JsonError:
        return  # half a character in a name: refused with and without the comment
    assert to_python(read_lenient(f"/**/{text}")) == plain


@given(st.text(alphabet="""{}[],:'"\\/*.+-0x1eNaN \n$\u00e9"""))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(JsonError):  # anything else that is raised fails the test
        assert to_python(read_lenient(text)) is not ...
