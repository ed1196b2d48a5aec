"""What stands above the table: adding events, finding some of them, and which columns there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from composer.core.batch.table import RowOutlook, Totals
from composer.ui.batch.marks import WORDS
from composer.ui.history.menu_button import MenuButton, Option, StayingMenu
from composer.ui.icons import IconName
from composer.ui.templates.drop_button import DropButton
from composer.ui.widgets import IconButton, LineEdit


class BatchBar(QWidget):
    """Tells what a person wants of the list; ``show_totals`` gives the numbers in its menus."""

    found = Signal()
    """``text`` or ``outlooks`` are others"""
    columns_chosen = Signal(object)
    """``tuple[str, ...]`` of properties; ``None`` for those that the app chooses"""

    def __init__(self) -> None:
        super().__init__()
        self._totals = Totals()
        self.add = DropButton("Add", "Add events")
        self.search = LineEdit("Search the batch", placeholder="Search")
        self.search.set_search()
        self._verdicts = MenuButton("Verdict", "All verdicts")
        self._columns = ColumnsButton()
        self.runs = QPushButton("Runs")
        self.runs.setToolTip("What was sent from here, request by request and event by event")
        self.clear = QPushButton("Clear")
        self.clear.setAccessibleName("Clear batch")
        self.detail = IconButton(IconName.EYE, "Show the chosen event at the right")
        self.detail.setCheckable(True)
        self.detail.setChecked(True)
        self._chosen: frozenset[RowOutlook] = frozenset()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.search, 1)
        row.addStretch(0)
        for widget in (self._verdicts, self._columns, self.clear, self.runs, self.detail):
            row.addWidget(widget)

    def _connect(self) -> None:
        find = QAction("Search", self)
        find.setShortcuts([QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")])
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.search.setFocus)
        self.find_action = find
        self.search.textEdited.connect(self._on_text)
        self._verdicts.wanted.connect(self._open_verdicts)
        self._verdicts.changed.connect(self._on_verdicts)
        self._columns.chosen.connect(self.columns_chosen)

    @property
    def text(self) -> str:
        """What is looked for."""
        return self.search.text().strip()

    @property
    def outlooks(self) -> frozenset[RowOutlook]:
        """The verdicts that are wanted; none means all."""
        return self._chosen

    def show_totals(self, totals: Totals) -> None:
        """The numbers in the menu of verdicts; what has no use for an empty batch is hidden."""
        self._totals = totals
        for widget in (self.search, self._verdicts, self._columns, self.clear, self.detail):
            widget.setVisible(totals.events > 0)

    def show_columns(self, offered: Sequence[str], shown: Sequence[str]) -> None:
        """What the menu of columns offers, and what of it is shown."""
        self._columns.show_columns(offered, shown)

    def look_for(self, text: str, outlooks: frozenset[RowOutlook]) -> None:
        """Look for this."""
        self.search.setText(text)
        self._show_verdicts(outlooks)
        self.found.emit()

    def _show_verdicts(self, outlooks: frozenset[RowOutlook]) -> None:
        self._chosen = outlooks
        words = [WORDS[outlook] for outlook in reversed(RowOutlook) if outlook in outlooks]
        said = words[0] if len(words) == 1 else f"{len(words)} verdicts" if words else "Verdict"
        self._verdicts.show_chosen(outlooks, said)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        del text
        self.found.emit()

    @Slot()
    def _open_verdicts(self) -> None:
        counts = self._totals.by_outlook
        self._verdicts.open_with(
            [
                Option(value=outlook, text=WORDS[outlook], detail=f"{counts.get(outlook, 0):,}")
                for outlook in reversed(RowOutlook)
            ]
        )

    @Slot(object)
    def _on_verdicts(self, outlooks: frozenset[RowOutlook]) -> None:
        self._show_verdicts(outlooks)
        self.found.emit()


class ColumnsButton(DropButton):
    """Which properties are columns; the menu stays open while lines are ticked."""

    chosen = Signal(object)
    """``tuple[str, ...]`` in the order of the menu; ``None`` for those that the app chooses"""

    def __init__(self) -> None:
        super().__init__("Columns", "Columns", menu=StayingMenu)
        self._offered: tuple[str, ...] = ()
        self._shown: frozenset[str] = frozenset()
        self.setToolTip("Which properties are columns of the table")

    def show_columns(self, offered: Sequence[str], shown: Sequence[str]) -> None:
        """What there is, and what of it is shown."""
        offered = tuple(dict.fromkeys((*shown, *offered)))
        if (offered, frozenset(shown)) == (self._offered, self._shown):
            return
        if set(offered) != set(self._offered):
            self._offered = offered
        self._shown = frozenset(shown)

    @Slot()
    def _open(self) -> None:
        menu = self.menu_lines
        menu.clear()
        menu.addAction("The most frequent ones", self._on_reset)
        menu.addSeparator()
        for name in self._offered:
            action = menu.addAction(name.replace("&", "&&").replace("\t", " "))
            action.setCheckable(True)
            action.setChecked(name in self._shown)
            action.triggered.connect(partial(self._on_line, name))
        if not self._offered:
            menu.addAction("No event has properties").setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    @Slot()
    def _on_reset(self) -> None:
        self.chosen.emit(None)

    def _on_line(self, name: str, checked: object = None) -> None:
        del checked  # what was shown before decides
        self._shown ^= {name}
        self.chosen.emit(tuple(one for one in self._offered if one in self._shown))
