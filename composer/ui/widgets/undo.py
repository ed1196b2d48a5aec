"""Lets the window's own undo have Ctrl+Z while an editor has the focus.

Text editors claim the undo keys for themselves. In fields that show the draft that would be a
second, private history beside the draft's; those editors get this filter, and then the window's
actions hear the keys.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class UndoPassThrough(QObject):
    """An event filter that belongs to the editor it is made for."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            claimed = any(event.matches(key) for key in _KEYS)
            if claimed:
                event.ignore()
                return True
        return super().eventFilter(watched, event)
