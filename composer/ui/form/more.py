"""The part of the form that folds away: fields that few events need. Built when it is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.fields import Field
from composer.core.jsontext import Path
from composer.ui.form.reading import Reading
from composer.ui.form.row import INSET_RIGHT, FieldRow
from composer.ui.form.tab_order import chain_tabs
from composer.ui.icons import IconName, Tone
from composer.ui.theme import Role, Variant, set_role, set_variant
from composer.ui.widgets import ElidedLabel, put_icon

_WIDE = 420
"""Device-independent pixels from which on there is room to name what is set."""
_AT_ONCE = 4
_A_TIME = 2
"""Rows that are built when the part opens, and in one go after that: no step outlasts a frame."""
EVENT_TITLE = "Person, groups, event ID and more"
BATCH_TITLE = "Correction of the clock"


class MoreFields(QWidget):
    """A header that opens and closes; at its right, what is set inside or wrong with it."""

    opened = Signal(bool)
    grown = Signal()
    """There are rows that were not there before."""

    def __init__(
        self, fields: tuple[Field, ...], make_row: Callable[[Field], FieldRow], title: str
    ) -> None:
        super().__init__()
        self._fields = fields
        self._make_row = make_row
        self._reading: Reading | None = None
        self._problems = 0
        self._rows: list[FieldRow] = []
        self._button = QPushButton(title)
        set_variant(self._button, Variant.FLAT)
        self._button.setAccessibleName(title)
        self._button.setCheckable(True)
        self._button.clicked.connect(self._on_clicked)
        self._summary = ElidedLabel(role=Role.MUTED)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._button)
        head.addStretch(1)
        head.addWidget(self._summary)
        head.setContentsMargins(0, 0, INSET_RIGHT, 0)
        self._last_control: QWidget = self._button
        self._builder = QTimer(self)
        self._builder.setSingleShot(True)
        self._builder.timeout.connect(self._build_more)
        self._body = QWidget()
        self._body.hide()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._body)
        self._draw()

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows inside; none before it has been opened."""
        return tuple(self._rows)

    @property
    def is_open(self) -> bool:
        """Whether the fields are to be seen."""
        return not self._body.isHidden()

    def owns(self, path: Path) -> bool:
        """Whether the member at ``path`` is shown inside."""
        return any(field.owns(path[: len(field.path)]) for field in self._fields)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the fields; this is not the person's click."""
        if is_open:
            self._build(_AT_ONCE)
        self._body.setVisible(is_open)
        self._draw()

    def build_all(self) -> None:
        """Have every row now."""
        self._build(len(self._fields))

    def load(self, reading: Reading) -> None:
        """Show what the draft holds."""
        self._reading = reading
        for row in self._rows:
            row.load(reading)

    def tell(self, problems: int) -> None:
        """Say at the right of the closed header what is inside."""
        self._problems = problems
        set_role(self._summary, Role.PROBLEM if problems else Role.MUTED)
        if problems:
            self._summary.set_text(f"{problems} to look at")
        else:
            self._summary.set_text("" if self.is_open else self._what_is_set())

    def _what_is_set(self) -> str:
        reading = self._reading
        if reading is None:
            return ""
        labels = [f.label for f in self._fields if not reading.is_blank(f)]
        if labels and self.width() < _WIDE:
            return f"{len(labels)} set"
        match labels:
            case []:
                return ""
            case [only]:
                return f"{only} is set"
            case [first, *others]:
                return f"{first} is set · {len(others)} more"
            case _:
                return ""

    def _build(self, count: int) -> None:
        """Have at least ``count`` rows now and the others soon."""
        for field in self._fields[len(self._rows) : count]:
            row = self._make_row(field)
            if self._reading is not None:
                row.load(self._reading)
            self._rows.append(row)
            self._column.addWidget(row)
            row.show()
            self._last_control = chain_tabs(self._last_control, row)
        self.grown.emit()
        if len(self._rows) < len(self._fields):
            self._builder.start(0)

    @Slot()
    def _build_more(self) -> None:
        self._build(len(self._rows) + _A_TIME)

    def _draw(self) -> None:
        icon = IconName.CHEVRON_DOWN if self.is_open else IconName.CHEVRON_RIGHT
        self._button.setChecked(self.is_open)
        put_icon(self._button, icon, Tone.MUTED)
        state = "open" if self.is_open else "closed"
        self._button.setAccessibleDescription(f"A part of the form, {state}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tell(self._problems)

    @Slot()
    def _on_clicked(self) -> None:
        self.set_open(not self.is_open)
        self.opened.emit(self.is_open)
