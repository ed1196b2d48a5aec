"""The line that says things which belong to no field, over the bottom right of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from composer.ui.messages import UNDO, Message, Messages
from composer.ui.widgets import Notice, Severity
from composer.ui.wording import breakable

SHOWN_FOR = 6_000
SHOWN_WITH_ACTION = 12_000
MARGIN = 16
BELOW = 48
"""Pixels that stay free below: the panes have facts and buttons in their last line."""
WIDTH = 480


class Toast(QObject):
    """Shows one message at a time; warnings and errors stay until they are dismissed."""

    changed = Signal()
    """Another message stands there, or none"""

    def __init__(self, messages: Messages, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._message: Message | None = None
        self._waiting: list[Message] = []
        self._notice = Notice(over)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._notice.action_chosen.connect(self._act)
        self._notice.dismissed.connect(self._next)
        over.installEventFilter(self)
        messages.said.connect(self._say)

    @property
    def offers_undo(self) -> bool:
        """Whether what it says can be undone there."""
        return self._message is not None and self._message.action == UNDO

    @Slot()
    def undo(self) -> None:
        """Undo what it speaks of, as its button does."""
        if self.offers_undo:
            self._act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _say(self, message: Message) -> None:
        """A passing message gives way at once; one that must be read is not pushed away."""
        if self._message is not None and _stays(self._message):
            self._waiting.append(message)
        else:
            self._show(message)

    def _show(self, message: Message) -> None:
        self._message = message
        words = breakable(message.text)
        self._notice.say(words, message.severity, message.action)
        self._place()
        self._notice.raise_()
        if _stays(message):
            self._timer.stop()
        else:
            self._timer.start(SHOWN_WITH_ACTION if message.action else SHOWN_FOR)
        self.changed.emit()

    @Slot()
    def _next(self) -> None:
        self._message = None
        if self._waiting:
            self._show(self._waiting.pop(0))
        else:
            self._notice.dismiss()
            self.changed.emit()

    @Slot()
    def _act(self) -> None:
        message = self._message
        self._next()
        if message is not None and message.run is not None:
            message.run()

    def _place(self) -> None:
        width = min(WIDTH, self._over.width() - 2 * MARGIN)
        self._notice.setFixedWidth(width)
        height = self._notice.heightForWidth(width)
        height = max(height, self._notice.sizeHint().height())
        self._notice.setFixedHeight(height)
        left = self._over.width() - width - MARGIN  # clear of the buttons at the bottom left
        self._notice.move(left, self._over.height() - height - BELOW)


def _stays(message: Message) -> bool:
    return message.severity in {Severity.WARNING, Severity.ERROR}
