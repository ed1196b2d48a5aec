"""A table model that only has to say what stands in a cell.

It turns ``Cell`` values into Qt's roles, so that each list states its columns and its rows and
nothing else. It knows no widget and no record.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from composer.ui.icons import IconName
from composer.ui.widgets import Severity
from composer.ui.widgets.painting import AnyIndex

ItemRole = Qt.ItemDataRole
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 102
"""The ``Cell`` as a whole, for painting: one question instead of ten."""
SECTION_ROLE = int(Qt.ItemDataRole.UserRole) + 101
"""The title of a row that is a heading over others; ``None`` for an ordinary row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: as wide as its ``sample`` needs, or its ``share`` of what is left over."""

    title: str
    sample: str = ""
    """The longest text that is to be expected; shown as the cells are, as ``mono`` or ``pill``"""
    mono: bool = False
    pill: bool = False
    share: int = 1
    needs: int = 0
    """The column is left out while the table is narrower than this, in pixels."""
    right: bool = False
    """Whether the title stands at the right, above numbers"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one cell shows, on one line; with a ``severity`` as a pill."""

    text: str
    mono: bool = False
    muted: bool = False
    right: bool = False
    severity: Severity | None = None
    icon: IconName | None = None
    """Before the text, which says the same in words"""
    hint: str = ""
    """Said in the tooltip"""

    @property
    def line(self) -> str:
        """The text with spaces for line breaks."""
        return " ".join(self.text.splitlines())


class CellModel(QAbstractTableModel):
    """Base of the lists: a subclass gives ``rowCount`` and ``cell``."""

    has_sections = False
    """Whether some rows are headings over others; then a subclass gives ``section`` too"""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns

    def cell(self, row: int, column: int) -> Cell:
        """What stands there. Called often: it should only look up and format."""
        raise NotImplementedError

    def section(self, row: int) -> str | None:
        """The title, if the row is a heading over others."""
        del row
        return None

    def tell_row(self, row: int) -> None:
        """Have a row painted anew."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    # Qt

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = ItemRole.DisplayRole) -> object:
        if role not in _ANSWERED or not index.isValid():
            return None
        title = self.section(index.row())
        if title is not None:
            return _section_data(title, index.column(), role)
        return None if role == SECTION_ROLE else self._cell_data(index, role)

    def _cell_data(self, index: AnyIndex, role: int) -> object:
        cell = self.cell(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        if role == ItemRole.AccessibleTextRole:
            line = cell.line if cell.severity is None else cell.severity.spoken(cell.line)
            return " ".join(filter(None, (line, cell.hint)))
        return cell.line

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case ItemRole.DisplayRole:
                return column.title
            case ItemRole.TextAlignmentRole:
                return _RIGHT if column.right else None
            case _:
                return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid() or self.section(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


def _section_data(title: str, column: int, role: int) -> object:
    if role == SECTION_ROLE:
        return title
    in_words = role in {ItemRole.DisplayRole, ItemRole.AccessibleTextRole}
    return title if in_words and column == 0 else None


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ANSWERED = frozenset(
    {
        int(ItemRole.DisplayRole),
        int(ItemRole.AccessibleTextRole),
        CELL_ROLE,
        SECTION_ROLE,
    }
)
