"""The sandbox's behaviour as the window holds it: a change is applied at once and kept.

Whoever else changes it, a script over HTTP for example, is heard too. No widget is known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from composer.core.behaviour import Behaviour, Edition
from composer.core.errors import StoreError
from composer.services.ports import BehaviourStore, Sandbox
from composer.ui.messages import UNDO, Messages
from composer.ui.widgets import Severity

DELAY = 300
"""Milliseconds from the first change that is not written yet to its writing."""


class Switches(QObject):
    """Sets the behaviour for a person, and tells of every change whoever made it."""

    changed = Signal(object)
    """``Behaviour``"""
    _woken = Signal()

    def __init__(self, sandbox: Sandbox, behaviours: BehaviourStore, messages: Messages) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._behaviours = behaviours
        self._messages = messages
        self._is_unwritten = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.keep)
        self._watcher = _Watcher(self._woken.emit)
        self._woken.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        sandbox.watch(self._watcher)
        self.destroyed.connect(partial(sandbox.unwatch, self._watcher))

    @property
    def behaviour(self) -> Behaviour:
        """The behaviour as it is now."""
        return self._sandbox.behaviour

    def change(self, **values: Any) -> None:
        """Set some members of the behaviour by name."""
        self.put(replace(self.behaviour, **values))

    def put(self, behaviour: Behaviour) -> None:
        """Set the whole behaviour; it is written down a moment later."""
        if behaviour == self.behaviour:
            return
        self._watcher.is_awake = True  # of this change nobody has to be woken
        self._sandbox.behave(behaviour)
        self._is_unwritten = True
        self._timer.start()
        self._catch_up()

    def reset(self) -> None:
        """Back to a good day; the message offers to undo it."""
        before = self.behaviour
        self.put(good_day(before))
        self._messages.say(
            "The sandbox behaves as PostHog on a good day again.",
            action=UNDO,
            run=partial(self.put, before),
        )

    def offer_undo(self, text: str, run: Callable[[], None]) -> None:
        """Say what was done, with the way back."""
        self._messages.say(text, action=UNDO, run=run)

    @Slot()
    def keep(self) -> None:
        """Write down what a person has changed since the last time."""
        if not self._is_unwritten:
            return
        self._timer.stop()
        self._is_unwritten = False
        try:
            self._behaviours.save(self.behaviour)
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)

    @Slot()
    def _catch_up(self) -> None:
        self._watcher.is_awake = False
        self.changed.emit(self.behaviour)


class _Watcher:
    """Hears of changes in any thread; many within a moment wake the window once."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self.is_awake = False

    def cleared(self) -> None:
        """What arrived is another view's business."""

    def behaviour_changed(self, behaviour: Behaviour) -> None:
        """Have the window look; it asks for the behaviour itself."""
        del behaviour
        if not self.is_awake:
            self.is_awake = True
            self._wake()


def good_day(behaviour: Behaviour) -> Behaviour:
    """The same without trouble: rules stay but are off; flags and HTTPS are no trouble."""
    return replace(
        behaviour,
        edition=Edition.CURRENT,
        known_tokens=None,
        quota_reached=False,
        serves_v1=True,
        rules=tuple(replace(rule, enabled=False) for rule in behaviour.rules),
    )
