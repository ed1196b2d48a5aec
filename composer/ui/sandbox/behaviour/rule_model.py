"""The rules as rows of a table, in the order in which they are tried."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.behaviour import Rule
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.sandbox.behaviour.words import never_reached, what_text, when_text
from composer.ui.widgets import Severity
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    NUMBER = 0
    WHAT = 1
    WHEN = 2
    STATE = 3


_COLUMNS = (
    Column(title="#", sample="00", mono=True),
    Column(title="What happens", share=3),
    Column(title="To which requests", share=2),
    Column(title="State", sample="Never reached", pill=True),
)


class RuleModel(CellModel):
    """Rows are ``Rule`` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._rules: tuple[Rule, ...] = ()
        self._never: frozenset[int] = frozenset()

    def at(self, row: int) -> Rule | None:
        """The rule in a row."""
        return self._rules[row] if 0 <= row < len(self._rules) else None

    def show_rules(self, rules: tuple[Rule, ...]) -> None:
        """Take over the rules as they are now."""
        if rules == self._rules:
            return
        if len(rules) != len(self._rules):
            self.beginResetModel()
            self._take(rules)
            self.endResetModel()
            return
        self._take(rules)
        self.dataChanged.emit(self.index(0, 0), self.index(len(rules) - 1, len(At) - 1))

    def _take(self, rules: tuple[Rule, ...]) -> None:
        self._rules, self._never = rules, never_reached(rules)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rules)

    def cell(self, row: int, column: int) -> Cell:
        rule = self._rules[row]
        match At(column):
            case At.NUMBER:
                return Cell(text=str(row + 1), mono=True, muted=True)
            case At.WHAT:
                return Cell(text=what_text(rule.fault), muted=not rule.enabled)
            case At.WHEN:
                return Cell(text=when_text(rule), muted=not rule.enabled)
            case At.STATE:
                return self._state(row)

    def _state(self, row: int) -> Cell:
        if not self._rules[row].enabled:
            return Cell(text="Off", severity=Severity.NEUTRAL)
        if row in self._never:
            return Cell(text="Never reached", severity=Severity.WARNING)
        return Cell(text="On", severity=Severity.OK)
