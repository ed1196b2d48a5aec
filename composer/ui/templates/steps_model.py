"""The events of a template as rows: number, event, person, time, and what became of a send.

Holds texts only; where they come from is the business of those who show the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.summary import summary_of
from composer.core.templates import Step
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.widgets import Severity
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns; the last one is left out where nothing is sent."""

    NUMBER = 0
    EVENT = 1
    PERSON = 2
    WHEN = 3
    STATE = 4


_NUMBER = Column(title="#", sample="88")
_EVENT = Column(title="Event", share=5)
_PERSON = Column(title="Person", share=4)
_WHEN = Column(title="Time", sample="10.5 min later")
_COLUMNS = (_NUMBER, _EVENT, _PERSON, _WHEN)
_SENT_COLUMNS = (
    _NUMBER,
    _EVENT,
    Column(title="Person", share=4, needs=500),
    Column(title="Time", sample="10.5 min earlier", needs=380),
    Column(title="Answer", sample="Not accepted", pill=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One event. ``state`` is what became of it, with how good that is."""

    event: str
    person: str
    when: str
    state: str = ""
    severity: Severity = Severity.NEUTRAL


class StepsModel(CellModel):
    """Rows that are shown as they are given."""

    def __init__(self, parent: QObject | None = None, *, is_sent: bool = False) -> None:
        super().__init__(_SENT_COLUMNS if is_sent else _COLUMNS, parent)
        self._rows: tuple[StepRow, ...] = ()

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show these; rows that only change their words keep the choice."""
        before, self._rows = self._rows, tuple(rows)
        if len(before) == len(self._rows):
            for row, (old, new) in enumerate(zip(before, self._rows, strict=True)):
                if old != new:
                    self.tell_row(row)
            return
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        shown = self._rows[row]
        match At(column):
            case At.NUMBER:
                return Cell(text=str(row + 1), muted=True)
            case At.EVENT:
                return Cell(text=shown.event)
            case At.PERSON:
                return Cell(text=shown.person)
            case At.WHEN:
                return Cell(text=shown.when, muted=True)
            case At.STATE:
                if not shown.state:
                    return Cell(text="")
                return Cell(text=shown.state, severity=shown.severity)


def row_of(step: Step, index: int) -> StepRow:
    """A step as it is kept."""
    about = summary_of(step.draft.payload)
    when = "first" if index == 0 else f"{seconds_text(step.after)} later"
    event = about.event or step.draft.event_type.title
    return StepRow(event=event, person=about.person, when=when)


def earlier_text(steps: Sequence[Step], index: int) -> str:
    """How long before the last event an event happens: the last one happens now."""
    seconds = sum(max(0.0, step.after) for step in steps[index + 1 :])
    return f"{seconds_text(seconds)} earlier" if seconds else "now"


def seconds_text(seconds: float) -> str:
    """``0.5 s``, ``2 s``, ``10 min``, ``3 h``, ``2 days``."""
    for size, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            number = round(seconds / size, 1)
            word = "day" if unit == "days" and number == 1 else unit
            return f"{number:g} {word}"
    return f"{round(seconds, 1):g} s"
