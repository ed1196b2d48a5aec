"""The tab in front and how it is changed: every edit is a step to undo in its own tab.

Knows no list of tabs; what is open beside it, and in which order, is told by ``Session``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from composer.core import times
from composer.core.destination import Destination, address_problem, personal_key_words
from composer.core.draft import Draft
from composer.core.personal_keys import personal_key_in
from composer.core.wire import WireRequest, build_request, path_for
from composer.services.ports import Clock
from composer.ui.preferences import Preferences
from composer.ui.session.stamps import Stamper
from composer.ui.session.tab import Outgoing, Stand, Surroundings, Tab
from composer.ui.undo import DraftStep

if TYPE_CHECKING:
    from composer.core.templates.filling import Filling


class Composing(QObject):
    """The draft in front, its request, and the reason why it cannot be sent, if any."""

    draft_changed = Signal(object)
    """``Draft``"""
    request_changed = Signal(object)
    """``WireRequest``, or ``None`` while there is nothing that could be sent"""
    filling_changed = Signal()
    """The variables of the draft, or their answers, are others"""
    tabs_changed = Signal()
    """Which tabs there are, their order, what one behind holds, or which is in front"""

    def __init__(self, clock: Clock, preferences: Preferences) -> None:
        super().__init__()
        self._clock = clock
        self._preferences = preferences
        self._stamper = Stamper(clock)
        self._tab: Tab

    # What there is

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return self._tab

    @property
    def draft(self) -> Draft:
        """The event being composed."""
        return self._tab.draft

    @property
    def opened(self) -> Draft:
        """The draft as it was when it was brought in; edits leave this as it is."""
        return self._tab.stand.opened

    @property
    def filling(self) -> Filling | None:
        """The variables of the draft and their answers; ``None`` where there are none."""
        return self._tab.stand.filling

    @property
    def parked(self) -> tuple[Draft, ...]:
        """The drafts of the other event types, as they were left in this tab."""
        return tuple(self._tab.parked.values())

    @property
    def text(self) -> str:
        """The JSON text: the preview, and (encoded as UTF-8) the body."""
        return self._outgoing.text

    @property
    def request(self) -> WireRequest | None:
        """The request that Send would send; ``None`` if ``obstacle`` says why not."""
        return self._outgoing.request

    @property
    def obstacle(self) -> str:
        """Why nothing can be sent, with the next step; empty if it can."""
        return self._outgoing.obstacle

    @property
    def destination(self) -> Destination:
        """Where Send would send it."""
        return self._tab.followed.destination

    @property
    def token(self) -> str:
        """The project token inside the draft; empty where there is none."""
        return self.draft.token

    @property
    def is_reading(self) -> bool:
        """Whether large text is still being read (``await_text``)."""
        return bool(self._tab.unread)

    @property
    def is_accepted(self) -> bool:
        """Whether this event has been accepted already, so that a send now repeats it."""
        return self._tab.is_accepted

    @property
    def undo_stack(self) -> QUndoStack:
        """Undo and redo over the whole draft in front."""
        return self._tab.undo

    @property
    def maker(self) -> Stamper:
        """Makes what templates generate."""
        return self._stamper

    def now_text(self) -> str:
        """The time as it is written into a timestamp."""
        return times.wire_text(self._clock.now())

    def describe_time(self, text: str) -> str:
        """A timestamp in UTC and relative to now."""
        return times.describe(text, self._clock.now())

    def fresh_uuid(self) -> str:
        """A version-7 UUID that matches the draft's timestamp where it has one."""
        moment = self._stamper.time_of(self.draft.payload)
        return self._clock.new_uuid(moment or self._clock.now())

    # Inside

    @property
    def _now_around(self) -> Surroundings:
        settings = self._preferences.settings
        return Surroundings(destination=self._preferences.destination, layout=settings.layout)

    def _go(self, tab: Tab, stand: Stand, merge: str = "") -> None:
        """Change a tab as one step to undo; nothing where nothing changes."""
        before = tab.stand
        if stand.draft == before.draft and stand.filling == before.filling:
            if stand.opened is not before.opened:
                tab.stand = replace(before, opened=stand.opened)
            return

        def show(wanted: Stand) -> None:
            self._show(tab, wanted)

        step = DraftStep(before, stand, at=self._clock.now(), merge=merge, show=show)
        tab.undo.push(step)  # which shows it

    def _edit(self, draft: Draft, merge: str = "") -> None:
        self._go(self._tab, replace(self._tab.stand, draft=draft), merge)

    def _edit_by_form(self, draft: Draft, merge: str = "") -> None:
        if draft != self.draft:
            self._edit(self._stamper.fresh(draft, self._tab), merge)

    def _show(self, tab: Tab, stand: Stand) -> None:
        refilled = stand.filling != tab.stand.filling
        tab.stand, tab.unread, tab.outgoing = stand, "", None
        if tab is not self._tab:
            self.tabs_changed.emit()
            return
        self.draft_changed.emit(stand.draft)
        if refilled:
            self.filling_changed.emit()
        self.request_changed.emit(self.request)

    @property
    def _outgoing(self) -> Outgoing:
        tab = self._tab
        if tab.outgoing is None:
            tab.outgoing = _outgoing(tab)
        return tab.outgoing


def _outgoing(tab: Tab) -> Outgoing:
    place = tab.followed.destination
    text = tab.unread or tab.draft.text(tab.followed.layout)
    obstacle, body = _obstacle(tab), b""
    if not obstacle:
        body = text.encode("utf-8")
        obstacle = address_problem(place.address) or personal_key_words(personal_key_in(body))
    if obstacle:
        return Outgoing(text=text, request=None, obstacle=obstacle)
    request = build_request(body, place, path_for(tab.draft.payload, place))
    return Outgoing(text=text, request=request, obstacle="")


def _obstacle(tab: Tab) -> str:
    if tab.unread:
        return "The JSON is still being read."
    fault = tab.draft.fault
    return f"The JSON has a fault. {fault} {fault.hint}".strip() if fault is not None else ""
