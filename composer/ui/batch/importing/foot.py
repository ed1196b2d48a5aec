"""The foot of an import: what is wrong, the button that begins it, then how far it is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from composer.core.batch.table import ImportProgress
from composer.services.ports.importing import CountSource
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.importing.words import left_words, rows_words
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import ElidedLabel, FlowNote, LinkButton, Panel, PrimaryButton, Switch
from composer.ui.wording import counted

OLD_EVENTS_HELP = (
    "For events older than 48 hours: PostHog takes them by a slower lane that sets off no "
    "alarms. They may appear much later."
)
MOST_PROBLEMS = 3
_STEPS = 1_000


class ImportFoot(Panel):
    """Follows the desk, and begins and cancels its import."""

    close_wanted = Signal()

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.RAISED, "top")
        self._desk = desk
        self._problems = FlowNote("", Role.PROBLEM)
        self._otherwise = LinkButton("Read it the other way")
        self.old = Switch("Import of old events")
        self.old.setAccessibleDescription(OLD_EVENTS_HELP)
        self._old_help = FlowNote(OLD_EVENTS_HELP, Role.HELP)
        self.go = PrimaryButton("Import")
        self._leave = QPushButton("Cancel")
        self._leave.setAccessibleName("Cancel and go back to the batch")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the import")
        self._progress = ElidedLabel(role=Role.HELP)
        self.stop = QPushButton("Cancel")
        self.stop.setAccessibleName("Cancel the import")
        self._build()
        self.go.clicked.connect(desk.start)
        self.stop.clicked.connect(desk.cancel)
        self._leave.clicked.connect(self.close_wanted)
        self.old.clicked.connect(self._on_old)
        self._otherwise.clicked.connect(self._on_otherwise)
        for signal in (desk.changed, desk.mapped, desk.previewed):
            signal.connect(self._show)
        desk.progressed.connect(self._show_progress)
        self._show()

    @property
    def words(self) -> str:
        """What is wrong, or how far the import is."""
        shown = self._desk.phase is Phase.IMPORTING
        return self._progress.full_text if shown else self._problems.text()

    def _build(self) -> None:
        ready = QWidget()
        row = QHBoxLayout(ready)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.old)
        row.addWidget(self._old_help, 1)
        row.addWidget(self._leave)
        row.addWidget(self.go)
        busy = QWidget()
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._bar)
        column.addWidget(self._progress)
        column.addStretch(1)
        line = QHBoxLayout(busy)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addLayout(column, 1)
        line.addWidget(self.stop)
        self._pages = QStackedWidget()
        self._pages.addWidget(ready)
        self._pages.addWidget(busy)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 10)
        outer.setSpacing(6)
        said = QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(self._problems, 1)
        said.addWidget(self._otherwise, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(said)
        outer.addWidget(self._pages)

    # Showing

    @Slot()
    def _show(self) -> None:
        desk = self._desk
        is_busy = desk.phase is Phase.IMPORTING
        if is_busy and self._pages.currentIndex() == 0:
            self._begin()
        elif not is_busy and self._pages.currentIndex() == 1:
            self._pages.setCurrentIndex(0)
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        problems = desk.preview.problems if desk.preview else ()
        doubts = () if problems or desk.words else desk.doubts
        self._say((*problems, *(doubt.words for doubt in doubts)), desk.words)
        self._otherwise.setVisible(bool(doubts) and desk.phase is Phase.READY)
        self._otherwise.setText(f"Read {'it' if len(doubts) == 1 else 'them'} the other way")
        self.old.setChecked(desk.mapping.historical_migration)
        self.old.setEnabled(desk.phase is Phase.READY)
        self.go.setEnabled(desk.can_start)
        self.go.setText(self._go_words())

    def _go_words(self) -> str:
        source, looked = self._desk.source, self._desk.looked
        if isinstance(source, CountSource):
            template = self._desk.template
            steps = len(template.steps) if template else 1
            return f"Generate {counted(source.count * steps, 'event')}"
        if looked is None:
            return "Import"
        return f"Import {rows_words(looked.count.rows, exact=looked.count.is_exact)}"

    def _say(self, problems: tuple[str, ...], words: str) -> None:
        lines = [words] if words else []
        lines += problems[:MOST_PROBLEMS]
        more = len(problems) - MOST_PROBLEMS
        if more > 0:
            lines.append(f"And {more:,} more.")
        preview = self._desk.preview
        is_calm = self._desk.phase is Phase.READY and not (preview and preview.problems)
        set_role(self._problems, Role.WARNING if is_calm else Role.PROBLEM)
        self._problems.setText("\n".join(lines))
        self._problems.setVisible(bool(lines) and self._desk.phase is not Phase.UNREADABLE)

    def _begin(self) -> None:
        self._pages.setCurrentIndex(1)
        self._bar.setRange(0, 0)
        self._progress.set_text("Reading…")
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_progress(self, progress: ImportProgress) -> None:
        if self._desk.phase is not Phase.IMPORTING:
            return
        done = min(1.0, progress.read / progress.size) if progress.size else 0.0
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(done * _STEPS))
        seen = progress.added + progress.problems
        words = [counted(progress.added, "row")]
        if progress.problems:
            verb = "does" if progress.problems == 1 else "do"
            words.append(f"{progress.problems:,} {verb} not fit")
        if progress.rate:
            words.append(f"{progress.rate:,.0f} rows/s")
            left = seen * (1 / done - 1) / progress.rate if done else 0.0
            words.append(left_words(left))
        self._progress.set_text(" · ".join(word for word in words if word))

    @Slot()
    def _on_otherwise(self) -> None:
        instead = {doubt.column: doubt.instead for doubt in self._desk.doubts}
        mapping = self._desk.mapping
        rules = tuple(
            replace(rule, time_format=instead.get(rule.column, rule.time_format))
            for rule in mapping.rules
        )
        self._desk.change(replace(mapping, rules=rules))

    @Slot(bool)
    def _on_old(self, on: bool) -> None:
        self._desk.change(replace(self._desk.mapping, historical_migration=on))
