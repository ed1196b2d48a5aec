"""What an empty place says: what it is for, and the first step."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from composer.ui.icons import IconName, Tone
from composer.ui.theme.roles import Role, set_role
from composer.ui.widgets.labels import FlowNote, IconLabel

_WIDTH, _NARROWEST, _MARGIN = 340, 200, 16


class EmptyState(QWidget):
    """An icon, a title, a sentence and perhaps a button, in the middle of the place."""

    action_chosen = Signal()

    def __init__(self, icon: IconName, title: str, sentence: str, *, action: str = "") -> None:
        super().__init__()
        self._title = QLabel(title)
        set_role(self._title, Role.TITLE)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title.setWordWrap(True)
        self._sentence = FlowNote(sentence)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton(action)
        if not action:
            self._button.hide()  # never shown here: without a parent it would be a window
        self._button.clicked.connect(self._on_clicked)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(IconLabel(icon, Tone.FAINT, 32), 0, middle)
        column.addSpacing(4)
        column.addWidget(self._title, 0, middle)
        column.addWidget(self._sentence, 0, middle)
        column.addSpacing(8)
        column.addWidget(self._button, 0, middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.addStretch(2)
        outer.addLayout(column)
        outer.addStretch(3)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def set_words(self, title: str, sentence: str) -> None:
        """Says something else, for example that a search found nothing."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        # The name stays: it may have become that of the list in whose place this stands.
        self.setAccessibleDescription(f"{title}. {sentence}")
        self._fit()

    def _fit(self) -> None:
        """Wrapped words in the middle: the layout would give them the height of another width."""
        width = min(_WIDTH, self.width() - 2 * _MARGIN)
        for label in (self._title, self._sentence):
            label.setFixedSize(width, label.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The words can be wrapped anew where it gets narrower."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # only now the words have their font

    def _on_clicked(self) -> None:
        self.action_chosen.emit()
