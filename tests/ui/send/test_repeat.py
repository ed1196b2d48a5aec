"""The second half of a double click, told from a second press."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.core.wire import WireRequest, build_request
from composer.ui.send.repeat import RepeatGuard
from tests.helpers.stage import EU, SANDBOX


def request(body: bytes = b"{}") -> WireRequest:
    return build_request(body, SANDBOX, "/i/v0/e/")


@pytest.fixture
def quick(qapp: QApplication) -> Iterator[None]:
    """A short double click, to wait for."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(60)
    yield
    qapp.setDoubleClickInterval(before)


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[RepeatGuard]:
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(60_000)
    yield RepeatGuard()
    qapp.setDoubleClickInterval(before)


def test_the_first_press_is_no_repeat(guard: RepeatGuard) -> None:
    assert not guard.is_double_press(request())


def test_the_same_bytes_at_once_are_a_double_press(guard: RepeatGuard) -> None:
    guard.note(request())
    assert guard.is_double_press(request())


def test_other_bytes_or_another_place_are_none(guard: RepeatGuard) -> None:
    guard.note(request())
    assert not guard.is_double_press(request(b"{ }"))
    assert not guard.is_double_press(build_request(b"{}", EU, "/i/v0/e/"))
    assert not guard.is_double_press(build_request(b"{}", SANDBOX, "/capture/"))


def test_only_the_last_request_counts(guard: RepeatGuard) -> None:
    guard.note(request())
    guard.note(request(b"{ }"))
    assert not guard.is_double_press(request())


@pytest.mark.usefixtures("quick")
def test_the_same_bytes_are_sent_again_after_the_time_of_a_double_click(qtbot: QtBot) -> None:
    guard = RepeatGuard()
    guard.note(request())
    qtbot.wait(70)
    assert not guard.is_double_press(request())
