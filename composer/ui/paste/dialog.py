"""The Paste window: anything goes in above, its events come out below and are opened or collected.

It stands beside the main window and does not block it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from composer.ui.icons import IconName
from composer.ui.paste.box import MOST_TYPED, PasteBox
from composer.ui.paste.clip import Clip, clip_of
from composer.ui.paste.desk import PasteDesk
from composer.ui.paste.drops import DropTarget
from composer.ui.paste.original import text_of
from composer.ui.paste.reader import PasteReader
from composer.ui.paste.reading import PastedEvent, Reading
from composer.ui.paste.result import PasteResult
from composer.ui.paste.waiting import Waiting
from composer.ui.theme import Role, Surface, Variant, set_surface, set_variant
from composer.ui.widgets import ElidedLabel, Panel
from composer.ui.widgets.buttons import put_icon
from composer.ui.wording import counted

SIZE = (760, 600)
_PAIR = 2
_BOX_HEIGHT, _RESULT_HEIGHT = 190, 310


class PasteDialog(QDialog):
    """Deletes itself when it is closed."""

    compare_wanted = Signal(object)
    """A pair of ``PastedEvent``"""

    def __init__(self, desk: PasteDesk, reader: PasteReader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Paste")
        self.setAccessibleName("Paste")
        set_surface(self, Surface.SURFACE)
        self._desk = desk
        self._reader = reader
        reader.setParent(self)
        self._facts = ElidedLabel(role=Role.HELP)
        self._choose = QPushButton("Open a file…")
        self._clear = QPushButton("Clear")
        self.box = PasteBox()
        self.waiting = Waiting()
        self.found = PasteResult()
        self._below = QStackedWidget()
        self._open = QPushButton("Open in Compose")
        self._as_batch = QPushButton("Open as a batch")
        self._add = QPushButton("Add to the batch")
        self._compare = QPushButton("Compare")
        self._close = QPushButton("Close")
        self._build()
        self._connect()
        self.clear()
        self.resize(*SIZE)

    # What others use

    def take(self, clip: Clip) -> None:
        """Read text or a file, and show what is in it."""
        if clip.fault:
            self._reader.cancel()
            self._wait(clip.fault if clip.is_picture else "", clip)
            return
        self._show_clip(clip)
        self.waiting.rest()
        self._reader.start(clip)

    @Slot(object)
    def show_reading(self, reading: Reading) -> None:
        """Show what has been read already."""
        text = text_of(reading.original)
        if reading.file or self.box.text() != text:
            self.box.show_beginning(text, is_whole=not reading.file)
        self._show_facts(reading.file, len(text) or len(reading.original))
        self.found.show_reading(reading)
        self._below.setCurrentWidget(self.found)
        self._show_choice()
        if not self.box.hasFocus():
            self.found.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear(self) -> None:
        """Forget what was read, and wait for something else."""
        self._reader.cancel()
        self.box.show_beginning("", is_whole=True)
        self._wait("", Clip())
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    # Putting it together

    def _build(self) -> None:
        for button in (self._choose, self._clear):
            set_variant(button, Variant.ORDINARY, small=True)
        put_icon(self._choose, IconName.FILE)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.setSpacing(8)
        head.addWidget(self._facts, 1)
        head.addWidget(self._clear)
        head.addWidget(self._choose)
        self._below.addWidget(self.waiting)
        self._below.addWidget(self.found)
        upper = Panel(Surface.SURFACE, "top", "bottom")
        held = QVBoxLayout(upper)
        held.setContentsMargins(0, 1, 0, 1)
        held.addWidget(self.box)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(upper)
        both.addWidget(self._below)
        both.setSizes([_BOX_HEIGHT, _RESULT_HEIGHT])
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        foot = Panel(Surface.RAISED, "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._open)
        row.addWidget(self._as_batch)
        row.addWidget(self._add)
        row.addWidget(self._compare)
        row.addStretch(1)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(both, 1)
        column.addWidget(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the text box is a line end

    def _connect(self) -> None:
        self.box.given.connect(self.take)
        DropTarget(self).dropped.connect(self.take)
        self._choose.clicked.connect(self._on_choose)
        self._clear.clicked.connect(self.clear)
        self._reader.slow.connect(self.waiting.say_reading)
        self._reader.read.connect(self.show_reading)
        self._reader.failed.connect(self._on_failed)
        self.waiting.cancelled.connect(self._on_cancelled)
        self.found.chosen_changed.connect(self._show_choice)
        self.found.open_wanted.connect(self._on_open_event)
        self._open.clicked.connect(self._on_open)
        self._as_batch.clicked.connect(self._on_as_batch)
        self._add.clicked.connect(self._on_add)
        self._compare.clicked.connect(self._on_compare)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._reader.cancel)

    # Showing

    def _show_clip(self, clip: Clip) -> None:
        if clip.files:
            self.box.show_beginning("", is_whole=False)
        elif clip.text != self.box.text():
            self.box.show_beginning(clip.text, is_whole=True)
        self._show_facts(next(iter(clip.names), ""), len(clip.text))
        self._wait_below()

    def _show_facts(self, file: str, size: int) -> None:
        is_cut = size > MOST_TYPED
        beginning = "its beginning is shown" if is_cut else ""
        said = (file, counted(size, "character") if size else "", beginning)
        self._facts.set_text(" · ".join(filter(None, said)) or "Paste or drop it here")

    def _wait(self, fault: str, clip: Clip) -> None:
        self._show_facts("", len(clip.text))
        if fault:
            self.waiting.say_fault(fault)
        else:
            self.waiting.say_help()
        self._wait_below()

    def _wait_below(self) -> None:
        self._below.setCurrentWidget(self.waiting)
        self._show_choice()

    @Slot()
    def _show_choice(self) -> None:
        """What can be done with the events that are chosen."""
        reading = self.found.reading if self._below.currentWidget() is self.found else None
        count = self.found.count if reading is not None else 0
        is_one = reading is not None and len(reading.events) == 1
        self._add.setText(
            f"Add {counted(count, 'event')} to the batch" if count else "Add to batch"
        )
        self._add.setEnabled(count > 0)
        self._open.setEnabled(count == 1 or is_one)
        set_variant(self._open, Variant.PRIMARY if is_one else Variant.ORDINARY)
        set_variant(self._add, Variant.ORDINARY if is_one else Variant.PRIMARY)
        self._as_batch.setVisible(reading is not None and reading.batch is not None)
        self._compare.setVisible(count == _PAIR)
        self._clear.setEnabled(bool(self.box.text()) or reading is not None)

    # What a person does

    @Slot()
    def _on_choose(self) -> None:
        chooser = QFileDialog(self, "Open a file")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self._on_file)
        chooser.open()

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self.take(Clip(files=(path,)))

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self.waiting.say_fault(words)
        self._wait_below()

    @Slot()
    def _on_cancelled(self) -> None:
        self._reader.cancel()
        self.waiting.say_help()

    @Slot()
    def _on_open(self) -> None:
        reading, chosen = self.found.reading, self.found.chosen
        if reading is not None:
            self._on_open_event((*chosen, *reading.events)[0])

    @Slot(object)
    def _on_open_event(self, event: PastedEvent) -> None:
        if self.found.reading is not None:
            self._desk.open_event(self.found.reading, event)
            self.close()

    @Slot()
    def _on_as_batch(self) -> None:
        reading = self.found.reading
        if reading is not None and reading.batch is not None:
            self._desk.open_batch(reading, reading.batch)
            self.close()

    @Slot()
    def _on_add(self) -> None:
        self._desk.add(self.found.chosen)
        self.close()

    @Slot()
    def _on_compare(self) -> None:
        self.compare_wanted.emit(self.found.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste works anywhere in the window, also while the text box is only shown."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(clip_of(QGuiApplication.clipboard().mimeData()))
            return
        super().keyPressEvent(event)
