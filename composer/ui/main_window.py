"""The window: its layout, its places, and how panes reach each other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from composer.core.draft import Draft
from composer.ui.actions import Actions
from composer.ui.compose.page import ComposePage
from composer.ui.destination_bar import DestinationBar
from composer.ui.pages import Pages
from composer.ui.rail import Place, Rail
from composer.ui.theme import ThemeController
from composer.ui.toast import Toast
from composer.ui.topbar import TopBar
from composer.ui.widgets import Severity
from composer.ui.window_commands import WindowCommands
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.core.batch.table import BatchEvent
    from composer.core.templates import Template
    from composer.ui.palette.entries import CopyAs
    from composer.ui.palette.palette import Palette
    from composer.ui.templates.desk import TemplateDesk
    from composer.ui.templates.in_compose import InCompose

MINIMUM = (1024, 640)
FIRST_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """Owns the widgets. ``close_requested`` asks the composition root to end the app."""

    close_requested = Signal()
    painted = Signal()
    """The window stands on the screen for the first time"""
    moved = Signal(object)
    """``Place``: another place is shown"""

    def __init__(self, bench: Workbench, theme: ThemeController) -> None:
        super().__init__()
        self._bench = bench
        self._may_close = False
        self._is_painted = False
        self.setWindowTitle("Event Composer")
        self.setMinimumSize(*MINIMUM)
        self.destination = DestinationBar(bench.session, bench.preferences, bench.switches)
        self.top = TopBar(self.destination, bench.preferences)
        self.rail = Rail()
        self.compose = ComposePage(bench)
        self.actions_ = Actions(self)
        self._stack = QStackedWidget()
        self.pages = Pages(bench, self._stack)
        self._in_compose: InCompose | None = None
        self._place = Place.COMPOSE
        self._centre = QWidget()
        self._build()
        self.toast = Toast(bench.messages, self._centre)
        self._connect()
        self._commands = WindowCommands(self, bench, theme)
        self._restore_size()
        self.go_to(Place.COMPOSE)
        self.compose.form.focus_first()
        self.rail.show_type(bench.session.draft.type_id)
        self._count_batch()
        for notice in bench.services.notices:
            bench.messages.say(notice, Severity.WARNING)

    @property
    def place(self) -> Place:
        """The place that is shown."""
        return self._place

    @cached_property
    def palette_(self) -> Palette:
        """The search for anything."""
        from composer.ui.palette.palette import Palette  # noqa: PLC0415 -- at its first use only

        palette = Palette(self, self.actions_, self._bench)
        palette.type_wanted.connect(self._choose_type)
        palette.template_wanted.connect(self.open_template)
        palette.entry_wanted.connect(self.show_in_history)
        palette.copy_wanted.connect(self._copy_as)
        return palette

    @Slot(object)
    def go_to(self, place: Place) -> None:
        """Show one of the five places."""
        in_compose = place is Place.COMPOSE
        self._stack.setCurrentWidget(self.compose if in_compose else self.pages.page(place))
        self._place = place
        self.rail.show_place(place)
        self.moved.emit(place)
        if place is Place.SANDBOX:
            self._bench.host.ensure()

    def let_go(self) -> None:
        """Everything is saved and stopped: the next close is the last."""
        self._may_close = True

    def geometry_text(self) -> str:
        """Size and place of the window, for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    # Putting it together

    def _build(self) -> None:
        self._stack.addWidget(self.compose)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self._centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        self.setCentralWidget(self._centre)

    def _connect(self) -> None:
        bench, pages = self._bench, self.pages
        self.rail.place_chosen.connect(self.go_to)
        self.rail.type_chosen.connect(self._choose_type)
        bench.session.draft_changed.connect(self._follow_draft)
        bench.batch.changed.connect(self._count_batch)
        bench.feed.arrived.connect(self._count_arrivals)
        bench.desk.batch_wanted.connect(self._show_batch)
        bench.autosave.failed.connect(self._say_error)
        self.compose.history_wanted.connect(self.show_in_history)
        self.compose.sandbox_wanted.connect(self._show_sandbox)
        self.compose.token_wanted.connect(self.destination.focus_token)
        self.compose.naming_begun.connect(self._help_naming)
        pages.compose_wanted.connect(self._show_compose)
        pages.drafts_wanted.connect(self.open_drafts)
        pages.templates_wanted.connect(self._show_templates)
        pages.template_desk_made.connect(self._attach_templates)
        pages.entry_wanted.connect(self.show_in_history)
        pages.edit_wanted.connect(self.edit_batch_item)

    def _restore_size(self) -> None:
        saved = self._bench.preferences.settings.window
        data = QByteArray.fromBase64(saved.encode("ascii", "ignore"))
        if not saved or not self.restoreGeometry(data):
            self.resize(*FIRST_SIZE)

    # What commands and panes ask for

    @Slot(object)
    def open_drafts(self, drafts: tuple[Draft, ...]) -> None:
        """Open what was sent before, as new."""
        self.go_to(Place.COMPOSE if self._bench.desk.open(drafts) else Place.BATCH)

    @Slot(object)
    def open_template(self, template: Template) -> None:
        """Open a template as a new event, or have it run where it has several."""
        self.pages.template_desk.open(template)

    @Slot(object)
    def edit_batch_item(self, event: BatchEvent) -> None:
        """Open an event of the batch in Compose, to be put back."""
        if self._bench.desk.edit_item(event):
            self.go_to(Place.COMPOSE)

    @Slot(object)
    def show_in_history(self, identifier: int) -> None:
        """Show one send in the History place."""
        self.go_to(Place.HISTORY)
        self.pages.history.show_entry(identifier)

    @Slot(str)
    def _choose_type(self, type_id: str) -> None:
        self._bench.session.choose_type(type_id)
        self.go_to(Place.COMPOSE)
        self.compose.form.focus_first()

    @Slot(object)
    def _copy_as(self, wanted: CopyAs) -> None:
        if wanted.shell is not None:
            self._bench.desk.copy_curl(wanted.shell)
        else:
            self._bench.desk.copy_code(wanted.target)

    @Slot(object)
    def _follow_draft(self, draft: Draft) -> None:
        self.rail.show_type(draft.type_id)

    @Slot()
    def _count_batch(self) -> None:
        self.rail.set_count(Place.BATCH, self._bench.batch.count)

    @Slot()
    def _count_arrivals(self) -> None:
        self.rail.set_count(Place.SANDBOX, self._bench.feed.count)

    @Slot(object)
    def _attach_templates(self, desk: TemplateDesk) -> None:
        from composer.ui.templates.in_compose import InCompose  # noqa: PLC0415 -- at its first use

        self._in_compose = InCompose(self.compose, desk)

    @Slot()
    def _help_naming(self) -> None:
        self.pages.template_desk.begin()  # which is made here, if it has not been needed before
        if self._in_compose is not None:
            self._in_compose.help_naming()

    @Slot(str)
    def _say_error(self, sentence: str) -> None:
        self._bench.messages.say(sentence, Severity.ERROR)

    @Slot()
    def _show_compose(self) -> None:
        self.go_to(Place.COMPOSE)

    @Slot()
    def _show_batch(self) -> None:
        self.go_to(Place.BATCH)

    @Slot()
    def _show_templates(self) -> None:
        self.go_to(Place.TEMPLATES)

    @Slot()
    def _show_sandbox(self) -> None:
        self.go_to(Place.SANDBOX)

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window renews a time that has grown stale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._bench.session.freshen()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panes follow within the same turn of the loop."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The first close only asks; the root closes again when all is saved."""
        if self._may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_requested.emit()
