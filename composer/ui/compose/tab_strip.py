"""The line above Compose with the open drafts; it is not there while there is only one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu

from composer.ui.compose.tab_bar import HEIGHT, TabBar
from composer.ui.icons import IconName
from composer.ui.session import Session
from composer.ui.session.titles import title_of
from composer.ui.theme import Surface
from composer.ui.widgets import IconButton, Panel


class TabStrip(Panel):
    """Follows the session's tabs. Closing is asked for, so that a message can offer it back."""

    close_wanted = Signal(object)
    """The id of a tab"""
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Surface.SURFACE, "bottom")
        self.setAccessibleName("Open drafts")
        self._session = session
        self._ids: tuple[int, ...] = ()
        self.bar = TabBar()
        self._all = IconButton(IconName.CHEVRON_DOWN, "All open drafts", small=True)
        self._new = IconButton(IconName.PLUS, "New draft (Ctrl+T)", small=True)
        self._menu = QMenu(self)
        self._menu.setAccessibleName("All open drafts")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.bar, 1)
        row.addWidget(self._all)
        row.addWidget(self._new)
        self.setFixedHeight(HEIGHT + 1)
        self._connect()
        self._follow()

    @property
    def menu(self) -> QMenu:
        """The list of all drafts, as it was opened last."""
        return self._menu

    def _connect(self) -> None:
        self.bar.close_wanted.connect(self._on_close)
        self.bar.choose_wanted.connect(self._on_chosen)
        self.bar.currentChanged.connect(self._on_chosen)  # by the keyboard
        self.bar.move_wanted.connect(self._on_moved)
        self._new.clicked.connect(self.new_wanted)
        self._all.clicked.connect(self._open_list)
        self._session.tabs_changed.connect(self._follow)
        self._session.draft_changed.connect(self._retitle)

    @Slot()
    def _follow(self) -> None:
        tabs = self._session.tabs
        with QSignalBlocker(self.bar):
            self._ids = tuple(tab.id for tab in tabs)
            self.bar.set_titles([title_of(tab.draft) for tab in tabs])
            self.bar.setCurrentIndex(self._session.current)
        self.setVisible(len(tabs) > 1)
        self._fit()

    @Slot()
    def _retitle(self) -> None:
        index = self._session.current
        if index < self.bar.count() and self._ids[index] == self._session.tab.id:
            self.bar.set_title(index, title_of(self._session.draft))

    @Slot(int)
    def _on_close(self, index: int) -> None:
        self.close_wanted.emit(self._ids[index])

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        if 0 <= index < len(self._ids):
            self._session.switch_to(self._ids[index])

    @Slot(int, int)
    def _on_moved(self, before: int, after: int) -> None:
        self._session.move_tab(self._ids[before], after)

    @Slot()
    def _open_list(self) -> None:
        self._menu.clear()
        for tab in self._session.tabs:
            action = self._menu.addAction(title_of(tab.draft).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(tab is self._session.tab)
            action.triggered.connect(partial(self._session.switch_to, tab.id))
        self._menu.popup(self._all.mapToGlobal(QPoint(0, self._all.height() + 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._all.setVisible(self.bar.is_overfull)
