"""The tab that compares an event as it was sent with the event as it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from composer.core.compare import DifferenceKind
from composer.core.jsontext import Layout, Value, encode
from composer.core.stored_why import StoredDifference
from composer.core.tokens import KeyMode
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.sandbox.reading import concealed
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import ElidedLabel, EmptyState, FlowNote, Panel
from composer.ui.widgets.painting import AnyIndex
from composer.ui.wording import breakable

MOST_ROWS = 2_000
_MOST_SHOWN = 300  # characters of a value


class At(IntEnum):
    """The columns."""

    FIELD = 0
    SENT = 1
    STORED = 2
    WHY = 3


_COLUMNS = (
    Column(title="Field", share=4),
    Column(title="Sent", share=3),
    Column(title="Stored", share=3),
    Column(title="Why", share=6, needs=520),
)


class CompareModel(CellModel):
    """One row for each difference."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._rows: tuple[_Line, ...] = ()

    def show(self, differences: Sequence[StoredDifference], hidden: Sequence[str]) -> None:
        """Take other differences; very many are cut. Tokens in ``hidden`` are masked."""
        self.beginResetModel()
        self._rows = tuple(_line(one, hidden) for one in differences[:MOST_ROWS])
        self.endResetModel()

    def at(self, row: int) -> _Line | None:
        """The difference in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        shown = self._rows[row]
        match At(column):
            case At.FIELD:
                return Cell(text=shown.field, mono=True)
            case At.SENT:
                return Cell(text=shown.sent, mono=True, muted=True)
            case At.STORED:
                return Cell(text=shown.stored, mono=True)
            case At.WHY:
                return Cell(text=shown.why, muted=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A difference as it is written; a dash stands for a value that is not there."""

    field: str
    sent: str
    stored: str
    why: str


def _line(one: StoredDifference, hidden: Sequence[str]) -> _Line:
    kind, before, after = one.difference.kind, one.difference.before, one.difference.after
    return _Line(
        field=one.field,
        sent=_NONE if kind is DifferenceKind.ADDED else _text(before, hidden),
        stored=_NONE if kind is DifferenceKind.REMOVED else _text(after, hidden),
        why=one.why,
    )


def _text(value: Value, hidden: Sequence[str]) -> str:
    text = concealed(encode(value, Layout.COMPACT), hidden, KeyMode.MASKED)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


_NONE = "–"


class CompareView(QWidget):
    """The table, the chosen difference in full below it, or the news that there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = CompareModel(self)
        self._table = Grid(name, self._model)
        self._full = _Full()
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._table, 1)
        column.addWidget(self._full)
        self._same = EmptyState(
            IconName.CHECK_CIRCLE,
            "Stored exactly as sent",
            "PostHog adds nothing to this event and leaves nothing out.",
        )
        self._pages = QStackedWidget()
        for page in (filled, self._same, QWidget()):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._table.chosen.connect(self._on_chosen)

    def show_differences(
        self, differences: Sequence[StoredDifference] | None, hidden: Sequence[str] = ()
    ) -> None:
        """Show them, tokens in ``hidden`` masked; ``None`` where it is not known."""
        self._model.show(differences or (), hidden)
        if differences:
            self._pages.setCurrentIndex(0)
            self._table.choose(0)
        else:
            self._pages.setCurrentIndex(2 if differences is None else 1)

    def _on_chosen(self, row: int) -> None:
        self._full.show_line(self._model.at(row))


class _Full(Panel):
    """One difference with all that a narrow table has to cut."""

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self._why = FlowNote()
        self._values = (ElidedLabel(role=Role.MONO_MUTED), ElidedLabel(role=Role.MONO_MUTED))
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._why, 0, 0, 1, 2)
        for row, (name, value) in enumerate(zip(("Sent", "Stored"), self._values, strict=True), 1):
            caption = QLabel(name)
            set_role(caption, Role.HELP)
            grid.addWidget(caption, row, 0)
            grid.addWidget(value, row, 1)

    def show_line(self, line: _Line | None) -> None:
        if line is not None:
            self._why.setText(f"{breakable(line.field)}: {line.why}.")
            self._values[0].set_text(line.sent)
            self._values[1].set_text(line.stored)
