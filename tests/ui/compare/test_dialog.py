"""The window that compares: what it says, shows, hides, swaps and copies, and when it follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from composer.core.compare.request import MOST_SHOWN, NamedRequest
from composer.core.jsontext import encode, from_python
from composer.core.records import Summary
from composer.core.tokens import KeyMode
from composer.ui.compare.dialog import PAUSE, CompareDialog
from composer.ui.compare.opening import compare_with_composed, compare_with_last, open_comparison
from composer.ui.compare.sides import composed
from composer.ui.compare.table import At
from composer.ui.lists.grid import Grid
from composer.ui.messages import Message
from composer.ui.theme import LIGHT, apply
from composer.ui.widgets import CodeView, EmptyState
from composer.ui.workbench import Workbench
from tests.helpers.bench import Bench, a_bench
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, wait_until

TOKEN = "phc_aRealProjectsToken00000000000000"
one = partial(NamedRequest, name="Sent today at 09:30:00")
other = partial(NamedRequest, name="Sent today at 09:31:00")
SUMMARY = Summary(event="e", person="p")
BOTH = (b'{"a": 1, "vip": "true", "uuid": "1"}', b'{"a": 1, "vip": true, "uuid": "2"}')


class Window:
    """A window with a comparison beside it, and how a test looks at it."""

    def __init__(self, bench: Bench) -> None:
        self.bench: Workbench = bench.work
        self.copied = bench.copied
        self.said: list[Message] = []
        self.bench.messages.said.connect(self.said.append)
        self.window = QWidget()
        self.window.resize(1280, 800)
        self.window.show()

    @property
    def dialog(self) -> CompareDialog:
        (dialog,) = self.window.findChildren(CompareDialog)
        return dialog

    async def shows(self, left: NamedRequest, right: NamedRequest) -> None:
        open_comparison(self.window, self.bench, left, right)
        await self.is_told()

    async def is_told(self) -> None:
        await wait_until(lambda: self.dialog.told is not None, "the comparison")

    @property
    def rows(self) -> list[str]:
        model = named(self.dialog, "Differences", Grid).model()
        return [str(model.index(row, At.WHAT).data()) for row in range(model.rowCount())]

    @property
    def words(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def body(self, name: str) -> CodeView:
        return named(self.dialog, f"{name} body", CodeView)


@pytest_asyncio.fixture
async def window(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Window]:
    apply(qapp, LIGHT)
    async with a_bench(tmp_path) as bench:
        yield Window(bench)
    qapp.setStyleSheet("")


async def test_it_shows_what_differs_over_both_bodies(window: Window) -> None:
    await window.shows(one(body=BOTH[0]), other(body=BOTH[1]))
    assert "Sent today at 09:30:00 against sent today at 09:31:00" in window.words
    assert "1 difference" in window.words
    assert "Hidden, for they differ every time: uuid." in window.words
    assert window.rows == ["Body", "vip"]
    assert '"vip": "true"' in window.body("Left").text()
    assert '"vip": true' in window.body("Right").text()
    assert not window.dialog.isModal()
    assert nameless(window.dialog) == []


async def test_both_bodies_scroll_to_the_chosen_difference(window: Window) -> None:
    filling = {f"k{n}": n for n in range(300)}
    texts = [encode(from_python({**filling, "z": side})) for side in (1, 2)]
    longer = encode(from_python({"more": list(range(50)), **filling, "z": 2}))
    await window.shows(one(body=texts[0].encode()), other(body=longer.encode()))
    assert window.rows == ["Body", "z", "more"]
    for name, wanted in (("Left", '  "z": 1'), ("Right", '  "z": 2')):
        view = window.body(name)
        assert view.textCursor().block().text() == wanted
        assert view.viewport().rect().contains(view.cursorRect().center())


async def test_what_differs_every_time_is_shown_if_wanted(window: Window) -> None:
    await window.shows(one(body=BOTH[0]), other(body=BOTH[1]))
    click(window.dialog, "Hide what differs every time")
    assert window.rows == ["Body", "vip", "uuid"]
    click(window.dialog, "Hide what differs every time")
    assert window.rows == ["Body", "vip"]


async def test_where_only_that_differs_it_says_the_same_but_for_it(window: Window) -> None:
    await window.shows(one(body=b'{"uuid": "1"}'), other(body=b'{"uuid": "2"}'))
    (state,) = (s for s in window.dialog.findChildren(EmptyState) if s.isVisible())
    assert state.accessibleDescription().startswith("The same but for uuid. ")
    click(window.dialog, "Hide what differs every time")
    assert window.rows == ["Body", "uuid"]


async def test_the_sides_can_be_swapped(window: Window) -> None:
    await window.shows(one(body=BOTH[0]), other(body=BOTH[1]))
    click(window.dialog, "Swap the sides")
    await window.is_told()
    assert "Sent today at 09:31:00 against sent today at 09:30:00" in window.words
    assert '"vip": true' in window.body("Left").text()


async def test_the_list_is_copied_with_the_key_as_chosen(window: Window) -> None:
    body = b'{"api_key": "%s", "n": 1}' % TOKEN.encode()
    window.bench.preferences.change(copy_key=KeyMode.ENV)
    await window.shows(one(body=body), other(body=b'{"api_key": "phc_x", "n": 2}'))
    click(window.dialog, "Copy the list")
    assert window.copied[-1].endswith("n\t1\t2\tAnother value")
    assert TOKEN not in window.copied[-1]
    assert window.said[-1].text == "Copied the differences, with the project token masked."
    window.bench.preferences.change(copy_key=KeyMode.INLINE)
    await window.is_told()
    click(window.dialog, "Copy the list")
    assert TOKEN in window.copied[-1]


async def test_a_token_hidden_on_screen_is_hidden_here_too(window: Window) -> None:
    body = b'{"api_key": "%s"}' % TOKEN.encode()
    await window.shows(one(body=body), other(body=b"{}"))
    assert TOKEN in window.body("Left").text()
    window.bench.preferences.change(hide_key=True)
    await wait_until(lambda: TOKEN not in window.body("Left").text(), "the token to be hidden")


async def test_what_is_composed_is_compared_anew_after_an_edit(window: Window) -> None:
    session = window.bench.session
    sent = NamedRequest(name="Sent today at 09:30:00", body=session.text.encode())
    session.set_value(("event",), "another")
    compare_with_composed(window.window, window.bench, sent)
    await window.is_told()
    assert window.rows == ["Body", "event"]
    session.undo_stack.undo()
    await wait_until(lambda: "The same" in window.words, "the difference to be gone")


async def test_an_edit_leaves_a_comparison_of_two_sends_alone(window: Window) -> None:
    await window.shows(one(body=BOTH[0]), other(body=BOTH[1]))
    told = window.dialog.told
    window.bench.session.set_value(("event",), "another")
    await asyncio.sleep(2 * PAUSE / 1000)
    assert window.dialog.told is told


async def test_an_event_with_broken_json_is_compared_as_text(window: Window) -> None:
    window.bench.session.set_text('{"event": ')
    assert composed(window.bench.session).url == ""
    compare_with_composed(window.window, window.bench, one(body=b'{"event": 1}'))
    await window.is_told()
    assert "not JSON, so the bodies are compared line by line" in window.words
    assert window.rows == ["Body", "line 1"]


async def test_there_is_one_window_only(window: Window) -> None:
    await window.shows(one(body=b"1"), other(body=b"2"))
    first = window.dialog
    await window.shows(one(body=b"3"), other(body=b"3"))
    assert window.dialog is first
    assert "The same" in window.words


async def test_escape_closes_it_even_while_it_compares(window: Window) -> None:
    large = encode(from_python([{"n": n} for n in range(20_000)])).encode()
    open_comparison(window.window, window.bench, one(body=large), other(body=large))
    dialog = window.dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await wait_until(lambda: not isValid(dialog), "the window to be gone")


async def test_long_bodies_are_shown_in_part(window: Window) -> None:
    large = encode(from_python(["x" * 50] * 10_000)).encode()
    await window.shows(one(body=large), other(body=large[:-3] + b"]"))
    assert len(window.body("Left").text()) <= MOST_SHOWN


async def test_the_last_send_is_compared_with_what_is_composed(window: Window) -> None:
    bench = window.bench
    compare_with_last(window.window, bench)
    assert window.said[-1].text == "Nothing has been sent yet. Send the event, then compare."
    bench.preferences.locate_sandbox("http://127.0.0.1:8810")
    request = bench.session.request
    assert request is not None
    bench.services.history.begin(request, bench.session.destination, SUMMARY)
    bench.session.set_value(("event",), "another")
    compare_with_last(window.window, bench)
    await window.is_told()
    assert "against composed" in window.words
    assert window.rows == ["Body", "event"]
