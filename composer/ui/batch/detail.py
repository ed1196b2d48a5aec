"""The right half of the Batch place: the chosen event whole, its verdicts, and its request.

It changes nothing itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.batch.cells import CellError, event_in
from composer.core.batch.table import BatchEvent
from composer.core.errors import StoreError
from composer.core.events import by_id
from composer.core.fields import EventType
from composer.core.jsontext import Layout, encode
from composer.core.verdicts.verdict import Verdict
from composer.services.ports import SearchStoppedError
from composer.services.ports.batch_table import BatchTable
from composer.ui.batch.carrier import Carried, carried
from composer.ui.batch.marks import mark_of
from composer.ui.batch.watch import EventWatch
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.inspector import RequestInspector
from composer.ui.lists.detail import DetailPane
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.items import Item, item_of
from composer.ui.verdicts.listing import Listing
from composer.ui.verdicts.naming import place_name
from composer.ui.widgets import CodeView, FlowNote, IconButton, Language, LinkButton, Tabs
from composer.ui.wording import counted

_LIST_HEIGHT = 150
"""Pixels of the verdicts at most."""
_LEAST = 120
"""Pixels that the event keeps beside its verdicts."""
_MOST = 100
"""Verdicts on one event that are listed."""


class Side(IntEnum):
    """The tabs, in order."""

    EVENT = 0
    REQUEST = 1


class SeveralEvents(QWidget):
    """What else can be done with several events at once."""

    def __init__(self) -> None:
        super().__init__()
        self.send = LinkButton("Send these events, and no others")
        self.copy_table = LinkButton("Copy them for a spreadsheet")
        self.copy_lines = LinkButton("Copy them as JSON Lines")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 16, 12)
        column.setSpacing(4)
        for link in (self.send, self.copy_table, self.copy_lines):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


class EventDetail(QWidget):
    """Shows one event, or says how many are chosen."""

    edit_wanted = Signal()
    """The event is to be opened in Compose"""
    docs_wanted = Signal(str)

    def __init__(
        self,
        table: BatchTable,
        preferences: Preferences,
        copier: Copier,
        watch: EventWatch,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._table = table
        self._preferences = preferences
        self._tasks = tasks
        self._watch = watch
        self._event: BatchEvent | None = None
        self._wanted = 0
        self._tabs = Tabs("Chosen event, views")
        self._tabs.addTab("Event")
        self._tabs.addTab("Request")
        self._code = CodeView("Chosen event", Language.JSON)
        self._words = FlowNote()
        self._words.setContentsMargins(16, 12, 16, 12)
        self.inspector = RequestInspector(preferences, copier, name="Batch request")
        self.listing = Listing()
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(_LEAST)
        self.several = SeveralEvents()
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self._body())
        self._bodies.addWidget(self.several)
        self.pane = DetailPane(self._bodies)
        self.edit = QPushButton("Edit")
        self.edit.setAccessibleName("Edit in Compose")
        self.edit.setToolTip("Open the event in Compose, to be put back")
        self.duplicate = QPushButton("Duplicate")
        self.remove = QPushButton("Remove")
        self.up = IconButton(IconName.UP, "Move up")
        self.down = IconButton(IconName.DOWN, "Move down")
        self._lay_out()
        self._connect()

    def _body(self) -> QWidget:
        request = QWidget()
        column = QVBoxLayout(request)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(self.inspector, 1)
        column.addStretch(0)
        self._pages.addWidget(self._code)
        self._pages.addWidget(request)
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._tabs)
        whole.addWidget(self._pages, 1)
        self.listing.setMaximumHeight(_LIST_HEIGHT)
        whole.addWidget(self.listing)
        return body

    def _lay_out(self) -> None:
        for button in (self.edit, self.duplicate, self.remove, self.up, self.down):
            self.pane.buttons.addWidget(button)
        self.pane.buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pane)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._watch.changed.connect(self._show_verdicts)
        self._preferences.changed.connect(self.renew_request)
        self.listing.docs_wanted.connect(self.docs_wanted)
        self.listing.go_wanted.connect(self._on_go)

    # What others use

    def show_event(self, event: BatchEvent | None, number: int) -> None:
        """Show the event in that row, counted from 1; ``None`` while it is being read."""
        if event is None:
            self.show_nothing()
            return
        is_other = event != self._event
        self._event = event
        self._bodies.setCurrentIndex(0)
        mark = mark_of(event.outlook, event.says)
        said = f" · {mark.word}" if event.outlook is not None else ""
        size = counted(event.size, "byte")
        self.pane.show_words(event.name or "(no name)", f"Event {number:,} · {size}{said}")
        if is_other:
            self._code.set_text(_laid_out(event.body))
            self._watch.show_event(event)
            self._show_verdicts()
            self.renew_request()

    def show_several(self, count: int) -> None:
        """Several events are chosen."""
        self._forget()
        self.pane.show_words(
            f"{count:,} events chosen", "What is done here is done to all of them."
        )
        self._bodies.setCurrentWidget(self.several)

    def show_nothing(self) -> None:
        """No event is chosen."""
        self._forget()
        self.pane.show_blank()

    @Slot()
    def renew_request(self) -> None:
        """The batch or how it is sent is another: the request may be too."""
        self._wanted += 1
        if self._event is None or self._tabs.currentIndex() != Side.REQUEST:
            return
        work = self._find_request(self._event, self._wanted)
        self._tasks.start(work, "find the request of an event")

    # Inside

    def _forget(self) -> None:
        self._event = None
        self._wanted += 1
        self._watch.show_event(None)
        self.listing.show_items(())
        self._show_request(Carried(words="Choose one event to see the request that carries it."))

    async def _find_request(self, event: BatchEvent, number: int) -> None:
        options = self._preferences.settings.batch
        destination = self._preferences.destination
        try:
            found = await asyncio.to_thread(carried, self._table, event, options, destination)
        except SearchStoppedError:
            if number == self._wanted:
                self.renew_request()
            return
        except StoreError as error:
            found = Carried(words=str(error))
        if number == self._wanted:
            self._show_request(found)

    def _show_request(self, found: Carried) -> None:
        self._words.setText(found.words)
        self.inspector.setVisible(found.request is not None)
        self.inspector.show_request(found.request, self._preferences.destination)

    @Slot()
    def _show_verdicts(self) -> None:
        event, report = self._event, self._watch.report
        self.listing.setEnabled(not self._watch.is_stale)
        if event is None or report is None:
            self.listing.show_items(())
            return
        if not self._watch.is_stale:
            kind = by_id(event.type_id)
            verdicts = report.verdicts[:_MOST]
            self.listing.show_items(tuple(_item(verdict, kind) for verdict in verdicts))

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self.renew_request()

    @Slot(object)
    def _on_go(self, item: Item) -> None:
        del item  # wherever it points, it is mended in Compose
        self.edit_wanted.emit()


def _item(verdict: Verdict, kind: EventType) -> Item:
    """The verdict with its place within the event, which stands alone here.

    It is mended in Compose, where a mend is seen before it is done.
    """
    item = item_of(verdict, kind, mends=False)
    if item.path[:1] != ("batch",):
        return item
    return replace(item, place=place_name(item.path[2:], kind), path=item.path[2:], event=None)


def _laid_out(body: str) -> str:
    try:
        return encode(event_in(body), Layout.PRETTY)
    except CellError:
        return body
