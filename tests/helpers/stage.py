"""What the pages of the window need around them, with real stores in a folder of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from composer.core.destination import SANDBOX_TOKEN, Destination, DestinationKind
from composer.core.draft import Draft, first_draft
from composer.core.outcome import Outcome, Response, judge
from composer.core.records import Summary
from composer.core.settings import Settings
from composer.core.times import wire_text
from composer.core.wire import WireRequest, build_request
from composer.services.batch.services import ProfileBatch
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.sandbox.server import Sandbox
from composer.services.sender import Sender, Timeouts
from composer.services.writing import WritingService
from composer.ui.copying import Copier
from composer.ui.messages import Message, Messages
from composer.ui.preferences import Preferences
from composer.ui.send.controller import SendController
from composer.ui.tasks import TaskScope
from composer.ui.theme import LIGHT, apply
from composer.ui.widgets import EmptyState
from tests.helpers.clock import StandingClock

SANDBOX = Destination(
    id="sandbox",
    name="Sandbox",
    kind=DestinationKind.SANDBOX,
    address="http://127.0.0.1:8810",
    token=SANDBOX_TOKEN,
)
EU = Destination(
    id="eu",
    name="EU cloud",
    kind=DestinationKind.EU,
    address="https://eu.i.posthog.com",
    token="phc_aRealProjectsToken00000000000000",
)
OK = judge(Response(status=200, reason="OK", body=b'{"status":"Ok"}', milliseconds=12.0))


@dataclass(kw_only=True)
class Stage:
    """The models and controllers of a window without the window."""

    environment: Environment
    clock: StandingClock
    preferences: Preferences
    tasks: TaskScope
    messages: Messages
    copier: Copier
    sends: SendController
    sandbox: Sandbox
    batch: ProfileBatch
    said: list[Message]
    copied: list[str]
    pages: list[QWidget] = field(default_factory=list)

    def show(self, page: QWidget, width: int = 816, height: int = 592) -> None:
        """Show a page until the test is over."""
        self.pages.append(page)
        page.resize(width, height)
        page.show()

    def draft(self, event: str = "plan upgraded", person: str = "customer-42") -> Draft:
        now = self.clock.now()
        draft = first_draft(
            token=SANDBOX_TOKEN, uuid=self.clock.new_uuid(now), timestamp=wire_text(now)
        )
        return draft.with_value(("event",), event).with_value(("distinct_id",), person)

    def request(self, body: bytes, destination: Destination = SANDBOX) -> WireRequest:
        return build_request(body, destination, "/i/v0/e/")

    def remember(
        self,
        event: str,
        *,
        outcome: Outcome | None = OK,
        destination: Destination = SANDBOX,
        body: bytes | None = None,
        **ago: float,
    ) -> int:
        """Put a send into history, as long ago as said."""
        moment = self.clock.moment
        self.clock.go_on(**{unit: -number for unit, number in ago.items()})
        sent = f'{{"event": "{event}"}}'.encode() if body is None else body
        summary = Summary(event=event, person="customer-42")
        history = self.environment.history
        identifier = history.begin(self.request(sent, destination), destination, summary)
        if outcome is not None:
            history.finish(identifier, outcome)
        self.clock.moment = moment
        return identifier

    def start_sandbox(self) -> str:
        """Have the sandbox answer, on a free port."""
        self.sandbox.start()
        assert self.sandbox.await_ready()
        self.preferences.locate_sandbox(self.sandbox.url)
        return self.sandbox.url


@asynccontextmanager
async def a_stage(app: QApplication, folder: Path) -> AsyncIterator[Stage]:
    """Build it over a profile in ``folder``, and take it down."""
    apply(app, LIGHT)
    clock, tasks, messages = StandingClock(), TaskScope(), Messages()
    environment = open_environment(folder, clock)
    preferences = Preferences(Settings())
    preferences.locate_sandbox(SANDBOX.address)
    said: list[Message] = []
    copied: list[str] = []
    writing = WritingService()
    messages.said.connect(said.append)
    timeouts = Timeouts(connect=5, answer=10)
    delivery = HistoryDelivery(Sender(), environment.history, lambda: timeouts)
    stage = Stage(
        environment=environment,
        clock=clock,
        preferences=preferences,
        tasks=tasks,
        messages=messages,
        copier=Copier(preferences, messages, copied.append, writing=writing, tasks=tasks),
        sends=SendController(delivery, tasks),
        sandbox=Sandbox(clock=clock.now, tls_folder=environment.profile.certificate),
        batch=ProfileBatch(environment, lambda: timeouts, attrgetter("route")),
        said=said,
        copied=copied,
    )
    yield stage
    await tasks.aclose()
    writing.stop()
    stage.sandbox.stop()
    for page in stage.pages:
        page.close()
        page.deleteLater()
    stage.batch.close()
    environment.close()
    app.setStyleSheet("")


def emptiness(page: QWidget) -> str:
    """The title of the words that stand where a list has nothing; empty where there is a list."""
    shown = [state for state in page.findChildren(EmptyState) if state.isVisible()]
    return shown[0].findChildren(QLabel)[0].text() if shown else ""


def nameless(page: QWidget) -> list[str]:
    """The kinds of the widgets that the keyboard reaches and a screen reader could not name."""
    reached = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(page)
    ]
    return [type(w).__name__ for w in reached if not (w.accessibleName() or _text(w))]


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""
