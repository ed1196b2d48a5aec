"""What leaves history as a file: the export panel, and saving a ticket pack."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout

from composer.core.records import HistoryEntry
from composer.ui.history.listing import Listing
from composer.ui.history.needs import HistoryNeeds
from composer.ui.widgets import Severity
from composer.ui.wording import counted

if TYPE_CHECKING:
    from composer.ui.history.export_panel import ExportPanel, Source


class HistoryFiles(QObject):
    """The panel stands in ``slot``, under the list, from the first export on."""

    def __init__(self, listing: Listing, slot: QVBoxLayout, needs: HistoryNeeds) -> None:
        super().__init__(listing)
        self._list = listing
        self._slot = slot
        self._exports = needs.exports
        self._packs = needs.packs
        self._tasks = needs.tasks
        self._messages = needs.messages
        self._now = needs.now
        self._panel: ExportPanel | None = None

    @Slot()
    def export(self) -> None:
        """Offer what is chosen, and everything that was found."""
        sources = self._sources()
        if not sources:
            self._messages.say("There is no send to export yet.", Severity.INFO)
            return
        if self._panel is None:
            # Loaded at the first export, like the places: the start is quicker without it.
            from composer.ui.history.export_panel import ExportPanel  # noqa: PLC0415

            self._panel = ExportPanel(self._exports, self._tasks, self._messages, self._now)
            self._panel.closed.connect(self._on_closed)
            self._slot.addWidget(self._panel)
        self._panel.offer(sources)

    def leave(self) -> bool:
        """Put the export panel away, or end what runs, if it has the focus; whether it had."""
        panel, focus = self._panel, QApplication.focusWidget()
        if panel is None or focus is None or not panel.isAncestorOf(focus):
            return False
        panel.cancel()
        return True

    def copy_pack(self, entry: HistoryEntry) -> None:
        """Put a send on the clipboard as Markdown."""
        self._packs.copy(entry)

    def save_pack(self, entry: HistoryEntry) -> None:
        """Ask for a file, and write a send into it as Markdown."""
        chooser = QFileDialog(self._list.table, "Save the ticket pack")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter("Markdown (*.md)")
        chooser.setDefaultSuffix("md")
        chooser.selectFile(pack_name(entry))
        chooser.fileSelected.connect(partial(self._packs.save, entry))
        chooser.open()

    def _sources(self) -> tuple[Source, ...]:
        from composer.ui.history.export_panel import Source  # noqa: PLC0415 -- as above

        rows, found = self._list.rows, max(self._list.count.found, self._list.model.sends)
        query = self._list.reader.query
        every = "All" if query.is_everything else "All found:"
        whole = Source(words=f"{every} {counted(found, 'send')}", rows=query, count=found)
        chosen = Source(
            words=f"Chosen: {counted(len(rows), 'send')}",
            rows=tuple(row.id for row in rows),
            count=len(rows),
        )
        # One send is always chosen, so it is no sign that only that one is meant.
        order = (chosen, whole) if len(rows) > 1 else (whole, chosen)
        return tuple(source for source in order if source.count)

    @Slot()
    def _on_closed(self) -> None:
        self._list.table.setFocus(Qt.FocusReason.OtherFocusReason)


def pack_name(entry: HistoryEntry) -> str:
    """The file name that is offered: the ticket or the event, and the day."""
    about = entry.row.ticket or entry.row.summary.event
    safe = re.sub(r"[^\w.-]+", "-", about).strip("-.")[:_LONGEST_NAME] or "send"
    return f"{safe}-{entry.row.sent_at:%Y-%m-%d}.md"


_LONGEST_NAME = 60
