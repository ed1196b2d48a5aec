"""Typed text on its way to the session: at once, or large text by way of a thread."""

from __future__ import annotations

import asyncio
import threading

import pytest
import pytest_asyncio

from composer.core.draft import Draft
from composer.ui.preview import reader
from composer.ui.preview.reader import TextReader
from composer.ui.session import Session
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until

WAITING = "The JSON is still being read."


def large(event: str, *, rest: str = "") -> str:
    padding = "x" * reader.AT_ONCE
    return f'{{"event": "{event}", "distinct_id": "p", "properties": {{"a": "{padding}"}}{rest}}}'


class Reading:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.session = Session(stage.clock, stage.preferences)
        self.reader = TextReader(self.session, stage.tasks)
        self.drafts: list[Draft] = []
        self.session.draft_changed.connect(self.drafts.append)

    @property
    def event(self) -> object:
        return self.session.draft.payload.get("event")

    async def done(self) -> None:
        await wait_until(lambda: self.session.obstacle != WAITING, "the end of reading")

    async def pause(self) -> None:
        """Longer than it takes to read all that was typed."""
        await asyncio.sleep(reader.PAUSE * 2)


@pytest_asyncio.fixture
async def reading(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Reading:
    monkeypatch.setattr(reader, "PAUSE", 0.05)
    return Reading(stage)


async def test_small_text_is_read_at_once(reading: Reading) -> None:
    reading.reader.read('{"event": "small"}')
    assert reading.event == "small"
    assert reading.session.obstacle == ""


async def test_large_text_stands_there_at_once_and_cannot_be_sent_until_it_is_read(
    reading: Reading,
) -> None:
    text = large("big")
    reading.reader.read(text)
    assert reading.session.text == text
    assert reading.session.obstacle == WAITING
    assert reading.session.request is None
    assert reading.event == "plan upgraded"
    await reading.done()
    assert reading.event == "big"
    request = reading.session.request
    assert request is not None
    assert request.body == text.encode()
    assert len(reading.drafts) >= 1


async def test_large_text_is_read_in_another_thread(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    honest = Draft.with_text

    def witnessed(draft: Draft, text: str) -> Draft:
        threads.append(threading.get_ident())
        return honest(draft, text)

    monkeypatch.setattr(Draft, "with_text", witnessed)
    reading.reader.read('{"event": "small"}')
    reading.reader.read(large("big"))
    await reading.done()
    assert len(threads) == 2
    assert threads[0] == threading.get_ident()
    assert threads[1] != threading.get_ident()


async def test_while_one_types_on_only_the_last_text_is_read(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    honest = Draft.with_text

    def witnessed(draft: Draft, text: str) -> Draft:
        texts.append(text)
        return honest(draft, text)

    monkeypatch.setattr(Draft, "with_text", witnessed)
    for number in range(5):
        reading.reader.read(large(f"event {number}"))
        await asyncio.sleep(0.005)
    await reading.done()
    assert texts == [large("event 4")]
    assert reading.event == "event 4"


async def test_a_small_text_that_follows_a_large_one_is_not_overtaken(reading: Reading) -> None:
    reading.reader.read(large("big"))
    reading.reader.read('{"event": "small"}')
    await reading.pause()
    assert reading.event == "small"
    assert reading.session.text == '{"event": "small"}'


async def test_an_edit_of_the_form_meanwhile_builds_on_the_text(reading: Reading) -> None:
    reading.reader.read(large("big"))
    reading.session.set_value(("distinct_id",), "typed into the form")
    await reading.pause()
    assert reading.event == "big"
    assert reading.session.draft.payload.get("distinct_id") == "typed into the form"
    assert reading.session.obstacle == ""


async def test_a_large_text_with_a_fault_says_where_it_is(reading: Reading) -> None:
    text = large("big", rest=",")
    reading.reader.read(text)
    await reading.done()
    assert reading.session.text == text
    assert reading.session.draft.fault is not None
    assert f"column {text.rindex(',') + 2}" in reading.session.obstacle
    assert reading.session.request is None


async def test_large_text_is_one_step_to_undo(reading: Reading) -> None:
    before = reading.session.draft
    reading.reader.read(large("big"))
    await reading.done()
    reading.session.undo_stack.undo()
    assert reading.session.draft == before


async def test_a_large_text_that_comes_to_the_same_draft_can_be_sent_again(
    reading: Reading,
) -> None:
    text = large("big")
    reading.reader.read(text)
    await reading.done()
    reading.reader.read(text + " ")
    reading.reader.read(text)
    await reading.done()
    assert reading.session.request is not None
    assert reading.session.text == text
