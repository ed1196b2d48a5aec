"""One event of a batch as a row: its name, person and time; the rest of it stays as it is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from composer.core.entries import NAME, PERSON, TIME, person_path, property_count, with_text
from composer.core.jsontext import Object, Path, Value, get_at, has_at
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.editors.items import ItemRow
from composer.ui.form.face import Face, field_face, foreign_face
from composer.ui.form.lines import ProblemLine
from composer.ui.form.problem import Problem
from composer.ui.form.reading import ABSENT, Held
from composer.ui.icons import IconName
from composer.ui.widgets import IconButton, LinkButton, Severity

_GAP, _BELOW = 6, 8
_WIDEST = "100 properties…"
"""What there is room for, so that the buttons beside it stand below each other."""


class EventRow(ItemRow):
    """Two lines: name and person, then time and what else there is."""

    moved = Signal(object, int)
    """The row, and how many places it is to go down."""
    whole_wanted = Signal(object)
    """The row whose event is to be seen whole."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Held = ABSENT
        self._problem: ProblemLine | None = None
        self._lines = {
            NAME: ExactLine("", placeholder="event", mono=True),
            PERSON: ExactLine("", placeholder="person's ID"),
            TIME: ExactLine("", placeholder="time, such as 2026-03-14T09:30:00Z"),
        }
        for path, line in self._lines.items():
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.typed.connect(partial(self._on_typed, path))
        self._lines[TIME].returnPressed.connect(self._on_return)
        self._whole = LinkButton("")
        self._whole.setMinimumWidth(self._whole.fontMetrics().horizontalAdvance(_WIDEST))
        self._whole.clicked.connect(self._on_whole)
        self._up = IconButton(IconName.UP, "Move up")
        self._up.clicked.connect(self._on_up)
        self._down = IconButton(IconName.DOWN, "Move down")
        self._down.clicked.connect(self._on_down)
        self._remove = IconButton(IconName.CLOSE, "Remove")
        self._remove.clicked.connect(self._on_remove)
        self._lay_out()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, _BELOW)
        self._column.setSpacing(_GAP)
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(_GAP)
            self._column.addLayout(line)
        first.addWidget(self._lines[NAME], 1)
        first.addWidget(self._lines[PERSON], 1)
        second.addWidget(self._lines[TIME], 1)
        for button in (self._whole, self._up, self._down, self._remove):
            second.addWidget(button)
        for before, after in zip(self._stops, self._stops[1:], strict=False):
            QWidget.setTabOrder(before, after)

    @property
    def _stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through."""
        return (*self._lines.values(), self._whole, self._up, self._down, self._remove)

    @property
    def last_control(self) -> QWidget:
        return self._remove

    def show_item(self, item: Value) -> None:
        if item == self._shown:
            return
        self._shown = item
        self.note = ""
        for path, line in self._lines.items():
            face = self._face(path, item)
            line.show_face(face)
            line.setReadOnly(face.locked or not isinstance(item, Object))
            self.note = self.note or face.note
        self._whole.setText(_properties(property_count(item)))

    def _face(self, path: Path, item: Value) -> Face:
        if not isinstance(item, Object):
            return foreign_face(item) if path == NAME else Face(exact="", text="")
        path = person_path(item) if path == PERSON else path
        return field_face(get_at(item, path) if has_at(item, path) else ABSENT, str)

    def set_name(self, name: str) -> None:
        for path, what in ((NAME, "name"), (PERSON, "person's ID"), (TIME, "time")):
            self._lines[path].setAccessibleName(f"{name} {what}")
        self._whole.setAccessibleName(f"{name} in the JSON")
        self._whole.setToolTip("See the whole event in the JSON")
        self._up.set_icon(IconName.UP, f"Move {name} up")
        self._down.set_icon(IconName.DOWN, f"Move {name} down")
        self._remove.set_icon(IconName.CLOSE, f"Remove {name}")

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say the first thing that is wrong with the event; its lines show where.

        The paths begin inside the event.
        """
        marked = {self._line_of(p.path) for p in problems if p.severity is Severity.ERROR}
        for line in self._lines.values():
            line.set_problem(line in marked)
        if problems and self._problem is None:
            self._problem = ProblemLine()
            self._column.addWidget(self._problem)
        if self._problem is not None:
            self._problem.setVisible(bool(problems))
            if problems:
                self._problem.set_text(problems[0].message, problems[0].severity)

    def _line_of(self, path: Path) -> ExactLine | None:
        is_person = path in {("properties", "distinct_id"), ("$distinct_id",)}
        return self._lines.get(PERSON if is_person else path[:1])

    def set_ends(self, *, is_first: bool, is_last: bool) -> None:
        """Where there is no way further up or down."""
        self._up.setEnabled(not is_first)
        self._down.setEnabled(not is_last)

    def focus_first(self, reason: Qt.FocusReason) -> None:
        self._lines[NAME].setFocus(reason)

    def focus_part(self, path: Path, reason: Qt.FocusReason) -> None:
        """Put the cursor to what shows the member at ``path`` of the event."""
        elsewhere: QWidget = self._whole if path else self._lines[NAME]
        (self._line_of(path) or elsewhere).setFocus(reason)

    def focus_move(self, steps: int, reason: Qt.FocusReason) -> None:
        """Put the cursor to the button that moves the row on; at the end to the other one."""
        ways = (self._up, self._down) if steps < 0 else (self._down, self._up)
        next((way for way in ways if way.isEnabled()), self._remove).setFocus(reason)

    def _on_typed(self, path: Path, text: str) -> None:
        if not isinstance(self._shown, Object):
            return
        path = person_path(self._shown) if path == PERSON else path
        self._shown = with_text(self._shown, path, text)
        self.note = ""
        self.changed.emit(self, self._shown)

    def _on_return(self) -> None:
        self.entered.emit(self)

    def _on_whole(self) -> None:
        self.whole_wanted.emit(self)

    def _on_up(self) -> None:
        self.moved.emit(self, -1)

    def _on_down(self) -> None:
        self.moved.emit(self, 1)

    def _on_remove(self) -> None:
        self.removed.emit(self)


def _properties(count: int) -> str:
    return "1 property" if count == 1 else f"{count:,} properties"
