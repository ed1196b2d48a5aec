"""The History place: search and filters, the list of sends, and the chosen one whole at the right.

It puts the parts together. What is read and chosen stands in ``Listing``, what is done with sends
in ``HistoryActs`` and ``HistoryCommands``; bytes are never made here, only taken from the entry.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.compare.request import NamedRequest
from composer.core.errors import StoreError
from composer.core.history import Facets
from composer.ui.history import words
from composer.ui.history.choosing import Choosing, CompareButton
from composer.ui.history.commands import HistoryCommands
from composer.ui.history.detail import RESENT, HistoryDetail
from composer.ui.history.files import HistoryFiles
from composer.ui.history.filter_bar import Facet, FilterBar
from composer.ui.history.filters import Filters
from composer.ui.history.foot import RetentionFoot
from composer.ui.history.listing import Listing
from composer.ui.history.needs import HistoryNeeds
from composer.ui.history.several import Beside, SeveralPane
from composer.ui.icons import IconName
from composer.ui.inspector.view import Side
from composer.ui.lists.place import ListPlace
from composer.ui.send.controller import Report, SendController
from composer.ui.widgets import EmptyState, LineEdit, LinkButton, Severity


class HistoryPage(QWidget):
    """Search, list and detail."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    compose_wanted = Signal()
    settings_wanted = Signal()
    """What is kept of history is to be changed"""

    def __init__(self, needs: HistoryNeeds) -> None:
        super().__init__()
        self._history = needs.history
        self._messages = needs.messages
        self._notes = needs.notes
        self._now = needs.now
        self._list = Listing(needs.history, needs.tasks, needs.messages, needs.now, self)
        self._detail = HistoryDetail(
            needs.preferences,
            needs.sends,
            needs.messages,
            needs.copier,
            needs.notes,
            guard=needs.guard,
        )
        self._several = SeveralPane()
        self._beside = Beside(self._detail, self._several)
        self._empty = EmptyState(
            IconName.HISTORY,
            "Nothing sent yet",
            "Every send is kept here: the exact bytes that went out, and the answer.",
            action="Compose an event",
        )
        self._nothing = EmptyState(
            IconName.SEARCH, "No request matches", "", action="Show all requests"
        )
        self._search = LineEdit("Search history", placeholder="Search history")
        self._filters = FilterBar(needs.now)
        self._clear = LinkButton("Clear the filters")
        self._foot = RetentionFoot(needs.preferences)
        self._slot = QVBoxLayout()
        """Under the list, for the export panel"""
        self._place = ListPlace(
            self._list.table, self._beside, empty=self._empty, nothing=self._nothing, shares=(7, 5)
        )
        self.choosing = Choosing(self._detail, needs.now, self)
        self._lay_out()
        self._files = HistoryFiles(self._list, self._slot, needs)
        self.commands = self._make_commands()
        self._connect(needs.sends)
        self._look(at_once=True)

    def _make_commands(self) -> HistoryCommands:
        return HistoryCommands(
            self._history,
            self._list,
            self._detail,
            self._several,
            choosing=self.choosing,
            files=self._files,
            now=self._now,
        )

    def _lay_out(self) -> None:
        self._detail.add_button(CompareButton(self.choosing))
        self._place.add_search(self._search)
        self._place.bar.addWidget(self._filters.pinned)
        self._place.add_over_list(self._filters)
        self._place.count_row.insertWidget(1, self._clear)
        self._place.add_below(self.choosing.line)
        under = QWidget()
        self._slot.setContentsMargins(0, 0, 0, 0)
        under.setLayout(self._slot)
        self._place.add_below(under)
        self._place.add_below(self._foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)

    def _connect(self, sends: SendController) -> None:
        self._search.textEdited.connect(self._on_search_edited)
        self._search.returnPressed.connect(self._on_search_entered)
        self._filters.changed.connect(self._on_filters_changed)
        self._filters.facets_wanted.connect(self._list.reader.want_facets)
        self._list.reader.faceted.connect(self._on_faceted)
        self._list.reader.failed.connect(self._say_fault)
        self._list.chosen.connect(self._on_chosen)
        self._list.entry_wanted.connect(self._show_detail)
        self._list.side_wanted.connect(self._detail.show_side)
        self._list.changed.connect(self._show_state)
        self._list.model.dataChanged.connect(self._renew_detail)
        self._list.table.opened.connect(self._on_opened)
        self._clear.clicked.connect(self._on_clear)
        self._foot.settings_wanted.connect(self.settings_wanted)
        self._notes.kept.connect(self._on_note_kept)
        self._notes.failed.connect(self._say_fault)
        self.commands.failed.connect(self._say_fault)
        self._detail.open_wanted.connect(self.open_wanted)
        self._empty.action_chosen.connect(self.compose_wanted)
        self._nothing.action_chosen.connect(self._on_nothing_left)
        sends.started.connect(self._on_send_started)
        sends.finished.connect(self._on_send_finished)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._on_escape)

    # What others use

    def choose_for(self, base: NamedRequest) -> None:
        """Let a send be chosen that is to be compared with ``base``."""
        self.choosing.begin(base)
        self._list.table.setFocus()

    def show_entry(self, history_id: int, side: Side = Side.REQUEST) -> None:
        """Choose a send, even one that the present search would not find."""
        if not self._list.show_entry(history_id, side):
            self.show_everything()

    @Slot()
    def show_everything(self) -> None:
        """Clear the search and all filters."""
        self._search.clear()
        self._filters.set_filters(Filters())
        self._look(at_once=True)

    @Slot()
    def look_again(self) -> None:
        """Read the list anew: sends have gone."""
        self._look(at_once=True)

    def show_pinned(self) -> None:
        """Show the pinned sends, all of them."""
        self._search.clear()
        self._filters.set_filters(Filters(pinned=True))
        self._look(at_once=True)
        self._list.table.setFocus()

    def focus_search(self) -> None:
        """Go to the search field."""
        self._search.setFocus()
        self._search.selectAll()

    # Looking

    def _look(self, *, at_once: bool = False) -> None:
        query = self._filters.filters.query(self._search.text(), self._now())
        self._list.look_for(query, at_once=at_once)
        self._show_state()

    @Slot(str)
    def _on_search_edited(self, text: str) -> None:
        del text
        self._look()

    @Slot()
    def _on_search_entered(self) -> None:
        self._list.table.setFocus()

    @Slot()
    def _on_filters_changed(self) -> None:
        self._look(at_once=True)

    @Slot()
    def _on_clear(self) -> None:
        self._filters.set_filters(Filters())
        self._look(at_once=True)

    @Slot()
    def _on_nothing_left(self) -> None:
        self._search.setFocus()
        self.show_everything()

    @Slot(object, object)
    def _on_faceted(self, facet: Facet, facets: Facets) -> None:
        self._filters.show_facets(facet, facets)

    @Slot()
    def _on_escape(self) -> None:
        """The shortcut of the whole place, so that it has to know whom it is for."""
        if self.choosing.is_on:
            self.choosing.cancel()
        elif self._search.hasFocus() and self._search.text():
            self._search.clear()
            self._look(at_once=True)
        elif not self._files.leave():
            self._list.stop_going()

    @Slot()
    def _show_state(self) -> None:
        model, count = self._list.model, self._list.count
        searching = not self._list.reader.query.is_everything
        sends = model.sends
        any_found = sends > 0 or not self._list.has_read  # no words before it is known
        any_at_all = searching or any_found or count.total > 0
        self._place.show_state(any_at_all=any_at_all, any_found=any_found, head=any_at_all)
        total, found = max(count.total, sends), max(count.found, sends)
        if self._list.goes_to_end:
            self._place.count.setText(f"Reading… {sends:,} of {found:,}. Esc stops.")
        else:
            said = words.count_words(found, total, searching=searching)
            self._place.count.setText(said)
        self._clear.setVisible(self._filters.filters.any_set)
        self._nothing.set_words(
            "No request matches",
            words.nothing_words(self._search.text().strip(), self._filters.words),
        )
        self._foot.show_size(count.size)
        self._foot.setVisible(any_at_all)

    # The chosen send

    @Slot()
    def _on_chosen(self) -> None:
        self._beside.show_rows(self._list.rows)

    @Slot()
    def _on_opened(self) -> None:
        if self.choosing.is_on:
            self.choosing.finish()
        elif len(self._list.rows) == 1:
            self._detail.open_as_new()

    @Slot(object)
    def _show_detail(self, identifier: int | None) -> None:
        if identifier is None:
            self._detail.show_entry(None, self._now())
            return
        self._notes.keep()  # before it is read again
        try:
            entry = self._history.entry(identifier)
        except StoreError as error:
            self._say_fault(str(error))
            entry = None
        self._detail.show_entry(entry, self._now())

    @Slot()
    def _renew_detail(self) -> None:
        """What is chosen may have ended meanwhile, or been pinned."""
        if self._beside.shows_several:
            self._several.show_rows(self._list.rows)
        shown = self._detail.row
        row = self._list.model.at(self._list.model.row_of(shown.id)) if shown else None
        if shown is None or row is None or row == shown:
            return
        if row.outcome == shown.outcome:
            self._detail.show_row(row, self._now())
        else:
            self._show_detail(row.id)

    @Slot(int, str, str)
    def _on_note_kept(self, identifier: int, note: str, ticket: str) -> None:
        row = self._list.model.at(self._list.model.row_of(identifier))
        if row is not None:
            self._list.model.replace(replace(row, note=note, ticket=ticket))

    @Slot(str)
    def _say_fault(self, sentence: str) -> None:
        self._messages.say(sentence, Severity.ERROR)

    # Sends

    @Slot()
    def _on_send_started(self) -> None:
        if not self.isVisible():  # who comes here after a send looks for that one
            self._list.expect_newest()
        self._list.reader.want_newest()

    @Slot(object)
    def _on_send_finished(self, report: Report) -> None:
        if report.send.tag == RESENT and report.history_id is not None and self.isVisible():
            self._list.expect_answer(report.history_id)
        self._list.reader.want_newest()

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        try:
            self._history.mark_cut_off()  # those of a second window that was killed meanwhile
        except StoreError as error:
            self._say_fault(str(error))
        query = self._filters.filters.query(self._search.text(), self._now())
        if query != self._list.reader.query:  # another day has begun
            self._look(at_once=True)
        self._list.reader.want_newest()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._notes.keep()
