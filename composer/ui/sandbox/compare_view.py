"""The tab that compares an event as it was sent with the event as it is stored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from composer.core.compare.values import DifferenceKind
from composer.core.jsontext import Layout, Value, encode
from composer.core.stored_why import StoredDifference
from composer.core.tokens import KeyMode, concealed
from composer.ui.compare.table import MOST_ROWS, NONE, DifferenceModel, Line, cut
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.model import Column
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import ElidedLabel, EmptyState, FlowNote, Panel
from composer.ui.wording import breakable

_COLUMNS = (
    Column(title="Field", share=4),
    Column(title="Sent", share=3),
    Column(title="Stored", share=3),
    Column(title="Why", share=6, needs=520),
)


def _line(one: StoredDifference, hidden: Sequence[str]) -> Line:
    kind, before, after = one.difference.kind, one.difference.before, one.difference.after
    return Line(
        what=one.field,
        left=NONE if kind is DifferenceKind.ADDED else _text(before, hidden),
        right=NONE if kind is DifferenceKind.REMOVED else _text(after, hidden),
        way=one.why,
        kind=kind,
    )


def _text(value: Value, hidden: Sequence[str]) -> str:
    return cut(concealed(encode(value, Layout.COMPACT), hidden, KeyMode.MASKED))


class CompareView(QWidget):
    """The table, the chosen difference in full below it, or the news that there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = DifferenceModel(_COLUMNS, self)
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
        self._model.show([_line(one, hidden) for one in (differences or ())[:MOST_ROWS]])
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

    def show_line(self, line: Line | None) -> None:
        if line is not None:
            self._why.setText(f"{breakable(line.what)}: {line.way}.")
            self._values[0].set_text(line.left)
            self._values[1].set_text(line.right)
