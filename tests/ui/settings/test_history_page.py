"""Limits of history: foreseen, set by a button, and never while one types."""

from datetime import timedelta

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import Accepted, Response
from composer.core.records import Summary
from composer.core.settings import Retention
from composer.core.wire import build_request
from composer.ui.settings.dialog import SettingsDialog, SettingsPage
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.settings.conftest import Desk

EU = Destination(id="eu", name="EU cloud", kind=DestinationKind.EU, address="https://e.example.com")
OK = Accepted(response=Response(status=200, reason="OK", body=b"{}", milliseconds=1.0))


class Limits:
    """The page over a history of ten sends."""

    def __init__(self, desk: Desk) -> None:
        self.work = desk.bench.work
        self.history = self.work.services.history
        for number in range(10):
            request = build_request(b'{"event": "e"}', EU, "/i/v0/e/")
            sent = self.history.begin(request, EU, Summary(event=f"e{number}", person="p"))
            self.history.finish(sent, OK)
        self.pruned: list[None] = []
        self.work.pruner.pruned.connect(lambda: self.pruned.append(None))
        self.dialog = SettingsDialog(self.work, desk.theme, desk.window, SettingsPage.HISTORY)
        self.dialog.open()

    @property
    def words(self) -> str:
        shown = (label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())
        return " ".join(shown)

    @property
    def can_set(self) -> bool:
        return named(self.dialog, "Set limits", QAbstractButton).isEnabled()

    async def says(self, words: str) -> None:
        await wait_until(lambda: words in self.words, f"{words!r} in {self.words!r}")


@pytest_asyncio.fixture
async def limits(desk: Desk) -> Limits:
    return Limits(desk)


async def test_it_says_how_much_there_is_and_that_nothing_goes_by_itself(limits: Limits) -> None:
    await limits.says("10 sends, 0.")
    assert "Nothing is deleted unless you set a limit." in limits.words
    assert not limits.can_set


async def test_a_limit_is_foreseen_then_set_by_its_button_and_the_list_is_told(
    limits: Limits,
) -> None:
    type_into(named(limits.dialog, "Most sends"), "4")
    await limits.says("This deletes 6 sends now.")
    assert len(limits.history.rows()) == 10
    assert limits.work.preferences.settings.retention == Retention()
    click(limits.dialog, "Set limits")
    await limits.says("The limits are set. Deleted 6 sends.")
    await limits.says("4 sends, 0.")
    assert [row.summary.event for row in limits.history.rows()] == ["e9", "e8", "e7", "e6"]
    assert limits.work.preferences.settings.retention == Retention(rows=4)
    assert limits.pruned == [None]
    assert not limits.can_set


async def test_enter_sets_the_limits_and_pinned_sends_are_kept(limits: Limits) -> None:
    first = limits.history.rows()[-1].id
    limits.history.pin([first], True)
    field = named(limits.dialog, "Most sends")
    type_into(field, "1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await limits.says("Deleted 8 sends.")
    assert [row.summary.event for row in limits.history.rows()] == ["e9", "e0"]


async def test_a_limit_that_takes_nothing_says_so(limits: Limits) -> None:
    type_into(named(limits.dialog, "Most days"), "30")
    await limits.says("This deletes nothing now.")
    click(limits.dialog, "Set limits")
    await limits.says("Nothing had to be deleted.")
    assert limits.pruned == []


async def test_what_is_no_number_is_told_and_cannot_be_set(limits: Limits) -> None:
    for text in ("soon", "0", "-3", "1.5", "99999999999"):
        type_into(named(limits.dialog, "Most days"), text)
        assert "or leave it empty for no limit" in limits.words
        assert not limits.can_set
    click(limits.dialog, "Leave as it was")
    assert named(limits.dialog, "Most days", QLineEdit).text() == ""
    assert limits.work.preferences.settings.retention == Retention()


async def test_closing_the_settings_does_not_stop_what_was_asked_for(limits: Limits) -> None:
    type_into(named(limits.dialog, "Most sends"), "2")
    click(limits.dialog, "Set limits")
    limits.dialog.close()
    await wait_until(lambda: len(limits.history.rows()) == 2, "the sends to go")
    await wait_until(lambda: limits.pruned == [None], "the list to be told")
    later = limits.work.services.clock.now() + timedelta(days=1)
    assert limits.history.prunable(Retention(rows=2), later) == 0
