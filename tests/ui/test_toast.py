"""The line of messages over the window: what stays, what goes, what waits, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from composer.ui.messages import UNDO, Messages
from composer.ui.theme import LIGHT, apply
from composer.ui.toast import BELOW, MARGIN, SHOWN_FOR, SHOWN_WITH_ACTION, WIDTH, Toast
from composer.ui.widgets import FlowNote, LinkButton, Notice, Severity
from tests.helpers.window import click

STAYING = [Severity.WARNING, Severity.ERROR]
PASSING = [Severity.OK, Severity.INFO, Severity.NEUTRAL]


class Over:
    """A window with a toast over it."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.window.resize(1024, 640)
        self.messages = Messages()
        self.toast = Toast(self.messages, self.window)
        self.notice = self.window.findChildren(Notice)[0]
        self.changes: list[str] = []
        self.toast.changed.connect(self.note_change)
        self.window.show()

    def note_change(self) -> None:
        self.changes.append(self.text)

    @property
    def text(self) -> str:
        return self.notice.text if self.notice.isVisible() else ""

    @property
    def timer(self) -> QTimer:
        (timer,) = self.toast.findChildren(QTimer)
        return timer


@pytest.fixture
def over(qapp: QApplication) -> Iterator[Over]:
    apply(qapp, LIGHT)
    over = Over()
    yield over
    over.window.close()
    over.window.deleteLater()
    qapp.setStyleSheet("")


def test_there_is_nothing_until_something_is_said(over: Over) -> None:
    assert over.text == ""
    over.messages.say("Saved.", Severity.OK)
    assert over.text == "Saved."
    assert over.notice.accessibleName() == "OK: Saved."
    assert over.changes == ["Saved."]


@pytest.mark.parametrize("severity", PASSING)
def test_good_news_goes_by_itself(over: Over, qtbot: QtBot, severity: Severity) -> None:
    over.messages.say("Saved.", severity)
    assert over.timer.interval() == SHOWN_FOR
    over.timer.start(10)
    qtbot.waitUntil(lambda: over.text == "")
    assert over.changes == ["Saved.", ""]


@pytest.mark.parametrize("severity", STAYING)
def test_bad_news_stays_until_it_is_dismissed(over: Over, severity: Severity) -> None:
    over.messages.say("Not saved.", severity)
    assert not over.timer.isActive()
    click(over.window, "Dismiss this notice")
    assert over.text == ""


def test_bad_news_is_not_taken_away_by_the_clock_of_the_good_news_before(over: Over) -> None:
    over.messages.say("Saved.", Severity.OK)
    over.messages.say("Not saved.", Severity.ERROR)
    assert over.text == "Not saved."
    assert not over.timer.isActive()


def test_what_offers_something_stays_longer(over: Over) -> None:
    over.messages.say("Removed.", action=UNDO)
    assert over.timer.interval() == SHOWN_WITH_ACTION > SHOWN_FOR


def test_passing_news_gives_way_to_newer_news_with_a_time_of_its_own(over: Over) -> None:
    over.messages.say("Removed.", action=UNDO)
    over.messages.say("Saved.", Severity.OK)
    assert over.text == "Saved."
    assert over.timer.interval() == SHOWN_FOR
    assert not over.toast.offers_undo


def test_nothing_pushes_bad_news_away_and_nothing_is_lost(over: Over, qtbot: QtBot) -> None:
    over.messages.say("first", Severity.ERROR)
    over.messages.say("second", Severity.WARNING)
    over.messages.say("third", Severity.OK)
    assert over.text == "first"
    click(over.window, "Dismiss this notice")
    assert over.text == "second"
    assert not over.timer.isActive()
    click(over.window, "Dismiss this notice")
    assert over.text == "third"
    over.timer.start(10)
    qtbot.waitUntil(lambda: over.text == "")
    assert over.changes == ["first", "second", "third", ""]


def test_its_action_is_done_once_and_it_goes(over: Over) -> None:
    done: list[str] = []
    over.messages.say("Kept.", action="Show it", run=lambda: done.append(over.text))
    (button,) = over.window.findChildren(LinkButton)
    assert button.text() == "Show it"
    button.click()
    assert done == [""]  # it has gone already, so that the action may say something itself
    assert over.text == ""


def test_an_action_that_says_something_is_heard(over: Over) -> None:
    over.messages.say("Removed.", action=UNDO, run=lambda: over.messages.say("It is back."))
    over.toast.undo()
    assert over.text == "It is back."


def test_undo_is_offered_for_as_long_as_its_message_stands(over: Over) -> None:
    done: list[str] = []
    assert not over.toast.offers_undo
    over.messages.say("Removed.", action=UNDO, run=lambda: done.append("undone"))
    assert over.toast.offers_undo
    over.toast.undo()
    over.toast.undo()
    assert done == ["undone"]
    assert not over.toast.offers_undo
    assert over.text == ""


def test_undo_does_not_do_what_another_action_does(over: Over) -> None:
    done: list[str] = []
    over.messages.say("Kept.", action="Show it", run=lambda: done.append("shown"))
    over.toast.undo()
    assert done == []
    assert over.text == "Kept."


def test_a_dismissed_undo_is_no_longer_offered(over: Over) -> None:
    done: list[str] = []
    over.messages.say("Removed.", action=UNDO, run=lambda: done.append("undone"))
    click(over.window, "Dismiss this notice")
    over.toast.undo()
    assert done == []


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (400, 300)])
def test_it_stands_at_the_bottom_right_however_large_the_window_is(
    over: Over, size: tuple[int, int]
) -> None:
    over.messages.say("Saved.", Severity.OK)
    over.window.resize(*size)
    width, height = size
    place = over.notice.geometry()
    assert place.width() == min(WIDTH, width - 2 * MARGIN)
    assert (place.x() + place.width(), place.y() + place.height()) == (
        width - MARGIN,
        height - BELOW,
    )


@pytest.mark.parametrize("text", ["a word and another " * 20, "/a/path/without/a/gap" * 15])
def test_long_words_are_shown_whole_inside_the_window(over: Over, text: str) -> None:
    over.messages.say(text, Severity.ERROR, action="Copy it")
    assert over.text.replace("\u200b", "") == text
    assert over.window.rect().contains(over.notice.geometry())
    (words,) = over.notice.findChildren(FlowNote)
    QApplication.sendPostedEvents()  # the layout's turn
    assert words.height() >= words.heightForWidth(words.width())
    assert words.width() <= WIDTH


def test_a_short_message_after_a_long_one_takes_less_room(over: Over) -> None:
    over.messages.say("a word and another " * 20)
    tall = over.notice.height()
    over.messages.say("Saved.")
    assert over.notice.height() < tall


def test_it_stands_over_what_was_made_after_it(over: Over) -> None:
    later = QWidget(over.window)
    later.resize(1024, 640)
    later.show()
    over.messages.say("Saved.")
    middle = over.notice.geometry().center()
    found = over.window.childAt(middle)
    assert found is not None
    assert over.notice is found or over.notice.isAncestorOf(found)
