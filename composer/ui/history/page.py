"""The History place: the list of sends, and the chosen one whole at the right.

It reads through ``HistoryReader`` and sends through ``SendController``; bytes are never made here,
only taken from the entry (or built anew for the sandbox, which may listen elsewhere by now).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.compare.request import NamedRequest
from composer.core.errors import StoreError
from composer.core.records import HistoryRow
from composer.services.ports import History
from composer.ui.copying import Copier
from composer.ui.history import words
from composer.ui.history.choosing import WITH_ANOTHER, WITH_COMPOSE, Choosing, CompareButton
from composer.ui.history.detail import RESENT, HistoryDetail
from composer.ui.history.model import HistoryModel
from composer.ui.history.reader import Count, HistoryReader, Page, Part
from composer.ui.icons import IconName
from composer.ui.inspector.view import Side
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.send.controller import Report, SendController
from composer.ui.tasks import TaskScope
from composer.ui.widgets import EmptyState, LineEdit, Severity


class HistoryPage(QWidget):
    """Search, list and detail."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    compose_wanted = Signal()

    def __init__(
        self,
        history: History,
        preferences: Preferences,
        sends: SendController,
        tasks: TaskScope,
        copier: Copier,
        *,
        messages: Messages,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._history = history
        self._messages = messages
        self._now = now
        self._shown: int | None = None
        self._wanted: tuple[int, Side] | None = None
        self._newest_wanted = False
        self._count = Count(found=0, total=0)
        self._model = HistoryModel(now, self)
        self._reader = HistoryReader(history, tasks, self)
        self._table = Grid("History", self._model)
        self._detail = HistoryDetail(preferences, sends, messages, copier)
        self._empty = EmptyState(
            IconName.HISTORY,
            "Nothing sent yet",
            "Every send is kept here: the exact bytes that went out, and the answer.",
            action="Compose an event",
        )
        self._nothing = EmptyState(
            IconName.SEARCH,
            "No request matches",
            "The search looks at the event, person, destination, outcome and request body.",
            action="Clear the search",
        )
        self._search = LineEdit("Search history", placeholder="Search history")
        self._place = ListPlace(self._table, self._detail, empty=self._empty, nothing=self._nothing)
        self._place.add_search(self._search)
        self.choosing = Choosing(self._detail, now, self)
        self._detail.add_button(CompareButton(self.choosing))
        self._place.add_below(self.choosing.line)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        self._add_commands()
        self._connect(sends)
        self._reader.set_search("", at_once=True)

    def _add_commands(self) -> None:
        self._table.add_command("Open as new", self._detail.open_as_new, hint="Enter")
        self._table.add_command("Resend", self._detail.resend, "Ctrl+R")
        self._table.add_command("Copy curl", self._detail.copy_curl, "Ctrl+C")
        self._table.add_command(WITH_COMPOSE, self.choosing.with_compose)
        self._table.add_command(WITH_ANOTHER, self.choosing.with_another)
        leave = QAction("Compare nothing", self)
        leave.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        leave.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.triggered.connect(self.choosing.cancel)
        self.addAction(leave)

    def _connect(self, sends: SendController) -> None:
        self._search.textEdited.connect(self._on_search_edited)
        self._search.returnPressed.connect(self._on_search_entered)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._model.more_wanted.connect(self._on_more_wanted)
        self._reader.read.connect(self._on_read)
        self._reader.counted.connect(self._on_counted)
        self._reader.stopped.connect(self._model.stop_asking)
        self._reader.failed.connect(self._on_failed)
        self._detail.open_wanted.connect(self.open_wanted)
        self._empty.action_chosen.connect(self.compose_wanted)
        self._nothing.action_chosen.connect(self._on_clear_chosen)
        sends.started.connect(self._on_send_started)
        sends.finished.connect(self._on_send_finished)

    # What others use

    def choose_for(self, base: NamedRequest) -> None:
        """Let a send be chosen that is to be compared with ``base``."""
        self.choosing.begin(base)
        self._table.setFocus()

    def show_entry(self, history_id: int, side: Side = Side.REQUEST) -> None:
        """Choose a send, even one that the present search would not find."""
        self._newest_wanted = False
        row = self._model.row_of(history_id)
        if row >= 0:
            self._table.choose(row)
            self._detail.show_side(side)
            return
        self._wanted = (history_id, side)
        self._search.clear()
        self._reader.set_search("", at_once=True)

    # Reading

    def _on_read(self, page: Page) -> None:
        match page.part:
            case Part.FIRST:
                self._model.reset(page.rows, more=page.more)
                self._find_chosen()
            case Part.NEXT:
                self._model.append(page.rows, more=page.more)
            case Part.NEWEST:
                newest = self._model.newest
                if not self._model.merge(page.rows):
                    self._reader.set_search(self._reader.search, at_once=True)
                    return
                self._renew_detail()
                self._find_newest(newest)
        self._find_wanted()
        if self._shown is None:
            self._table.choose_something()
        self._show_state()

    def _on_counted(self, count: Count) -> None:
        self._count = count
        self._show_state()

    def _show_state(self) -> None:
        searching = bool(self._reader.search)
        sends = self._model.sends
        self._place.show_state(any_at_all=searching or sends > 0, any_found=sends > 0)
        total = max(self._count.total, sends)
        found = max(self._count.found, sends)
        self._place.count.setText(words.count_words(found, total, searching=searching))

    def _on_more_wanted(self) -> None:
        self._reader.want_more(self._model.sends)

    def _on_failed(self, sentence: str) -> None:
        self._messages.say(sentence, Severity.ERROR)

    # Choosing

    def _on_chosen(self, row: int) -> None:
        send = self._model.at(row)
        self._show_detail(send.id if send else None)

    def _on_opened(self) -> None:
        if self.choosing.is_on:
            self.choosing.finish()
        else:
            self._detail.open_as_new()

    def _show_detail(self, identifier: int | None) -> None:
        self._shown = identifier
        if identifier is None:
            self._detail.show_entry(None, self._now())
            return
        try:
            entry = self._history.entry(identifier)
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)
            entry = None
        self._detail.show_entry(entry, self._now())

    def _renew_detail(self) -> None:
        """The chosen send may have ended meanwhile."""
        if self._shown is None:
            return
        row = self._model.at(self._model.row_of(self._shown))
        if row is not None and row != self._detail.row:
            self._show_detail(self._shown)

    def _find_chosen(self) -> None:
        """After a new search: stay with the chosen send if it is among what was found."""
        row = self._model.row_of(self._shown) if self._shown is not None else -1
        if row >= 0:
            self._table.choose(row)
        elif self._wanted is None:
            self._show_detail(None)

    def _find_newest(self, before: HistoryRow | None) -> None:
        """Choose the send that was waited for; a quick reading may come before it is written."""
        newest = self._model.newest
        if self._newest_wanted and newest is not None and (not before or newest.id != before.id):
            self._newest_wanted = False
            self._table.choose(0)

    def _find_wanted(self) -> None:
        if self._wanted is None:
            return
        identifier, side = self._wanted
        self._wanted = None
        row = self._model.row_of(identifier)
        if row >= 0:
            self._table.choose(row)
        else:  # further back than what has been read
            self._table.clearSelection()
            self._show_detail(identifier)
        self._detail.show_side(side)

    # What a person or a send does

    def _on_search_edited(self, text: str) -> None:
        self._reader.set_search(text)

    def _on_search_entered(self) -> None:
        self._table.setFocus()

    def _on_clear_chosen(self) -> None:
        self._search.clear()
        self._search.setFocus()
        self._reader.set_search("", at_once=True)

    def _on_send_started(self, send: object) -> None:
        del send
        if not self.isVisible():  # who comes here after a send looks for that one
            self._newest_wanted = True
        self._reader.want_newest()

    def _on_send_finished(self, report: Report) -> None:
        if report.send.tag == RESENT and report.history_id is not None and self.isVisible():
            self._wanted = (report.history_id, Side.RESPONSE)
        self._reader.want_newest()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        try:
            self._history.mark_cut_off()  # those of a second window that was killed meanwhile
        except StoreError as error:
            self._on_failed(str(error))
        self._reader.want_newest()
