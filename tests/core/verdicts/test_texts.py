"""Texts of a value: the quick look for odd characters, and their places."""

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import from_python, get_at
from composer.core.verdicts.texts import BLANKS, HALF, HIDDEN, JOINERS, Mark, marks_in, spots

NESTED = st.recursive(
    st.none() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("sign", "mark"),
    [("\0", Mark.NULL), (chr(0xD83D), Mark.HALF), ("`", Mark.MARKUP), ("&amp;", Mark.MARKUP)]
    + [(sign, Mark.INVISIBLE) for sign in BLANKS + JOINERS + HIDDEN],
)
def test_a_sign_is_found_in_texts_and_keys_and_nothing_else_is(sign: str, mark: Mark) -> None:
    assert marks_in(from_python([{"a": [f"b{sign}"]}])) == {mark}
    assert marks_in(from_python({"a": {f"b{sign}": 1}})) == {mark}


def test_ordinary_text_has_no_marks() -> None:
    assert marks_in(from_python({"naïve": ["café 😀", "a & b <c>", 1, None, True]})) == frozenset()


@given(NESTED)
def test_half_a_character_is_found_exactly_where_one_stands(source: object) -> None:
    value = from_python(source)
    found = [spot for spot in spots(value, Mark.HALF) if HALF.search(spot.text)]
    assert bool(found) == (Mark.HALF in marks_in(value))


@given(NESTED)
def test_a_path_leads_to_its_text(source: object) -> None:
    value = from_python(source)
    for spot in spots(value, Mark.INVISIBLE):
        assert spot.path[-1] == spot.text if spot.is_key else get_at(value, spot.path) == spot.text
