"""The real window as a victim: a person who never rests works in it until it is killed.

Arguments: the profile, a folder for other files, the server's address, a seed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from PySide6.QtCore import QMimeData, QTimer
from qasync import QEventLoop

from composer.app import App, make_application
from composer.core.destination import DestinationKind
from composer.core.records import OpenDraft
from composer.core.templates import Step, Template
from composer.services.environment import open_environment
from composer.ui.send.controller import Report
from tests.helpers.clock import START
from tests.helpers.kills.headless import SIGNS
from tests.helpers.kills.journal import Journal, digest
from tests.helpers.kills.survey import shown


class Person:
    def __init__(self, app: App, journal: Journal, address: str, random: Random) -> None:
        self.app, self.bench, self.session = app, app.bench, app.bench.session
        self.journal, self.random = journal, random
        self.name = f"{random.getrandbits(32):08x}"
        self.said: dict[int, OpenDraft] = {}
        self.say_drafts()
        for signal in (self.session.draft_changed, self.session.request_changed):
            signal.connect(self.say_drafts)
        self.session.tabs_changed.connect(self.say_drafts)
        self.bench.sends.finished.connect(self.say_outcome)
        self.prepare(address)
        self.timer = QTimer()
        self.timer.timeout.connect(self.beat)
        self.timer.start(50)

    def beat(self) -> None:
        self.journal.mark("beat")

    def prepare(self, address: str) -> None:
        preferences = self.bench.preferences
        preferences.change(destination_id="self_hosted")
        place = preferences.destination
        assert place.kind is DestinationKind.SELF_HOSTED
        preferences.change_destination(
            replace(place, address=address, token="phc_kill", production=False)
        )

    def say_drafts(self, *_: object) -> None:
        """Whatever is in the window now, before anything can have been written of it."""
        now = {tab.id: tab for tab in self.session.kept}
        for number in now.keys() | self.said.keys():
            tab = now.get(number)
            if tab != self.said.get(number):
                value = digest(shown(tab)) if tab else None
                self.journal.say("edit", {f"draft_{number}": (value,)})
        self.said = now

    def say_outcome(self, report: Report) -> None:
        mark = report.send.request.body.partition(b'"uuid": "')[2][:36].decode()
        outcome = type(report.outcome).__name__.lower()
        if report.history_id is not None:
            self.journal.done(**{f"send_{mark}": outcome})

    async def run(self) -> None:
        work: tuple[Callable[[], object], ...] = (
            self.fill, self.fill, self.write, self.paste, self.choose_type, self.send, self.send,
            self.session.open_tab, self.close, self.undo, self.switch,
        )  # fmt: skip
        while True:
            self.random.choice(work)()
            if self.random.random() < 0.1:
                await self.save_template()
            if self.random.random() < 0.1:
                await self.note()
            await asyncio.sleep(self.random.choice((0, 0.01, 0.05)))

    def text(self, size: int) -> str:
        return "".join(self.random.choices(SIGNS, k=size))

    def fill(self) -> None:
        self.session.set_value(("distinct_id",), self.text(10))

    def undo(self) -> None:
        self.session.undo_stack.undo()

    def write(self) -> None:
        self.session.set_text(self.text(200))

    def paste(self) -> None:
        data, size = QMimeData(), self.random.choice((10, 4000, 60_000))
        data.setText(f'{{"event": "pasted", "distinct_id": "p", "long": "{"x" * size}"}}')
        editor = self.app.window.compose.preview.json
        editor.selectAll()
        editor.insertFromMimeData(data)

    def choose_type(self) -> None:
        self.session.choose_type(self.random.choice(("pageview", "custom", "identify")))

    def switch(self) -> None:
        self.session.switch_to(self.random.choice(self.session.tabs).id)

    def close(self) -> None:
        if len(self.session.tabs) > 3:
            self.session.close_tab()

    def send(self) -> None:
        self.session.discard_text()
        self.session.start_new()
        mark = self.session.draft.payload.get("uuid")
        if isinstance(mark, str) and not self.bench.sends.is_busy:
            possible = (None, "interrupted", "accepted", "rejected", "unreachable")
            self.journal.say("begin", {f"send_{mark}": possible})
            self.bench.desk.send()

    async def save_template(self) -> None:
        name = f"W {self.name} {self.random.getrandbits(32):08x}"
        draft = self.session.draft.with_value(("event",), name)
        template = Template(id="", name=name, steps=(Step(draft=draft),), saved_at=START)
        with self.journal.changing(**{f"template_{name}": f"/{name}"}):
            await asyncio.to_thread(self.bench.services.templates.save, template)

    async def note(self) -> None:
        row = self.random.choice(self.bench.services.history.rows(limit=20))
        note = f"{self.name} {self.random.getrandbits(32):08x}"
        with self.journal.changing(**{f"note_{row.id}": note}):
            self.bench.notes.hear(row.id, note, row.ticket)
            self.bench.notes.keep()


async def main() -> None:
    profile, _, address, seed = sys.argv[1:5]
    journal = Journal()
    journal.mark("opening")
    app = App(application, open_environment(Path(profile)))
    app.window.show()
    app.start_services()
    person = Person(app, journal, address, Random(seed))
    journal.mark("open")
    await person.run()


if __name__ == "__main__":
    application = make_application()
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.run(main())
