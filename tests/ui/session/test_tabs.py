"""Drafts as tabs: each has its own text, undo history and marks; the one in front is shown."""

from __future__ import annotations

import pytest

from composer.core.destination import SANDBOX_TOKEN
from composer.core.draft import Draft
from composer.core.jsontext import Layout
from composer.core.records import Workspace
from composer.core.settings import Settings
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.session.tabs import CLOSED
from composer.ui.session.titles import title_of
from tests.helpers.clock import StandingClock


class Desk:
    """A session, and what it told."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.clock = StandingClock()
        self.preferences = Preferences(Settings())
        self.preferences.locate_sandbox("http://127.0.0.1:8810")
        self.session = Session(self.clock, self.preferences, workspace)
        self.shown: list[Draft] = []
        self.switches = 0
        self.session.draft_changed.connect(self.shown.append)
        self.session.switched.connect(self._count)

    def _count(self) -> None:
        self.switches += 1

    def name(self, event: str) -> None:
        self.session.set_value(("event",), event)

    def open(self, event: str) -> int:
        """A tab with an event of that name; its id."""
        self.session.open_tab()
        self.name(event)
        return self.session.tab.id

    @property
    def events(self) -> list[object]:
        return [tab.draft.payload.get("event") for tab in self.session.tabs]

    @property
    def event(self) -> object:
        return self.session.draft.payload.get("event")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_new_tab_has_a_fresh_event_of_the_same_type_behind_the_one_in_front(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.open("last")
    desk.session.switch_to(first)
    desk.session.choose_type("pageview")
    desk.session.open_tab()
    assert desk.session.draft.type_id == "pageview"
    assert desk.session.token == SANDBOX_TOKEN
    assert desk.session.current == 1
    assert desk.events == ["$pageview", "$pageview", "last"]
    assert not desk.session.undo_stack.canUndo()


def test_undo_and_redo_survive_going_from_tab_to_tab(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.name("one")
    second = desk.open("two")
    desk.session.switch_to(first)
    assert desk.event == "one"
    desk.session.undo_group.undo()
    assert desk.event == "plan upgraded"
    desk.session.switch_to(second)
    assert desk.event == "two"
    desk.session.undo_group.undo()
    assert desk.event == ""
    desk.session.switch_to(first)
    desk.session.undo_group.redo()
    assert desk.event == "one"
    desk.session.switch_to(second)
    desk.session.undo_group.redo()
    assert desk.event == "two"


def test_coming_to_the_front_is_told_once_and_is_no_step_to_undo(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.open("two")
    desk.shown.clear()
    desk.switches = 0
    desk.session.switch_to(first)
    assert (desk.switches, len(desk.shown)) == (1, 1)
    assert not desk.session.undo_stack.canUndo()
    desk.session.switch_to(first)
    assert (desk.switches, len(desk.shown)) == (1, 1)


def test_text_that_does_not_parse_stays_in_its_tab(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.session.set_text("{ broken")
    desk.session.open_tab()
    assert desk.session.obstacle == ""
    assert desk.session.request is not None
    desk.session.switch_to(first)
    assert desk.session.text == "{ broken"
    assert desk.session.request is None


def test_parked_drafts_are_those_of_their_tab(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.session.choose_type("pageview")
    desk.session.open_tab()
    assert desk.session.parked == ()
    desk.session.switch_to(first)
    desk.session.choose_type("custom")
    assert desk.event == "plan upgraded"


def test_an_answer_that_comes_when_its_tab_is_behind_marks_that_tab(desk: Desk) -> None:
    first, sent = desk.session.tab.id, desk.session.draft
    desk.session.mark_tried(sent)
    desk.session.open_tab()
    desk.session.mark_accepted(sent)
    assert not desk.session.is_accepted
    desk.session.switch_to(first)
    assert desk.session.is_accepted
    assert desk.session.draft is sent
    desk.name("other")
    assert desk.session.draft.ids != sent.ids


def test_large_text_is_taken_over_by_its_tab_wherever_that_is(desk: Desk) -> None:
    first = desk.session.tab.id
    text = desk.session.text.replace("plan upgraded", "pasted")
    desk.session.await_text(text)
    assert desk.session.is_reading
    desk.session.open_tab()
    assert not desk.session.is_reading
    shown = desk.session.draft
    desk.session.take_text(text, desk.session.tabs[0].draft.with_text(text))
    assert desk.session.draft is shown
    desk.session.switch_to(first)
    assert not desk.session.is_reading
    assert desk.event == "pasted"
    desk.session.undo_group.undo()
    assert desk.event == "plan upgraded"


def test_text_that_nobody_waits_for_any_more_is_left(desk: Desk) -> None:
    desk.session.await_text("{ one")
    desk.session.set_text("{ two")
    desk.session.take_text("{ one", desk.session.draft.with_text("{ one"))
    assert desk.session.text == "{ two"


def test_unread_text_is_kept_as_it_is_typed(desk: Desk) -> None:
    desk.session.await_text("{ much")
    (kept,) = desk.session.kept
    assert kept.unread == "{ much"
    again = Desk(Workspace(tabs=desk.session.kept))
    assert again.session.is_reading
    assert again.session.text == "{ much"
    again.session.settle()
    assert again.session.draft.source == "{ much"


# The destination is the window's


def test_a_tab_takes_over_the_destination_when_it_comes_to_the_front(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.open("two")
    desk.preferences.change(destination_id="eu")
    desk.session.set_token("phc_eu")
    assert desk.session.tabs[0].draft.token == SANDBOX_TOKEN
    desk.session.switch_to(first)
    assert desk.session.token == "phc_eu"
    assert desk.session.request is not None
    assert desk.session.request.url == "https://eu.i.posthog.com/i/v0/e/"
    desk.session.undo_group.undo()
    assert desk.session.token == SANDBOX_TOKEN


def test_a_token_changed_in_one_tab_is_followed_by_those_that_had_the_old_one(desk: Desk) -> None:
    first = desk.session.tab.id
    by_hand = desk.open("by hand")
    desk.session.set_text(desk.session.text.replace(SANDBOX_TOKEN, "phc_by_hand"))
    desk.open("three")
    desk.session.set_token("phc_new")
    desk.session.switch_to(first)
    assert desk.session.token == "phc_new"
    desk.session.switch_to(by_hand)
    assert desk.session.token == "phc_by_hand"


def test_a_tab_follows_the_layout_when_it_comes_to_the_front(desk: Desk) -> None:
    first = desk.session.tab.id
    assert "\n" in desk.session.text
    desk.open("two")
    desk.preferences.change(layout=Layout.COMPACT)
    desk.session.switch_to(first)
    assert "\n" not in desk.session.text


def test_another_destination_does_not_lose_text_that_is_still_being_read(desk: Desk) -> None:
    text = desk.session.text.replace("plan upgraded", "pasted")
    desk.session.await_text(text)
    desk.preferences.change(destination_id="eu")
    assert desk.event == "pasted"


def test_a_time_that_grew_stale_behind_is_renewed_in_front(desk: Desk) -> None:
    first = desk.session.tab.id
    desk.open("two")
    desk.clock.go_on(hours=2)
    desk.session.switch_to(first)
    assert desk.session.draft.payload.get("timestamp") == "2026-11-21T11:30:00.000Z"
    assert not desk.session.undo_stack.canUndo()


# Closing


def test_closing_shows_the_neighbour_and_can_be_taken_back_with_its_undo_history(
    desk: Desk,
) -> None:
    desk.name("one")
    desk.open("two")
    desk.open("three")
    desk.session.step_tab(-1)
    closed = desk.session.close_tab()
    assert closed is not None
    assert (desk.events, desk.event) == (["one", "three"], "one")
    desk.session.reopen_tab()
    assert (desk.events, desk.event) == (["one", "two", "three"], "two")
    desk.session.undo_group.undo()
    assert desk.event == ""
    assert not desk.session.can_reopen


def test_a_tab_behind_can_be_closed_and_the_one_in_front_stays(desk: Desk) -> None:
    desk.name("one")
    first = desk.session.tab.id
    desk.open("two")
    desk.shown.clear()
    desk.session.close_tab(first)
    assert (desk.events, desk.shown) == (["two"], [])


def test_the_last_tab_becomes_a_fresh_one_and_comes_back_in_its_place(desk: Desk) -> None:
    desk.name("precious")
    assert desk.session.close_tab() is not None
    assert desk.events == [""]
    desk.session.reopen_tab()
    assert desk.events == ["precious"]


def test_nothing_is_kept_of_a_tab_that_nobody_touched(desk: Desk) -> None:
    assert desk.session.close_tab() is None
    assert desk.events == ["plan upgraded"]
    desk.session.open_tab()
    assert desk.session.close_tab() is None
    assert not desk.session.can_reopen


def test_a_closed_tab_is_found_by_its_id_and_only_the_last_are_kept(desk: Desk) -> None:
    ids = [desk.open(f"event {number}") for number in range(CLOSED + 2)]
    for identifier in ids:
        desk.session.close_tab(identifier)
    desk.session.reopen_tab(ids[0])
    assert len(desk.session.tabs) == 1
    desk.session.reopen_tab(ids[5])
    assert desk.event == "event 5"


def test_ids_are_never_used_twice(desk: Desk) -> None:
    closed = desk.open("two")
    desk.session.close_tab()
    assert desk.open("three") > closed


# Order


def test_stepping_goes_round_and_moving_changes_the_order(desk: Desk) -> None:
    desk.name("one")
    desk.open("two")
    desk.open("three")
    desk.session.step_tab(1)
    assert desk.event == "one"
    desk.session.step_tab(-1)
    assert desk.event == "three"
    desk.session.move_tab(desk.session.tab.id, 0)
    assert (desk.events, desk.event) == (["three", "one", "two"], "three")


# Where things are opened


def test_what_is_opened_takes_the_place_of_an_untouched_draft_and_can_be_undone(desk: Desk) -> None:
    other = desk.session.draft.with_value(("event",), "from history")
    desk.session.open_new(other)
    assert desk.events == ["from history"]
    desk.session.undo_group.undo()
    assert desk.event == "plan upgraded"


@pytest.mark.parametrize("touch", ["edit", "send", "type", "text"])
def test_what_is_opened_leaves_a_touched_draft_alone(desk: Desk, touch: str) -> None:
    other = desk.session.draft.with_value(("event",), "from history")
    match touch:
        case "edit":
            desk.name("mine")
        case "send":
            desk.session.mark_tried(desk.session.draft)
        case "type":
            desk.session.choose_type("pageview")
        case _:
            desk.session.set_text("{ mine")
    before = desk.session.draft
    desk.session.open_new(other)
    assert desk.event == "from history"
    assert desk.session.tabs[0].draft == before
    assert not desk.session.undo_stack.canUndo()


def test_the_window_comes_back_with_the_tab_in_front(desk: Desk) -> None:
    desk.name("one")
    second = desk.open("two")
    desk.open("three")
    desk.session.switch_to(second)
    again = Desk(Workspace(tabs=desk.session.kept, current=second))
    assert (again.events, again.event) == (["one", "two", "three"], "two")
    assert again.open("four") == 4


def test_a_tab_is_called_after_its_event_and_person(desk: Desk) -> None:
    draft = desk.session.draft
    assert title_of(draft) == "plan upgraded · customer-42"
    assert title_of(draft.with_value(("distinct_id",), "")) == "plan upgraded"
    assert title_of(draft.with_value(("event",), "two\n lines")) == "two lines · customer-42"
    nameless = draft.with_value(("event",), "").with_value(("distinct_id",), "")
    assert title_of(nameless) == "Custom event"
    assert title_of(draft.with_text('{"batch": [{}, {}]}')) == "Batch of 2 events"
