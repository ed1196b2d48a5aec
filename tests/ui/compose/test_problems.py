"""The strip that says whether the event is fit to be sent, and leads to what is not."""

from __future__ import annotations

import pytest_asyncio
from PySide6.QtWidgets import QApplication, QPushButton

from composer.core.checks import Problem
from composer.core.jsontext import Number, Path
from composer.ui.compose.problems import ProblemStrip
from composer.ui.session import Session
from composer.ui.widgets import FlowNote, Pill, Severity
from tests.helpers.stage import Stage, nameless


class Strip:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.session = Session(stage.clock, stage.preferences)
        self.strip = ProblemStrip(self.session)
        self.wanted: list[Path] = []
        self.strip.wanted.connect(self.wanted.append)
        stage.show(self.strip, 560, 160)
        self.pill = self.strip.findChildren(Pill)[0]

    @property
    def notes(self) -> list[str]:
        QApplication.sendPostedEvents()  # the layout's turn, which shows new rows
        notes = (n for n in self.strip.findChildren(FlowNote) if n.isVisible())
        return [note.text() for note in notes if note.text()]

    @property
    def buttons(self) -> list[QPushButton]:
        QApplication.sendPostedEvents()
        return [b for b in self.strip.findChildren(QPushButton) if b.isVisible()]

    def spoil(self, *keys: str) -> None:
        """Put a number where PostHog wants text or another kind of value."""
        for key in keys:
            path = (key,) if key in {"uuid", "timestamp"} else ("properties", key)
            self.session.set_value(path, Number("1"))


@pytest_asyncio.fixture
async def strip(stage: Stage) -> Strip:
    return Strip(stage)


async def test_a_sound_event_is_ready(strip: Strip) -> None:
    assert (strip.pill.text, strip.pill.severity) == ("Ready to send", Severity.OK)
    assert (strip.notes, strip.buttons) == ([], [])


async def test_a_problem_is_named_as_the_form_names_its_field(strip: Strip) -> None:
    strip.session.set_value(("distinct_id",), "")
    assert (strip.pill.text, strip.pill.severity) == ("1 thing to look at", Severity.WARNING)
    (note,) = strip.notes
    assert note == "Person's ID: PostHog refuses the event without it. Fill it in."
    assert [button.accessibleName() for button in strip.buttons] == [f"Go there: {note}"]
    assert nameless(strip.strip) == []


async def test_go_there_leads_to_the_field(strip: Strip) -> None:
    strip.session.set_value(("distinct_id",), "")
    strip.session.set_value(("event",), "")
    assert {button.text() for button in strip.buttons} == {"Go there"}
    for button in strip.buttons:
        button.click()
    assert strip.wanted == [("event",), ("distinct_id",)]


async def test_only_the_first_three_are_spelled_out_and_all_are_counted(strip: Strip) -> None:
    strip.session.set_value(("event",), "")
    strip.session.set_value(("distinct_id",), "")
    strip.spoil("uuid")
    assert strip.pill.text == "3 things to look at"
    assert len(strip.notes) == 3
    strip.spoil("timestamp")
    assert strip.pill.text == "4 things to look at"
    assert strip.notes[0] == "the first 3:"
    assert len(strip.notes) == 4
    assert len(strip.buttons) == 3


async def test_what_is_mended_goes(strip: Strip) -> None:
    strip.session.set_value(("distinct_id",), "")
    strip.session.set_value(("distinct_id",), "customer-42")
    assert strip.pill.text == "Ready to send"
    assert (strip.notes, strip.buttons) == ([], [])


async def test_a_doubtful_token_is_the_first_and_leads_to_the_token(strip: Strip) -> None:
    strip.session.set_value(("event",), "")
    strip.session.set_token("phx_mine")
    assert strip.notes[0].startswith("Project token: This is a personal key.")
    strip.buttons[0].click()
    assert strip.wanted == [("api_key",)]


async def test_where_nothing_can_be_sent_it_says_so(strip: Strip) -> None:
    strip.stage.preferences.change(destination_id="self_hosted")
    assert (strip.pill.text, strip.pill.severity) == ("Cannot be sent", Severity.ERROR)
    strip.stage.preferences.change(destination_id="sandbox")
    assert strip.pill.text == "Ready to send"


async def test_with_a_fault_in_the_json_the_values_of_before_are_no_matter(strip: Strip) -> None:
    strip.session.set_value(("distinct_id",), "")
    strip.session.set_text("{oops")
    assert strip.pill.text == "Cannot be sent"
    assert (strip.notes, strip.buttons) == ([], [])
    strip.session.discard_text()
    assert strip.pill.text == "1 thing to look at"
    assert len(strip.buttons) == 1


async def test_what_is_typed_and_no_value_yet_is_named_before_all_else(strip: Strip) -> None:
    strip.session.set_value(("event",), "")
    path = ("properties", "seats")
    strip.strip.show_faults((Problem(path=path, message="This is no number."),))
    assert strip.notes[0] == "seats: What is typed there is not sent. This is no number."
    strip.buttons[0].click()
    assert strip.wanted == [path]
    strip.strip.show_faults(())
    assert len(strip.buttons) == 1


async def test_a_place_deep_in_a_property_goes_by_the_nearest_name(strip: Strip) -> None:
    deep = Problem(path=("properties", "$groups", "company"), message="Odd.")
    strip.session.choose_type("group_event")
    strip.strip.show_faults((deep,))
    label = strip.notes[0].partition(":")[0]
    if len(strip.notes) > 3:
        label = strip.notes[1].partition(":")[0]
    assert label == "Groups"
    strip.buttons[0].click()
    assert strip.wanted == [deep.path]
