"""The four places beside Compose, each loaded and built at its first visit.

Together they would be a fifth of the start and 6 MB, and many sessions visit one of them or none
(tests/bench/README.md).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from composer.ui.rail import Place
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.ui.batch.page import BatchPage
    from composer.ui.history.page import HistoryPage
    from composer.ui.sandbox.page import SandboxPage
    from composer.ui.templates.page import TemplatesPage


class Pages(QObject):
    """Puts each page into the window's stack, and passes on what the pages ask for."""

    compose_wanted = Signal()
    drafts_wanted = Signal(object)
    """``tuple[Draft, ...]`` to open as new"""
    template_wanted = Signal(object)
    """``Draft``"""
    edit_wanted = Signal(object)
    """``BatchItem``"""

    docs_wanted = Signal(str)
    rules_wanted = Signal()
    compose_comparison_wanted = Signal(object)
    """``NamedRequest`` that is to be compared with what is composed"""
    comparison_wanted = Signal(object, object)
    """Two of them"""

    def __init__(self, bench: Workbench, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._bench = bench
        self._stack = stack
        self.docs_wanted.connect(self._open_docs)

    def page(self, place: Place) -> QWidget:
        """The page of a place other than Compose."""
        match place:
            case Place.BATCH:
                return self.batch
            case Place.TEMPLATES:
                return self.templates
            case Place.HISTORY:
                return self.history
            case Place.SANDBOX:
                return self.sandbox
            case Place.COMPOSE:
                raise ValueError("Compose is always there")

    @Slot(str)
    def _open_docs(self, address: str) -> None:
        self._bench.open_url(address)

    @cached_property
    def batch(self) -> BatchPage:
        from composer.ui.batch.page import BatchPage  # noqa: PLC0415 -- at the first visit only

        bench = self._bench
        page = BatchPage(
            bench.batch,
            bench.preferences,
            bench.sends,
            copier=bench.copier,
            messages=bench.messages,
            watch=bench.batch_watch,
        )
        page.verdicts.docs_wanted.connect(self.docs_wanted)
        page.verdicts.rules_wanted.connect(self.rules_wanted)
        page.edit_wanted.connect(self.edit_wanted)
        page.compose_wanted.connect(self.compose_wanted)
        self._stack.addWidget(page)
        return page

    @cached_property
    def templates(self) -> TemplatesPage:
        from composer.ui.templates.page import TemplatesPage  # noqa: PLC0415 -- see batch

        page = TemplatesPage(self._bench.services.templates, self._bench.messages)
        page.open_wanted.connect(self.template_wanted)
        page.compose_wanted.connect(self.compose_wanted)
        self._stack.addWidget(page)
        return page

    @cached_property
    def history(self) -> HistoryPage:
        from composer.ui.history.page import HistoryPage  # noqa: PLC0415 -- see batch

        bench = self._bench
        page = HistoryPage(
            bench.services.history,
            bench.preferences,
            bench.sends,
            bench.tasks,
            bench.copier,
            messages=bench.messages,
            now=bench.services.clock.now,
        )
        page.open_wanted.connect(self.drafts_wanted)
        page.compose_wanted.connect(self.compose_wanted)
        page.choosing.compose_wanted.connect(self.compose_comparison_wanted)
        page.choosing.pair_wanted.connect(self.comparison_wanted)
        self._stack.addWidget(page)
        return page

    @cached_property
    def sandbox(self) -> SandboxPage:
        from composer.ui.sandbox.page import SandboxPage  # noqa: PLC0415 -- see batch

        bench = self._bench
        page = SandboxPage(
            bench.services.sandbox,
            feed=bench.feed,
            switches=bench.switches,
            preferences=bench.preferences,
            tasks=bench.tasks,
            copier=bench.copier,
            messages=bench.messages,
        )
        page.open_wanted.connect(self.drafts_wanted)
        page.compose_wanted.connect(self.compose_wanted)
        self._stack.addWidget(page)
        return page
