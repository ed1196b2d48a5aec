"""Which drafts are open, and which of them is in front.

Undo and redo are each tab's own. A tab behind stays as it is; when it comes to the front it takes
over where things go now and how the JSON is laid out, and renews a time that has grown stale.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoGroup

from composer.core.draft import Draft
from composer.core.records import OpenDraft, Workspace
from composer.services.ports import Clock
from composer.ui.preferences import Preferences
from composer.ui.session.composing import Composing
from composer.ui.session.stamps import is_untouched
from composer.ui.session.tab import Stand, Tab, restored

CLOSED = 10
"""Closed tabs that can be opened again."""


class Tabs(Composing):
    """Opens, closes, switches and moves tabs; there is always one."""

    switched = Signal()
    """Another tab is in front; what it holds is told after this"""
    closed = Signal(object)
    """``Tab`` that has just been closed"""

    def __init__(
        self, clock: Clock, preferences: Preferences, workspace: Workspace | None = None
    ) -> None:
        super().__init__(clock, preferences)
        self.undo_group = QUndoGroup(self)
        """The undo history of the tab in front"""
        around = self._now_around
        kept = workspace.tabs if workspace else ()
        self._tabs = [restored(one, around) for one in kept]
        self._closed: list[tuple[int, Tab]] = []
        self._last_id = max((tab.id for tab in self._tabs), default=0)
        if not self._tabs:
            draft = self._stamper.first(around.destination.token)
            self._tabs.append(self._new_tab(Stand(draft=draft, opened=draft)))
        for tab in self._tabs:
            self.undo_group.addStack(tab.undo)
        wanted = workspace.current if workspace else 0
        self._tab = next((tab for tab in self._tabs if tab.id == wanted), self._tabs[0])
        self.undo_group.setActiveStack(self._tab.undo)

    # What there is

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The open tabs, in their order."""
        return tuple(self._tabs)

    @property
    def current(self) -> int:
        """Where the tab in front stands, counted from 0."""
        return self._tabs.index(self._tab)

    @property
    def kept(self) -> tuple[OpenDraft, ...]:
        """The open tabs, as they are written down."""
        return tuple(tab.kept for tab in self._tabs)

    @property
    def can_reopen(self) -> bool:
        """Whether a closed tab can be opened again."""
        return bool(self._closed)

    @property
    def known_ids(self) -> frozenset[int]:
        """The ids of the open tabs and of those that can be opened again."""
        return frozenset(tab.id for tab in (*self._tabs, *(tab for _, tab in self._closed)))

    def tab_with(self, identifier: int) -> Tab | None:
        """An open tab by its id."""
        return next((tab for tab in self._tabs if tab.id == identifier), None)

    def tab_that_sent(self, draft: Draft) -> Tab | None:
        """The tab, open or closed, whose last send was of this very draft."""
        every = (*self._tabs, *(tab for _, tab in self._closed))
        return next((tab for tab in every if tab.sent is draft), None)

    # Opening and closing

    def open_tab(self) -> None:
        """Open a tab with a fresh event of the same type."""
        draft = self._stamper.new(self.draft.event_type, self._now_around.destination.token)
        self._add(Stand(draft=draft, opened=draft))

    def close_tab(self, identifier: int | None = None) -> Tab | None:
        """Close a tab, the one in front if none is named; the last one becomes a fresh one.

        Returns what can be opened again; ``None`` where nothing is lost with it.
        """
        wanted = self._tab if identifier is None else self.tab_with(identifier)
        if wanted is None:
            return None
        index, lost = self._tabs.index(wanted), not is_untouched(wanted)
        if len(self._tabs) == 1:
            if not lost:
                return None
            self.open_tab()
        elif wanted is self._tab:
            self._bring_to_front(self._tabs[index - 1 if index else 1])
        self._tabs.remove(wanted)
        self.undo_group.removeStack(wanted.undo)
        if lost:
            self._closed = [*self._closed[1 - CLOSED :], (index, wanted)]
        self.tabs_changed.emit()
        self.closed.emit(wanted)
        return wanted if lost else None

    def reopen_tab(self, identifier: int | None = None) -> None:
        """Open a closed tab again at its place, with its undo history; the last one if unnamed."""
        found = [entry for entry in self._closed if identifier is None or entry[1].id == identifier]
        if not found:
            return
        index, tab = found[-1]
        self._closed.remove(found[-1])
        replaced = self._tab if len(self._tabs) == 1 and is_untouched(self._tab) else None
        self._tabs.insert(index, tab)
        self.undo_group.addStack(tab.undo)
        self.switch_to(tab.id)
        if replaced is not None:  # it only stood in for what was closed
            self.close_tab(replaced.id)

    # Order

    def switch_to(self, identifier: int) -> None:
        """Bring a tab to the front."""
        tab = self.tab_with(identifier)
        if tab is not None and tab is not self._tab:
            self._bring_to_front(tab)
            self.tabs_changed.emit()

    def step_tab(self, steps: int) -> None:
        """Bring the next tab to the front (negative: the one before), round and round."""
        self.switch_to(self._tabs[(self.current + steps) % len(self._tabs)].id)

    def move_tab(self, identifier: int, index: int) -> None:
        """Put a tab at another place, counted from 0."""
        tab = self.tab_with(identifier)
        if tab is not None and self._tabs.index(tab) != index:
            self._tabs.remove(tab)
            self._tabs.insert(index, tab)
            self.tabs_changed.emit()

    # Text that is read elsewhere

    def await_text(self, text: str) -> None:
        """Large text is being read elsewhere (``take_text``); nothing can be sent until then."""
        self._tab.unread, self._tab.outgoing = text, None
        self.request_changed.emit(self.request)

    def take_text(self, text: str, draft: Draft) -> None:
        """Take over what ``Draft.with_text`` made of ``text``, unless it was edited since."""
        tab = next((tab for tab in self._tabs if tab.unread and tab.unread == text), None)
        if tab is not None:
            self._go(tab, replace(tab.stand, draft=draft), merge="text")
            if tab.unread:
                self._show(tab, tab.stand)

    # Sends

    def mark_tried(self, draft: Draft) -> None:
        """A send of this draft begins: its ID and time stay the same until one is accepted."""
        self._tab.tried, self._tab.sent = draft.ids, draft

    def mark_accepted(self, draft: Draft) -> None:
        """The service accepted this draft: the next edit makes a new event of it."""
        tab = self.tab_that_sent(draft) or self._tab
        tab.accepted = draft.ids
        if tab is self._tab:
            self.request_changed.emit(self.request)

    # Inside

    def _new_tab(self, stand: Stand) -> Tab:
        self._last_id += 1
        return Tab(self._last_id, stand, self._now_around)

    def _add(self, stand: Stand) -> None:
        """Open a tab behind the one in front, and bring it to the front."""
        tab = self._new_tab(stand)
        self._tabs.insert(self.current + 1, tab)
        self.undo_group.addStack(tab.undo)
        self._bring_to_front(tab)
        self.tabs_changed.emit()

    def _bring_to_front(self, tab: Tab) -> None:
        self._catch_up(tab)
        if not tab.is_accepted and not tab.unread:
            fresh = self._stamper.fresh(tab.draft, tab)
            if fresh != tab.draft:
                tab.stand, tab.outgoing = replace(tab.stand, draft=fresh), None
        refilled = tab.stand.filling is not self._tab.stand.filling
        self._tab = tab
        self.undo_group.setActiveStack(tab.undo)
        self.switched.emit()
        self.draft_changed.emit(tab.draft)
        if refilled:
            self.filling_changed.emit()
        self.request_changed.emit(self.request)

    def _catch_up(self, tab: Tab) -> None:
        """Follow the destination and the layout as they are now: one step to undo."""
        before, around = tab.followed, self._now_around
        if before == around:
            return
        tab.followed, tab.outgoing = around, None
        draft, old, new = tab.draft, before.destination, around.destination
        if tab.unread:
            draft, tab.unread = draft.with_text(tab.unread), ""
        if before.layout is not around.layout:
            draft = draft.laid_out()
        if old.id != new.id or (draft.token == old.token and old.token != new.token):
            draft = draft.with_token(new.token)
        self._go(tab, replace(tab.stand, draft=draft))
