"""How well a text fits what was typed."""

from functools import partial

import pytest
from hypothesis import given, strategies as st

from composer.ui.palette.matching import Grade, best, ranked, score


@pytest.mark.parametrize(
    ("query", "text", "grade"),
    [
        ("go", "Go to History", Grade.PREFIX),
        ("GO TO", "go to history", Grade.PREFIX),
        ("  go   to ", "Go to History", Grade.PREFIX),
        ("hist", "Go to History", Grade.WORD_START),
        ("history go", "Go to History", Grade.WORD_START),
        ("$page", "the $pageview event", Grade.WORD_START),
        ("page", "the $pageview event", Grade.WORD_START),
        ("view", "$pageview", Grade.INSIDE),
        ("gohi", "Go to History", Grade.SCATTERED),
        ("cpcrl", "Copy as curl", Grade.SCATTERED),
    ],
)
def test_a_text_fits_in_the_best_way_there_is(query: str, text: str, grade: Grade) -> None:
    found = score(query, text)
    assert found is not None
    assert found.grade is grade


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("x", "Go to History"),
        ("yrots", "Go to History"),
        ("gy", "Go to History"),  # two letters stand scattered in almost any text
        ("history batch", "Go to History"),
        ("a", ""),
    ],
)
def test_a_text_that_does_not_fit_has_no_score(query: str, text: str) -> None:
    assert score(query, text) is None


def test_prefix_comes_before_word_start_before_inside_before_scattered() -> None:
    texts = ["Bees end", "Lend me", "Open the end", "End of it"]
    assert [text for _, text in ranked(texts, partial(score, "end"))] == [
        "End of it",
        "Bees end",
        "Open the end",
        "Lend me",
    ]
    scattered = ranked(["Bees end", "a bed"], partial(score, "bed"))
    assert [text for _, text in scattered] == ["a bed", "Bees end"]


def test_of_two_texts_that_begin_alike_the_shorter_comes_first() -> None:
    found = ranked(["Set person properties", "Settings"], partial(score, "set"))
    assert [text for _, text in found] == ["Settings", "Set person properties"]


def test_letters_that_stand_close_together_count_for_more() -> None:
    close, far = score("abc", "x abxc"), score("abc", "axxxxbxxxxc")
    assert close is not None
    assert far is not None
    assert close < far


def test_an_empty_query_fits_everything_and_keeps_the_order() -> None:
    things = ["b", "a", ""]
    assert [thing for _, thing in ranked(things, partial(score, " "))] == things


def test_other_words_for_a_thing_count_a_grade_less_than_its_own() -> None:
    own, other = best("dark", "Dark mode"), best("dark", "Theme", ["Dark mode"])
    assert own is not None
    assert other is not None
    assert (own.grade, other.grade) == (Grade.PREFIX, Grade.WORD_START)
    assert best("drkmd", "Theme", ["Dark mode"]) is None


@given(st.text(max_size=30))
def test_every_text_fits_itself_and_its_own_beginning(text: str) -> None:
    own = score(text, text)
    beginning = score(text[:4], text)
    if text == " ".join(text.split()):
        assert own is not None
        assert own.grade is Grade.PREFIX
        assert beginning is not None


@given(st.text(max_size=12), st.text(max_size=30))
def test_a_score_means_that_the_letters_are_there(query: str, text: str) -> None:
    if score(query, text) is not None:
        assert set("".join(query.casefold().split())) <= set(text.casefold())
