"""What becomes of the chosen columns, with just the controls that their target has.

It shows rules and tells changes as functions from the rule before to the rule after; several
columns are changed alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from composer.core.mapping import CellKind, ColumnRule, Constant, Target, WhenEmpty
from composer.core.templates import Template
from composer.ui.batch.importing.controls import (
    Captioned,
    TimeFormatCombo,
    ZoneCombo,
    enum_combo,
    yielding,
)
from composer.ui.batch.importing.lines import Line, Rule, Shown, aimed, name_for
from composer.ui.batch.importing.words import (
    EMPTY,
    KINDS,
    NAMES,
    TARGETS,
    TYPED,
    is_timed,
    within_words,
)
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import marked, text_face
from composer.ui.icons import IconName
from composer.ui.theme import Role, Surface
from composer.ui.widgets import Combo, ElidedLabel, FlowNote, IconButton, Panel
from composer.ui.wording import breakable, counted

WITHIN = "within"
"""In the place of a target: what becomes of the object around it"""
VALUE_HINT = "Any text; {{int 1 10}}, {{pick a b}}, {{now}} and {{uuid7}} are made for each row"


class RuleEditor(Panel):
    """Below the table of columns."""

    edited = Signal(object, object)
    """``Change``, and the name of the control if it is typed into"""
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self._offers: list[tuple[str, str]] = []
        self._template: Template | None = None
        self._title = ElidedLabel(role=Role.STRONG)
        self._values = ElidedLabel(role=Role.HELP)
        self._remove = IconButton(IconName.TRASH, "Remove the constant", small=True)
        self.target = enum_combo("Becomes", TARGETS)
        self.name = ExactLine("Name")
        self._variable = yielding(Combo("Variable"))
        self.kind = enum_combo("Type", KINDS)
        self.empty = enum_combo("When empty", EMPTY)
        self.time_format = TimeFormatCombo("Time format")
        self.zone = ZoneCombo("Time zone of the column", none="As for all")
        self._doubt = FlowNote("", Role.WARNING)
        self._doubt.hide()
        self.value = ExactLine("Value", placeholder=VALUE_HINT)
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._values, 1)
        head.addWidget(self._remove)
        self._named = Captioned("Name", self.name)
        self._varied = Captioned("Variable", self._variable)
        self._typed = Captioned("Type", self.kind)
        self._emptied = Captioned("When empty", self.empty)
        self._written = Captioned("Written as", self.time_format)
        self._zoned = Captioned("Time zone", self.zone)
        self._valued = Captioned("Value", self.value)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._fields = (
            Captioned("Becomes", self.target),
            self._named,
            self._varied,
            self._valued,
            self._typed,
            self._written,
            self._zoned,
            self._emptied,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self._doubt)
        for field in self._fields:  # without a parent each would be a window
            field.setParent(self)
        self._place(*self._fields[1:])

    def _place(self, *without: Captioned) -> None:
        """Two fields a line, without gaps for those that the target does not have."""
        place = 0
        for field in self._fields:
            self._grid.removeWidget(field)
            field.setVisible(field not in without)
        for field in self._fields:
            if field in without:
                continue
            is_wide = field is self._valued
            place += place % 2 if is_wide else 0
            self._grid.addWidget(field, place // 2, place % 2, 1, 2 if is_wide else 1)
            place += 2 if is_wide else 1

    def _connect(self) -> None:
        self.target.activated.connect(self._on_target)
        self.name.typed.connect(self._on_name)
        self._variable.activated.connect(self._on_variable)
        self.kind.activated.connect(self._on_kind)
        self.empty.activated.connect(self._on_empty)
        self.time_format.entered.connect(self._on_time_format)
        self.zone.activated.connect(self._on_zone)
        self.value.typed.connect(self._on_value)
        self._remove.clicked.connect(self.remove_wanted)

    # What others use

    @property
    def doubt(self) -> str:
        """What is said of a column that can be read in two ways; else empty."""
        return self._doubt.text()

    def offer(self, zones: Sequence[str]) -> None:
        """Offer these time zones."""
        self.zone.offer(zones)

    def show_template(self, template: Template | None) -> None:
        """Offer the variables of a template."""
        if template == self._template:
            return
        self._template = template
        self._variable.clear()
        for variable in template.prompts if template else ():
            self._variable.add(variable.title, variable.name)

    def show_lines(self, lines: Sequence[Line], found: Sequence[Shown], values: str) -> None:
        """Show what is said of the chosen lines; where they differ, nothing stands."""
        self.setEnabled(bool(found))
        if not found:
            self._title.set_text("Choose a column")
            self._values.set_text("")
            return
        one = lines[0] if len(lines) == 1 else None
        constant = all(line.is_constant for line in lines)
        title = counted(len(lines), "column") + " chosen"
        if one is not None:
            title = "Constant, the same in every event" if constant else marked(one.column)
        self._title.set_text(title)
        self._values.set_text(values)
        self._remove.setVisible(constant)
        self._show_all(found, alone=one is not None)

    def show_doubt(self, words: str) -> None:
        """Say that what stands in the column can be read in two ways."""
        self._doubt.setText(breakable(words))
        self._doubt.setVisible(bool(words))

    def focus_target(self) -> None:
        """Put the cursor into the first control."""
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)

    # Showing

    def _show_all(self, found: Sequence[Shown], *, alone: bool) -> None:
        rules = [one.rule for one in found]
        first = rules[0]
        columns = [rule for rule in rules if isinstance(rule, ColumnRule)]
        used = [rule for rule in rules if rule.target is not Target.IGNORE]
        of_columns = bool(used) and len(columns) == len(rules)
        is_variable = first.target is Target.VARIABLE and self._template is not None
        is_named = alone and first.target.is_named
        has = {
            self._named: is_named and not is_variable,
            self._varied: is_named and is_variable,
            self._valued: alone and isinstance(first, Constant),
            self._typed: bool(used) and all(rule.target in TYPED for rule in used),
            self._written: of_columns and all(map(is_timed, used)),
            self._zoned: of_columns and all(map(is_timed, used)),
            self._emptied: of_columns,
        }
        self._place(*(field for field, wanted in has.items() if not wanted))
        self._show_target(found)
        self._show_name(first, is_variable=is_variable)
        _show(self.kind, {rule.kind for rule in rules})
        _show(self.empty, {rule.when_empty for rule in columns})
        self.time_format.show_format(_common([rule.time_format for rule in columns]))
        self.zone.show_zone(_common([rule.zone for rule in columns]))
        if isinstance(first, Constant):
            self.value.show_face(text_face(first.text))

    def _show_name(self, first: Rule, *, is_variable: bool) -> None:
        self.name.setAccessibleName(NAMES.get(first.target, "Name"))
        self.name.show_face(text_face(first.name))
        if is_variable and not self._variable.set_value(first.name):
            self._variable.setCurrentIndex(-1)

    def _show_target(self, found: Sequence[Shown]) -> None:
        targets = {one.rule.target for one in found}
        has_variables = self._template is not None or Target.VARIABLE in targets
        offers = [
            (words, str(target))
            for target, words in TARGETS.items()
            if target is not Target.VARIABLE or has_variables
        ]
        if all(one.whole for one in found):
            offers.insert(0, (within_words(found[0].whole), WITHIN))
        if offers != self._offers:
            self._offers = offers
            self.target.clear()
            for words, value in offers:
                self.target.add(words, value)
        values = {WITHIN if one.is_within else str(one.rule.target) for one in found}
        _show(self.target, values)

    # What a person does

    @Slot()
    def _on_target(self) -> None:
        if self.target.value() == WITHIN:
            self.edited.emit(_without_rule, "")
            return
        target = Target(str(self.target.value()))
        self.edited.emit(partial(_aimed, target, self._template), "")

    @Slot(object)
    def _on_name(self, text: str) -> None:
        self.edited.emit(partial(_with, name=text), "name")

    @Slot()
    def _on_variable(self) -> None:
        self.edited.emit(partial(_with, name=str(self._variable.value())), "")

    @Slot()
    def _on_kind(self) -> None:
        self.edited.emit(partial(_with, kind=CellKind(str(self.kind.value()))), "")

    @Slot()
    def _on_empty(self) -> None:
        when = WhenEmpty(str(self.empty.value()))
        self.edited.emit(partial(_with, when_empty=when), "")

    @Slot(str)
    def _on_time_format(self, text: str) -> None:
        self.edited.emit(partial(_with, time_format=text), "time format")

    @Slot()
    def _on_zone(self) -> None:
        self.edited.emit(partial(_with, zone=str(self.zone.value())), "")

    @Slot(object)
    def _on_value(self, text: str) -> None:
        self.edited.emit(partial(_with, text=text), "value")


def _without_rule(line: Line, rule: Rule) -> Rule | None:
    del line
    return rule if isinstance(rule, Constant) else None


def _aimed(target: Target, template: Template | None, line: Line, rule: Rule) -> Rule:
    return aimed(rule, target, name=name_for(line, target, template))


def _with(line: Line, rule: Rule, **members: object) -> Rule:
    del line
    return replace(rule, **members)


def _show(combo: Combo, values: set[str] | set[CellKind] | set[WhenEmpty]) -> None:
    if len(values) != 1 or not combo.set_value(next(iter(values))):
        combo.setCurrentIndex(-1)


def _common(values: Sequence[str]) -> str | None:
    return values[0] if len(set(values)) == 1 else None
