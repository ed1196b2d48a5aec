"""How much of a long text is shown, and what is said of it."""

import pytest

from composer.ui import passages


def test_a_long_body_is_cut_at_a_line_and_says_so() -> None:
    text = "x" * 99 + "\n"
    passage = passages.passage(text * 5000)
    assert len(passage.full) == 500_000
    assert passages.SHOWN - 200 < len(passage.shown) <= passages.SHOWN
    assert passage.shown.endswith("x" * 99)
    assert passage.note == "The first 199,999 of 500,000 characters. Copy takes all of them."


def test_a_long_body_without_lines_is_cut_too() -> None:
    assert len(passages.passage("x" * 300_000).shown) == passages.SHOWN


@pytest.mark.parametrize(("text", "is_json"), [(' \n{"a": 1}', True), ("[1]", True), ("no", False)])
def test_json_is_told_from_other_text(text: str, is_json: bool) -> None:
    assert passages.passage(text).is_json == is_json
