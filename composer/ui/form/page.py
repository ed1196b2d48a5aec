"""The form of one event type, from its head to the part that folds away."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.core.convert import conversion
from composer.core.draft import Draft
from composer.core.events import fields_of
from composer.core.fields import EventType, Family, Field, Place
from composer.core.jsontext import Path
from composer.ui.form.editors import make_editor, make_free_properties
from composer.ui.form.editors.events import EventsEditor
from composer.ui.form.example import fill_in, missing_examples
from composer.ui.form.header import FormHeader
from composer.ui.form.more import BATCH_TITLE, EVENT_TITLE, MoreFields
from composer.ui.form.old_shape import OldShapeNotice
from composer.ui.form.problem import Problem
from composer.ui.form.reading import Reading
from composer.ui.form.row import INSET_LEFT, INSET_RIGHT, FieldRow
from composer.ui.session import Session
from composer.ui.theme import Role, Surface, set_surface
from composer.ui.widgets import FlowNote, SectionHeader, Severity

_WIDE, _WIDE_LABEL, _NARROW_LABEL = 440, 136, 108
"""From the first width on (pixels of the page) labels have the second width, else the third."""


class FormPage(QWidget):
    """The fields of an event type over the session's draft."""

    json_wanted = Signal(object)
    """``Path``"""
    docs_wanted = Signal(str)
    more_opened = Signal(bool)
    convert_wanted = Signal()
    list_wanted = Signal()
    """The events of a batch are to go into the Batch place"""
    faults_told = Signal(object)
    """``tuple[Problem, ...]``: what was typed and is not a value yet"""

    def __init__(self, event_type: EventType, session: Session) -> None:
        super().__init__()
        self.event_type = event_type
        self._session = session
        self._problems: tuple[Problem, ...] = ()
        self._header = FormHeader(event_type)
        self._header.example_wanted.connect(self._on_example)
        self._header.docs_wanted.connect(self._on_docs)
        fields = fields_of(event_type)
        self._rows = [self._make_row(field) for field in fields if not field.advanced]
        self._properties = self._make_properties()
        advanced = tuple(field for field in fields if field.advanced)
        title = BATCH_TITLE if event_type.is_batch else EVENT_TITLE
        self._more = MoreFields(advanced, self._make_row, title)
        self._more.opened.connect(self._on_opened)
        self._more.grown.connect(self._on_grown)
        set_surface(self, Surface.SURFACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(20 - INSET_LEFT, 14, 20 - INSET_RIGHT, 20)
        column.setSpacing(10)
        column.addWidget(self._header)
        self._old = self._make_notice(column)
        column.addSpacing(4)
        for row in self._main_rows:
            column.addWidget(row)
        column.addSpacing(4)
        column.addWidget(self._more)
        if event_type.pitfalls:
            column.addWidget(_good_to_know(event_type.pitfalls))
        column.addStretch(1)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """All rows there are now, from top to bottom."""
        return (*self._main_rows, *self._more.rows)

    @property
    def _main_rows(self) -> tuple[FieldRow, ...]:
        return (*self._rows, *((self._properties,) if self._properties else ()))

    def load(self, draft: Draft) -> None:
        """Show a draft of this event type."""
        reading = Reading(draft.payload)
        for row in self._main_rows:
            row.load(reading)
        if self._old is not None:
            self._old.show_conversion(conversion(draft), self.event_type)
        self._more.load(reading)
        self._tell()
        self._tell_faults()
        self._header.offer_example(bool(missing_examples(draft)))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say beside the fields what is wrong, the worst first."""
        if problems != self._problems:
            self._problems = problems
            self._tell()

    def open_more(self, is_open: bool) -> None:
        """Open or close the part that folds away."""
        self._more.set_open(is_open)
        self._on_grown()

    def row_of(self, path: Path) -> FieldRow | None:
        """The row that shows the member at ``path``; the folded part opens for it."""
        if self._more.owns(path) and not self._more.is_open:
            self.open_more(True)
            self.more_opened.emit(True)
        if self._more.owns(path):
            self._more.build_all()
        return self._owner(path)

    def _owner(self, path: Path) -> FieldRow | None:
        """The row that shows the member at ``path``; none while it is folded away."""
        for row in (*self._rows, *self._more.rows):
            if row.owns(path):
                return row
        is_free = path[:1] == (Place.PROPERTIES.value,) and not self._more.owns(path)
        return self._properties if is_free else None

    def _make_properties(self) -> FieldRow | None:
        """What has no field of its own; a batch has no properties."""
        if self.event_type.is_batch:
            return None
        return self._wire(FieldRow(make_free_properties(self.event_type, self._session)))

    def _make_notice(self, column: QVBoxLayout) -> OldShapeNotice | None:
        if self.event_type.family is not Family.LEGACY:
            return None
        notice = OldShapeNotice()
        notice.convert_wanted.connect(self.convert_wanted)
        around = QHBoxLayout()
        around.setContentsMargins(INSET_LEFT, 4, INSET_RIGHT, 0)
        around.addWidget(notice)
        column.addLayout(around)
        return notice

    def _make_row(self, field: Field) -> FieldRow:
        return self._wire(FieldRow(make_editor(field, self._session)))

    def _wire(self, row: FieldRow) -> FieldRow:
        row.json_wanted.connect(self.json_wanted)
        row.settled.connect(self._tell)
        row.editor.told.connect(self._tell_faults)
        if isinstance(row.editor, EventsEditor):
            row.editor.place_wanted.connect(self.json_wanted)
            row.editor.list_wanted.connect(self.list_wanted)
        return row

    @Slot()
    def _tell(self) -> None:
        """Put each problem to its row."""
        found: dict[FieldRow, list[Problem]] = {}
        for problem in self._problems:
            owner = self._owner(problem.path)
            if owner is not None:
                found.setdefault(owner, []).append(problem)
        for row in self.rows:
            left = row.editor.show_problems(tuple(found.get(row, ())))
            if left:
                row.set_problem(left[0].message, left[0].severity)
            else:
                row.set_problem("")
        if self._more.is_open:
            self._more.tell(0)
        else:
            told = (p for p in self._problems if p.severity is not Severity.NEUTRAL)
            self._more.tell(sum(self._more.owns(p.path) for p in told))

    @Slot()
    def _tell_faults(self) -> None:
        self.faults_told.emit(tuple(f for row in self.rows for f in row.editor.faults))

    @Slot()
    def _on_example(self) -> None:
        fill_in(self._session)
        # Nothing is left to fill in, and the link goes off: the cursor moves to what came of it.
        self._rows[0].editor.focus_on(())

    @Slot()
    def _on_docs(self) -> None:
        self.docs_wanted.emit(self.event_type.docs)

    @Slot(bool)
    def _on_opened(self, is_open: bool) -> None:
        self._on_grown()
        self.more_opened.emit(is_open)

    @Slot()
    def _on_grown(self) -> None:
        self._fit()
        self._tell()

    def _fit(self) -> None:
        width = _WIDE_LABEL if self.width() >= _WIDE else _NARROW_LABEL
        for row in self.rows:
            row.set_label_width(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _good_to_know(sentences: tuple[str, ...]) -> QWidget:
    """What people stumble over with this event type."""
    notes = QWidget()
    column = QVBoxLayout(notes)
    column.setContentsMargins(INSET_LEFT, 10, INSET_RIGHT, 0)
    column.setSpacing(4)
    column.addWidget(SectionHeader("Good to know"))
    for sentence in sentences:
        column.addWidget(FlowNote(sentence, Role.HELP))
    return notes
