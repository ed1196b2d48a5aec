"""A one-line banner inside a page: what happened, and at most one thing to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from composer.ui.icons import IconName
from composer.ui.theme.roles import restyle
from composer.ui.widgets.buttons import IconButton, LinkButton
from composer.ui.widgets.labels import FlowNote, IconLabel
from composer.ui.widgets.severity import Severity


class Notice(QFrame):
    """Hidden until it has something to say; ``dismissed`` fires only when a person closes it."""

    action_chosen = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(Severity.INFO.icon)
        self._words = FlowNote()
        self._words.setProperty("role", "")
        self._action = LinkButton("")
        self._close = IconButton(IconName.CLOSE, "Dismiss this notice", small=True)
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 5, 5)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty when there is nothing."""
        return self._words.text()

    def say(self, text: str, severity: Severity, action: str = "") -> None:
        """Shows ``text``, with a link named ``action`` if there is something to do."""
        self._words.setText(text)
        self._icon.set_icon(severity.icon, severity.tone)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(severity.spoken(text))
        restyle(self, "notice", severity.value)
        self.show()

    def dismiss(self) -> None:
        """Says nothing any more."""
        self._words.setText("")
        self.hide()

    def _on_action(self) -> None:
        self.action_chosen.emit()

    def _on_close(self) -> None:
        self.dismiss()
        self.dismissed.emit()
