"""The strip between preview and answer: what becomes of the event, and what there is to see to.

It shows the watch's report and asks for mends; the judging is the watch's business, and where a
link leads is the page's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from composer.core.draft import Draft
from composer.ui.form.problem import Problem
from composer.ui.icons import IconName
from composer.ui.theme import Role, Surface
from composer.ui.verdicts.items import Item, item_of, item_of_fault, item_of_syntax
from composer.ui.verdicts.listing import Listing
from composer.ui.verdicts.mender import Mender
from composer.ui.verdicts.watch import DraftWatch
from composer.ui.verdicts.words import counts_text, outlook_look, outlook_text
from composer.ui.widgets import (
    ElidedLabel,
    IconButton,
    LinkButton,
    Panel,
    Pill,
    Severity,
)

if TYPE_CHECKING:
    from composer.core.verdicts.verdict import Report, Verdict
    from composer.ui.verdicts.proposal import Proposal

_SHARE, _ASKING_SHARE = 0.4, 0.6
_LEAST = 96
"""Pixels of the list, however little room there is."""


class VerdictStrip(Panel):
    """Summary line and list."""

    go_wanted = Signal(object)
    """The ``Path`` to put the cursor to"""
    docs_wanted = Signal(str)
    rules_wanted = Signal()

    def __init__(self, watch: DraftWatch, mender: Mender) -> None:
        super().__init__(Surface.SURFACE, "top")
        self._watch = watch
        self._mender = mender
        self._room = 0
        self._mends = 0
        self._asked: Item | None = None
        self._state: tuple[str, Severity, bool, str] | None = None
        self._faults: tuple[Problem, ...] = ()
        self._pill = Pill()
        self._counts = ElidedLabel(role=Role.MUTED)
        self._all = LinkButton("Mend all")
        self._rules = IconButton(IconName.HELP, "All rules", small=True)
        self.listing = Listing()
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        self._all.setAccessibleName("Mend all")
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 10, 6)
        head.setSpacing(8)
        head.addWidget(self._pill)
        head.addWidget(self._counts, 1)
        head.addWidget(self._all)
        head.addWidget(self._rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.listing)

    def _connect(self) -> None:
        self._watch.changed.connect(self._show)
        self._watch.session.request_changed.connect(self._show_state)
        self._all.clicked.connect(self.mend_all)
        self._rules.clicked.connect(self.rules_wanted)
        self._mender.proposed.connect(self._on_proposed)
        self.listing.go_wanted.connect(self._on_go)
        self.listing.mend_wanted.connect(self._on_mend)
        self.listing.applied.connect(self._on_applied)
        self.listing.questioned.connect(self._fit)
        self.listing.docs_wanted.connect(self.docs_wanted)

    # What others use

    @Slot(object)
    def show_faults(self, faults: tuple[Problem, ...]) -> None:
        """Name what was typed into the form and is not a value yet."""
        self._faults = faults
        self._show()

    def limit(self, height: int) -> None:
        """Let the list take its share of so many pixels, and more while it asks something."""
        self._room = height
        self._fit()

    def step(self, steps: int) -> None:
        """Put the keyboard on the next verdict, or the one before."""
        self.listing.step(steps)

    def mend_current(self) -> None:
        """Show the mend of the verdict with the keyboard, or else of the first that has one."""
        here = self.listing.current
        items = [here.item] if here is not None and here.item else []
        found = (item for item in (*items, *self.listing.shown) if item.mend is not None)
        item = next(found, None)
        if item is not None:
            self._on_mend(item)
        else:
            self._mender.say_nothing()

    @Slot()
    def mend_all(self) -> None:
        """Show all mends as one."""
        if self._mends:
            self._asked = None
            self._mender.propose_all()
        else:
            self._mender.say_nothing()

    # Inside

    @Slot()
    def _fit(self) -> None:
        share = _ASKING_SHARE if self.listing.question is not None else _SHARE
        self.listing.setMaximumHeight(max(_LEAST, int(self._room * share)))

    @Slot()
    def _show(self) -> None:
        report, draft = self._watch.report, self._watch.session.draft
        kind = draft.event_type
        faults = tuple(item_of_fault(fault.path, fault.message, kind) for fault in self._faults)
        found = tuple(_item(verdict, draft) for verdict in report.verdicts) if report else ()
        self._show_state()
        self.listing.show_items((*faults, *found))
        mends = (item for item in found if item.mend is not None and not item.is_note)
        self._mends = sum(1 for _ in mends)
        self._all.setVisible(self._mends > 1)

    @Slot()
    def _show_state(self) -> None:
        """The summary line. It is asked for at each keystroke and seldom changes."""
        report, is_stale = self._watch.report, self._watch.is_stale
        counts = counts_text(report.forecast.counts) if report else ""
        state = (*self._outlook(report), is_stale, counts)
        if state == self._state:
            return
        self._state = state
        words, look, *_ = state
        self.listing.setEnabled(not is_stale)
        self._pill.set(words, look)
        self._counts.set_text(counts)

    def _outlook(self, report: Report | None) -> tuple[str, Severity]:
        session = self._watch.session
        if session.obstacle and not session.is_reading:
            return "Cannot be sent", Severity.ERROR
        if report is None:
            return "…", Severity.NEUTRAL
        if self._watch.is_stale:
            return "Looking again…", Severity.NEUTRAL
        return outlook_text(report.forecast), outlook_look(report.forecast)

    @Slot(object)
    def _on_go(self, item: Item) -> None:
        self.go_wanted.emit(item.path)

    @Slot(object)
    def _on_mend(self, item: Item) -> None:
        if item.mend is not None:
            self._asked = item
            self._mender.propose(item.mend)

    @Slot(object)
    def _on_proposed(self, proposal: Proposal) -> None:
        self.listing.ask(proposal, self._asked)

    @Slot(object)
    def _on_applied(self, proposal: Proposal) -> None:
        """Carry it out; the keyboard goes on to what is left, or to what has been mended."""
        rows = self.listing.rows
        here = self.listing.current
        place = rows.index(here) if here is not None else 0
        path = here.item.path if here is not None and here.item is not None else ()
        self.listing.withdraw()
        self._mender.apply(proposal)
        if not self.listing.focus_row(place):
            self.go_wanted.emit(path)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())


def _item(verdict: Verdict, draft: Draft) -> Item:
    if draft.fault is not None and verdict.rule.id == "json.syntax":
        return item_of_syntax(verdict, draft.fault)
    return item_of(verdict, draft.event_type)
