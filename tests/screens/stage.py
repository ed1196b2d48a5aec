"""The real app on a profile of its own, and the few things that a state does with it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from composer.app import App
from composer.core.destination import BATCH_PATH, DestinationKind
from composer.core.draft import Draft
from composer.core.jsontext import Layout, from_python
from composer.core.records import Summary
from composer.core.wire import batch_body, build_request
from composer.services.clock import SystemClock
from composer.services.environment import open_environment
from composer.ui.actions import Command
from composer.ui.rail import Place
from composer.ui.theme import ThemeChoice

TOKEN = "phc_aBcD3fGh1jKlMn0pQrStUvWxYz12345678901234567"
PATIENCE = 10.0
_W = TypeVar("_W", bound=QWidget)


class ShiftedClock(SystemClock):
    """The time of this machine, moved by ``offset``: a past for the history."""

    offset = timedelta()

    def now(self) -> datetime:
        return super().now() + self.offset


class Stage:
    """What a state needs to bring the app to where it wants it."""

    def __init__(self, app: App, clock: ShiftedClock) -> None:
        self.app = app
        self.clock = clock
        self.bench = app.bench
        self.window = app.window
        self.session = app.bench.session

    def do(self, command: Command) -> None:
        self.window.actions_.trigger(command)

    def go(self, place: Place) -> None:
        self.window.go_to(place)

    def choose(self, type_id: str, *, example: bool = False) -> None:
        """Another form, empty or filled with its example."""
        self.window.rail.type_chosen.emit(type_id)
        if example:
            self.do(Command.FILL_EXAMPLE)

    def put(self, key: str, value: Any) -> None:
        """Set a member of the body, or of its properties where the key says ``properties.``."""
        self.session.set_value(tuple(key.split(".", 1)), from_python(value))

    def aim(self, kind: DestinationKind, address: str = "", token: str = "") -> None:
        """Choose a destination and its token."""
        preferences = self.bench.preferences
        place = next(d for d in preferences.destinations if d.kind is kind)
        # A server of one's own stands for a test project here: sends to it are not asked about.
        production = kind is not DestinationKind.SELF_HOSTED
        place = replace(place, address=address or place.address, production=production)
        preferences.change_destination(place)
        preferences.change(destination_id=place.id)
        if token:
            self.session.set_token(token)

    def find(self, kind: type[_W], name: str) -> _W:
        """The visible widget with that accessible name."""
        fitting = (w for w in self.window.findChildren(kind) if w.accessibleName() == name)
        return next(widget for widget in fitting if widget.isVisible())

    def button(self, name: str) -> QAbstractButton:
        """The visible button with that accessible name."""
        return self.find(QAbstractButton, name)

    async def post(self, path: str, body: bytes, agent: str) -> None:
        """Send to the sandbox as another program would, whatever comes of it."""
        sandbox = self.app.sandbox
        await asyncio.to_thread(sandbox.await_ready)
        headers = {"Content-Type": "application/json", "User-Agent": agent}
        if body.startswith(b"data="):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        async with httpx.AsyncClient() as client:
            await client.post(f"{sandbox.url}{path}", content=body, headers=headers)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110 -- conditions are of many kinds
                await asyncio.sleep(0.01)

    async def settle(self, seconds: float = 0.3) -> None:
        """Let what was started come to rest."""
        await asyncio.sleep(seconds)

    async def send(self) -> None:
        """Press Send and wait for the end of it."""
        self.do(Command.SEND)
        await self.until(lambda: not self.bench.sends.is_busy)

    async def deliver(self, *drafts: Draft) -> None:
        """Send past the window: a request for the history and the sandbox, several as a batch."""
        place = self.bench.preferences.destination
        first = drafts[0].payload
        if len(drafts) == 1:
            body, path = drafts[0].text(Layout.PRETTY).encode(), place.path
            summary = Summary(event=str(first.get("event")), person=str(first.get("distinct_id")))
        else:
            payloads = [draft.payload for draft in drafts]
            body = batch_body(payloads, place.token, Layout.PRETTY, historical_migration=False)
            path, many = BATCH_PATH, len(drafts)
            summary = Summary(event=f"{many} events", person="", events=many)
        request = build_request(body, place, path)
        await self.bench.services.delivery.deliver(request, place, summary)


@asynccontextmanager
async def staged(application: QApplication) -> AsyncIterator[Stage]:
    """A first start on a fresh profile, with a sandbox on any free port."""
    with tempfile.TemporaryDirectory(prefix="composer-screens-") as folder:
        clock = ShiftedClock()
        environment = open_environment(Path(folder), clock)
        settings = environment.settings.load()
        environment.settings.save(replace(settings, sandbox_port=0, theme=ThemeChoice.LIGHT))
        app = App(application, environment)
        app.window.show()
        app.start_services()
        try:
            yield Stage(app, clock)
        finally:
            await app.aclose()
