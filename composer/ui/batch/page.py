"""The Batch place: the table of events, and in its place an import or the runs while they are on.

It leads from one to the other; each of them is built at its first use.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from composer.core.batch.clip import looks_like_spreadsheet
from composer.core.batch.table import ImportReport
from composer.ui.batch.needs import BatchNeeds
from composer.ui.batch.running.bar import RunBar
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.table_page import TablePage
from composer.ui.paste.clip import Clip, clip_of
from composer.ui.paste.reader import PasteReader
from composer.ui.paste.reading import Reading
from composer.ui.widgets import Severity

if TYPE_CHECKING:
    from composer.ui.batch.importing.view import ImportView
    from composer.ui.batch.running.view import RunsView

NO_ROWS = (
    "There are no rows on the clipboard. Copy cells in a spreadsheet, or events as JSON, and paste "
    "them here."
)


class BatchPage(QWidget):
    """Table, import and runs; ``Batch`` and the stores behind it hold what they show."""

    edit_wanted = Signal(object)
    """``BatchEvent``"""
    compose_wanted = Signal()
    docs_wanted = Signal(str)
    rules_wanted = Signal()

    def __init__(self, needs: BatchNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._batch = needs.batch
        self._reader = PasteReader(needs.services, needs.tasks, self)
        self.table = TablePage(needs)
        self._run_needs = RunNeeds(
            controller=needs.runs,
            batch=needs.batch,
            runs=needs.services.batch.runs,
            preferences=needs.preferences,
            guard=needs.guard,
            copier=needs.copier,
            tasks=needs.tasks,
            messages=needs.messages,
            clock=needs.services.clock,
        )
        self.run_bar = RunBar(self._run_needs)
        self.table.add_below(self.run_bar)
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._views)
        self._fill_menu()
        self._connect()

    def _fill_menu(self) -> None:
        menu = self.table.bar.add.menu_lines
        menu.addAction("Import a file…", self.import_file)
        menu.addAction("Paste from a spreadsheet", self.paste_rows)
        menu.addAction("Generate from a template…", self.generate)
        menu.addSeparator()
        menu.addAction("Compose an event", self.compose_wanted.emit)

    def _connect(self) -> None:
        table, empty = self.table, self.table.empty
        table.edit_wanted.connect(self.edit_wanted)
        table.docs_wanted.connect(self.docs_wanted)
        table.rules_wanted.connect(self.rules_wanted)
        empty.file_wanted.connect(self.import_file)
        empty.text_wanted.connect(self.paste_rows)
        empty.count_wanted.connect(self.generate)
        empty.compose_wanted.connect(self.compose_wanted)
        table.bar.runs.clicked.connect(self.show_runs)
        table.commands.send_wanted.connect(self.run_bar.send_chosen)
        self.run_bar.outlooks_wanted.connect(table.show_outlooks)
        self.run_bar.run_wanted.connect(self.show_run)
        self._reader.read.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)

    # What others use

    @cached_property
    def importing(self) -> ImportView:
        """The page of an import."""
        from composer.ui.batch.importing.needs import ImportNeeds  # noqa: PLC0415 -- at first use
        from composer.ui.batch.importing.view import ImportView  # noqa: PLC0415

        needs, services = self._needs, self._needs.services
        view = ImportView(
            ImportNeeds(
                table=self._batch.table,
                sources=services.batch.sources,
                mappings=services.batch.mappings,
                templates=services.templates,
                clock=services.clock,
                tasks=needs.tasks,
                messages=needs.messages,
            )
        )
        view.opened.connect(self._show_import)
        view.closed.connect(self.show_table)
        view.imported.connect(self._on_imported)
        view.old_events_imported.connect(self._on_old_events)
        self._views.addWidget(view)
        return view

    @cached_property
    def runs(self) -> RunsView:
        """The page of the runs."""
        from composer.ui.batch.running.view import RunsView  # noqa: PLC0415 -- at first use

        view = RunsView(self._run_needs)
        view.closed.connect(self.show_table)
        self._views.addWidget(view)
        return view

    def send(self) -> None:
        """Send the events of the table, where that is shown."""
        if self._views.currentWidget() is self.table:
            self.run_bar.send()

    def focus_search(self) -> None:
        """Put the cursor into the search field of the table."""
        self._views.setCurrentWidget(self.table)
        self.table.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_runs(self) -> None:
        """List what was sent from here."""
        self._views.setCurrentWidget(self.runs)

    @Slot(int)
    def show_run(self, identifier: int) -> None:
        """Show what became of one run."""
        self._views.setCurrentWidget(self.runs)
        self.runs.show_run(identifier)

    @Slot()
    def show_table(self) -> None:
        """Go back to the table."""
        self._views.setCurrentWidget(self.table)
        self.table.focus_list()

    @Slot()
    def import_file(self) -> None:
        """Ask for a file to import."""
        self.importing.choose_file()

    def import_path(self, path: str) -> None:
        """Import that file."""
        self.importing.begin_file(path)

    @Slot()
    def paste_rows(self) -> None:
        """Import what a spreadsheet has put on the clipboard."""
        self.paste(clip_of(QGuiApplication.clipboard().mimeData()))

    @Slot()
    def generate(self) -> None:
        """Make events of a template."""
        self.importing.begin_count()

    def paste(self, clip: Clip) -> None:
        """Take in what was pasted or dropped: a file, cells of a spreadsheet, events as JSON."""
        if clip.files:
            self.import_path(clip.files[0])
        elif looks_like_spreadsheet(clip.text):
            self.importing.begin_text(clip.text)
        elif clip.text.strip():
            self._reader.start(clip)
        else:
            self._needs.messages.say(NO_ROWS, Severity.WARNING)

    # Inside

    @Slot(object)
    def _on_read(self, reading: Reading) -> None:
        self._needs.pastes.add(reading.events)

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self._needs.messages.say(words, Severity.WARNING)

    @Slot()
    def _on_old_events(self) -> None:
        self._batch.set_historical_migration(True)

    @Slot()
    def _show_import(self) -> None:
        self._views.setCurrentWidget(self.importing)

    @Slot(object)
    def _on_imported(self, report: ImportReport) -> None:
        self._batch.note_import(report.number, report.added)
