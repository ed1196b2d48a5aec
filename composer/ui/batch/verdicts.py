"""What becomes of the batch as a whole, and of the chosen event; below the list."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from composer.core.draft import Draft
from composer.core.verdicts.outlook import Outlook
from composer.core.verdicts.verdict import Report
from composer.ui.batch.marks import NOTHING_KNOWN, Marks, marks_of, place_of
from composer.ui.batch.watch import BatchWatch
from composer.ui.icons import IconName
from composer.ui.theme import Role, Surface
from composer.ui.verdicts.items import Item, item_of
from composer.ui.verdicts.listing import Listing
from composer.ui.verdicts.words import counts_text, outlook_look, outlook_text
from composer.ui.widgets import ElidedLabel, FlowNote, IconButton, LinkButton, Panel, Pill, Severity

_HEIGHT = 132
"""Pixels of the list at most."""
_MOST = 100
"""Verdicts on one event, and on the batch as a whole, that are listed."""


class BatchVerdicts(Panel):
    """Summary, the culprit's name, and the verdicts on the chosen event."""

    marked = Signal(object)
    """``dict[int, Mark]``: what becomes of each item, by its id"""
    row_wanted = Signal(int)
    """The person wants to see that event"""
    edit_wanted = Signal()
    """The chosen event is to be mended, in Compose"""
    docs_wanted = Signal(str)
    rules_wanted = Signal()

    def __init__(self, watch: BatchWatch) -> None:
        super().__init__(Surface.SURFACE, "top")
        self._watch = watch
        self._marks = NOTHING_KNOWN
        self._row = -1
        self._draft: Draft | None = None
        self._seen: tuple[Report, int, Draft] | None = None
        self._pill = Pill()
        self._counts = ElidedLabel(role=Role.MUTED)
        self._rules = IconButton(IconName.HELP, "All rules", small=True)
        self._culprit = FlowNote("", Role.HELP)
        self._show_culprit = LinkButton("")
        self.listing = Listing()
        self._build()
        watch.changed.connect(self._show)
        self._culprit.hide()
        self._show_culprit.hide()
        self._rules.clicked.connect(self.rules_wanted)
        self._show_culprit.clicked.connect(self._on_show_culprit)
        self.listing.go_wanted.connect(self._on_go)
        self.listing.docs_wanted.connect(self.docs_wanted)
        self._show()

    @property
    def marks(self) -> Marks:
        """What becomes of each event."""
        return self._marks

    def show_event(self, row: int, draft: Draft | None) -> None:
        """List what there is to say of this event."""
        self._row, self._draft = row, draft
        self._show_items()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 10, 4)
        head.setSpacing(8)
        head.addWidget(self._pill)
        head.addWidget(self._counts, 1)
        head.addWidget(self._rules)
        culprit = QHBoxLayout()
        culprit.setContentsMargins(14, 0, 10, 4)
        culprit.setSpacing(8)
        culprit.addWidget(self._culprit, 1)
        culprit.addWidget(self._show_culprit)
        self.listing.setMaximumHeight(_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(culprit)
        column.addWidget(self.listing)

    @Slot()
    def _show(self) -> None:
        report, is_stale = self._watch.report, self._watch.is_stale
        if report is None or is_stale:
            self._pill.set("Looking at it…", Severity.NEUTRAL)
        else:
            self._pill.set(outlook_text(report.forecast), outlook_look(report.forecast))
        self.listing.setEnabled(not is_stale)
        if report is None or is_stale:
            return
        self._counts.set_text(counts_text(report.forecast.counts))
        self._marks = marks_of(report)
        self._name_culprit(report)
        self._show_items()
        items = enumerate(self._watch.items)
        self.marked.emit({item.id: self._marks.of(place) for place, item in items})

    def _name_culprit(self, report: Report) -> None:
        culprit = self._marks.culprit if report.forecast.needs_asking else None
        place = place_of(culprit) if culprit is not None else None
        self._culprit.setVisible(culprit is not None)
        self._show_culprit.setVisible(culprit is not None)
        if culprit is None or place is None:
            return
        refused = report.forecast.outlook is Outlook.REFUSED
        where = "" if culprit.event is None else f"Event {place + 1}: "
        rest = " One bad event refuses all." if refused and where else ""
        self._culprit.setText(f"{where}{culprit.says}{rest}")
        self._show_culprit.setText(f"Show event {place + 1}")
        self._show_culprit.setAccessibleName(self._show_culprit.text())

    def _show_items(self) -> None:
        report, draft = self._watch.report, self._draft
        if report is None or draft is None:
            self.listing.show_items(())
            return
        if (
            self._seen is not None
            and self._seen[0] is report
            and self._seen[1:] == (self._row, draft)
        ):
            return
        self._seen = (report, self._row, draft)
        kind = draft.event_type
        own = [v for v in report.verdicts if place_of(v) == self._row][:_MOST]
        whole = [v for v in report.verdicts if place_of(v) is None][:_MOST]
        # Mended in Compose, where a mend is seen before it is done.
        self.listing.show_items(tuple(item_of(v, kind, mends=False) for v in (*own, *whole)))

    @Slot()
    def _on_show_culprit(self) -> None:
        culprit = self._marks.culprit
        place = place_of(culprit) if culprit is not None else None
        if place is not None:
            self.row_wanted.emit(place)

    @Slot(object)
    def _on_go(self, item: Item) -> None:
        if item.event is not None:
            self.edit_wanted.emit()
