"""All rules as rows of a table under the headings of their subjects, or those searched for."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.verdicts.listing import Treatment, by_subject, treatment_of
from composer.core.verdicts.rule import AnyRule
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.verdicts.words import LOOKS, WORDS
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    WHEN = 0
    SEVERITY = 1
    TREATED = 2
    ID = 3


_COLUMNS = (
    Column(title="When"),
    Column(title="Then", sample="Refused  ", pill=True),
    Column(title="In this app", sample=Treatment.UNKNOWABLE.value),
    Column(title="Rule", sample="profile.anonymous_drops", mono=True, needs=640),
)


class RulesModel(CellModel):
    """Rows are rules, or the text of a heading."""

    has_sections = True

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._rows: list[AnyRule | str] = []
        self.search("")

    @property
    def count(self) -> int:
        """How many rules are shown."""
        return sum(not isinstance(row, str) for row in self._rows)

    def at(self, row: int) -> AnyRule | None:
        """The rule in a row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, str) else found

    def search(self, words: str) -> None:
        """Show the rules that have all of these words somewhere."""
        wanted = words.lower().split()
        self.beginResetModel()
        self._rows = []
        for subject, rules in by_subject():
            fitting = [rule for rule in rules if _fits(rule, wanted)]
            self._rows += [subject.value, *fitting] if fitting else []
        self.endResetModel()

    def section(self, row: int) -> str | None:
        found = self._rows[row]
        return found if isinstance(found, str) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        found = self.at(row)
        if found is None:
            return Cell(text="")
        rule = found.rule
        match At(column):
            case At.WHEN:
                return Cell(text=rule.when)
            case At.SEVERITY:
                return Cell(text=WORDS[rule.severity], severity=LOOKS[rule.severity])
            case At.TREATED:
                return Cell(text=_words(found), muted=True)
            case At.ID:
                return Cell(text=rule.id, mono=True, muted=True)


def _fits(found: AnyRule, wanted: list[str]) -> bool:
    rule = found.rule
    words = [rule.id, rule.when, rule.says, rule.fix, WORDS[rule.severity], _words(found)]
    text = " ".join((*words, rule.subject.value)).lower()
    return all(word in text for word in wanted)


def _words(rule: AnyRule) -> str:
    words = treatment_of(rule).value
    return f"{words[:1].upper()}{words[1:]}"
