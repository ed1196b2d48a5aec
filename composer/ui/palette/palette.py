"""The panel over the window that finds anything and opens what is chosen.

It is a child of the window, not a window of its own: it lies over everything, dims it, and takes
all keys while it is open.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from composer.core.destination import Destination
from composer.core.fields import EventType
from composer.core.records import HistoryRow
from composer.core.templates import Template
from composer.ui.actions import COMMANDS, Actions, Command
from composer.ui.palette.entries import CopyAs, Entry, Row
from composer.ui.palette.finder import Finder
from composer.ui.palette.results import ResultList
from composer.ui.theme import Role, Surface, current_theme
from composer.ui.widgets import FlowNote, LineEdit, Panel
from composer.ui.workbench import Workbench

WIDTH = 560
TOP, MARGIN = 64, 24
DIM = {False: 50, True: 140}
"""How much black lies over the window, of 255; more over a dark one."""

_KEYS_OF_FIND = [QKeySequence(keys) for keys in COMMANDS[Command.FIND].keys]
_KEYS_OF_QUIT = [QKeySequence(keys) for keys in COMMANDS[Command.QUIT].keys]


class Palette(QWidget):
    """Opens over ``window``; the window opens what is neither a command nor a destination."""

    type_wanted = Signal(str)
    """The id of an event type"""
    template_wanted = Signal(object)
    """``Template``"""
    copy_wanted = Signal(object)
    """``CopyAs``"""
    entry_wanted = Signal(object)
    """The id of a send in history"""

    def __init__(self, window: QWidget, actions: Actions, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._preferences = bench.preferences
        self._finder = Finder(actions, bench, self)
        self._input = LineEdit(
            "Find anything", placeholder="Find a command, event type, template or send"
        )
        self._results = ResultList("Results")
        self._nothing = FlowNote("")
        self._pages = QStackedWidget()
        self._card = Panel(Surface.CARD)
        self._before: QWidget | None = None
        self._build()
        self._finder.changed.connect(self._show_rows)
        self._input.textEdited.connect(self._look_for)
        self._input.installEventFilter(self)
        self._results.chosen.connect(self._choose)
        self._results.moved.connect(self._describe)
        window.installEventFilter(self)
        self.hide()

    @Slot()
    def open(self) -> None:
        """Show it with nothing typed."""
        if self.isVisible():
            return
        self._before = QApplication.focusWidget()
        self._input.clear()
        self._finder.open()
        self._results.select_first()
        self._place()
        self.show()
        self.raise_()
        self._input.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Hide it and give the keyboard back."""
        if not self.isVisible():
            return
        self._finder.close()
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    # Putting it together

    def _build(self) -> None:
        self._card.setParent(self)
        self._input.set_search()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(self._results)
        self._pages.addWidget(self._nothing)
        hint = FlowNote("↑ ↓ to choose   ⏎ to open   Esc to close", Role.HELP)
        hint.setContentsMargins(10, 0, 10, 0)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(9, 9, 9, 9)
        column.setSpacing(8)
        column.addWidget(self._input)
        column.addWidget(self._pages, 1)
        column.addWidget(hint)

    def _place(self) -> None:
        """Cover the window; the card takes the height that its rows need."""
        self.setGeometry(self._window.rect())
        width = min(WIDTH, self.width() - 2 * MARGIN)
        frame = self._card.sizeHint().height() - self._pages.sizeHint().height()
        wanted = frame + max(self._results.wanted_height(), 3 * 34)
        height = min(wanted, self.height() - TOP - MARGIN, 520)
        self._card.setGeometry(QRect((self.width() - width) // 2, TOP, width, height))

    # What happens

    @Slot(str)
    def _look_for(self, text: str) -> None:
        self._results.select_first()  # what is found now has a first row of its own
        self._finder.look_for(text)

    @Slot(object)
    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        self._results.show_rows(rows, keep=self._results.has_moved)
        if not rows:
            self._nothing.setText(
                f"Nothing found for “{self._input.text().strip()}”.\n"
                "Try part of an event's name, a person's ID or a command."
            )
        self._pages.setCurrentIndex(0 if rows else 1)
        self._place()

    @Slot(object)
    def _describe(self, entry: Entry | None) -> None:
        """The keyboard stays in the field, so the field tells which row is chosen."""
        spoken = f"{entry.spoken}, {entry.group.value}" if entry else "Nothing found"
        self._input.setAccessibleDescription(spoken)

    @Slot(object)
    def _choose(self, entry: Entry) -> None:
        self.dismiss()
        match entry.target:
            case Command() as command:
                self._actions.trigger(command)
            case CopyAs() as wanted:
                self.copy_wanted.emit(wanted)
            case EventType(id=identifier):
                self.type_wanted.emit(identifier)
            case Destination(id=identifier):
                self._preferences.change(destination_id=identifier)
            case Template() as template:
                self.template_wanted.emit(template)
            case HistoryRow(id=number):
                self.entry_wanted.emit(number)

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
        elif isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                return self._claim(event)
            if event.type() is QEvent.Type.KeyPress and self._press(event):
                return True
        return super().eventFilter(watched, event)

    def _claim(self, event: QKeyEvent) -> bool:
        """No command of the window runs behind the panel, except Quit."""
        if QKeySequence(event.keyCombination()) in _KEYS_OF_QUIT:
            return False
        event.accept()
        return True

    def _press(self, event: QKeyEvent) -> bool:
        if QKeySequence(event.keyCombination()) in _KEYS_OF_FIND:
            self.dismiss()
            return True
        match event.key():
            case Qt.Key.Key_Escape:
                self.dismiss()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # that is Send
                    self._results.choose_current()
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._results.move_by(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._results.move_by(-1)
            case Qt.Key.Key_PageDown:
                self._results.move_page(1)
            case Qt.Key.Key_PageUp:
                self._results.move_page(-1)
            case _:
                return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(0, 0, 0, DIM[current_theme().is_dark]))
        painter.end()
