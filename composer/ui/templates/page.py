"""The Templates place: the list, the run of a template, and what an import brought."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from composer.core.collections.imported import Imported
from composer.core.draft import Draft
from composer.core.templates import Template
from composer.ui.batch.batch import Batch
from composer.ui.batch.steps import Step as BatchStep
from composer.ui.messages import Messages
from composer.ui.session import Session
from composer.ui.templates.desk import TemplateDesk
from composer.ui.templates.files import choose_files, choose_folder, choose_target
from composer.ui.templates.import_view import ImportView
from composer.ui.templates.library import Library
from composer.ui.templates.run_view import RunTools, RunView
from composer.ui.templates.shelf import Shelf
from composer.ui.widgets import Severity
from composer.ui.wording import counted

_NEW_NAME = "New sequence"
LONGEST_SEQUENCE = 200
"""Events of the batch that can become one template."""


class TemplatesPage(QWidget):
    """Shows one of its three views at a time."""

    compose_wanted = Signal()
    batch_wanted = Signal()
    history_wanted = Signal(object)
    """The id of a send"""

    def __init__(
        self,
        shelf: Shelf,
        desk: TemplateDesk,
        session: Session,
        batch: Batch,
        *,
        tools: RunTools,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._shelf = shelf
        self._desk = desk
        self._session = session
        self._batch = batch
        self._messages = messages
        self.library = Library(shelf, desk, messages)
        self.run = RunView(tools)
        self.imported = ImportView()
        self._views = QStackedWidget()
        for view in (self.library, self.run, self.imported):
            self._views.addWidget(view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._views)
        self.library.import_.menu_lines.addAction("Files…", self.import_files)
        self.library.import_.menu_lines.addAction("A folder…", self.import_folder)
        self._connect()

    def _connect(self) -> None:
        library, run = self.library, self.run
        library.open_wanted.connect(self._desk.open)
        library.compose_wanted.connect(self.compose_wanted)
        library.export_wanted.connect(self.export)
        library.add.menu_lines.aboutToShow.connect(self._offer_new)
        run.back_wanted.connect(self.show_library)
        run.tabs_wanted.connect(self._desk.open_drafts)
        run.batch_wanted.connect(self._put_into_batch)
        run.history_wanted.connect(self.history_wanted)
        self.imported.done.connect(self.show_library)
        self.imported.show_wanted.connect(library.choose)
        self.imported.undo_wanted.connect(self._take_back)

    # What others use

    @Slot(object)
    def run_template(self, template: Template) -> None:
        """Ask for what a template needs, and then send its events."""
        self._views.setCurrentWidget(self.run)
        self.run.show_template(template)
        self.run.focus_first()

    @Slot(str)
    def show_template(self, identifier: str) -> None:
        """Show a template in the list."""
        self._views.setCurrentWidget(self.library)
        self.library.choose(identifier)

    def send(self) -> None:
        """Send the events of the run that is shown, one by one."""
        if self._views.currentWidget() is self.run:
            self.run.send_one_by_one()

    @Slot()
    def show_library(self) -> None:
        """Go back to the list."""
        self._views.setCurrentWidget(self.library)
        self.library.focus_list()

    @Slot()
    def import_files(self) -> None:
        """Ask for files to import: templates, collections, archives."""
        choose_files(self, self.import_from)

    @Slot()
    def import_folder(self) -> None:
        """Ask for a folder to import."""
        choose_folder(self, self.import_from)

    def import_from(self, paths: list[str]) -> None:
        """Import files, folders and archives, and show what came of it."""
        self._shelf.import_from(paths, self._show_imported)

    @Slot(object)
    def export(self, templates: tuple[Template, ...]) -> None:
        """Ask where templates are to be exported to."""
        name = templates[0].name if len(templates) == 1 else "templates"
        then = partial(self.export_to, templates)
        choose_target(self, name, then, is_one=len(templates) == 1)

    def export_to(self, templates: tuple[Template, ...], path: str) -> None:
        """Export templates to a file, an archive or a folder."""

        def say(count: int) -> None:
            self._messages.say(f"Exported {counted(count, 'template')} to {path}.", Severity.OK)

        self._shelf.export_to([template.id for template in templates], path, say)

    # Inside

    @Slot()
    def _offer_new(self) -> None:
        """What a template can be made of, as it is at this moment."""
        menu = self.library.add.menu_lines
        menu.clear()
        menu.addAction("From the event in Compose…", self._name_event)
        count, tabs = self._batch.count, self._session.tabs
        if 1 < count <= LONGEST_SEQUENCE:
            menu.addAction(f"A sequence of the {count} events of the batch", self._save_batch)
        if len(tabs) > 1:
            menu.addAction(f"A sequence of the {len(tabs)} open tabs", self._save_tabs)

    @Slot()
    def _name_event(self) -> None:
        """Go to Compose; its save bar asks for name and folder."""
        self.compose_wanted.emit()
        self._desk.name_wanted.emit()

    @Slot()
    def _save_batch(self) -> None:
        self._batch.read_drafts(LONGEST_SEQUENCE, partial(self._desk.save_steps, _NEW_NAME))

    @Slot()
    def _save_tabs(self) -> None:
        self._session.settle()
        self._desk.save_steps(_NEW_NAME, [tab.draft for tab in self._session.tabs])

    def _show_imported(self, imported: Imported) -> None:
        self._views.setCurrentWidget(self.imported)
        self.imported.show_imported(imported)

    @Slot(object)
    def _take_back(self, templates: tuple[Template, ...]) -> None:
        def say(_: None) -> None:
            self._messages.say(f"Took back {counted(len(templates), 'imported template')}.")

        self._shelf.delete(templates, say)

    @Slot(object)
    def _put_into_batch(self, drafts: tuple[Draft, ...]) -> None:
        token = self._session.destination.token
        own = (draft.with_token(token) for draft in drafts)
        self._batch.add(*own, then=partial(self._say_added, len(drafts)))

    def _say_added(self, count: int, step: BatchStep) -> None:
        del step  # it is undone where the batch is seen
        self._messages.say(
            f"Added {counted(count, 'event')} to the batch.",
            Severity.OK,
            action="Show batch",
            run=self.batch_wanted.emit,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shelf.attend(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._shelf.attend(False)

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window: the folder may have changed meanwhile."""
        super().changeEvent(event)
        is_back = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_back and self.isVisible():
            self._shelf.look()
