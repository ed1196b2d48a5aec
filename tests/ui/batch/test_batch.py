"""The batch itself: changes in order, each of them undone, and what older versions left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from composer.core.batch.cells import CellError
from composer.core.draft import Draft
from composer.core.jsontext import Object
from composer.ui.batch.batch import Batch
from composer.ui.batch.steps import MOST, Step, Steps
from composer.ui.messages import Message
from composer.ui.workbench import Workbench
from tests.helpers.batch import names_in, payloads_in, rows_in
from tests.helpers.bench import a_bench
from tests.ui.batch.place import body


@pytest_asyncio.fixture
async def work(tmp_path: Path) -> AsyncIterator[Workbench]:
    async with a_bench(tmp_path) as bench:
        yield bench.work


@pytest.fixture
def batch(work: Workbench) -> Batch:
    return work.batch


@pytest.fixture
def said(work: Workbench) -> list[Message]:
    messages: list[Message] = []
    work.messages.said.connect(messages.append)
    return messages


def drafts(*events: str) -> list[Draft]:
    return [
        Draft(
            type_id="custom",
            payload=Object((("api_key", "phc_x"), ("event", name), ("distinct_id", "ada"))),
        )
        for name in events
    ]


async def test_what_is_asked_for_first_is_done_first(batch: Batch) -> None:
    for number in range(30):
        batch.add(*drafts(f"event {number}"))
    assert await names_in(batch) == [f"event {number}" for number in range(30)]
    assert batch.count == 30


async def test_an_event_is_kept_without_the_token_and_with_an_id(batch: Batch) -> None:
    batch.add(*drafts("one"))
    (payload,) = await payloads_in(batch)
    assert payload.get("api_key") is None
    assert isinstance(payload.get("uuid"), str)


async def test_an_edited_event_goes_back_into_its_place_and_what_it_became_behind_it(
    work: Workbench, batch: Batch
) -> None:
    batch.add(*drafts("one", "two"))
    first, _ = await rows_in(batch)
    draft = batch.edit(first)
    assert draft.token == work.preferences.destination.token
    assert batch.editing == first
    batch.put_back(draft.with_value(("event",), "one a"), *drafts("one b"))
    assert batch.editing is None
    assert await names_in(batch) == ["one a", "one b", "two"]
    assert (await rows_in(batch))[0].id == first.id


async def test_every_change_is_undone_one_after_the_other(batch: Batch) -> None:
    batch.add(*drafts("one", "two", "three"))
    first, second, _ = await rows_in(batch)
    batch.change_cell(first, "event", "first")
    batch.move([second.id], None)
    batch.duplicate([second.id])
    batch.remove([first.id])
    assert await names_in(batch) == ["three", "two", "two"]
    seen: list[list[str]] = []
    while batch.steps.can_undo:
        batch.undo()
        seen.append(await names_in(batch))
    assert seen == [
        ["first", "three", "two", "two"],
        ["first", "three", "two"],
        ["first", "two", "three"],
        ["one", "two", "three"],
        [],
    ]


async def test_a_removal_is_undone_whatever_came_after_it(
    batch: Batch, said: list[Message]
) -> None:
    batch.add(*drafts("one", "two"))
    first, _ = await rows_in(batch)
    batch.remove([first.id], name=first.name)
    await batch.settled()
    batch.add(*drafts("three"))
    run = said[-1].run
    assert run is not None
    run()
    run()  # a second press does nothing
    assert await names_in(batch) == ["one", "two", "three"]


async def test_taking_the_edited_event_out_ends_the_editing(batch: Batch) -> None:
    batch.add(*drafts("one"))
    (row,) = await rows_in(batch)
    batch.edit(row)
    batch.clear()
    assert batch.editing is None
    assert await names_in(batch) == []


async def test_a_text_that_cannot_stand_there_changes_nothing(batch: Batch) -> None:
    batch.insert([("custom", body("one", seats=9))])
    (row,) = await rows_in(batch)
    with pytest.raises(CellError):
        batch.change_cell(row, "property:seats", "many")
    assert await rows_in(batch) == [row]


async def test_an_event_that_is_gone_is_not_written(batch: Batch, said: list[Message]) -> None:
    batch.add(*drafts("one"))
    (row,) = await rows_in(batch)
    batch.clear()
    batch.change_cell(row, "event", "other")
    await batch.settled()
    assert said[-1].text == "That event is no longer in the batch."


async def test_the_first_events_are_handed_over_as_drafts(batch: Batch) -> None:
    batch.add(*drafts("one", "two", "three"))
    got: list[tuple[Draft, ...]] = []
    batch.read_drafts(2, got.append)
    await batch.settled()
    assert [draft.payload.get("event") for draft in got[0]] == ["one", "two"]


def test_only_the_last_changes_are_remembered() -> None:
    steps = Steps()
    made = [steps.push(Step(words="add", undo=list)) for _ in range(MOST + 5)]
    assert steps.pop() is made[-1]
    assert not steps.take(made[0])
    assert steps.take(made[10])
    assert not steps.take(made[10])
