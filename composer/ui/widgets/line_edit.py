"""A one-line field that can carry small buttons at its end and show that its content is wrong.

What is wrong is said by a label beside it; this widget only draws the border. Listen to
``textEdited``.
"""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from composer.ui.icons import IconName, Tone, icon, paint_icon
from composer.ui.theme.controller import current_theme
from composer.ui.theme.roles import restyle

_EDGE = 5
_ICON = 16
_SMALL_ICON = 14
_BUTTON = 24


class LineEdit(QLineEdit):
    """A text field with an accessible name, trailing buttons and a problem state."""

    def __init__(self, name: str, *, placeholder: str = "", mono: bool = False) -> None:
        super().__init__()
        self._trailing: list[QToolButton] = []
        self._clear: QToolButton | None = None  # a search field's own button
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("problem", False)
        self.setProperty("mono", mono)

    def set_problem(self, problem: bool) -> None:
        """Draws or removes the border that says the content is wrong."""
        restyle(self, "problem", problem)

    def add_action(self, text: str, name: IconName, label: str) -> QToolButton:
        """Adds a button at the end, icon and ``text`` (which may be empty).

        ``label`` says in full what it does.
        """
        button = QToolButton(self)
        button.setProperty("small", True)
        button.setProperty("trailing", True)
        button.setText(text)
        button.setIcon(icon(name, Tone.MUTED))
        button.setIconSize(QSize(_SMALL_ICON, _SMALL_ICON))
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly
        )
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        self._trailing.append(button)
        self.lay_out_actions()
        return button

    def set_search(self) -> None:
        """Turns the field into a search.

        A magnifier before the text, a button and Esc to empty it.
        """
        clear = self.add_action("", IconName.CLOSE, f"Clear {self.accessibleName().lower()}")
        clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same from the keyboard
        clear.setVisible(False)
        clear.clicked.connect(self._on_clear)
        self._clear = clear
        self.textChanged.connect(self._on_text_changed)
        self.lay_out_actions()

    def lay_out_actions(self) -> None:
        """Places the buttons and keeps the text clear of them.

        Call it after showing or hiding one.
        """
        right = self.width() - _EDGE
        used = 0
        for button in reversed(self._trailing):
            if button.isHidden() and button is not self._clear:
                continue
            words = button.fontMetrics().horizontalAdvance(button.text())
            width = words + _SMALL_ICON + 14 if words else _BUTTON
            top = (self.height() - _BUTTON) // 2
            button.setGeometry(QRect(right - width, top, width, _BUTTON))
            right -= width + 2
            used += width + 2
        self.setTextMargins(_ICON + 4 if self._clear is not None else 0, 0, used, 0)

    @Slot()
    def _on_clear(self) -> None:
        self.clear()
        # clear() is silent about edits, yet a person did this.
        self.textEdited.emit("")

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out_actions()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clear is not None and event.key() == Qt.Key.Key_Escape and self.text():
            self._on_clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._clear is not None:
            rect = QRect(9, (self.height() - _ICON) // 2, _ICON, _ICON)
            paint_icon(QPainter(self), rect, IconName.SEARCH, Tone.MUTED.color(current_theme()))
