"""What can be done with the chosen sends: in the list's menu, by keys, by the buttons beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence

from composer.core.errors import StoreError
from composer.services.ports import History
from composer.ui.compare.sides import sent
from composer.ui.history.choosing import WITH_ANOTHER, WITH_COMPOSE, Choosing
from composer.ui.history.detail import HistoryDetail
from composer.ui.history.files import HistoryFiles
from composer.ui.history.listing import Listing
from composer.ui.history.several import PAIR, SeveralPane

COMPARE_TWO = "Compare the two"


class HistoryCommands(QObject):
    """Connects them. Those for one send are off while several are chosen."""

    failed = Signal(str)

    def __init__(
        self,
        history: History,
        listing: Listing,
        detail: HistoryDetail,
        several: SeveralPane,
        *,
        choosing: Choosing,
        files: HistoryFiles,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(listing)
        self._history = history
        self._list = listing
        self._detail = detail
        self._choosing = choosing
        self._files = files
        self._now = now
        self._for_one: list[QAction] = []
        self._for_two: QAction | None = None
        self._add_to_table()
        self._add_to_more()
        self._add_keys()
        detail.pin_wanted.connect(self.pin)
        several.pin_wanted.connect(self.pin)
        several.compare_wanted.connect(self.compare_two)
        several.export_wanted.connect(files.export)
        several.delete_wanted.connect(self.delete)
        listing.chosen.connect(self._show)

    def _add_to_table(self) -> None:
        table, detail, one = self._list.table, self._detail, self._for_one
        one.append(table.add_command("Open as new", detail.open_as_new, hint="Enter"))
        one.append(table.add_command("Resend", detail.resend, "Ctrl+R"))
        one.append(table.add_command("Copy curl", detail.copy_curl, "Ctrl+C"))
        one.append(table.add_command("Copy ticket pack", self.copy_pack, "Ctrl+Shift+P"))
        one.append(table.add_command("Edit note", detail.focus_note, "F2"))
        one.append(table.add_command(WITH_COMPOSE, self._choosing.with_compose))
        one.append(table.add_command(WITH_ANOTHER, self._choosing.with_another))
        self._for_two = table.add_command(COMPARE_TWO, self.compare_two)
        table.add_command("Pin or unpin", self.pin, "Ctrl+P")
        table.add_command("Export…", self._files.export, "Ctrl+Shift+E")
        table.add_command("Delete", self.delete, "Del")

    def _add_to_more(self) -> None:
        more = self._detail.more
        more.addAction("Copy curl\tCtrl+C", self._detail.copy_curl)
        more.addAction("Copy ticket pack\tCtrl+Shift+P", self.copy_pack)
        more.addAction("Save ticket pack…", self.save_pack)
        more.addSeparator()
        more.addAction("Export…\tCtrl+Shift+E", self._files.export)
        more.addSeparator()
        more.addAction("Delete\tDel", self.delete)

    def _add_keys(self) -> None:
        """Qt would go to the end of a row, of which there is only one cell to be in."""
        for keys, run in (("End", self._list.go_to_end), ("Home", self._list.go_to_start)):
            action = QAction(keys, self._list.table)
            action.setShortcuts([QKeySequence(keys), QKeySequence(f"Ctrl+{keys}")])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(run)
            self._list.table.addAction(action)

    # What is done

    @Slot()
    def pin(self) -> None:
        """Pin what is chosen, or unpin it where all of it is pinned."""
        rows = self._list.rows
        entry = self._detail.entry
        if rows:
            self._list.acts.pin(rows)
        elif entry is not None:
            self._list.acts.pin([entry.row])
        self._show()

    @Slot()
    def delete(self) -> None:
        """Delete what is chosen; the message offers to undo it."""
        self._list.delete()

    @Slot()
    def compare_two(self) -> None:
        """Compare the two that are chosen, the older one at the left."""
        rows = self._list.rows
        if len(rows) != PAIR:
            return
        newer, older = rows
        try:
            left, right = self._history.entry(older.id), self._history.entry(newer.id)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        if left is not None and right is not None:
            now = self._now()
            self._choosing.pair_wanted.emit(sent(left, now), sent(right, now))

    @Slot()
    def copy_pack(self) -> None:
        """Copy the send that is shown, for a ticket."""
        entry = self._detail.fresh_entry()
        if entry is not None:
            self._files.copy_pack(entry)

    @Slot()
    def save_pack(self) -> None:
        """Save the send that is shown, for a ticket."""
        entry = self._detail.fresh_entry()
        if entry is not None:
            self._files.save_pack(entry)

    @Slot()
    def export(self) -> None:
        """Offer to write sends into a file."""
        self._files.export()

    @Slot()
    def _show(self) -> None:
        count = len(self._list.rows)
        for action in self._for_one:
            action.setEnabled(count <= 1)
        if self._for_two is not None:
            self._for_two.setVisible(count == PAIR)
