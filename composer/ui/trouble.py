"""The small window in place of the large one where the profile cannot be opened.

It says why, names the folder, and offers what can be done. It opens nothing itself.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from composer.ui.theme import Role, Surface, set_role, set_surface
from composer.ui.widgets import FlowNote, IconLabel, Panel, PrimaryButton, Severity
from composer.ui.wording import breakable

_WIDTH = 560
_HINT = (
    "Another folder is used for this start only. To use it always, start Event Composer "
    "with --profile and the folder."
)


class TroubleWindow(QDialog):
    """Says ``words`` about ``folder``. Each signal is a person's choice; the window stays."""

    retry_chosen = Signal()
    folder_chosen = Signal(str)
    closed = Signal()

    def __init__(self, words: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Event Composer")
        self.setAccessibleName("The profile cannot be opened")
        set_surface(self, Surface.SURFACE)
        self._folder = folder
        self._words = _selectable(FlowNote(""), "What is wrong")
        self._words.setProperty("role", "")
        self._place = _selectable(FlowNote("", Role.MONO_MUTED), "Profile folder")
        self._again = FlowNote("")
        self._again.hide()
        self._retry = PrimaryButton("Try again")
        self._choose = QPushButton("Choose another folder…")
        self._close = QPushButton("Close")
        self._build()
        self._retry.clicked.connect(self.retry_chosen)
        self._choose.clicked.connect(self._ask)
        self._close.clicked.connect(self.close)
        self.finished.connect(self.closed)  # also by Escape, and by the window's own button
        self.tell(words, folder)
        self.setFixedWidth(_WIDTH)
        self._retry.setFocus()

    def tell(self, words: str, folder: str, *, again: bool = False) -> None:
        """Say something else; ``again`` after a try that did not help."""
        self._folder = folder
        self._words.setText(breakable(words))
        self._place.setText(breakable(folder))
        self._again.setText("It was tried again, and this is what came of it." if again else "")
        self._again.setVisible(again)
        self.setAccessibleDescription(f"{self._again.text()} {words}".strip())
        self._fit()

    # Inside

    def _build(self) -> None:
        title = QLabel("The profile cannot be opened")
        set_role(title, Role.TITLE)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(Severity.ERROR.icon, Severity.ERROR.tone))
        head.addWidget(title, 1)
        column = QVBoxLayout()
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addLayout(head)
        column.addSpacing(8)
        for note in (self._again, self._words, self._place):
            column.addWidget(note)
        column.addSpacing(8)
        column.addWidget(FlowNote(_HINT, Role.HELP))
        bar = Panel(Surface.RAISED, "top")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self._close)
        row.addStretch(1)
        row.addWidget(self._choose)
        row.addWidget(self._retry)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(column, 1)
        outer.addWidget(bar)
        for first, second in (
            (self._retry, self._choose),
            (self._choose, self._close),
            (self._close, self._words),
            (self._words, self._place),
        ):
            QWidget.setTabOrder(first, second)
        self._retry.setDefault(True)

    def _fit(self) -> None:
        """As high as the words need; the layout alone would go by another width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(max(layout.totalHeightForWidth(_WIDTH), 1))

    @Slot()
    def _ask(self) -> None:
        chooser = QFileDialog(self, "Choose a profile folder", self._folder)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.folder_chosen)
        chooser.open()


def _selectable(label: FlowNote, name: str) -> FlowNote:
    """A person may have to copy it into a message for help."""
    flags = Qt.TextInteractionFlag
    label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    label.setAccessibleName(name)
    return label
