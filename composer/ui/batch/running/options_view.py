"""How a run is sent, in place: each choice with what it is for, and why a number cannot be.

What is chosen is kept in the settings at once and holds for the next run.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.core.batch.options import BatchOptions
from composer.ui.batch.running import option_fields
from composer.ui.batch.running.option_fields import FIELDS, NEEDS_BATCH, SWITCHES, NumberField
from composer.ui.preferences import Preferences
from composer.ui.theme import Role, set_role
from composer.ui.widgets import FlowNote, LineEdit, Switch, UndoPassThrough

_FIELD_WIDTH = 76


class NumberEntry(QWidget):
    """A caption, a field with its unit, and below them what it is for or what is wrong."""

    edited = Signal(str)
    """The text, as it is typed"""

    def __init__(self, field: NumberField) -> None:
        super().__init__()
        self.field = field
        self.line = LineEdit(field.caption)
        self.line.setFixedWidth(_FIELD_WIDTH)
        UndoPassThrough(self.line)
        self._note = FlowNote(field.help, Role.HELP)
        caption = QLabel(field.caption)
        caption.setBuddy(self.line)
        unit = QLabel(field.unit)
        set_role(unit, Role.MUTED)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line)
        row.addWidget(unit)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(caption)
        column.addLayout(row)
        column.addWidget(self._note)
        column.addStretch(1)
        self.line.textEdited.connect(self.edited)

    @property
    def problem(self) -> str:
        """Why what stands in it cannot be; empty if it can."""
        return option_fields.problem(self.field.option, self.line.text())

    def show_options(self, options: BatchOptions) -> None:
        """Show the number; what is half-typed is left alone."""
        text = self.line.text()
        option = self.field.option
        is_same = not self.problem and option_fields.as_option(option, text) == getattr(
            options, option
        )
        if not is_same and not (self.problem and self.line.hasFocus()):
            self.line.setText(option_fields.shown(option, options))
        self.show_problem()

    def show_problem(self) -> None:
        """Say what is wrong, or again what it is for."""
        words = self.problem
        self._note.setText(words or self.field.help)
        set_role(self._note, Role.PROBLEM if words else Role.HELP)
        self.line.set_problem(bool(words))
        self.line.setAccessibleDescription(words or self.field.help)


class OptionsView(QWidget):
    """Follows ``Settings.batch``, and changes it."""

    changed = Signal()
    """``problem`` may be another"""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._entries = [NumberEntry(field) for field in FIELDS]
        self._switches = {field.option: Switch(field.caption, field.name) for field in SWITCHES}
        self._notes = {field.option: FlowNote(field.help, Role.HELP) for field in SWITCHES}
        self._lay_out()
        for entry in self._entries:
            entry.edited.connect(partial(self._on_edited, entry))
        for field in SWITCHES:
            switch = self._switches[field.option]
            switch.setAccessibleDescription(field.help)
            switch.clicked.connect(partial(self._on_switch, field.option))
        preferences.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(16)
        for entry in self._entries:
            numbers.addWidget(entry, 1)
        switches = QGridLayout()
        switches.setHorizontalSpacing(16)
        switches.setVerticalSpacing(0)
        switches.setColumnStretch(1, 1)
        for row, field in enumerate(SWITCHES):
            switches.addWidget(self._switches[field.option], row, 0)
            switches.addWidget(self._notes[field.option], row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(numbers)
        column.addLayout(switches)

    @property
    def problem(self) -> str:
        """The first thing that is wrong; empty if nothing is."""
        off = self._is_off
        entries = (entry for entry in self._entries if not off(entry.field.option))
        found = ((entry.field.caption, entry.problem) for entry in entries)
        return next((f"{caption}: {words}" for caption, words in found if words), "")

    def _is_off(self, option: str) -> bool:
        return self._preferences.settings.batch.one_each and option in NEEDS_BATCH

    @Slot()
    def _show(self) -> None:
        options = self._preferences.settings.batch
        for entry in self._entries:
            entry.show_options(options)
            entry.setEnabled(not self._is_off(entry.field.option))
        for option, switch in self._switches.items():
            with QSignalBlocker(switch):
                switch.setChecked(bool(getattr(options, option)))
            switch.setEnabled(not self._is_off(option))
        self.changed.emit()

    def _on_edited(self, entry: NumberEntry, text: str) -> None:
        option = entry.field.option
        if not entry.problem:
            self._change(option, option_fields.as_option(option, text))
        entry.show_problem()
        self.changed.emit()

    def _on_switch(self, option: str) -> None:
        self._change(option, self._switches[option].isChecked())

    def _change(self, option: str, value: object) -> None:
        options = replace(self._preferences.settings.batch, **{option: value})
        self._preferences.change(batch=options)
