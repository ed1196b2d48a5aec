"""What Send and the batch do with variables that are not filled in, and with tabs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from composer.core.templates import Step, Template, Unfilled
from composer.ui.messages import Message
from composer.ui.send.controller import Send
from composer.ui.send.questions import Matter, Question
from composer.ui.workbench import Workbench
from tests.helpers.batch import names_in, rows_in
from tests.helpers.bench import a_bench
from tests.helpers.clock import START


class Bench:
    """A workbench whose sends are written down before they go anywhere."""

    def __init__(self, work: Workbench) -> None:
        self.session, self.batch, self.desk = work.session, work.batch, work.desk
        work.preferences.locate_sandbox("http://127.0.0.1:9")  # where nobody answers
        self.sent: list[Send] = []
        self.asked: list[Question] = []
        self.wanted: list[Unfilled] = []
        self.said: list[Message] = []
        self.settled = 0
        work.sends.started.connect(self.sent.append)
        work.desk.asked.connect(self.asked.append)
        work.desk.variable_wanted.connect(self.wanted.append)
        work.desk.settled.connect(self._settle)
        work.messages.said.connect(self.said.append)

    def _settle(self) -> None:
        self.settled += 1

    def open_template(self) -> None:
        """A template whose person is to be filled in."""
        draft = self.session.draft.with_value(("distinct_id",), "{{customer_id}}")
        step = Step(draft=draft.with_token(""))
        self.session.open_template(Template(id="1", name="A", steps=(step,), saved_at=START))


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as built:
        yield Bench(built.work)


@pytest.mark.parametrize("act", ["send", "add_to_batch"])
async def test_a_variable_of_a_template_stops_it_and_gets_the_cursor(
    bench: Bench, act: str
) -> None:
    bench.open_template()
    getattr(bench.desk, act)()
    assert [unfilled.name for unfilled in bench.wanted] == ["customer_id"]
    assert (bench.sent, await rows_in(bench.batch), bench.asked) == ([], [], [])
    bench.session.answer("customer_id", "c-7")
    getattr(bench.desk, act)()
    assert len(bench.sent) + len(await rows_in(bench.batch)) == 1
    assert bench.session.draft.payload.get("distinct_id") == "c-7"


async def test_a_reference_typed_by_hand_is_asked_about_and_may_stay(bench: Bench) -> None:
    bench.session.set_value(("distinct_id",), "{{who}}")
    bench.desk.send()
    (question,) = bench.asked
    assert question.matter is Matter.VARIABLE
    assert "{{who}}" in question.words
    assert (bench.sent, bench.wanted) == ([], [])
    bench.desk.leave_literal()
    (send,) = bench.sent
    assert b"{{who}}" in send.request.body


async def test_a_reference_typed_by_hand_may_be_filled_in_instead(bench: Bench) -> None:
    bench.session.set_value(("distinct_id",), "{{who}}")
    bench.desk.send()
    bench.desk.fill_in()
    assert [unfilled.name for unfilled in bench.wanted] == ["who"]
    bench.session.answer("who", "c-8")
    bench.desk.send()
    (send,) = bench.sent
    assert b'"c-8"' in send.request.body


async def test_a_question_goes_with_the_draft_that_it_was_about(bench: Bench) -> None:
    bench.session.set_value(("distinct_id",), "{{who}}")
    bench.desk.send()
    bench.session.open_tab()
    assert bench.settled == 1
    bench.desk.leave_literal()
    assert bench.sent == []


async def test_closing_is_said_and_taken_back_by_the_message(bench: Bench) -> None:
    bench.session.set_value(("event",), "mine")
    bench.desk.close_tab()
    message = bench.said[-1]
    assert message.text == "Closed mine · customer-42."
    assert message.run is not None
    message.run()
    assert bench.session.draft.payload.get("event") == "mine"


async def test_an_event_of_the_batch_is_put_back_from_its_own_tab_only(bench: Bench) -> None:
    bench.session.set_value(("event",), "mine")
    bench.batch.add(bench.session.draft.with_value(("event",), "waiting"))
    (row,) = await rows_in(bench.batch)
    assert bench.desk.edit_item(row)
    first, second = bench.session.tabs
    bench.session.set_value(("event",), "changed")
    bench.session.switch_to(first.id)
    bench.desk.add_to_batch()
    assert await names_in(bench.batch) == ["waiting", "mine"]
    bench.session.switch_to(second.id)
    bench.desk.add_to_batch()
    assert await names_in(bench.batch) == ["changed", "mine"]
    assert bench.batch.editing is None
    assert len(bench.session.tabs) == 1


async def test_closing_the_tab_of_an_event_leaves_the_batch_as_it_was(bench: Bench) -> None:
    bench.session.set_value(("event",), "mine")
    bench.batch.add(bench.session.draft)
    bench.desk.edit_item((await rows_in(bench.batch))[0])
    bench.session.set_value(("event",), "changed")
    bench.desk.close_tab()
    assert bench.batch.editing is None
    assert await names_in(bench.batch) == ["mine"]
