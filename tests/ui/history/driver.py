"""A History place on a stage, and how a test looks at it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from composer.core.compare.request import NamedRequest
from composer.core.draft import Draft
from composer.services.exports import ExportService
from composer.services.verdicts.service import VerdictService
from composer.ui.history.keeper import NoteKeeper
from composer.ui.history.menu_button import MenuButton
from composer.ui.history.needs import HistoryNeeds
from composer.ui.history.packs import TicketPacks
from composer.ui.history.page import HistoryPage
from composer.ui.send.guard import ProductionGuard
from composer.ui.verdicts.court import Court
from composer.ui.widgets import LineEdit
from tests.helpers.list_page import ListPage
from tests.helpers.stage import Stage
from tests.helpers.window import name_of, named, type_into, wait_until


class Place(ListPage):
    """A page and what it asked for."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.history = stage.environment.history
        self.notes = NoteKeeper(self.history)
        self.court = Court(VerdictService, stage.tasks)
        exports = ExportService(self.history)
        packs = TicketPacks(
            stage.preferences,
            stage.copier,
            court=self.court,
            exports=exports,
            tasks=stage.tasks,
            messages=stage.messages,
            now=stage.clock.now,
        )
        self.page = HistoryPage(
            HistoryNeeds(
                history=self.history,
                preferences=stage.preferences,
                sends=stage.sends,
                tasks=stage.tasks,
                copier=stage.copier,
                messages=stage.messages,
                notes=self.notes,
                exports=exports,
                packs=packs,
                guard=ProductionGuard(),
                now=stage.clock.now,
            )
        )
        super().__init__(self.page)
        self.opened: list[tuple[Draft, ...]] = []
        self.pairs: list[tuple[NamedRequest, NamedRequest]] = []
        self.with_compose: list[NamedRequest] = []
        self.page.open_wanted.connect(self.opened.append)
        self.page.choosing.pair_wanted.connect(self._note_pair)
        self.page.choosing.compose_wanted.connect(self.with_compose.append)
        stage.show(self.page)

    def _note_pair(self, left: NamedRequest, right: NamedRequest) -> None:
        self.pairs.append((left, right))

    # Looking

    @property
    def rows(self) -> list[str]:
        """Each row in one line, without its time; headings as they are."""
        return [" | ".join(filter(None, row[1:])) or row[0] for row in self.cells()]

    @property
    def events(self) -> list[str]:
        """The events that are listed, from top to bottom."""
        return [row[1] for row in self.cells() if row[1]]

    @property
    def chosen_events(self) -> list[str]:
        """Those of the rows that are chosen."""
        cells = self.cells()
        return [cells[row][1] for row in self.table.rows]

    @property
    def search(self) -> LineEdit:
        return named(self.page, "Search history", LineEdit)

    def says(self, text: str) -> bool:
        """Whether a label says just that."""
        return any(label.text() == text for label in self.page.findChildren(QLabel))

    def filter(self, name: str) -> MenuButton:
        """The filter button of that name, whatever is chosen with it."""
        buttons = self.page.findChildren(MenuButton)
        return next(b for b in buttons if name_of(b).startswith(f"{name}: "))

    async def read(self, what: object) -> None:
        await wait_until(lambda: self.rows == what, f"rows {what}, not {self.rows}")

    async def lists(self, *events: str) -> None:
        await wait_until(
            lambda: self.events == list(events), f"{events}, not {self.events}", seconds=8
        )

    # Doing

    def press(self, text: str) -> None:
        button = next(b for b in self.page.findChildren(QPushButton) if b.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def command(self, text: str) -> QAction:
        """A command of the list's menu."""
        actions = self.table.findChildren(QAction)
        return next(action for action in actions if action.text().split("\t")[0] == text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.table, key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        type_into(self.search, text)

    def choose(self, *rows: int) -> None:
        """Choose rows as with the mouse and Ctrl."""
        for number, row in enumerate(rows):
            middle = self.table.visualRect(self.table.model().index(row, 1)).center()
            modifiers = Qt.KeyboardModifier
            held = modifiers.ControlModifier if number else modifiers.NoModifier
            QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, held, middle)

    async def tick(self, name: str, *lines: str) -> None:
        """Choose lines in the menu of a filter, and close it."""
        button = self.filter(name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await wait_until(button.menu_lines.isVisible, "the menu")
        for line in lines:
            action_of(button.menu_lines, line).trigger()
        button.menu_lines.close()

    async def focused(self) -> None:
        """Have the list hear the keys."""
        self.page.activateWindow()
        self.table.setFocus()
        await wait_until(self.table.hasFocus, "the focus")


def action_of(menu: QMenu, text: str) -> QAction:
    """The line of a menu that begins with these words."""
    return next(a for a in menu.actions() if a.text().split("\t")[0] == text)


async def place_with(stage: Stage, *events: str) -> Place:
    """A place with sends of these events, the last of them the newest and chosen."""
    for event in events:
        stage.remember(event)
    place = Place(stage)
    if events:
        await wait_until(lambda: len(place.events) >= len(events), "the list")
    return place
