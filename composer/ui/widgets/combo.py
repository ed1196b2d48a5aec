"""A drop-down list that keeps its value when the page scrolls under the pointer."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

_MOST_ROWS = 20
_POPUP_EDGES = 24  # pixels: the frame and the padding of the entries


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

    def add_heading(self, text: str) -> None:
        """Adds words over the entries that follow; they cannot be chosen."""
        self.setMaxVisibleItems(_MOST_ROWS)  # a heading should be seen together with its entries
        self.addItem(text)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(self.count() - 1)
            item.setFlags(Qt.ItemFlag.NoItemFlags)

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

    def showPopup(self) -> None:
        """A flat list is as wide as what it shows; its entries need their own width."""
        view = self.view()
        view.setMinimumWidth(max(self.width(), view.sizeHintForColumn(0) + _POPUP_EDGES))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
