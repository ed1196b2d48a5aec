"""One request of a run: what became of it, each of its tries, and its exact bytes.

An event that no request carries is shown by itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from composer.core.batch.run import RequestRow, Run, RunEvent, Try
from composer.core.errors import ComposerError
from composer.core.jsontext import JsonError, Layout, encode, parse
from composer.core.wire import WireRequest
from composer.services.ports.batch_runs import Runs
from composer.ui.batch.running import words
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.inspector.view import RequestInspector
from composer.ui.theme import Role
from composer.ui.widgets import CodeView, ElidedLabel, FlowNote, Language
from composer.ui.wording import breakable

GZIP = "It went out compressed; this is what the server unpacked."
_MOST_TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    row: RequestRow
    tries: list[Try]
    request: WireRequest | None
    fault: str = ""


class RequestPane(QWidget):
    """``show_request`` and ``show_event`` fill it."""

    def __init__(self, needs: RunNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._asked = 0
        self._words = ElidedLabel()
        self._tries = FlowNote(role=Role.HELP)
        self._inspector = RequestInspector(needs.preferences, needs.copier, name="Sent request")
        self._body = CodeView("Event", Language.JSON)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._inspector)
        self._pages.addWidget(self._body)
        for label in (self._words, self._tries):
            label.setContentsMargins(16, 0, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._tries)
        column.addWidget(self._pages, 1)
        self.clear()

    @property
    def words(self) -> str:
        """What it says, for tests and screen readers."""
        return f"{self._words.full_text}\n{self._tries.text()}".strip().replace("\u200b", "")

    @property
    def inspector(self) -> RequestInspector:
        """Where the bytes are shown."""
        return self._inspector

    def clear(self) -> None:
        """Show nothing."""
        self._asked += 1
        self._say("", ())
        self._inspector.show_request(None)
        self._pages.hide()

    def show_request(self, run: Run, row: RequestRow) -> None:
        """Show a request of a run."""
        self._read(run, row.id, "")

    def show_event(self, run: Run, event: RunEvent) -> None:
        """Show the request that carries an event, or the event where none does."""
        if event.request is not None:
            self._read(run, event.request, f"Event {event.number:,}. ")
            return
        self._asked += 1
        state, _ = words.EVENT_STATES[event.state]
        self._say(f"{state}: {event.words}" if event.words else f"{state}.", ())
        self._body.set_text(_pretty(event.body))
        self._pages.setCurrentWidget(self._body)
        self._pages.show()

    def _read(self, run: Run, request: int, before: str) -> None:
        self._asked += 1
        work = self._show(run, request, before, self._asked)
        self._needs.tasks.start_for(self, work, "read a request of a run")

    async def _show(self, run: Run, request: int, before: str, asked: int) -> None:
        read = partial(_find, self._needs.runs, run.id, request)
        try:
            found = await asyncio.to_thread(read)
        except ComposerError as error:
            found = str(error)
        if asked != self._asked:
            return
        if isinstance(found, str):
            self._say(found, ())
            self._pages.hide()
            return
        packed = GZIP if run.options.gzip and found.request is not None else ""
        said = " ".join(filter(None, (words.request_words(found.row), packed, found.fault)))
        self._say(f"{before}{said}", found.tries)
        self._inspector.show_request(found.request, run.destination)
        self._pages.setCurrentWidget(self._inspector)
        self._pages.setVisible(found.request is not None)

    def _say(self, said: str, tries: list[Try] | tuple[Try, ...]) -> None:
        self._words.set_text(said)
        self._words.setVisible(bool(said))
        lines = [words.try_words(one) for one in tries[-_MOST_TRIES:]] if len(tries) > 1 else []
        self._tries.setText(breakable("\n".join(lines)))
        self._tries.setVisible(bool(lines))


def _find(runs: Runs, run: int, request: int) -> _Found | str:
    """Blocks. Raises ``StoreError`` where the file cannot be read."""
    row = runs.request(request)
    if row is None:
        return f"Request {request:,} is gone."
    tries = runs.tries(request)
    try:
        return _Found(row=row, tries=tries, request=runs.request_of(run, request))
    except ComposerError as error:
        return _Found(row=row, tries=tries, request=None, fault=str(error))


def _pretty(body: str) -> str:
    try:
        return encode(parse(body), Layout.PRETTY)
    except JsonError:
        return body
