"""The line below the form: Send, Cancel, Add to batch, Save as template."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from composer.ui.batch.batch import Batch, is_editing_item
from composer.ui.icons import IconName, icon
from composer.ui.send.controller import SendController
from composer.ui.session import Session
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import FlowNote, LinkButton, Panel, PrimaryButton
from composer.ui.wording import shortened

MARGIN, SPACING = 16, 8
LEAVE = "Leave it as it was"
_KEYS_WIDTH = 46
"""Pixels; the same for the keys of Send and of Cancel"""
_LONGEST_NAME = 16  # characters; the name stands in full in the top bar


class SendBar(Panel):
    """Shows what can be done with the draft, and why not."""

    send_wanted = Signal()
    add_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, session: Session, batch: Batch, sends: SendController) -> None:
        super().__init__(Surface.SURFACE, "top")
        self._session = session
        self._batch = batch
        self._sends = sends
        self.send = PrimaryButton("Send", icon=IconName.SEND)
        self.cancel = QPushButton("Cancel")
        self.add = QPushButton("Add to batch")
        self.save = QPushButton("Save as template")
        self._leave = LinkButton(LEAVE)
        self._keys = QLabel("Ctrl ⏎")
        self._note = FlowNote("", Role.PROBLEM)
        self._leave.setToolTip("The event in the batch stays as it was")
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        set_role(self._keys, Role.KEYS)
        self._keys.setMinimumWidth(_KEYS_WIDTH)
        for button, name in (
            (self.send, "Send"),
            (self.cancel, "Cancel"),
            (self.add, "Add to batch"),
            (self.save, "Save as template"),
        ):
            button.setAccessibleName(name)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        for widget in (self.send, self.cancel, self._keys, self.add, self.save, self._leave):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(SPACING)
        column.addWidget(self._note)
        column.addLayout(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cancel stands where Send was: the second half of a double click is not meant for it."""
        is_second = event.type() is QEvent.Type.MouseButtonDblClick
        return is_second or super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up words before anything is cut off."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrower than the words: they can be given up."""
        return QSize(320, super().minimumSizeHint().height())

    def _connect(self) -> None:
        self.send.clicked.connect(self.send_wanted)
        self.cancel.clicked.connect(self._sends.cancel)
        self.cancel.installEventFilter(self)
        self.add.clicked.connect(self.add_wanted)
        self.save.clicked.connect(self.save_wanted)
        self._leave.clicked.connect(self._batch.stop_editing)
        self._session.request_changed.connect(self._show)
        self._batch.editing_changed.connect(self._show)
        self._sends.started.connect(self._show)
        self._sends.finished.connect(self._show)
        self._sends.failed.connect(self._show)

    @Slot()
    def _show(self) -> None:
        busy, obstacle = self._sends.is_busy, self._session.obstacle
        had_focus = self.send.hasFocus() or self.cancel.hasFocus()
        self.send.setVisible(not busy)
        self.cancel.setVisible(busy)
        if had_focus:
            (self.cancel if busy else self.send).setFocus()
        self.send.setEnabled(not obstacle)
        self.send.setToolTip(obstacle or "Ctrl+Enter")
        self.send.setAccessibleDescription(obstacle or self._send_words)
        fault = self._session.draft.fault
        # The preview beside it spells a fault of the JSON out; here the place is enough.
        why = f"The JSON has a fault in line {fault.line}." if fault is not None else obstacle
        self._note.setText(obstacle and f"Send is off. {why}")
        self._note.setVisible(bool(obstacle))
        editing = is_editing_item(self._session, self._batch)
        self.add.setEnabled(self._session.draft.fault is None)
        self.save.setEnabled(self._session.draft.fault is None)
        self._leave.setVisible(editing)
        self._fit()

    @property
    def _send_words(self) -> str:
        verb = "Send again" if self._session.is_accepted else "Send"
        return f"{verb} to {shortened(self._session.destination.name, _LONGEST_NAME)}"

    def _fit(self) -> None:
        """Give up one thing after the other until the rest has room."""
        editing = is_editing_item(self._session, self._batch)
        add = "Put back" if editing else "Add to batch"
        add_in_full = "Put back into the batch" if editing else add
        save = "Save as template"
        _word(self.add, add)
        self.add.setToolTip(add_in_full if editing else "")
        _word(self.save, save)
        self.send.setText(self._send_words)
        self._leave.setText(LEAVE)
        self._keys.setText("Ctrl ." if self._sends.is_busy else "Ctrl ⏎")
        self._keys.show()
        steps = [
            self._keys.hide,
            partial(_symbol, self.save, save, IconName.SAVE),
            partial(_symbol, self.add, add_in_full, IconName.BATCH),
            partial(self.send.setText, self._send_words.partition(" to ")[0]),
        ]
        if editing:  # then the way back counts for more than the name, which the top bar has
            steps[2:] = [steps[3], partial(self._leave.setText, "Leave it"), steps[2]]
        for give_up in steps:
            if self._taken() <= self.width() - 2 * MARGIN:
                break
            give_up()
        # Nothing may move under the pointer when Cancel takes the place of Send.
        self.cancel.setFixedWidth(self.send.sizeHint().width())

    def _taken(self) -> int:
        """The width of what stands in the row now."""
        rest = (self._keys, self.add, self.save, self._leave)
        row = (self.send, *(widget for widget in rest if not widget.isHidden()))
        return sum(_width(widget) + SPACING for widget in row) - SPACING


def _width(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())


def _word(button: QPushButton, text: str) -> None:
    button.setText(text)
    button.setIcon(QIcon())
    button.setToolTip("")


def _symbol(button: QPushButton, text: str, symbol: IconName) -> None:
    button.setText("")
    button.setIcon(icon(symbol))
    button.setToolTip(text)
