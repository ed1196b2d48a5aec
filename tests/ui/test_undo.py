"""Steps over whole drafts: which of them become one, and how many are kept."""

from datetime import timedelta

import pytest

from composer.core.draft import Draft, first_draft
from composer.ui.undo import MERGE_WITHIN, STEPS, DraftStep, draft_stack
from tests.helpers.clock import START

FIRST = first_draft(token="phc_x", uuid="u", timestamp="2026-11-21T09:30:00.000Z")
AT_ONCE = timedelta()


def person(name: str) -> Draft:
    return FIRST.with_value(("distinct_id",), name)


class Typing:
    """A stack, and the draft that it shows."""

    def __init__(self) -> None:
        self.stack = draft_stack()
        self.shown = FIRST
        self.at = START

    def show(self, draft: Draft) -> None:
        self.shown = draft

    def type(self, name: str, *, after: timedelta = AT_ONCE, merge: str = "distinct_id") -> None:
        self.at += after
        step = DraftStep(self.shown, person(name), at=self.at, merge=merge, show=self.show)
        self.stack.push(step)

    @property
    def person(self) -> object:
        return self.shown.payload.get("distinct_id")


def test_pushing_a_step_shows_it_and_undo_shows_the_one_before() -> None:
    typing = Typing()
    typing.type("a")
    assert typing.person == "a"
    typing.stack.undo()
    assert typing.shown == FIRST
    typing.stack.redo()
    assert typing.person == "a"


@pytest.mark.parametrize(("after", "steps"), [(MERGE_WITHIN, 1), (MERGE_WITHIN * 1.01, 2)])
def test_keystrokes_are_one_step_while_they_follow_fast(after: timedelta, steps: int) -> None:
    typing = Typing()
    typing.type("a")
    typing.type("ab", after=after)
    assert typing.stack.count() == steps
    typing.stack.undo()
    assert typing.person == ("customer-42" if steps == 1 else "a")
    typing.stack.redo()
    assert typing.person == "ab"


def test_the_pause_counts_from_the_last_keystroke() -> None:
    typing = Typing()
    for length in range(1, 6):
        typing.type("a" * length, after=MERGE_WITHIN * 0.9)
    assert typing.stack.count() == 1


@pytest.mark.parametrize("other", ["event", ""])
def test_steps_in_different_places_or_in_none_stay_apart(other: str) -> None:
    typing = Typing()
    typing.type("a", merge="distinct_id" if other else "")
    typing.type("ab", merge=other)
    assert typing.stack.count() == 2


def test_after_an_undo_typing_begins_another_branch() -> None:
    typing = Typing()
    typing.type("a", merge="")
    typing.type("b", merge="")
    typing.stack.undo()
    typing.type("c", merge="")
    assert not typing.stack.canRedo()
    typing.stack.undo()
    assert typing.person == "a"


def test_only_the_last_steps_are_kept() -> None:
    typing = Typing()
    for number in range(STEPS + 5):
        typing.type(str(number), merge="")
    assert typing.stack.count() == STEPS
    for _ in range(STEPS):
        typing.stack.undo()
    assert typing.person == "4"
    assert not typing.stack.canUndo()
