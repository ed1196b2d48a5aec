"""The rows of the verdicts, in a space that scrolls and is no higher than they need.

However many there are, only so many rows are built, and those bit by bit: a form with a thousand
faults must not stall the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from composer.ui.theme import Surface, Variant, set_surface, set_variant
from composer.ui.verdicts.items import Item
from composer.ui.verdicts.row import VerdictRow
from composer.ui.widgets import LinkButton
from composer.ui.wording import counted

if TYPE_CHECKING:
    from composer.ui.verdicts.mending import MendPanel
    from composer.ui.verdicts.proposal import Proposal

AT_ONCE = 6
"""Rows that are built in one go; more than are in sight."""
A_TIME = 2
"""Rows that are built in each turn of the loop after that."""
_ABOVE = 72
"""Pixels of the row that are to be seen above its question."""
MOST = 40
"""Rows beyond which a person has to ask for more."""


class Listing(QScrollArea):
    """Shows items; notes are folded away behind their number."""

    go_wanted = Signal(object)
    """``Item``"""
    mend_wanted = Signal(object)
    """``Item``"""
    applied = Signal(object)
    """``Proposal``"""
    docs_wanted = Signal(str)
    questioned = Signal()
    """A mend is asked about, or no longer"""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Item, ...] = ()
        self._most = MOST
        self._shows_notes = False
        self._rows: list[VerdictRow] = []
        self._all: MendPanel | None = None
        self._notes = LinkButton("")
        self._others = LinkButton("")
        self._building = QTimer(self)
        self._building.setSingleShot(True)
        self._building.timeout.connect(self._build_more)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        body = self._body = QWidget()
        set_surface(body, Surface.SURFACE)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(6, 0, 6, 4)
        self._column.setSpacing(0)
        for link in (self._others, self._notes):
            set_variant(link, Variant.LINK, small=True)
            link.hide()
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.setWidget(body)
        body.installEventFilter(self)
        self._notes.clicked.connect(self._on_notes)
        self._others.clicked.connect(self._on_others)

    @property
    def rows(self) -> tuple[VerdictRow, ...]:
        """The rows that are shown, from top to bottom."""
        return tuple(row for row in self._rows if not row.isHidden())

    @property
    def shown(self) -> tuple[Item, ...]:
        """What is listed, notes only where they are unfolded."""
        return tuple(item for item in self._items if self._shows_notes or not item.is_note)

    @property
    def current(self) -> VerdictRow | None:
        """The row that has the keyboard, in itself or in a part of it."""
        return next((row for row in self.rows if _has_focus(row)), None)

    def show_items(self, items: tuple[Item, ...]) -> None:
        """List these, the worst first."""
        self._items = items
        self._arrange()

    def step(self, steps: int) -> None:
        """Move the keyboard to the next row, or the one before; round from the end."""
        rows = self.rows
        if not rows and self._items:
            self._on_notes()
            rows = self.rows
        if not rows:
            return
        here = self.current
        place = rows.index(here) + steps if here else (0 if steps > 0 else -1)
        self.focus_row(place % len(rows))

    def focus_row(self, place: int) -> bool:
        """Put the keyboard on a row, or on the last; whether there is one."""
        rows = self.rows
        if not rows:
            return False
        row = rows[min(place, len(rows) - 1)]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(row, 0, 0)
        return True

    def ask(self, proposal: Proposal, item: Item | None = None) -> None:
        """Show a mend: in the row that it belongs to, or above all rows if it is of several."""
        self.withdraw()
        row = next((row for row in self.rows if item is not None and row.item == item), None)
        if row is not None:
            row.ask(proposal)
        else:
            self._ask_all(proposal)
        self.questioned.emit()
        QTimer.singleShot(0, self, self._show_question)

    def _ask_all(self, proposal: Proposal) -> None:
        if self._all is None:
            # Loaded when it is first needed: the start is quicker without it.
            from composer.ui.verdicts.mending import MendPanel  # noqa: PLC0415

            self._all = MendPanel()
            self._all.applied.connect(self.applied)
            self._all.cancelled.connect(self._on_cancelled)
            self._column.insertWidget(0, self._all)
        self._all.ask(proposal)

    def withdraw(self) -> None:
        """No mend is asked about any more."""
        if self._all is not None:
            self._all.hide()
        for row in self._rows:
            row.withdraw()
        self.questioned.emit()

    @property
    def question(self) -> MendPanel | None:
        """The mend that is asked about."""
        panels = (self._all, *(row.panel for row in self._rows))
        return next((panel for panel in panels if panel and not panel.isHidden()), None)

    def sizeHint(self) -> QSize:
        """As high as the rows; the layout around it gives what it can."""
        width = max(200, self.viewport().width())
        wanted = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else -1
        height = wanted if wanted >= 0 else self._column.sizeHint().height()
        return QSize(width, height if self._items else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside has become higher or lower."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        shown = self.shown
        wanted = shown[: self._most]
        for row, item in zip(self._rows, wanted, strict=False):
            row.show_item(item)
            row.show()
        for row in self._rows[len(wanted) :]:
            row.hide()
        missing = wanted[len(self._rows) :]
        self._build(missing[: max(0, AT_ONCE - len(self._rows))])
        if len(missing) > 0:
            self._building.start(0)
        self._name_links(len(shown) - len(wanted))
        self.setVisible(bool(self._items))
        self.updateGeometry()

    def _name_links(self, others: int) -> None:
        notes = sum(item.is_note for item in self._items)
        verb = "Hide" if self._shows_notes else "Show"
        self._notes.setText(f"{verb} {counted(notes, 'note')}")
        self._notes.setAccessibleName(self._notes.text())
        self._notes.setVisible(notes > 0)
        self._others.setText(f"Show more ({others:,} are left)")
        self._others.setAccessibleName(self._others.text())
        self._others.setVisible(others > 0)

    def _build(self, items: tuple[Item, ...]) -> None:
        for item in items:
            row = VerdictRow()
            row.go_wanted.connect(self.go_wanted)
            row.mend_wanted.connect(self.mend_wanted)
            row.applied.connect(self.applied)
            row.withdrawn.connect(self.questioned)
            row.docs_wanted.connect(self.docs_wanted)
            row.show_item(item)
            self._column.insertWidget(len(self._rows) + (self._all is not None), row)
            self._rows.append(row)

    @Slot()
    def _build_more(self) -> None:
        missing = self.shown[: self._most][len(self._rows) :]
        self._build(missing[:A_TIME])
        self.updateGeometry()
        if len(missing) > A_TIME:
            self._building.start(0)

    @Slot()
    def _show_question(self) -> None:
        question = self.question
        if question is not None:
            top = question.mapTo(self._body, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(max(0, top - _ABOVE))

    @Slot()
    def _on_cancelled(self) -> None:
        self.withdraw()
        self.focus_row(0)

    @Slot()
    def _on_notes(self) -> None:
        self._shows_notes = not self._shows_notes
        self._arrange()

    @Slot()
    def _on_others(self) -> None:
        self._most += MOST
        self._arrange()


def _has_focus(row: VerdictRow) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is row or row.isAncestorOf(focused))
