"""Templates for tests, and how a test looks at the Templates place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from composer.core.draft import Draft
from composer.core.jsontext import Object, from_python
from composer.core.templates import Step, Template, Variable
from composer.ui.lists.grid import Grid
from composer.ui.messages import Message
from composer.ui.pages import Pages
from composer.ui.templates.library import Library
from composer.ui.workbench import Workbench
from tests.helpers.bench import a_bench
from tests.helpers.list_page import ListPage
from tests.helpers.window import wait_until

THEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def event(name: str, person: str = "customer-42", **properties: object) -> Draft:
    """An event as a template keeps it: without token, ID and time."""
    payload = from_python({"event": name, "distinct_id": person, "properties": properties})
    assert isinstance(payload, Object)
    return Draft(type_id="custom", payload=payload)


def template(
    name: str,
    *drafts: Draft,
    folder: str = "",
    tags: tuple[str, ...] = (),
    description: str = "",
    variables: tuple[Variable, ...] = (),
) -> Template:
    """A template that is not kept yet."""
    drafts = drafts or (event(f"event of {name}"),)
    return Template(
        id="",
        name=name,
        steps=tuple(Step(draft=draft) for draft in drafts),
        saved_at=THEN,
        folder=folder,
        tags=tags,
        description=description,
        variables=variables,
    )


SEQUENCE = template(
    "First sign-up",
    event("visited", "{{visitor}}"),
    event("signed up", "{{customer}}", plan="{{plan}}"),
    event("bought", "{{customer}}"),
    variables=(
        Variable(name="visitor", label="Visitor", default="anonymous-1"),
        Variable(name="customer", label="Customer"),
        Variable(name="plan", label="Plan", required=False),
    ),
)


class TemplatesPlace(ListPage):
    """The page over a workbench with real files; only what a person keeps, not the starters."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.said: list[Message] = []
        bench.messages.said.connect(self.said.append)
        self.stack = QStackedWidget()
        self.pages = Pages(bench, self.stack)
        self.page = self.pages.templates
        super().__init__(self.page.library)
        self.stack.resize(1072, 752)
        self.stack.show()

    @property
    def table(self) -> Grid:
        grids = self.page.library.findChildren(Grid)
        return next(grid for grid in grids if grid.accessibleName() == "Templates")

    @property
    def library(self) -> Library:
        return self.page.library

    @property
    def own(self) -> list[Template]:
        """What is kept, read anew from the files."""
        return [one for one in self.bench.services.templates.all() if not one.is_starter]

    @property
    def names(self) -> list[str]:
        """The names of the person's own in the list, top to bottom."""
        return [one.name for one in self.library.found if not one.is_starter]

    async def keep(self, *templates: Template) -> None:
        """Put templates into the folder, as another window would, and have them shown."""
        for one in templates:
            self.bench.services.templates.save(one)
        await self.read()

    async def read(self) -> None:
        """Until the list shows what is in the folder."""
        self.pages.shelf.look()
        await wait_until(self.is_up_to_date, "the list")

    def is_up_to_date(self) -> bool:
        shelf = self.pages.shelf
        return shelf.is_read and list(shelf.templates) == self.bench.services.templates.all()

    def choose(self, name: str) -> None:
        shelf = self.pages.shelf
        self.library.choose(next(one.id for one in shelf.templates if one.name == name))

    async def until(self, holds: Callable[[], object], what: str) -> None:
        await wait_until(holds, what)

    async def told(self, beginning: str) -> Message:
        """Wait for a message that begins so."""
        await wait_until(
            lambda: any(one.text.startswith(beginning) for one in self.said), beginning
        )
        return next(one for one in reversed(self.said) if one.text.startswith(beginning))

    async def start_sandbox(self) -> str:
        """Have the sandbox answer, on a free port."""
        sandbox = self.bench.services.sandbox
        sandbox.start()
        await wait_until(lambda: sandbox.url, "the sandbox")
        self.bench.preferences.locate_sandbox(sandbox.url)
        return sandbox.url


@asynccontextmanager
async def a_templates_place(folder: Path) -> AsyncIterator[TemplatesPlace]:
    """Build it over the profile in ``folder``, and take it down."""
    async with a_bench(folder) as bench:
        place = TemplatesPlace(bench.work)
        place.stack.activateWindow()
        await wait_until(place.stack.isActiveWindow, "the window")
        yield place
        await bench.work.tasks.aclose()
    place.stack.close()
    place.stack.deleteLater()
