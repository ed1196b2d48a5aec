"""The session: one draft, its stamps, its undo, its request."""

from __future__ import annotations

import pytest

from composer.core import times
from composer.core.convert import conversion
from composer.core.destination import SANDBOX_TOKEN
from composer.core.draft import Draft
from composer.core.events import ALL
from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Layout, Number
from composer.core.records import Workspace
from composer.core.settings import Settings
from composer.core.templates import Step, Template, Variable
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from tests.helpers.clock import START, StandingClock

ADDRESS = "http://127.0.0.1:8810"


class Desk:
    """A session with what it stands on."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.clock = StandingClock()
        self.preferences = Preferences(Settings())
        self.preferences.locate_sandbox(ADDRESS)
        self.session = Session(self.clock, self.preferences, workspace)

    @property
    def draft(self) -> Draft:
        return self.session.draft

    def get(self, key: str) -> object:
        return self.draft.payload.get(key)


def template_of(*drafts: Draft, variables: tuple[Variable, ...] = ()) -> Template:
    steps = tuple(Step(draft=draft) for draft in drafts)
    return Template(id="1", name="One", steps=steps, saved_at=START, variables=variables)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_first_start_has_an_event_that_can_be_sent_at_once(desk: Desk) -> None:
    assert desk.session.obstacle == ""
    assert desk.session.token == SANDBOX_TOKEN
    request = desk.session.request
    assert request is not None
    assert request.url == f"{ADDRESS}/i/v0/e/"


def test_the_request_carries_the_text_of_the_preview(desk: Desk) -> None:
    desk.session.set_value(("properties", "note"), "\u00a0\u2028 é 😀")
    request = desk.session.request
    assert request is not None
    assert request.body == desk.session.text.encode("utf-8")


def test_typed_text_is_sent_as_typed(desk: Desk) -> None:
    text = (
        '{"event" : "x",\r\n  "distinct_id":"p", "properties":{"n":1.00, "big":9007199254740993}}'
    )
    desk.session.set_text(text)
    request = desk.session.request
    assert request is not None
    assert request.body == text.encode()
    assert desk.draft.value(("properties", "n")) == Number("1.00")


def test_the_layout_governs_preview_and_wire(desk: Desk) -> None:
    desk.preferences.change(layout=Layout.COMPACT)
    request = desk.session.request
    assert request is not None
    assert b"\n" not in request.body
    assert request.body.decode() == desk.session.text


def test_broken_json_keeps_its_text_and_says_why_send_is_off(desk: Desk) -> None:
    good = desk.draft.payload
    desk.session.set_text('{"event": "x",}')
    assert desk.session.text == '{"event": "x",}'
    assert desk.draft.payload == good
    assert desk.session.request is None
    assert "Line 1, column 15" in desk.session.obstacle
    desk.session.discard_text()
    assert desk.session.obstacle == ""


def test_stamps_stay_while_an_event_is_being_typed(desk: Desk) -> None:
    before = desk.get("uuid"), desk.get("timestamp")
    desk.clock.go_on(seconds=30)
    desk.session.set_value(("distinct_id",), "p-1")
    assert (desk.get("uuid"), desk.get("timestamp")) == before


def test_a_stale_generated_time_is_renewed_by_the_next_edit(desk: Desk) -> None:
    before = desk.get("uuid"), desk.get("timestamp")
    desk.clock.go_on(minutes=5)
    desk.session.set_value(("distinct_id",), "p-1")
    assert desk.get("timestamp") == "2026-11-21T09:35:00.000Z"
    assert desk.get("uuid") != before[0]


def test_a_time_typed_by_hand_is_never_renewed_and_rules_the_event_id(desk: Desk) -> None:
    desk.session.set_value(("timestamp",), "2025-01-02T03:04:05Z")
    desk.clock.go_on(hours=3)
    desk.session.set_value(("distinct_id",), "p-1")
    assert desk.get("timestamp") == "2025-01-02T03:04:05Z"
    assert uuid7_milliseconds(str(desk.get("uuid"))) == 1_735_787_045_000


def test_a_failed_event_keeps_its_stamps_through_edits(desk: Desk) -> None:
    desk.session.mark_tried(desk.draft)
    before = desk.get("uuid"), desk.get("timestamp")
    desk.clock.go_on(minutes=10)
    desk.session.set_value(("distinct_id",), "p-1")
    assert (desk.get("uuid"), desk.get("timestamp")) == before


def test_an_accepted_event_is_repeated_until_it_is_edited(desk: Desk) -> None:
    desk.session.mark_tried(desk.draft)
    desk.session.mark_accepted(desk.draft)
    sent = desk.get("uuid")
    desk.clock.go_on(minutes=10)
    desk.session.freshen()
    assert desk.session.is_accepted
    assert desk.get("uuid") == sent
    desk.session.set_value(("distinct_id",), "p-1")
    assert desk.get("uuid") != sent
    assert not desk.session.is_accepted


def test_editing_the_json_of_an_accepted_event_gives_it_a_new_id_in_place(desk: Desk) -> None:
    desk.session.mark_accepted(desk.draft)
    sent = str(desk.get("uuid"))
    text = desk.session.text.replace("customer-42", "customer-43").replace('": ', '":   ')
    desk.session.set_text(text)
    assert sent not in desk.session.text
    assert '":   "customer-43"' in desk.session.text


def test_coming_back_to_the_window_renews_a_stale_time(desk: Desk) -> None:
    desk.clock.go_on(hours=2)
    desk.session.freshen()
    assert desk.get("timestamp") == "2026-11-21T11:30:00.000Z"


def test_undo_and_redo_go_over_form_and_json(desk: Desk) -> None:
    first = desk.draft
    desk.session.set_value(("distinct_id",), "a")
    desk.session.set_text(desk.session.text.replace('"a"', '"b"'))
    assert desk.get("distinct_id") == "b"
    desk.session.undo_stack.undo()
    assert desk.get("distinct_id") == "a"
    desk.session.undo_stack.undo()
    assert desk.draft == first
    desk.session.undo_stack.redo()
    assert desk.get("distinct_id") == "a"


def test_keystrokes_in_one_field_are_one_step(desk: Desk) -> None:
    first = desk.draft
    for text in ("a", "ab", "abc"):
        desk.session.set_value(("distinct_id",), text)
        desk.clock.go_on(seconds=0.5)
    desk.session.undo_stack.undo()
    assert desk.draft == first


def test_a_pause_begins_a_new_step(desk: Desk) -> None:
    desk.session.set_value(("distinct_id",), "a")
    desk.clock.go_on(seconds=5)
    desk.session.set_value(("distinct_id",), "ab")
    desk.session.undo_stack.undo()
    assert desk.get("distinct_id") == "a"


def test_another_destination_brings_its_own_token(desk: Desk) -> None:
    desk.preferences.change(destination_id="eu")
    desk.session.set_token("phc_eu")
    assert desk.get("api_key") == "phc_eu"
    desk.preferences.change(destination_id="sandbox")
    assert desk.get("api_key") == SANDBOX_TOKEN
    desk.preferences.change(destination_id="eu")
    assert desk.get("api_key") == "phc_eu"
    request = desk.session.request
    assert request is not None
    assert request.url == "https://eu.i.posthog.com/i/v0/e/"


def test_a_personal_key_is_not_taken_over(desk: Desk) -> None:
    refused: list[str] = []
    desk.session.refused.connect(refused.append)
    desk.session.set_token("phx_personal")
    assert desk.session.token == SANDBOX_TOKEN
    assert desk.preferences.destination.token == SANDBOX_TOKEN
    (words,) = refused
    assert "Use the project token" in words


def test_a_personal_key_in_the_json_is_an_obstacle(desk: Desk) -> None:
    desk.session.set_text(desk.session.text.replace(SANDBOX_TOKEN, "phx_personal"))
    assert desk.session.request is None
    assert "personal key" in desk.session.obstacle
    desk.session.set_token("phc_other")
    assert desk.session.request is not None


def test_a_token_in_the_json_is_shown_but_not_kept_for_the_destination(desk: Desk) -> None:
    desk.session.set_text(desk.session.text.replace(SANDBOX_TOKEN, "phc_customer"))
    assert desk.session.token == "phc_customer"
    assert desk.preferences.destination.token == SANDBOX_TOKEN


def test_a_token_can_be_typed_while_the_json_is_broken(desk: Desk) -> None:
    desk.session.set_text(desk.session.text + ",")
    desk.session.set_token("phc_other")
    assert desk.draft.fault is not None
    assert '"phc_other"' in desk.session.text
    assert desk.session.text.endswith(",")


def test_going_to_another_form_keeps_the_person_and_coming_back_finds_all(desk: Desk) -> None:
    desk.session.set_value(("properties", "plan"), "enterprise")
    desk.session.choose_type("pageview")
    assert desk.get("event") == "$pageview"
    assert desk.get("distinct_id") == "customer-42"
    desk.session.set_value(("properties", "$current_url"), "https://a.example/")
    desk.session.choose_type("custom")
    assert desk.get("event") == "plan upgraded"
    assert desk.draft.value(("properties", "plan")) == "enterprise"
    desk.session.choose_type("pageview")
    assert desk.draft.value(("properties", "$current_url")) == "https://a.example/"


def test_another_form_makes_another_event(desk: Desk) -> None:
    desk.session.mark_tried(desk.draft)
    tried = desk.get("uuid")
    desk.session.choose_type("pageview")
    assert desk.get("uuid") != tried
    desk.session.choose_type("custom")
    assert desk.get("uuid") == tried


@pytest.mark.parametrize("type_id", [event_type.id for event_type in ALL])
def test_every_form_can_be_chosen_and_undone(desk: Desk, type_id: str) -> None:
    desk.session.choose_type(type_id)
    assert desk.draft.type_id == type_id
    assert desk.session.request is not None
    desk.session.choose_type("custom")
    assert desk.get("event") == "plan upgraded"


def test_another_event_name_in_the_json_changes_the_form(desk: Desk) -> None:
    desk.session.set_text(desk.session.text.replace('"plan upgraded"', '"$identify"'))
    assert desk.draft.type_id == "identify"


def test_opening_an_old_event_as_new_gives_it_new_stamps_and_this_token(desk: Desk) -> None:
    old = Draft(type_id="custom", payload=desk.draft.payload.with_member("api_key", "phc_old"))
    desk.session.open_new(old)
    assert desk.get("api_key") == SANDBOX_TOKEN
    assert desk.get("uuid") != old.payload.get("uuid")


def test_a_template_keeps_a_time_chosen_by_hand_and_gets_a_new_id(desk: Desk) -> None:
    template = desk.draft.with_value(("timestamp",), "2025-01-02T03:04:05Z").with_token("")
    desk.session.open_template(template_of(template))
    assert desk.get("timestamp") == "2025-01-02T03:04:05Z"
    assert desk.get("uuid") != template.payload.get("uuid")
    assert desk.get("api_key") == SANDBOX_TOKEN


def test_open_work_comes_back_as_it_was() -> None:
    first = Desk()
    first.session.set_text("{ broken")
    again = Desk(Workspace(tabs=first.session.kept))
    assert again.session.text == "{ broken"
    assert again.session.obstacle


def test_an_unusable_address_is_said(desk: Desk) -> None:
    desk.preferences.change(destination_id="self_hosted")
    assert desk.session.request is None
    assert "address" in desk.session.obstacle


def test_a_batch_goes_to_its_own_path_and_owns_no_stamps(desk: Desk) -> None:
    desk.session.choose_type("batch")
    request = desk.session.request
    assert request is not None
    assert request.url == f"{ADDRESS}/batch/"
    desk.clock.go_on(minutes=5)
    before = desk.draft.events
    desk.session.set_value(("historical_migration",), value=True)
    assert desk.draft.events == before
    desk.session.set_text('{"event": "a", "distinct_id": "b"}')
    assert desk.session.request is not None
    assert desk.session.request.url == f"{ADDRESS}/i/v0/e/"


def test_an_event_that_becomes_a_batch_has_a_fresh_id(desk: Desk) -> None:
    before = desk.get("uuid")
    desk.clock.go_on(minutes=5)
    desk.session.choose_type("batch")
    (event,) = desk.draft.events
    assert event.get("uuid") != before
    assert event.get("timestamp") == desk.session.now_text()
    desk.session.choose_type("custom")
    assert desk.get("event") == "plan upgraded"  # as it was left


def test_a_batch_counts_again_only_when_a_person_says_so(desk: Desk) -> None:
    desk.session.choose_type("batch")
    sent = desk.draft
    desk.session.mark_tried(sent)
    desk.session.mark_accepted(sent)
    assert desk.session.is_accepted
    desk.session.set_value(("historical_migration",), value=False)
    assert desk.draft.ids == sent.ids
    desk.session.start_new()
    assert desk.draft.ids != sent.ids
    assert not desk.session.is_accepted


def test_a_batch_without_ids_is_never_taken_for_one_that_was_sent(desk: Desk) -> None:
    desk.session.set_text('{"batch": [{"event": "a", "distinct_id": "b"}]}')
    desk.session.mark_accepted(desk.draft)
    assert not desk.session.is_accepted


def test_a_batch_from_a_template_has_ids_of_its_own_made_from_its_times(desk: Desk) -> None:
    body = '{"batch": [{"uuid": "x", "timestamp": "2024-03-04T08:15:00Z"}, {"event": "b"}]}'
    desk.session.open_template(template_of(desk.draft.with_text(body)))
    first, second = desk.draft.events
    moment = times.read("2024-03-04T08:15:00Z")
    assert moment is not None
    assert uuid7_milliseconds(str(first.get("uuid"))) == moment.timestamp() * 1000
    assert "uuid" not in second
    assert desk.session.token == SANDBOX_TOKEN


def test_a_converted_event_is_one_step_and_new_if_the_old_one_was_accepted(desk: Desk) -> None:
    desk.session.choose_type("legacy_page")
    desk.session.set_value(("name",), "Menu")
    desk.session.mark_accepted(desk.draft)
    sent, steps = desk.draft, desk.session.undo_stack.count()
    found = conversion(sent)
    assert found is not None
    desk.session.open_converted(found)
    assert (desk.get("event"), desk.draft.type_id) == ("$pageview", "pageview")
    assert desk.get("uuid") != sent.ids
    assert desk.session.undo_stack.count() == steps + 1
    desk.session.undo_stack.undo()
    assert desk.draft == sent


def test_what_was_opened_is_remembered_through_edits_and_undo(desk: Desk) -> None:
    session = desk.session
    first = session.opened
    other = desk.draft.with_value(("event",), "other")
    session.open(other)
    session.set_value(("distinct_id",), "7")
    assert session.opened is other
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.opened is first
    session.undo_stack.redo()
    assert session.opened is other


def test_opening_the_same_once_more_counts_as_opening(desk: Desk) -> None:
    desk.session.open(same := desk.draft.with_value(("event",), "x"))
    desk.session.open(again := same.with_value(("event",), "x"))
    assert same == again
    assert desk.session.opened is again
