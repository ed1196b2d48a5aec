"""The head of an object in a list: fold it, move it, remove it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from composer.ui.form.problem import Problem
from composer.ui.icons import IconName, Tone
from composer.ui.theme import Role, Variant, set_role, set_variant
from composer.ui.widgets import ElidedLabel, IconButton, Severity, put_icon

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def step_of(event: QKeyEvent) -> int:
    """By how many places a key is to move what has the cursor: Alt with an arrow key."""
    if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return 0
    return _STEPS.get(event.key(), 0)


class ObjectHead(QWidget):
    """Number and title at the left, buttons at the right; those that move it, while it is open."""

    toggled = Signal()
    moved = Signal(int)
    """By how many places"""
    removed = Signal()

    def __init__(self, *, folds: bool) -> None:
        super().__init__()
        self.fold = QPushButton()
        set_variant(self.fold, Variant.FLAT)
        self.fold.clicked.connect(self.toggled)
        if not folds:
            self.fold.hide()
        self._title = ElidedLabel(role=Role.MUTED)
        self._up: IconButton | None = None
        self._down: IconButton | None = None
        self._name = ""
        self._is_open = False
        self.remove = IconButton(IconName.CLOSE, "Remove")
        self.remove.clicked.connect(self.removed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self.fold)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self.remove)
        for button in (self.fold, self.remove):
            button.installEventFilter(self)

    def insert(self, part: QWidget) -> None:
        """Put a part at the left, where the title would be."""
        self._title.hide()
        self._row.insertWidget(1, part, 1)

    def set_name(self, name: str) -> None:
        """``Exception 1``."""
        self._name = name
        self.fold.setText(name.rpartition(", ")[2].capitalize())
        self.fold.setAccessibleName(name)
        self.remove.set_icon(IconName.CLOSE, f"Remove {name}")
        self._draw()

    def set_open(self, is_open: bool) -> None:
        """Show whether there is more below."""
        self._is_open = is_open
        if is_open and self._up is None:
            self._up, self._down = IconButton(IconName.UP, ""), IconButton(IconName.DOWN, "")
            self._up.clicked.connect(self._on_up)
            self._down.clicked.connect(self._on_down)
            place = self._row.indexOf(self.remove)
            for offset, button in enumerate((self._up, self._down)):
                button.installEventFilter(self)
                self._row.insertWidget(place + offset, button)
                QWidget.setTabOrder(self.fold if not offset else self._up, button)
            QWidget.setTabOrder(self._down, self.remove)
        self._draw()

    def say(self, title: str, problem: Problem | None) -> None:
        """The title, or what is wrong and cannot be seen below."""
        is_grave = problem is not None and problem.severity is Severity.ERROR
        role = Role.PROBLEM if is_grave else Role.WARNING if problem else Role.MUTED
        set_role(self._title, role)
        self._title.set_text(problem.message if problem else title)

    def _draw(self) -> None:
        icon = IconName.CHEVRON_DOWN if self._is_open else IconName.CHEVRON_RIGHT
        put_icon(self.fold, icon, Tone.MUTED)
        self.fold.setAccessibleDescription("Open" if self._is_open else "Folded")
        if self._up is not None and self._down is not None:
            self._up.set_icon(IconName.UP, f"Move {self._name} up")
            self._down.set_icon(IconName.DOWN, f"Move {self._name} down")
            self._up.setVisible(self._is_open)
            self._down.setVisible(self._is_open)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button takes the arrow keys for itself, whatever is held down with them.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = step_of(event)
            if step:
                self.moved.emit(step)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(1)
