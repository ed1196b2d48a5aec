"""The feature flags as rows of a table."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.behaviour import Flag
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.widgets import Severity
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    KEY = 0
    VARIANT = 1
    PAYLOAD = 2
    PEOPLE = 3
    STATE = 4


_COLUMNS = (
    Column(title="Key", share=4),
    Column(title="Variant", share=2),
    Column(title="Payload", share=3),
    Column(title="For whom", share=3),
    Column(title="State", sample="Off", pill=True),
)


class FlagModel(CellModel):
    """Rows are ``Flag`` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._flags: tuple[Flag, ...] = ()

    def at(self, row: int) -> Flag | None:
        """The flag in a row."""
        return self._flags[row] if 0 <= row < len(self._flags) else None

    def show_flags(self, flags: tuple[Flag, ...]) -> None:
        """Take over the flags as they are now."""
        if flags == self._flags:
            return
        if len(flags) != len(self._flags):
            self.beginResetModel()
            self._flags = flags
            self.endResetModel()
            return
        self._flags = flags
        self.dataChanged.emit(self.index(0, 0), self.index(len(flags) - 1, len(At) - 1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._flags)

    def cell(self, row: int, column: int) -> Cell:
        flag = self._flags[row]
        match At(column):
            case At.KEY:
                return Cell(text=flag.key, mono=True, muted=not flag.enabled)
            case At.VARIANT:
                return Cell(text=flag.variant, mono=True, muted=not flag.enabled)
            case At.PAYLOAD:
                return Cell(text=flag.payload, mono=True, muted=not flag.enabled)
            case At.PEOPLE:
                people = ", ".join(flag.only_for) or "Everybody"
                return Cell(text=people, muted=not (flag.enabled and flag.only_for))
            case At.STATE:
                severity = Severity.OK if flag.enabled else Severity.NEUTRAL
                return Cell(text="On" if flag.enabled else "Off", severity=severity)
