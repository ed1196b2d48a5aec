"""A victim without a window: works on a profile as fast as it can until it is killed.

Arguments: the profile, a folder for other files, the server's address, a seed, and the name of
what it does most, if anything.
"""

from __future__ import annotations

import asyncio
import sys
import zipfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from composer.core.destination import Destination, DestinationKind
from composer.core.draft import Draft, first_draft
from composer.core.history import HistoryQuery
from composer.core.records import OpenDraft, Summary, Workspace
from composer.core.settings import Retention
from composer.core.templates import Step, Template
from composer.core.wire import build_request
from composer.services.backup.service import BackupService
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.sender import Sender, Timeouts
from composer.services.template_form import written_template
from tests.helpers.clock import START
from tests.helpers.kills.journal import Journal, digest
from tests.helpers.kills.survey import shown

TO_KEEP = 1500
"""Rows that the retention leaves"""
MARGIN = 900
"""Of these the newest that no rule could take, whatever is sent and deleted meanwhile"""
SIGNS = 'ab {}":,\u00e9\u2028\u00a0\ud83d\U0001f600\n'


class Victim:
    def __init__(
        self, profile: Path, outside: Path, address: str, seed: str, favourite: str
    ) -> None:
        self.random = Random(seed)
        self.profile, self.outside = profile, outside
        self.favourite = favourite
        self.name = f"{self.random.getrandbits(32):08x}"
        self.journal = Journal()
        self.place = Destination(
            id="mine", name="Mine", kind=DestinationKind.SELF_HOSTED, address=address
        )
        self.numbers = count(1)
        self.sender = Sender()
        self.house: asyncio.Task[None] | None = None
        self.pruned = 0
        self.hidden: list[int] = []
        self.open()

    def open(self) -> None:
        self.journal.mark("opening")
        self.environment: Environment = open_environment(self.profile)
        self.journal.mark("open")
        history = self.environment.history
        self.delivery = HistoryDelivery(self.sender, history, lambda: Timeouts(connect=5, answer=5))
        self.backups = BackupService(self.environment.profile, self.environment.clock)
        workspace = self.environment.workspace.load()
        self.tabs: list[OpenDraft] = list(workspace.tabs) if workspace else []

    async def run(self) -> None:
        await self.sender.warm_up()
        work = (
            *(self.edit,) * 4, *(self.send,) * 3, *(self.save_template,) * 3, self.move_template,
            self.delete_template, self.import_templates, self.annotate, self.pin, self.hide,
            self.unhide, self.keep_house, self.search, self.choose, self.back_up, self.restore,
        )  # fmt: skip
        favourite = getattr(self, self.favourite, self.edit)
        self.journal.mark("busy")
        while True:
            await (favourite if self.random.random() < 0.3 else self.random.choice(work))()

    def fresh(self, what: str) -> str:
        return f"{what} {self.name} {next(self.numbers)}"

    def draft(self, event: str) -> Draft:
        draft = first_draft(token="", uuid="u", timestamp="2026-11-21T09:30:00Z")
        return draft.with_value(("event",), event)

    # Open work and settings

    async def edit(self) -> None:
        tabs, changes = list(self.tabs), dict[str, str | None]()
        what = self.random.random()
        if what < 0.2 and len(tabs) > 3:
            changes[f"draft_{tabs.pop(self.random.randrange(len(tabs))).id}"] = None
        else:
            if what < 0.4 or not tabs:
                number = max((tab.id for tab in tabs), default=0) + 1
                tabs.append(tab := OpenDraft(id=number, draft=self.draft("new")))
                changes[f"draft_{number}"] = digest(shown(tab))
            at = self.random.randrange(len(tabs))
            size = self.random.choice((3, 50, 5000, 200_000))
            text = "".join(self.random.choices(SIGNS, k=min(size, 5000))) * max(1, size // 5000)
            tab = tabs[at] = replace(tabs[at], draft=tabs[at].draft.with_text(text), unread="")
            changes[f"draft_{tab.id}"] = digest(shown(tab))
        with self.journal.changing(**changes):
            workspace = Workspace(tabs=tuple(tabs), current=tabs[-1].id)
            await asyncio.to_thread(self.environment.workspace.save, workspace)
        self.tabs = tabs

    async def choose(self) -> None:
        store = self.environment.settings
        with self.journal.changing(window=(window := self.fresh("window"))):
            store.save(replace(store.load(), window=window))

    # Sends

    async def send(self) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self.random.randint(1, 4)):
                group.create_task(self._send())

    async def _send(self) -> None:
        mark = f"{self.random.getrandbits(128):032x}"
        fact = f"send_{mark}"
        possible = ("interrupted", "accepted", "rejected", "unreachable")
        body = f'{{"event": "e", "distinct_id": "p", "uuid": "{mark}"}}'.encode()
        self.journal.say("begin", {fact: possible})
        request = build_request(body, self.place, self.place.path)
        summary = Summary(event="e", person="p")
        sent = await self.delivery.deliver(request, self.place, summary)
        outcome = type(sent.outcome).__name__.lower()
        self.journal.done(**{fact: outcome, f"row_{sent.history_id}": "there"})

    # History

    def row(self) -> int | None:
        """One of the old rows that is safe from the retention."""
        ids = [row.id for row in self.environment.history.rows(limit=MARGIN) if row.id <= 3000]
        return self.random.choice(ids) if ids else None

    async def annotate(self) -> None:
        if row := self.row():
            note = self.fresh("note")
            with self.journal.changing(**{f"note_{row}": note}):
                self.environment.history.annotate(row, note=note, ticket="")

    async def pin(self) -> None:
        row = self.random.randint(1, 3000)
        if self.house and not self.house.done():
            return
        if (entry := self.environment.history.entry(row)) is None or row in self.hidden:
            return
        with self.journal.changing(**{f"pinned_{row}": None if entry.row.pinned else "yes"}):
            self.environment.history.pin([row], not entry.row.pinned)

    async def hide(self) -> None:
        if (row := self.row()) and not self._is_pinned(row):
            facts = {f"hidden_{row}": ("yes",), f"row_{row}": ("there", None)}
            self.journal.say("begin", facts)
            self.environment.history.delete([row])
            self.journal.say("done", facts)
            self.hidden.append(row)

    def _is_pinned(self, row: int) -> bool:
        entry = self.environment.history.entry(row)
        return entry is not None and entry.row.pinned

    async def unhide(self) -> None:
        if self.hidden and not self.house:
            row = self.hidden.pop()
            with self.journal.changing(**{f"hidden_{row}": None, f"row_{row}": "there"}):
                self.environment.history.restore([row])

    async def keep_house(self) -> None:
        if self.house is None or self.house.done():
            newest = self.environment.history.rows(limit=1)[0].id
            self.journal.mark("pruning", newest - MARGIN)
            history, retention = self.environment.history, Retention(rows=TO_KEEP)
            tomorrow = START.replace(year=2100)
            self.house = asyncio.create_task(
                asyncio.to_thread(history.keep_house, retention, tomorrow)
            )

    async def search(self) -> None:
        query = HistoryQuery(text=f"e{self.random.randint(1, 3000)}")
        await asyncio.to_thread(self.environment.history.rows, query)

    # Templates

    async def save_template(self) -> None:
        own, folder = self.environment.templates.own(), self.random.choice(("", "A", "A/B", "C"))
        if own and self.random.random() < 0.5:
            template = self.random.choice(own)
        else:
            template = Template(id="", name=self.fresh("T"), steps=(), saved_at=START)
        event = self.fresh("event")
        steps = (Step(draft=self.draft(event)),)
        template = replace(template, steps=steps, folder=folder)
        fact, value = f"template_{template.name}", f"{folder}/{event}"
        # A kill between moving and writing leaves it moved, with what it held before.
        former = (was.draft.payload.get("event") for was in own if was.id == template.id)
        moved = tuple(f"{folder}/{was}" for was in former)
        self.journal.say("begin", {fact: (value, *moved)})
        self.environment.templates.save(template)
        self.journal.done(**{fact: value})

    async def move_template(self) -> None:
        if own := self.environment.templates.own():
            template, folder = self.random.choice(own), self.random.choice(("", "A", "D/E"))
            value = f"{folder}/{template.draft.payload.get('event')}"
            with self.journal.changing(**{f"template_{template.name}": value}):
                self.environment.templates.move(template.id, folder)

    async def delete_template(self) -> None:
        if own := self.environment.templates.own():
            template = self.random.choice(own)
            with self.journal.changing(**{f"template_{template.name}": None}):
                self.environment.templates.delete(template.id)

    async def import_templates(self) -> None:
        names = [self.fresh("I") for _ in range(5)]
        path = self.outside / f"{self.name}-{next(self.numbers)}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                steps = (Step(draft=self.draft(name)),)
                template = Template(id="", name=name, steps=steps, saved_at=START)
                archive.writestr(f"{name}.json", written_template(template))
        with self.journal.changing(**{f"template_{name}": f"/{name}" for name in names}):
            await asyncio.to_thread(self.environment.templates.import_from, [str(path)])

    # Backups

    async def back_up(self) -> None:
        await self._end_house()
        self.journal.mark("packing")
        await self.backups.make(str(self.outside / "backup.zip"))
        self.journal.mark("packed")

    async def restore(self) -> None:
        if not (self.outside / "backup.zip").exists():
            await self.back_up()
        await self._end_house()
        self.journal.mark("restoring")
        await self.backups.restore(str(self.outside / "backup.zip"))
        self.environment.close()
        self.open()
        self.journal.mark("restored")
        self.hidden = []

    async def _end_house(self) -> None:
        if self.house:
            await self.house


if __name__ == "__main__":
    asyncio.run(Victim(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:6]).run())
