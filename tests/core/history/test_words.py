"""A search text is cut into words as a person means it, and texts are compared without capitals."""

import pytest
from hypothesis import given, strategies as st

from composer.core.history.words import (
    LONGEST_SEARCH,
    MOST_WORDS,
    SEPARATOR,
    contains,
    folded,
    joined,
    words_of,
)
from tests.helpers.values import texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ('  "" " " ', ()),
        ("Plan upgraded", ("plan", "upgraded")),
        ('"Plan upgraded"', ("plan upgraded",)),
        ('"plan":"pro"', ("plan:pro",)),
        ('"n":1.00', ("n:1.00",)),
        ('"event": "a b"', ("event:", "a b")),
        ('an "open quote', ("an", "open quote")),
        ("two\ttwo\nlines", ("two", "lines")),
        ("Zoe\u0308 ZO\u00cb", ("zo\u00eb",)),
        ("\ud83d", ("\\ud83d",)),
        ("STRASSE Stra\u00dfe", ("strasse",)),
    ],
)
def test_quotes_hold_words_together(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_a_search_text_is_bounded() -> None:
    assert words_of("a" * 2 * LONGEST_SEARCH) == ("a" * LONGEST_SEARCH,)
    assert len(words_of(" ".join(map(str, range(100))))) == MOST_WORDS


@given(texts, texts)
def test_no_search_reaches_from_one_part_into_the_next(left: str, right: str) -> None:
    both = joined((left, right))
    assert both.count(SEPARATOR) <= 1
    assert all(SEPARATOR not in word for word in words_of(left + SEPARATOR + right))


@given(st.lists(texts, max_size=4))
def test_parts_are_folded_as_each_of_them_is(parts: list[str]) -> None:
    assert joined(parts) == SEPARATOR.join(folded(part) for part in parts if part)


@given(texts)
def test_folding_once_is_enough_and_gives_what_utf_8_can_hold(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    once.encode()


def test_words_are_found_in_the_brief_text_if_all_are_short() -> None:
    assert contains(("ab",), "abc", "")
    assert not contains(("ab",), "", "abc")
    assert contains(("ab", "abc"), "", "abc")
    assert not contains(("abc", "xy"), "xy", "abc")
