"""Blocks of rows know their members by position."""

from composer.core.jsontext import Number, Object
from composer.ui.form.members import (
    Block,
    is_alone,
    with_member_added,
    with_member_at,
    without_member_at,
)

FREE = Block(
    path=("properties",),
    noun="Property",
    taken={"title": "Page title"},
    taken_prefixes=("answer_",),
)
DOUBLE = Object((("a", "1"), ("title", "old"), ("a", "2"), ("title", "new"), ("answer_x", "9")))


def test_the_free_block_leaves_out_what_has_a_field() -> None:
    assert FREE.positions(DOUBLE) == [0, 1, 2], "the first title is shown nowhere else"


def test_a_block_with_a_prefix_shows_only_that() -> None:
    answers = Block(path=("properties",), noun="Answer", prefix="answer_")
    assert answers.positions(DOUBLE) == [4]
    assert answers.label_of("answer_x") == "x"


def test_members_change_in_their_place() -> None:
    assert with_member_at(DOUBLE, 2, "b", Number("3")).members[2] == ("b", Number("3"))
    assert with_member_added(DOUBLE, "a", "3").members[-1] == ("a", "3")
    assert [key for key, _ in without_member_at(DOUBLE, 0)][:2] == ["title", "a"]
    assert not is_alone(DOUBLE, "a")
    assert is_alone(DOUBLE, "answer_x")


def test_what_is_wrong_with_a_key_is_said_at_its_row() -> None:
    members = Object((("a", "1"), ("a", "2"), ("", "3"), ("fine", "4"), ("title", "5")))
    said = FREE.key_problems(members, [0, 1, 2, 3, 4])
    assert said[0] == said[1] == "This name is there twice. PostHog keeps the last one: change it."
    assert said[2] == "Give this property a name."
    assert said[3] == ""
    assert said[4] == "“Page title” in this form shows it from now on."
