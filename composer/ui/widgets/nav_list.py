"""The rail's lists: places of the window, and event types under headings.

Painting stands in ``nav_delegate``. The list holds ids and texts only; what an id means is the
listener's business.
"""

from enum import Enum

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from composer.ui.icons import IconName
from composer.ui.widgets.nav_delegate import (
    COUNT_ROLE,
    HEADING_ROLE,
    ICON_ROLE,
    ID_ROLE,
    NavDelegate,
)

_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class NavStyle(Enum):
    """How much room a row has, and what chooses it."""

    PLACES = "places"
    """Tall rows; arrows choose at once."""
    ENTRIES = "entries"
    """Dense rows; Enter, Space or a click chooses."""


class NavList(QListView):
    """A list to navigate with; ``chosen`` fires for a person's choice, never for ``select``."""

    chosen = Signal(str)  # id

    def __init__(self, name: str, style: NavStyle = NavStyle.PLACES) -> None:
        super().__init__()
        self._style = style
        self.setProperty("ring", False)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(NavDelegate(self, dense=style is NavStyle.ENTRIES))
        self.setAccessibleName(name)
        self.setProperty("nav", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)

    def add_heading(self, text: str) -> None:
        """Adds a heading over the entries that follow; it cannot be chosen."""
        item = QStandardItem(text)
        item.setData(True, HEADING_ROLE)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._items.appendRow(item)

    def add_entry(self, entry: str, text: str, icon: IconName | None = None, tip: str = "") -> None:
        """Adds an entry; ``tip`` is its tooltip and is searched by ``narrow`` too."""
        item = QStandardItem(text)
        item.setData(entry, ID_ROLE)
        item.setData(icon, ICON_ROLE)
        item.setToolTip(tip)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self._items.appendRow(item)

    def set_count(self, entry: str, count: int) -> None:
        """Shows a number at the entry's right; 0 shows none."""
        item = self._find(entry)
        if item is not None:
            item.setData(count, COUNT_ROLE)
            spoken = f"{item.text()}, {count}" if count else item.text()
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)

    def select(self, entry: str) -> None:
        """Marks the entry without ``chosen``; an unknown id marks nothing."""
        item = self._find(entry)
        self.setCurrentIndex(QModelIndex() if item is None else item.index())
        if item is None:
            self.clearSelection()

    def current_id(self) -> str:
        """The marked entry's id; empty when none is."""
        found = self.currentIndex().data(ID_ROLE)
        return found if isinstance(found, str) else ""

    def narrow(self, words: str) -> int:
        """Hides entries that do not hold each of the words, and headings left empty.

        How many entries remain.
        """
        wanted = words.casefold().split()
        remain = 0
        heading, filled = -1, False
        for row in range(self._items.rowCount()):
            item = self._items.item(row)
            if item.data(HEADING_ROLE):
                if heading >= 0:
                    self.setRowHidden(heading, not filled)
                heading, filled = row, False
                continue
            text = f"{item.text()} {item.data(ID_ROLE)} {item.toolTip()}".casefold()
            fits = all(word in text for word in wanted)
            self.setRowHidden(row, not fits)
            remain += fits
            filled = filled or fits
        if heading >= 0:
            self.setRowHidden(heading, not filled)
        return remain

    def fit_height(self) -> None:
        """Takes exactly the height of the rows, for a list that is never to scroll."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = range(self._items.rowCount())
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in rows))

    def _find(self, entry: str) -> QStandardItem | None:
        for row in range(self._items.rowCount()):
            item = self._items.item(row)
            if item.data(ID_ROLE) == entry:
                return item
        return None

    def _choose_current(self) -> None:
        entry = self.current_id()
        if entry:
            self.chosen.emit(entry)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(ID_ROLE):
            self._choose_current()

    def _set_ring(self, ring: bool) -> None:
        self.setProperty("ring", ring)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.sizeHintForRow(0) * 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_ring(True)
        if event.key() in _CHOOSE:
            self._choose_current()
            return
        before = self.current_id()
        super().keyPressEvent(event)
        if self._style is NavStyle.PLACES and self.current_id() != before:
            self._choose_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_ring(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._set_ring(event.reason() is not Qt.FocusReason.MouseFocusReason)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()
