"""How every page of the settings is laid out: headings, and rows of a label and its field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QWidget,
)

from composer.ui.theme import Role, Surface, set_role, set_surface
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import FlowNote, SectionHeader

LABELS = 152
"""Pixels; the width of the column of labels."""


class SettingsForm(QWidget):
    """A column of rows; the labels of all pages are equally wide.

    One that ``follows`` another on the page keeps the distance of two rows.
    """

    def __init__(self, *, follows: bool = False) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(20, 0 if follows else 16, 20, 8)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add_heading(self, text: str) -> None:
        """Words over the rows that follow."""
        heading = SectionHeader(text)
        heading.setContentsMargins(0, 8 if self._form.rowCount() else 0, 0, 0)
        self._form.addRow(heading)

    def add_row(self, text: str, field: QWidget, buddy: QWidget | None = None) -> None:
        """One setting; ``buddy`` is what the label belongs to where ``field`` only holds it."""
        label = QLabel(text)
        label.setFixedWidth(LABELS)
        label.setFixedHeight(CONTROL_HEIGHT)
        set_role(label, Role.MUTED)
        label.setBuddy(buddy or field)
        self._form.addRow(label, field)

    def add_note(self, text: str) -> FlowNote:
        """A sentence below the field before it."""
        note = FlowNote(text, Role.HELP)
        self._form.addRow("", note)
        return note

    def show_row(self, field: QWidget, *, shown: bool) -> None:
        """Show or hide a row with its label."""
        self._form.setRowVisible(field, shown)


def scrolling(page: QWidget) -> QScrollArea:
    """A page that scrolls up and down where the dialog is too low for it."""
    set_surface(page, Surface.SURFACE)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def side_by_side(*fields: QWidget) -> QWidget:
    """Several fields in one row; those that can grow share the room, buttons never do."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for field in fields:
        row.addWidget(field, 0 if isinstance(field, QAbstractButton) else 1)
    if all(isinstance(field, QAbstractButton) for field in fields):
        row.addStretch(1)
    return holder
