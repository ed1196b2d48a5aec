"""How a test looks at the behaviour view and sends to the sandbox behind it."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from composer.core.behaviour import Behaviour
from composer.core.destination import SANDBOX_TOKEN
from composer.ui.lists.grid import Grid
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.behaviour.view import BehaviourView
from composer.ui.widgets import Combo, FlowNote, LineEdit, Pill
from tests.helpers.stage import Stage
from tests.helpers.window import click, named, type_into, wait_until
from tests.services.sandbox.client import Reply, exchange, post


class Driver:
    """A view over a sandbox that answers."""

    def __init__(self, stage: Stage, behaviour: Behaviour | None = None) -> None:
        self.stage = stage
        self.sandbox = stage.sandbox
        if behaviour is not None:
            self.sandbox.behave(behaviour)
        stage.start_sandbox()
        self.switches = Switches(self.sandbox, stage.environment.behaviours, stage.messages)
        self.view = BehaviourView(self.sandbox, self.switches, stage.copier)
        stage.show(self.view, 816, 2400)

    @property
    def behaviour(self) -> Behaviour:
        return self.sandbox.behaviour

    def send(self, token: str = SANDBOX_TOKEN, path: str = "/i/v0/e/", person: str = "p") -> Reply:
        """One sound event."""
        event = {"api_key": token, "event": "seen", "distinct_id": person}
        return post(self.sandbox, json.dumps(event), path)

    def get(self, path: str) -> Reply:
        return exchange(self.sandbox, "GET", path)

    def click(self, name: str) -> None:
        click(self.view, name)

    def type(self, name: str, text: str) -> LineEdit:
        """Type into the field of that name; no text empties it."""
        field = self.line(name)
        type_into(field, text)
        if not text:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        return field

    def choose(self, name: str, text: str) -> None:
        """Choose an entry of a list, as a person does with the keyboard."""
        combo = named(self.view, name, Combo)
        combo.setFocus()
        place = combo.findText(text)
        assert place >= 0, f"{name} has no {text!r}"
        while combo.currentIndex() != place:
            down = combo.currentIndex() < place
            QTest.keyClick(combo, Qt.Key.Key_Down if down else Qt.Key.Key_Up)

    def line(self, name: str) -> LineEdit:
        return named(self.view, name, LineEdit)

    def table(self, name: str = "Rules") -> Grid:
        return named(self.view, name, Grid)

    def rows(self, name: str = "Rules") -> list[list[str]]:
        model = self.table(name).model()
        columns = range(model.columnCount())
        return [[model.index(r, c).data() or "" for c in columns] for r in range(model.rowCount())]

    def problems(self) -> list[str]:
        """What is told to be wrong, from above."""
        notes = self.view.findChildren(FlowNote)
        return [n.text() for n in notes if n.isVisible() and n.property("role") == "problem"]

    @property
    def state(self) -> str:
        return self.view.findChildren(Pill)[0].text

    async def activate(self) -> None:
        """Have the window system send the keys here."""
        self.view.activateWindow()
        await wait_until(self.view.isActiveWindow, "the window")

    async def press(self, widget: QWidget, keys: str) -> None:
        """Press a shortcut while ``widget`` has the focus."""
        await self.activate()
        widget.setFocus()
        QTest.keySequence(widget, QKeySequence(keys))

    def undo(self) -> str:
        """Do what the last message offers; returns what it said."""
        message = self.stage.said[-1]
        assert message.action == "Undo"
        assert message.run is not None
        message.run()
        return message.text
