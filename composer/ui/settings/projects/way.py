"""Says whether the certificates of a project can be used: reading them takes another thread."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QTimer, Slot

from composer.core.route import USUAL_WAY, Route
from composer.ui.theme import Role
from composer.ui.widgets import FlowNote
from composer.ui.wording import breakable
from composer.ui.workbench import Workbench

DELAY = 300
"""Milliseconds after the last letter of a path."""


class WayCheck(FlowNote):
    """One line below the connection; empty while nothing is wrong."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(role=Role.PROBLEM)
        self._routes = bench.services.routes
        self._tasks = bench.tasks
        self._route = USUAL_WAY
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._on_timeout)
        self.setContentsMargins(20, 0, 20, 8)

    def check(self, route: Route) -> None:
        """Look at the files of this route, once typing has paused."""
        if route == self._route:
            return
        self._route = route
        self.setText("")
        if route.ca_file or route.client_certificate or route.client_key:
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._tasks.start_for(self, self._look(self._route), "look at certificates")

    async def _look(self, route: Route) -> None:
        problem = await asyncio.to_thread(self._routes.problem, route)
        if route == self._route:
            self.setText(breakable(problem))
