"""Sends into a file, in place: what, in which format, how keys are carried; then how far it is.

Loaded at the first export.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from composer.core.errors import StoreError
from composer.core.exporting import ExportFormat
from composer.core.history import HistoryQuery
from composer.core.tokens import KeyMode
from composer.services.ports import Exports
from composer.ui.history.words import bytes_text
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope
from composer.ui.theme import Role, Surface, Variant, set_role, set_variant
from composer.ui.widgets import Combo, FlowNote, Panel, PrimaryButton, Severity
from composer.ui.wording import counted

KEY_WORDS = {KeyMode.MASKED: "Keys masked", KeyMode.INLINE: "Project tokens in full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Sends that can be exported, in words and as history is asked for them."""

    words: str
    rows: HistoryQuery | tuple[int, ...]
    count: int


class ExportPanel(Panel):
    """One export at a time; it goes on while the person is in another place."""

    closed = Signal()

    def __init__(
        self,
        exports: Exports,
        tasks: TaskScope,
        messages: Messages,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(Surface.RAISED, "top")
        self._exports = exports
        self._tasks = tasks
        self._messages = messages
        self._now = now
        self._task: asyncio.Task[None] | None = None
        self._sources: tuple[Source, ...] = ()
        self._what = Combo("What to export")
        self._format = Combo("Export format")
        self._key = Combo("Keys in the export")
        self._words = FlowNote(role=Role.HELP)
        self._bar = QProgressBar()
        self._go = PrimaryButton("Choose a file…")
        self._cancel = QPushButton("Cancel")
        self._build()
        self._show_idle()

    def _build(self) -> None:
        for kind in ExportFormat:
            self._format.add(kind.label, kind)
        for key, words in KEY_WORDS.items():
            self._key.add(words, key)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the export")
        set_variant(self._go, Variant.PRIMARY, small=True)
        set_variant(self._cancel, Variant.FLAT, small=True)
        choices = QHBoxLayout()
        choices.setSpacing(6)
        choices.addWidget(self._what, 2)
        choices.addWidget(self._format, 1)
        choices.addWidget(self._key, 2)
        self._choices = QWidget()
        self._choices.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._go)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addWidget(self._choices)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._go.clicked.connect(self._choose_file)
        self._cancel.clicked.connect(self.cancel)
        self._key.activated.connect(self._show_idle)

    # What the page uses

    @property
    def is_at_work(self) -> bool:
        """Whether a file is being written."""
        return self._task is not None

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def offer(self, sources: tuple[Source, ...]) -> None:
        """Let one of these be exported, the first unless another is chosen."""
        self.show()
        if self._task is not None:
            return
        self._sources = sources
        self._what.clear()
        for source in sources:
            self._what.add(source.words)
        self._what.setCurrentIndex(0)
        self._show_idle()
        self._format.setFocus(Qt.FocusReason.OtherFocusReason)

    def export_to(self, path: str) -> None:
        """Begin, as chosen."""
        if self._task is not None or not self._sources:
            return
        source = self._sources[max(0, self._what.currentIndex())]
        self._show_work()
        self._on_progress(source.count, 0)
        work = self._run(source, self._kind, self._key_mode, path)
        self._task = self._tasks.start(work, "export history")
        if self._task is not None:
            self._task.add_done_callback(self._on_done)

    @Slot()
    def cancel(self) -> None:
        """End what runs and leave no file; without that, put the panel away."""
        if self._task is not None:
            self._task.cancel()
        else:
            self._put_away()

    # Inside

    @property
    def _kind(self) -> ExportFormat:
        return ExportFormat(str(self._format.value()))  # Qt keeps the text of an enum only

    @property
    def _key_mode(self) -> KeyMode:
        return KeyMode(str(self._key.value()))

    async def _run(self, source: Source, kind: ExportFormat, key: KeyMode, path: str) -> None:
        on_progress = partial(self._on_progress, source.count)
        try:
            done = await self._exports.export(source.rows, kind, path, key, on_progress=on_progress)
        except StoreError as error:
            self._say(str(error), Role.PROBLEM)
            return
        what = f"{counted(done.count, 'send')}, {bytes_text(done.bytes)}"
        self._messages.say(f"Exported {what}, to {path}.", Severity.OK)
        self._put_away()

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        said = self._words.text() if self._words.property("role") == Role.PROBLEM.value else ""
        self._show_idle()
        if task.cancelled():
            self._say("Cancelled; no file was written.", Role.HELP)
        elif said:
            self._say(said, Role.PROBLEM)

    def _on_progress(self, total: int, done: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(min(done, total))
        self._say(f"Writing… {done:,} of {counted(total, 'send')}", Role.HELP)

    def _show_work(self) -> None:
        self._choices.setEnabled(False)
        self._bar.show()
        self._go.hide()
        self._cancel.setText("Cancel")
        self._cancel.setAccessibleName("Cancel the export")
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_idle(self) -> None:
        self._choices.setEnabled(True)
        self._bar.hide()
        self._go.show()
        self._cancel.setText("Close")
        self._cancel.setAccessibleName("Close the export")
        if self._key_mode is KeyMode.INLINE:
            self._say(
                "The file will hold project tokens in full. Share it with care.", Role.WARNING
            )
        else:
            self._say("Keys are masked: the file can be shared.", Role.HELP)

    def _say(self, words: str, role: Role) -> None:
        set_role(self._words, role)
        self._words.setText(words)

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot()
    def _choose_file(self) -> None:
        kind = self._kind
        chooser = QFileDialog(self, "Export history")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(f"{kind.label} (*.{kind.value})")
        chooser.setDefaultSuffix(kind.value)
        chooser.selectFile(f"history-{self._now():%Y-%m-%d}.{kind.value}")
        chooser.fileSelected.connect(self.export_to)
        chooser.open()
