"""The commands over the open drafts: new, closed, opened again, the next one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from composer.ui.actions import Command
from composer.ui.rail import Place
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.ui.main_window import MainWindow


class TabCommands(QObject):
    """Joins the session's tabs with the window; after each of them the cursor is in the form."""

    def __init__(self, window: MainWindow, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._bench = bench
        connect = window.actions_.connect_to
        connect(Command.NEW_TAB, self.open)
        connect(Command.CLOSE_TAB, self._close)
        connect(Command.REOPEN_TAB, self._reopen)
        connect(Command.NEXT_TAB, partial(self._step, 1))
        connect(Command.PREVIOUS_TAB, partial(self._step, -1))
        window.compose.tabs.new_wanted.connect(self.open)
        window.compose.tabs.close_wanted.connect(bench.desk.close_tab)
        bench.session.tabs_changed.connect(self._follow)
        self._follow()

    @Slot()
    def open(self) -> None:
        """Open a tab, ready to be typed into."""
        self._bench.session.open_tab()
        self._show()

    def _close(self) -> None:
        if self._window.place is Place.COMPOSE:
            self._bench.desk.close_tab()
            self._show()

    def _reopen(self) -> None:
        self._bench.session.reopen_tab()
        self._show()

    def _step(self, steps: int) -> None:
        self._bench.session.step_tab(steps)
        self._show()

    def _show(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.form.focus_first()

    @Slot()
    def _follow(self) -> None:
        actions, session = self._window.actions_, self._bench.session
        several = len(session.tabs) > 1
        actions.enable(Command.REOPEN_TAB, session.can_reopen)
        actions.enable(Command.NEXT_TAB, several)
        actions.enable(Command.PREVIOUS_TAB, several)
