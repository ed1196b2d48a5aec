"""The frame of a list place: list at the left, the chosen thing at the right, words if empty."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from composer.ui.lists.grid import Grid
from composer.ui.theme import Role, Surface, set_role, set_surface
from composer.ui.widgets import EmptyState, LineEdit, Panel


class ListPlace(QWidget):
    """Arranges the parts; the page that owns it fills them."""

    def __init__(
        self,
        table: Grid,
        detail: QWidget,
        *,
        empty: QWidget,
        nothing: EmptyState | None = None,
        shares: tuple[int, int] = (5, 4),
    ) -> None:
        super().__init__()
        set_surface(self, Surface.SURFACE)
        self._table = table
        self._detail = detail
        self._nothing = nothing
        self.bar = QHBoxLayout()
        """The row above the list; search field and buttons go here"""
        self.bar.setSpacing(8)
        self.count = QLabel()
        set_role(self.count, Role.HELP)
        self._lists = QStackedWidget()
        self._empty = empty
        for state in (table, empty, nothing):
            if state is not None:
                self._lists.addWidget(state)
        left = Panel(Surface.SURFACE)
        self._column = QVBoxLayout(left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head = QWidget()
        self._over = QVBoxLayout()
        self.count_row = QHBoxLayout()
        """The row of the count, with room at its right"""
        self._lay_out_head()
        self._column.addWidget(self._head)
        self._column.addWidget(self._lists, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._share_out(left, shares)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)

    def _lay_out_head(self) -> None:
        head = QVBoxLayout(self._head)
        head.setContentsMargins(14, 12, 14, 8)
        head.setSpacing(8)
        head.addLayout(self.bar)
        head.addLayout(self._over)
        self.count_row.addWidget(self.count)
        self.count_row.addStretch(1)
        head.addLayout(self.count_row)

    def _share_out(self, left: QWidget, shares: tuple[int, int]) -> None:
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._detail)
        left.setMinimumWidth(340)
        self._detail.setMinimumWidth(350)
        for part, share in enumerate(shares):
            self._splitter.setStretchFactor(part, share)
        self._splitter.setSizes([share * 100 for share in shares])

    def add_over_list(self, widget: QWidget) -> None:
        """Put something between the bar and the count."""
        self._over.addWidget(widget)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the list."""
        self._column.addWidget(widget)

    def add_search(self, search: LineEdit) -> None:
        """Put the search field first in the bar, and give it Ctrl+F and ``/``."""
        search.set_search()
        self.bar.insertWidget(0, search, 1)
        find = QAction("Search", self)
        find.setShortcuts([QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")])
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(search.setFocus)
        self.addAction(find)

    def show_state(self, *, any_at_all: bool, any_found: bool, head: bool = True) -> None:
        """The list, or the words for a list that has nothing, or nothing that was looked for.

        Without ``head`` what stands over the list goes, since it would have no use.
        """
        self._head.setVisible(head)
        listed = self._table if any_found or self._nothing is None else self._nothing
        shown = listed if any_at_all else self._empty
        # Whichever is shown, assistive tools find the list's place by the same name.
        shown.setAccessibleName(self._table.accessibleName())
        self._lists.setCurrentWidget(shown)
        self._detail.setVisible(any_at_all and any_found)
