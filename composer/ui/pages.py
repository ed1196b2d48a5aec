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
    from composer.core.templates import Template
    from composer.ui.batch.page import BatchPage
    from composer.ui.history.page import HistoryPage
    from composer.ui.sandbox.page import SandboxPage
    from composer.ui.templates.desk import TemplateDesk
    from composer.ui.templates.page import TemplatesPage
    from composer.ui.templates.shelf import Shelf


class Pages(QObject):
    """Puts each page into the window's stack, and passes on what the pages ask for."""

    compose_wanted = Signal()
    drafts_wanted = Signal(object)
    """``tuple[Draft, ...]`` to open as new"""
    templates_wanted = Signal()
    """The Templates place is to be seen, as it is"""
    template_desk_made = Signal(object)
    """``TemplateDesk``, at its first use"""
    entry_wanted = Signal(object)
    """The id of a send in history"""
    edit_wanted = Signal(object)
    """``BatchEvent``"""

    docs_wanted = Signal(str)
    rules_wanted = Signal()
    compose_comparison_wanted = Signal(object)
    """``NamedRequest`` that is to be compared with what is composed"""
    comparison_wanted = Signal(object, object)
    """Two of them"""
    retention_wanted = Signal()
    """What is kept of history is to be changed"""

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
        from composer.ui.batch.needs import BatchNeeds  # noqa: PLC0415
        from composer.ui.batch.page import BatchPage  # noqa: PLC0415 -- at the first visit only

        bench = self._bench
        page = BatchPage(
            BatchNeeds(
                batch=bench.batch,
                preferences=bench.preferences,
                services=bench.services,
                tasks=bench.tasks,
                messages=bench.messages,
                copier=bench.copier,
                court=bench.court,
                guard=bench.guard,
                pastes=bench.pastes,
                runs=bench.runs,
            )
        )
        page.docs_wanted.connect(self.docs_wanted)
        page.rules_wanted.connect(self.rules_wanted)
        bench.runs.ended.connect(self._read_history)
        page.edit_wanted.connect(self.edit_wanted)
        page.compose_wanted.connect(self.compose_wanted)
        self._stack.addWidget(page)
        return page

    @Slot()
    def _read_history(self) -> None:
        """Small runs are sends of history too."""
        if "history" in self.__dict__:
            self.history.look_again()

    @cached_property
    def shelf(self) -> Shelf:
        """The templates, as this window knows them."""
        from composer.ui.templates.shelf import Shelf  # noqa: PLC0415 -- see batch

        return Shelf(self._bench.services.templates, self._bench.tasks, self)

    @cached_property
    def template_desk(self) -> TemplateDesk:
        """What opens templates and saves them."""
        from composer.ui.templates.desk import TemplateDesk  # noqa: PLC0415 -- see batch

        desk = TemplateDesk(self._bench.session, self.shelf, self._bench.messages)
        desk.setParent(self)
        desk.compose_wanted.connect(self.compose_wanted)
        desk.templates_wanted.connect(self._show_template)
        desk.run_wanted.connect(self._run_template)
        self.template_desk_made.emit(desk)
        return desk

    @cached_property
    def templates(self) -> TemplatesPage:
        from composer.ui.templates.gate import RunGate  # noqa: PLC0415 -- see batch
        from composer.ui.templates.page import TemplatesPage  # noqa: PLC0415
        from composer.ui.templates.run_view import RunTools  # noqa: PLC0415

        bench = self._bench
        tools = RunTools(
            preferences=bench.preferences,
            sends=bench.sends,
            tasks=bench.tasks,
            gate=RunGate(bench.guard, bench.court, bench.services.clock.now),
            maker=bench.session.maker,
        )
        page = TemplatesPage(
            self.shelf,
            self.template_desk,
            bench.session,
            bench.batch,
            tools=tools,
            messages=bench.messages,
        )
        page.compose_wanted.connect(self.compose_wanted)
        page.batch_wanted.connect(bench.desk.batch_wanted)
        page.history_wanted.connect(self.entry_wanted)
        self._stack.addWidget(page)
        return page

    @Slot(str)
    def _show_template(self, identifier: str) -> None:
        self.templates.show_template(identifier)
        self.templates_wanted.emit()

    @Slot(object)
    def _run_template(self, template: Template) -> None:
        self.templates.run_template(template)
        self.templates_wanted.emit()

    @cached_property
    def history(self) -> HistoryPage:
        from composer.ui.history.needs import HistoryNeeds  # noqa: PLC0415 -- see batch
        from composer.ui.history.packs import TicketPacks  # noqa: PLC0415 -- see batch
        from composer.ui.history.page import HistoryPage  # noqa: PLC0415

        bench = self._bench
        packs = TicketPacks(
            bench.preferences,
            bench.copier,
            court=bench.court,
            exports=bench.services.exports,
            tasks=bench.tasks,
            messages=bench.messages,
            now=bench.services.clock.now,
        )
        page = HistoryPage(
            HistoryNeeds(
                history=bench.services.history,
                preferences=bench.preferences,
                sends=bench.sends,
                tasks=bench.tasks,
                copier=bench.copier,
                messages=bench.messages,
                notes=bench.notes,
                exports=bench.services.exports,
                packs=packs,
                guard=bench.guard,
                now=bench.services.clock.now,
            )
        )
        page.settings_wanted.connect(self.retention_wanted)
        bench.pruner.pruned.connect(page.look_again)
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
