"""Files and text that are dropped anywhere on a window, where no field takes them for itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from composer.ui.paste.clip import clip_of, is_welcome

_DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class DropTarget(QObject):
    """Listens to one window; what is dragged within the app is none of its business."""

    dropped = Signal(object)
    """``Clip``"""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and _is_from_elsewhere(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() not in _DRAGGED:
                self.dropped.emit(clip_of(event.mimeData()))
            return True
        return super().eventFilter(watched, event)


def _is_from_elsewhere(event: QDropEvent) -> bool:
    return not event.source() and is_welcome(event.mimeData())
