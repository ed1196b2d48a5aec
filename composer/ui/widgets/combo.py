"""A drop-down list that keeps its value when the page scrolls under the pointer."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate


class Combo(QComboBox):
    """A QComboBox with an accessible name.

    Each entry has a text and the value that it stands for. With ``flat`` it is one of the quiet
    controls of a toolbar, as wide as the text that it shows.
    """

    def __init__(self, name: str, *, flat: bool = False) -> None:
        super().__init__()
        self._flat = flat
        self.setProperty("variant", "flat" if flat else "")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The default delegate of a combo ignores the style sheet's rules for entries.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.currentIndexChanged.connect(self.updateGeometry)

    def add(self, text: str, value: object = None) -> None:
        """Adds an entry at the end."""
        self.addItem(text, value)

    def value(self) -> object:
        """The value of the entry that is shown; None when there is none."""
        return self.currentData()

    def set_value(self, value: object) -> bool:
        """Shows the entry with this value without ``activated``; False if there is none."""
        for row in range(self.count()):
            if self.itemData(row) == value:
                self.setCurrentIndex(row)
                return True
        return False

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._flat:
            measure = self.fontMetrics().horizontalAdvance
            texts = [self.itemText(row) for row in range(self.count())]
            spare = max(map(measure, texts), default=0) - measure(self.currentText())
            hint.setWidth(hint.width() - spare)
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._flat else super().minimumSizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
