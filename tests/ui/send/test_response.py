"""The answer: a sentence for every outcome, what came back, and where it leads."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QLabel, QPushButton

from composer.core.destination import Destination
from composer.core.explain import explain
from composer.core.outcome import (
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Refusal,
    Rejected,
    Response,
    Unreachable,
    judge,
    response_of,
)
from composer.core.records import Summary
from composer.ui.send.controller import Report, Send
from composer.ui.send.response import ResponsePane
from composer.ui.session import Session
from composer.ui.widgets import CodeView, ElidedLabel, FlowNote, Pill, Severity, Tabs
from tests.helpers.stage import EU, OK, SANDBOX, Stage, emptiness, nameless
from tests.helpers.window import click

JSON_TYPE = (("content-type", "application/json"),)


def answer(status: int, body: bytes = b"", *headers: tuple[str, str]) -> Outcome:
    return judge(
        Response(status=status, reason="Said", headers=headers, body=body, milliseconds=12.4)
    )


OUTCOMES: dict[str, Outcome] = {
    "accepted": OK,
    "redirect": answer(307, b"", ("location", "https://elsewhere.example.com")),
    "web page": answer(200, b"<!doctype html>"),
    "not found": answer(404),
    "bad event": answer(400, b"empty distinct_id", *JSON_TYPE),
    "bad token": answer(401, b"API token is invalid"),
    "too large": answer(413),
    "too many": answer(429, b"", ("retry-after", "7")),
    "client error": answer(418, b"teapot"),
    "server error": answer(503, b"down"),
    "unexpected": answer(199),
    **{
        f"unreachable: {fault}": Unreachable(fault=fault, detail="said", milliseconds=3.2)
        for fault in Fault
    },
    "cancelled": Cancelled(milliseconds=1200),
    "interrupted": Interrupted(),
}


class Answer:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.session = Session(stage.clock, stage.preferences)
        self.pane = ResponsePane(self.session, stage.sends)
        self.wanted: list[object] = []
        self.pane.history_wanted.connect(self.wanted.append)
        self.pane.sandbox_wanted.connect(lambda: self.wanted.append("sandbox"))
        self.pane.new_wanted.connect(lambda: self.wanted.append("new"))
        stage.show(self.pane, 560, 300)
        self.pill = self.pane.findChildren(Pill)[0]
        self.tabs = self.pane.findChildren(Tabs)[0]
        views = {view.accessibleName(): view for view in self.pane.findChildren(CodeView)}
        self.body, self.headers = views["Response body"], views["Response headers"]

    def begin(self, place: Destination = SANDBOX, tag: object = None) -> Send:
        """A send begins; by default that of the draft."""
        send = Send(
            request=self.stage.request(b"{}", place),
            destination=place,
            summary=Summary(event="x", person="p"),
            tag=self.session.draft if tag is None else tag,
        )
        self.stage.sends.started.emit(send)
        return send

    def end(self, send: Send, outcome: Outcome, history_id: int | None = 7) -> None:
        self.stage.sends.finished.emit(Report(send=send, outcome=outcome, history_id=history_id))

    def sent(
        self, outcome: Outcome = OK, place: Destination = SANDBOX, history_id: int | None = 7
    ) -> None:
        self.end(self.begin(place), outcome, history_id)

    @property
    def sentences(self) -> list[str]:
        notes = (n for n in self.pane.findChildren(FlowNote) if n.isVisible() and n.text())
        return [note.text().replace("\u200b", "") for note in notes]

    @property
    def facts(self) -> str:
        plain = [w for w in self.pane.findChildren(QLabel) if type(w) is QLabel and w.isVisible()]
        return "".join(label.text() for label in plain)

    @property
    def about(self) -> str:
        (label,) = self.pane.findChildren(ElidedLabel)
        return label.full_text if label.isVisible() else ""

    @property
    def links(self) -> list[str]:
        return [b.text() for b in self.pane.findChildren(QPushButton) if b.isVisible()]

    @property
    def said(self) -> str:
        return self.pane.accessibleDescription()


@pytest_asyncio.fixture
async def shown(stage: Stage) -> Answer:
    return Answer(stage)


async def test_before_the_first_send_it_says_what_will_stand_there(shown: Answer) -> None:
    assert emptiness(shown.pane) == "No answer yet"
    assert shown.links == []
    assert not shown.pill.isVisible()


async def test_while_it_is_sent_the_time_runs(shown: Answer) -> None:
    shown.begin()
    assert emptiness(shown.pane) == ""
    assert (shown.pill.text, shown.sentences) == ("Sending", ["Waiting for Sandbox…"])
    assert shown.facts == "0.0 s"
    assert shown.links == []
    assert not shown.tabs.isVisible()
    await asyncio.sleep(0.3)
    assert shown.facts in {"0.2 s", "0.3 s", "0.4 s"}


@pytest.mark.parametrize("place", [SANDBOX, EU], ids=["sandbox", "cloud"])
async def test_every_outcome_is_explained(shown: Answer, place: Destination) -> None:
    for kind, outcome in OUTCOMES.items():
        words = explain(outcome, place)
        shown.sent(outcome, place)
        assert (shown.pill.text, shown.pill.severity) == (words.badge, Severity(words.verdict))
        assert shown.sentences == [text for text in (words.title, words.advice) if text], kind
        assert shown.said == f"{words.title} {words.advice}".strip()
        assert "Show in history" in shown.links


@pytest.mark.parametrize("place", [SANDBOX, EU], ids=["sandbox", "cloud"])
async def test_what_came_back_is_shown_whole_and_nothing_else(
    shown: Answer, place: Destination
) -> None:
    for kind, outcome in OUTCOMES.items():
        shown.sent(outcome, place)
        response = response_of(outcome)
        if response is not None:
            assert (shown.body.text(), shown.headers.text()) == (response.text, response.head)
            assert shown.facts == "12 ms"
        has_words = response is not None or isinstance(outcome, Unreachable)
        assert shown.tabs.isVisible() == has_words, kind
        in_sandbox = response is not None and place is SANDBOX
        assert ("Show in sandbox" in shown.links) == in_sandbox, kind
        assert nameless(shown.pane) == []


async def test_without_an_answer_the_systems_own_words_stand_there(shown: Answer) -> None:
    shown.sent(OUTCOMES[f"unreachable: {Fault.REFUSED}"])
    assert (shown.body.text(), shown.headers.text()) == ("said", "")
    assert shown.facts == "3 ms"


async def test_the_time_stops_with_the_answer(shown: Answer) -> None:
    shown.sent()
    await asyncio.sleep(0.15)
    assert shown.facts == "12 ms"


async def test_nothing_of_the_answer_before_is_left(shown: Answer) -> None:
    shown.sent(answer(503, b"down"))
    shown.begin()
    assert (shown.body.text(), shown.headers.text()) == ("", "")
    assert shown.sentences == ["Waiting for Sandbox…"]


async def test_headers_stand_behind_their_tab(shown: Answer) -> None:
    shown.sent(answer(200, b"{}", ("x-mine", "1")))
    shown.tabs.setCurrentIndex(1)
    assert shown.headers.isVisible()
    assert not shown.body.isVisible()
    assert "x-mine: 1" in shown.headers.text()


async def test_odd_bytes_of_an_answer_are_shown_for_what_they_are(shown: Answer) -> None:
    shown.sent(answer(200, "\u2028\r\n\u00a0".encode() + b"\xff"))
    assert shown.body.text() == "\u2028\r\n\u00a0\ufffd"


async def test_history_is_offered_where_it_has_the_send_and_leads_to_its_row(
    shown: Answer,
) -> None:
    shown.sent(history_id=42)
    click(shown.pane, "Show in history")
    click(shown.pane, "Show in sandbox")
    assert shown.wanted == [42, "sandbox"]
    shown.sent(history_id=None)
    assert "Show in history" not in shown.links


async def test_an_accepted_event_can_be_made_a_new_one(shown: Answer) -> None:
    shown.sent(answer(503))
    assert "Make it a new event" not in shown.links
    shown.sent()
    shown.session.mark_accepted(shown.session.draft)
    click(shown.pane, "Make it a new event")
    assert shown.wanted == ["new"]


async def test_going_on_names_the_event_that_the_answer_belongs_to(shown: Answer) -> None:
    shown.sent()
    shown.session.mark_accepted(shown.session.draft)
    assert shown.about == ""
    shown.session.set_value(("event",), "another")  # which makes a new event of it
    assert shown.about == "About the event before: plan upgraded · customer-42"
    assert "Make it a new event" not in shown.links
    shown.session.undo_stack.undo()
    assert shown.about == ""
    assert "Make it a new event" in shown.links


async def test_without_an_id_it_is_another_event_once_its_content_is(shown: Answer) -> None:
    shown.session.remove(("uuid",))
    shown.sent(answer(503))
    assert shown.about == ""
    shown.session.set_value(("distinct_id",), "another")
    assert shown.about == "About the event before: plan upgraded · customer-42"


async def test_what_other_places_send_is_not_answered_here(shown: Answer) -> None:
    shown.end(shown.begin(tag="batch"), OK)
    assert emptiness(shown.pane) == "No answer yet"
    shown.sent()
    before = shown.said
    shown.end(shown.begin(tag="batch"), answer(503))
    assert shown.said == before
    assert shown.facts == "12 ms"
    shown.stage.sends.failed.emit("History is full.")
    assert shown.said == before


async def test_a_send_that_history_refused_was_not_sent(shown: Answer) -> None:
    shown.begin()
    shown.stage.sends.failed.emit("There is no room on the disk. Free some space.")
    assert (shown.pill.text, shown.pill.severity) == ("Not sent", Severity.ERROR)
    assert "There is no room on the disk. Free some space." in shown.sentences
    assert (shown.facts, shown.links, shown.tabs.isVisible()) == ("", [], False)
    await asyncio.sleep(0.15)
    assert shown.facts == ""


async def test_a_servers_long_words_are_cut_in_the_sentence_and_whole_in_the_body(
    shown: Answer,
) -> None:
    words = b"because-" * 400
    shown.sent(answer(400, words, *JSON_TYPE))
    assert shown.body.text() == words.decode()
    assert len(shown.sentences[0]) <= 140
    assert shown.sentences[0].endswith("…")
    assert shown.pane.minimumSizeHint().width() < 560


@pytest.mark.parametrize("width", [420, 560, 900])
async def test_the_sentences_have_room_at_every_width(shown: Answer, width: int) -> None:
    shown.sent(OUTCOMES[f"unreachable: {Fault.TLS}"], EU)
    shown.pane.resize(width, 10)
    shown.pane.resize(width, shown.pane.minimumSizeHint().height())
    await asyncio.sleep(0)
    for note in shown.pane.findChildren(FlowNote):
        if note.isVisible():
            assert note.height() >= note.heightForWidth(note.width())


def test_every_fault_and_refusal_is_among_the_outcomes() -> None:
    refusals = {o.refusal for o in OUTCOMES.values() if isinstance(o, Rejected)}
    faults = {o.fault for o in OUTCOMES.values() if isinstance(o, Unreachable)}
    assert (refusals, faults) == (set(Refusal), set(Fault))


async def test_each_tab_has_its_own_answer(shown: Answer) -> None:
    first = shown.session.tab.id
    shown.session.mark_tried(shown.session.draft)
    shown.sent(OK)
    said = shown.said
    shown.session.open_tab()
    assert emptiness(shown.pane) == "No answer yet"
    shown.session.switch_to(first)
    assert (emptiness(shown.pane), shown.said) == ("", said)


async def test_an_answer_that_is_awaited_comes_to_its_tab(shown: Answer) -> None:
    first = shown.session.tab.id
    shown.session.mark_tried(shown.session.draft)
    send = shown.begin()
    shown.session.open_tab()
    assert emptiness(shown.pane) == "No answer yet"
    shown.session.switch_to(first)
    assert shown.sentences == ["Waiting for Sandbox…"]
    shown.session.step_tab(1)
    shown.end(send, answer(401, b"API token is invalid"))
    assert emptiness(shown.pane) == "No answer yet"
    shown.session.switch_to(first)
    assert shown.pill.text == "401 Said"


async def test_the_answer_of_a_tab_that_was_closed_comes_back_with_it(shown: Answer) -> None:
    shown.session.set_value(("event",), "mine")
    shown.session.mark_tried(shown.session.draft)
    send = shown.begin()
    shown.session.close_tab()
    shown.end(send, OK)
    assert emptiness(shown.pane) == "No answer yet"
    shown.session.reopen_tab()
    assert emptiness(shown.pane) == ""
    assert shown.session.is_accepted is False
