"""The Sandbox place on a stage, and how its tests send to it and look at it."""

import http.client

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.core.draft import Draft
from composer.ui.lists.grid import Grid
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.feed import ArrivalFeed
from composer.ui.sandbox.model import SandboxModel
from composer.ui.sandbox.page import SandboxPage
from composer.ui.sandbox.reading import Side, SideText
from composer.ui.sandbox.trouble_line import TroubleLine
from composer.ui.sandbox.views import ArrivalViews
from composer.ui.widgets import ElidedLabel
from tests.helpers.list_page import ListPage
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until

GOOD = b'{"api_key": "phc_x", "event": "e", "distinct_id": "d", "n": 1.00}'
BAD = b'{"api_key": "phc_x", "event": ""}'
TWO = b'{"api_key":"k","batch":[{"event":"a","distinct_id":"p"},{"event":"b","distinct_id":"q"}]}'
WHOLE = "posthog-node/5.8.4"


class Place(ListPage):
    """A page over the real sandbox, and how a test looks at it."""

    def __init__(self, stage: Stage) -> None:
        stage.start_sandbox()
        self.stage = stage
        self.feed = ArrivalFeed(stage.sandbox)
        behaviours = stage.environment.behaviours
        self.switches = Switches(stage.sandbox, behaviours, stage.messages)
        self.page = SandboxPage(
            stage.sandbox,
            feed=self.feed,
            switches=self.switches,
            preferences=stage.preferences,
            tasks=stage.tasks,
            copier=stage.copier,
            messages=stage.messages,
        )
        super().__init__(self.page)
        self.opened: list[tuple[Draft, ...]] = []
        self.page.open_wanted.connect(self.opened.append)
        self.views = self.page.findChildren(ArrivalViews)[0]
        stage.show(self.page)

    @property
    def table(self) -> Grid:
        """The list, not the table of differences."""
        grids = self.page.findChildren(Grid)
        return next(grid for grid in grids if isinstance(grid.model(), SandboxModel))

    @property
    def rows(self) -> list[str]:
        return [" | ".join(filter(None, row[1:])) for row in self.cells()]

    @property
    def facts(self) -> list[str]:
        labels = self.page.findChildren(ElidedLabel)
        return [label.full_text for label in labels if label.isVisible()]

    @property
    def trouble(self) -> TroubleLine:
        return self.page.findChildren(TroubleLine)[0]

    async def post(
        self, body: bytes, rows: int, path: str = "/i/v0/e/", agent: str = "", **headers: str
    ) -> None:
        """Send to the sandbox as any program would, and wait until the list has so many rows."""
        sent = {"Content-Type": "application/json"} | headers
        sent |= {"User-Agent": agent} if agent else {}
        address = self.stage.sandbox.url.removeprefix("http://")
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("POST", path, body, sent)
        connection.getresponse().read()
        connection.close()
        await wait_until(lambda: len(self.rows) == rows, f"{rows} rows")

    async def activate(self) -> None:
        """Have the keys that belong to the window heard."""
        self.page.activateWindow()
        await wait_until(self.page.isActiveWindow, "the window")

    async def read(self, side: Side) -> SideText:
        """What a tab says, once it has been read."""
        self.page.arrived.show_side(side)
        await wait_until(
            lambda: (found := self.views.found) and found.side is side, f"the tab {side.name}"
        )
        assert self.views.found is not None
        return self.views.found

    async def text(self, side: Side) -> str:
        return (await self.read(side)).passage.full

    async def open(self) -> tuple[Draft, ...]:
        """Open what is chosen, by the keyboard."""
        count = len(self.opened)
        QTest.keyClick(self.table, Qt.Key.Key_Return)
        await wait_until(lambda: len(self.opened) > count, "the drafts")
        return self.opened[-1]
