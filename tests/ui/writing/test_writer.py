"""Commands are written at once, or in a thread where that takes long; the newest wish counts."""

from __future__ import annotations

import asyncio

import pytest

from composer.core.copies import CurlManner, Wish, make_copy
from composer.core.tokens import KeyMode
from composer.services.writing import IN_A_THREAD
from composer.ui.writing import writer
from composer.ui.writing.writer import Written
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until


class Desk:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.writer = stage.copier.new_writer()
        self.written: list[Written] = []
        self.slow: list[Wish] = []
        self.writer.written.connect(self.written.append)
        self.writer.slow.connect(self.slow.append)

    def wish(self, size: int, letter: str = "x") -> Wish:
        request = self.stage.request(letter.encode() * size)
        return Wish(request=request, manner=CurlManner(), key=KeyMode.INLINE)


async def test_a_small_one_is_there_at_once(stage: Stage) -> None:
    desk = Desk(stage)
    wish = desk.wish(writer.AT_ONCE)
    desk.writer.want(wish)
    assert [written.wish for written in desk.written] == [wish]


async def test_of_many_large_ones_only_the_newest_is_told(stage: Stage) -> None:
    desk = Desk(stage)
    wishes = [desk.wish(writer.AT_ONCE + 1, letter) for letter in "abcdef"]
    for wish in wishes:
        desk.writer.want(wish)
    assert desk.written == []
    await wait_until(lambda: desk.written, "the command")
    await asyncio.sleep(0.1)
    assert [written.wish for written in desk.written] == [wishes[-1]]


async def test_a_small_one_takes_the_place_of_a_large_one(stage: Stage) -> None:
    desk = Desk(stage)
    desk.writer.want(desk.wish(100_000))
    small = desk.wish(10)
    desk.writer.want(small)
    await asyncio.sleep(0.3)
    assert [written.wish for written in desk.written] == [small]


async def test_what_is_not_wished_for_any_more_is_not_told(stage: Stage) -> None:
    desk = Desk(stage)
    desk.writer.want(desk.wish(100_000))
    desk.writer.want(None)
    await asyncio.sleep(0.3)
    assert desk.written == []
    assert desk.slow == []
    desk.writer.want(desk.wish(100_000, "y"))
    await wait_until(lambda: desk.written, "the next command")


async def test_that_it_takes_long_is_said_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 1)
    desk = Desk(stage)
    wish = desk.wish(IN_A_THREAD + 1)  # a process has to start for it
    desk.writer.want(wish)
    await wait_until(lambda: desk.written, "the command")
    await asyncio.sleep(0.05)
    assert desk.slow == [wish]
    assert desk.written == [Written(wish=wish, copy=make_copy(wish))]
