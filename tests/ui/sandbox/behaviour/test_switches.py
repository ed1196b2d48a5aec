"""The behaviour as the window holds it: many changes from other threads, and its end."""

import asyncio
import threading

from PySide6.QtCore import QCoreApplication, QEvent

from composer.core.behaviour import Behaviour, Edition, Flag, parse_rule
from composer.ui.sandbox.behaviour.switches import Switches, good_day
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until


def switches_of(stage: Stage) -> Switches:
    return Switches(stage.sandbox, stage.environment.behaviours, stage.messages)


async def test_many_changes_within_a_moment_are_told_few_times(stage: Stage) -> None:
    switches = switches_of(stage)
    told: list[Behaviour] = []
    switches.changed.connect(told.append)
    last = Behaviour(rules=(parse_rule("503"),))

    def set_often() -> None:
        for number in range(500):
            stage.sandbox.behave(Behaviour(quota_reached=number % 2 == 0))
        stage.sandbox.behave(last)

    thread = threading.Thread(target=set_often)
    thread.start()
    thread.join()
    await wait_until(lambda: told and told[-1] == last, "the last change")
    assert len(told) < 10


async def test_the_same_behaviour_is_no_change(stage: Stage) -> None:
    switches = switches_of(stage)
    told: list[Behaviour] = []
    switches.changed.connect(told.append)
    switches.change(quota_reached=False)
    switches.keep()
    assert told == []
    assert not stage.environment.profile.behaviour.exists()


async def test_an_own_change_is_told_once(stage: Stage) -> None:
    switches = switches_of(stage)
    told: list[Behaviour] = []
    switches.changed.connect(told.append)
    switches.change(quota_reached=True)
    await asyncio.sleep(0.05)
    assert told == [Behaviour(quota_reached=True)]
    stage.sandbox.behave(Behaviour())
    await wait_until(lambda: told[-1] == Behaviour(), "the change from outside")


async def test_nobody_is_told_after_the_end(stage: Stage) -> None:
    switches = switches_of(stage)
    switches.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    stage.sandbox.behave(Behaviour(quota_reached=True))
    assert stage.sandbox.behaviour.quota_reached


def test_a_good_day_keeps_what_is_no_trouble() -> None:
    rules = (parse_rule("503"),)
    flags = (Flag(key="beta"),)
    bad = Behaviour(
        edition=Edition.OF_2024,
        known_tokens=frozenset(),
        quota_reached=True,
        serves_v1=False,
        serves_tls=True,
        flags=flags,
        rules=rules,
    )
    good = good_day(bad)
    assert good == Behaviour(serves_tls=True, flags=flags, rules=(parse_rule("503 off"),))
    assert not good.misbehaves
    assert good_day(good) == good
