"""The commands about pasting in the main window, and what comes over it by a drop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from composer.ui.actions import Command
from composer.ui.paste.clip import Clip, clip_of
from composer.ui.paste.drops import DropTarget
from composer.ui.paste.reader import PasteReader
from composer.ui.paste.reading import PastedEvent, Reading
from composer.ui.rail import Place
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.ui.main_window import MainWindow
    from composer.ui.paste.dialog import PasteDialog


class PasteCommands(QObject):
    """Joins the paste desk with the window. Dialogs are loaded when they are first needed."""

    def __init__(self, window: MainWindow, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._bench = bench
        window.actions_.connect_to(Command.PASTE, self._paste)
        window.actions_.connect_to(Command.OPEN_PASTE, self._open)
        DropTarget(window).dropped.connect(self._take)
        bench.pastes.opened.connect(self._show_compose)
        bench.pastes.several.connect(self._list)
        window.compose.original_wanted.connect(self._show_original)
        window.compose.paste_list_wanted.connect(self._list)
        window.compose.paste_wanted.connect(self._show_failure)

    def _paste(self) -> None:
        self._take(clip_of(QGuiApplication.clipboard().mimeData()))

    @Slot(object)
    def _take(self, clip: Clip) -> None:
        if self._window.place is Place.BATCH:
            self._window.pages.batch.paste(clip)
        elif self._bench.pastes.take(clip):
            self._window.go_to(Place.COMPOSE)

    def _open(self) -> None:
        self._dialog().box.setFocus()

    @Slot(object)
    def _list(self, reading: Reading) -> None:
        self._dialog().show_reading(reading)

    @Slot()
    def _show_failure(self) -> None:
        self._dialog().take(self._bench.pastes.taken)

    @Slot()
    def _show_compose(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.activateWindow()

    @Slot(object)
    def _show_original(self, reading: Reading) -> None:
        from composer.ui.paste.original import OriginalDialog  # noqa: PLC0415 -- at first use

        bench = self._bench
        OriginalDialog(reading, bench.preferences, bench.copier, self._window).show()

    @Slot(object)
    def _compare_pair(self, pair: tuple[PastedEvent, PastedEvent]) -> None:
        from composer.ui.compare.opening import open_comparison  # noqa: PLC0415 -- see above
        from composer.ui.compare.sides import pasted  # noqa: PLC0415

        left, right = (
            replace(pasted(event.request, event.draft), name=f"Pasted, event {event.number}")
            for event in pair
        )
        open_comparison(self._window, self._bench, left, right)

    def _dialog(self) -> PasteDialog:
        """The Paste window, which is there once only, brought to the front."""
        from composer.ui.paste.dialog import PasteDialog  # noqa: PLC0415 -- at first use

        bench = self._bench
        dialog = self._window.findChild(PasteDialog)
        if dialog is None:
            reader = PasteReader(bench.services, bench.tasks)
            dialog = PasteDialog(bench.pastes, reader, self._window)
            dialog.compare_wanted.connect(self._compare_pair)
        dialog.show()
        dialog.activateWindow()
        return dialog
