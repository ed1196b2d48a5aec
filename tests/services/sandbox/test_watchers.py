"""Who is told of changes to the sandbox, whoever makes them."""

import logging

import pytest

from composer.core.behaviour import Behaviour, parse_rule
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import NOW


class Diary:
    """Writes down what it is told, and can fail over it."""

    def __init__(self, *, fails: bool = False) -> None:
        self.told: list[object] = []
        self._fails = fails

    def cleared(self) -> None:
        self._write("cleared")

    def behaviour_changed(self, behaviour: Behaviour) -> None:
        self._write(behaviour)

    def _write(self, what: object) -> None:
        self.told.append(what)
        if self._fails:
            raise RuntimeError("the window is gone")


@pytest.fixture
def idle() -> Sandbox:
    """One that is never started."""
    return Sandbox(clock=lambda: NOW)


def test_every_watcher_is_told_of_every_change(idle: Sandbox) -> None:
    first, second = Diary(), Diary()
    idle.watch(first)
    idle.watch(second)
    idle.clear()
    idle.unwatch(second)
    idle.unwatch(second)
    behaviour = Behaviour(rules=(parse_rule("503"),))
    idle.behave(behaviour)
    assert first.told == ["cleared", behaviour]
    assert second.told == ["cleared"]


def test_switches_that_are_set_as_they_were_are_no_change(idle: Sandbox) -> None:
    diary = Diary()
    idle.watch(diary)
    idle.behave(Behaviour())
    assert diary.told == []


def test_a_watchers_fault_stops_neither_the_change_nor_the_others(
    idle: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = Diary(fails=True), Diary()
    idle.watch(broken)
    idle.watch(sound)
    behaviour = Behaviour(quota_reached=True)
    with caplog.at_level(logging.ERROR):
        idle.behave(behaviour)
    assert idle.behaviour == behaviour
    assert broken.told == sound.told == [behaviour]
    assert "the window is gone" in caplog.text


def test_a_watcher_sees_the_new_state(idle: Sandbox) -> None:
    seen: list[Behaviour] = []

    class Looking(Diary):
        def behaviour_changed(self, behaviour: Behaviour) -> None:
            seen.extend((behaviour, idle.behaviour))

    idle.watch(Looking())
    behaviour = Behaviour(serves_v1=False)
    idle.behave(behaviour)
    assert seen == [behaviour, behaviour]
