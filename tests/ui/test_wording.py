"""Numbers and names in words."""

import pytest
from hypothesis import given, strategies as st

from composer.ui.wording import breakable, counted, milliseconds_text, shortened


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0.42, "0.4 ms"), (12.4, "12 ms"), (999.4, "999 ms"), (1311, "1.3 s"), (30_000, "30 s")],
)
def test_a_span_of_time_is_short(milliseconds: float, words: str) -> None:
    assert milliseconds_text(milliseconds) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 bytes"), (1, "1 byte"), (12_408, "12,408 bytes")]
)
def test_one_is_singular_and_thousands_are_set_apart(number: int, words: str) -> None:
    assert counted(number, "byte") == words


def test_a_long_name_is_cut_and_shows_it() -> None:
    assert shortened("Self-hosted", 11) == "Self-hosted"
    assert shortened("Self-hosted", 8) == "Self-ho…"


@given(st.text(alphabet="ab\n ", max_size=200))
def test_a_long_word_can_be_broken_and_loses_nothing(text: str) -> None:
    parted = breakable(text)
    assert parted.replace("\u200b", "") == text
    assert max((len(piece) for piece in parted.replace("\u200b", " ").split()), default=0) <= 24
