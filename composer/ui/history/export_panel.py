"""Sends into a file, in place: what, in which format, how keys are carried; then how far it is.

Loaded at the first export.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from composer.core.exporting import ExportFormat
from composer.core.history import HistoryQuery
from composer.core.tokens import KeyMode
from composer.services.ports import Exports
from composer.ui.history.words import bytes_text
from composer.ui.lists.export_panel import BaseExportPanel, FileWanted
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope
from composer.ui.theme import Role
from composer.ui.widgets import Combo
from composer.ui.wording import counted

KEY_WORDS = {KeyMode.MASKED: "Keys masked", KeyMode.INLINE: "Project tokens in full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Sends that can be exported, in words and as history is asked for them."""

    words: str
    rows: HistoryQuery | tuple[int, ...]
    count: int


class ExportPanel(BaseExportPanel[tuple[Source, ...]]):
    """Says how many sends of all are written; goes on while the person is in another place."""

    def __init__(
        self,
        exports: Exports,
        tasks: TaskScope,
        messages: Messages,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(tasks, messages, "export history", "top")
        self._exports = exports
        self._now = now
        self._key = Combo("Keys in the export")
        for kind in ExportFormat:
            self._format.add(kind.label, kind)
        for key, words in KEY_WORDS.items():
            self._key.add(words, key)
        self._lay_out((self._what, 2), (self._format, 1), (self._key, 2), is_flat=False)
        self._key.activated.connect(self._show_idle)

    def offer(self, sources: tuple[Source, ...]) -> None:
        """Let one of these (at least one) be exported, the first unless another is chosen."""
        if not self.is_at_work:
            self._offered = sources
            self._what.clear()
            for source in sources:
                self._what.add(source.words)
            self._what.setCurrentIndex(0)
        self._present()

    @property
    def _kind(self) -> ExportFormat:
        return ExportFormat(str(self._format.value()))  # Qt keeps the text of an enum only

    @property
    def _key_mode(self) -> KeyMode:
        return KeyMode(str(self._key.value()))

    def _help(self) -> tuple[str, Role]:
        if self._key_mode is KeyMode.INLINE:
            words = "The file will hold project tokens in full. Share it with care."
            return words, Role.WARNING
        return "Keys are masked: the file can be shared.", Role.HELP

    def _file(self, offered: tuple[Source, ...]) -> FileWanted:
        del offered
        kind, name = self._kind, f"history-{self._now():%Y-%m-%d}"
        return FileWanted(title="Export history", kind=kind.label, ending=kind.value, name=name)

    async def _write(self, offered: tuple[Source, ...], path: str) -> str:
        rows = offered[self._what.currentIndex()].rows
        on_progress = partial(self._tell, offered)
        done = await self._exports.export(
            rows, self._kind, path, self._key_mode, on_progress=on_progress
        )
        return f"{counted(done.count, 'send')}, {bytes_text(done.bytes)}"

    def _tell(self, offered: tuple[Source, ...], done: int) -> None:
        total = offered[self._what.currentIndex()].count
        self._bar.setRange(0, total)
        self._bar.setValue(min(done, total))
        self._say(f"Writing… {done:,} of {counted(total, 'send')}", Role.HELP)
