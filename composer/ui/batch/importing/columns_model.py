"""The columns of a source and what becomes of them, as rows of a table; a search narrows them down.

Values of ten thousand columns are looked up when they come into sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.mapping import ColumnRule, Constant, Doubt, Mapping, Target
from composer.core.tabular import Guess
from composer.ui.batch.importing.lines import (
    Line,
    Rule,
    Shown,
    examples,
    lines_beyond,
    rules_by_column,
    shown,
)
from composer.ui.batch.importing.words import EMPTY, becomes, type_words, within_words
from composer.ui.form.face import marked
from composer.ui.icons import IconName
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns of this table."""

    COLUMN = 0
    VALUES = 1
    BECOMES = 2
    TYPE = 3
    EMPTY = 4


_COLUMNS = (
    Column(title="Column", share=4),
    Column(title="First values", share=4),
    Column(title="Becomes", share=4),
    Column(title="Type", sample="Unix milliseconds", needs=500),
    Column(title="When empty", sample="The row does not fit", needs=700),
)


class ColumnsModel(CellModel):
    """Shows a mapping over a sample."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._guess: Guess | None = None
        self._mapping = Mapping()
        self._rules: dict[str, ColumnRule] = {}
        self._places: dict[str, int] = {}
        self._examples: dict[str, str] = {}
        self._columns: tuple[Line, ...] = ()
        self._beyond: tuple[Line, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._search = ""
        self._doubts: dict[str, Doubt] = {}

    @property
    def columns_found(self) -> int:
        """How many columns the source has, shown or not."""
        return len(self._places)

    def shows(self, guess: Guess | None) -> bool:
        """Whether this is the sample that is shown."""
        return guess is self._guess

    @property
    def used(self) -> int:
        """How many of the columns become something."""
        if any(rule.target.is_whole for rule in self._rules.values()):
            return sum(self.shown(line).is_used for line in self._columns)
        rules = (rule for rule in self._rules.values() if rule.column in self._places)
        return sum(rule.target is not Target.IGNORE for rule in rules)

    def line(self, row: int) -> Line | None:
        """The line in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, line: Line) -> int:
        """Where a line stands; -1 if it is not shown."""
        return self._lines.index(line) if line in self._lines else -1

    def shown(self, line: Line) -> Shown:
        """What is said in a line."""
        return shown(line, self._mapping, self._rules)

    def examples(self, line: Line) -> str:
        """The first values of its column."""
        if self._guess is None or line.is_constant:
            return ""
        found = self._examples.get(line.column)
        if found is None:
            place = self._places.get(line.column, -1)
            found = self._examples[line.column] = marked(examples(self._guess, line.column, place))
        return found

    def show_guess(self, guess: Guess | None) -> None:
        """Take over another sample."""
        self._guess = guess
        self._examples = {}
        names: Sequence[str] = guess.columns if guess else ()
        self._places = {name: place for place, name in enumerate(names)}
        self._columns = tuple(Line(column=name) for name in names)
        self._list()

    def show_mapping(self, mapping: Mapping) -> None:
        """Take over what becomes of the columns; the rows stay where they are."""
        self._mapping, self._rules = mapping, rules_by_column(mapping)
        if self._lines and self._beyond == lines_beyond(self._places, mapping):
            last = self.index(max(0, len(self._lines) - 1), len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self._list()

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Take over which columns can be read in two ways."""
        before = self._doubts
        self._doubts = {doubt.column: doubt for doubt in doubts}
        if self._doubts != before and self._lines:
            last = self.index(len(self._lines) - 1, At.COLUMN)
            self.dataChanged.emit(self.index(0, At.COLUMN), last)

    def doubt(self, line: Line) -> Doubt | None:
        """Whether the column can be read in two ways."""
        return self._doubts.get(line.column)

    def search(self, text: str) -> None:
        """Show only the lines that have all these words."""
        self._search = text
        self._list()

    def _list(self) -> None:
        words = self._search.casefold().split()
        self._beyond = lines_beyond(self._places, self._mapping)
        lines = (*self._columns, *self._beyond)
        self.beginResetModel()
        self._lines = tuple(line for line in lines if self._fits(line, words)) if words else lines
        self.endResetModel()

    def _fits(self, line: Line, words: list[str]) -> bool:
        text = f"{line.column}\n{_becomes(self.shown(line))}".casefold()
        return all(word in text for word in words)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._lines)

    def cell(self, row: int, column: int) -> Cell:
        line = self._lines[row]
        if column == At.COLUMN:
            return self._name(line)
        found = self.shown(line)
        rule = found.rule
        match At(column):
            case At.VALUES:
                text = marked(rule.text) if isinstance(rule, Constant) else self.examples(line)
                return Cell(text=text, mono=True, muted=True)
            case At.BECOMES:
                return Cell(text=marked(_becomes(found)), muted=not _is_chosen(found))
            case At.TYPE:
                return Cell(text=type_words(rule), muted=True)
            case _:
                return Cell(text=_when_empty(rule), muted=True)

    def _name(self, line: Line) -> Cell:
        if line.is_constant:
            return Cell(text="Constant", icon=IconName.PIN, muted=True)
        if line.column not in self._places:
            return Cell(text=marked(line.column), icon=IconName.WARNING, hint=_MISSING)
        if doubt := self.doubt(line):
            return Cell(text=marked(line.column), icon=IconName.WARNING, hint=doubt.words)
        return Cell(text=marked(line.column), muted=not _is_chosen(self.shown(line)))


_MISSING = "There is no such column in what is imported. Del leaves it out."


def _becomes(found: Shown) -> str:
    return within_words(found.whole) if found.is_within else becomes(found.rule)


def _is_chosen(found: Shown) -> bool:
    """Whether it becomes something by a rule of its own."""
    return found.rule.target is not Target.IGNORE


def _when_empty(rule: Rule) -> str:
    if isinstance(rule, Constant) or rule.target is Target.IGNORE:
        return ""
    return EMPTY[rule.when_empty]
