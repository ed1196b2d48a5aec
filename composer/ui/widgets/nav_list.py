"""The rail's lists: places of the window, and event types under headings, some of them folded away.

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
    FOLD_ROLE,
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
        self._wanted: list[str] = []
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

    def add_fold(self, text: str) -> None:
        """Adds a row that shows and hides all rows that follow; they are hidden at first."""
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self._items.appendRow(item)
        self._set_open(item, is_open=False)

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
        """Marks the entry without ``chosen``, unfolded if need be; an unknown id marks nothing."""
        item = self._find(entry)
        fold = self._fold_of(item)
        if fold is not None and not fold.data(FOLD_ROLE):
            self._set_open(fold, is_open=True)
        self.setCurrentIndex(QModelIndex() if item is None else item.index())
        if item is None:
            self.clearSelection()

    def current_id(self) -> str:
        """The marked entry's id; empty when none is."""
        found = self.currentIndex().data(ID_ROLE)
        return found if isinstance(found, str) else ""

    def narrow(self, words: str) -> int:
        """Hides entries that do not hold each of the words, and headings left empty.

        Words find what is folded away too. How many entries remain.
        """
        self._wanted = words.casefold().split()
        return self._arrange()

    def _arrange(self) -> int:
        """Hides and shows the rows; while words are wanted nothing is folded. How many remain."""
        remain, heading, is_open = 0, -1, True
        for row in range(self._items.rowCount()):
            item = self._items.item(row)
            if self._is_fold(row):
                heading, is_open = -1, bool(self._wanted) or item.data(FOLD_ROLE) is True
                self.setRowHidden(row, bool(self._wanted))
            elif item.data(HEADING_ROLE):
                heading = row
                self.setRowHidden(row, True)
            else:
                is_shown = is_open and self._fits(item)
                self.setRowHidden(row, not is_shown)
                if is_shown and heading >= 0:
                    self.setRowHidden(heading, False)
                remain += is_shown
        return remain

    def _fits(self, item: QStandardItem) -> bool:
        text = f"{item.text()} {item.data(ID_ROLE)} {item.toolTip()}".casefold()
        return all(word in text for word in self._wanted)

    def _is_fold(self, row: int) -> bool:
        return self._items.item(row).data(FOLD_ROLE) is not None

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

    def _fold_of(self, item: QStandardItem | None) -> QStandardItem | None:
        """The fold that the row stands below."""
        rows = range(item.row() - 1, -1, -1) if item is not None else ()
        return next((self._items.item(row) for row in rows if self._is_fold(row)), None)

    def _set_open(self, fold: QStandardItem, *, is_open: bool) -> None:
        fold.setData(is_open, FOLD_ROLE)
        fold.setData(IconName.CHEVRON_DOWN if is_open else IconName.CHEVRON_RIGHT, ICON_ROLE)
        state = "open" if is_open else "closed"
        fold.setData(f"{fold.text()}, {state}", Qt.ItemDataRole.AccessibleTextRole)
        self._arrange()

    def _choose_current(self) -> None:
        entry = self.current_id()
        if entry:
            self.chosen.emit(entry)
        else:
            self._turn(self.currentIndex())

    def _turn(self, index: QModelIndex) -> bool:
        """Opens or closes the fold at the index. Whether there is one."""
        if index.data(FOLD_ROLE) is None:
            return False
        fold = self._items.item(index.row())
        self._set_open(fold, is_open=not fold.data(FOLD_ROLE))
        return True

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(ID_ROLE):
            self._choose_current()

    def _leave_hidden(self) -> None:
        """Goes up to a row that is to be seen: Qt's End key goes to the last one, hidden or not."""
        row = self.currentIndex().row()
        while row > 0 and self.isRowHidden(row):
            row -= 1
        if row != self.currentIndex().row():
            self.setCurrentIndex(self._items.index(row, 0))

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
        self._leave_hidden()
        if self._style is NavStyle.PLACES and self.current_id() != before:
            self._choose_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_ring(False)
        if not self._turn(self.indexAt(event.position().toPoint())):  # the marked entry stays so
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._set_ring(event.reason() is not Qt.FocusReason.MouseFocusReason)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()
