"""What a template asks for: each variable with its label, type, default, choices and help.

A variable that merely stands in the events is asked for as text; an edit here declares it.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from composer.core.templates import Template, Variable, VariableKind, problem_of
from composer.ui.icons import IconName
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import (
    Combo,
    ElidedLabel,
    FlowNote,
    IconButton,
    LineEdit,
    LinkButton,
    Panel,
    Switch,
)

KINDS = {
    VariableKind.TEXT: "Text",
    VariableKind.NUMBER: "Number",
    VariableKind.YES_NO: "Yes or no",
    VariableKind.DATE: "Date and time",
    VariableKind.VALUE: "JSON value",
}
_HELP = (
    "Write {{customer_id}} into any value of the event, and the template asks for it. {{now}}, "
    "{{now -2d}}, {{uuid7}}, {{pick a b}} and {{int 1 10}} are made afresh each time."
)


class VariablesView(QScrollArea):
    """The variables below each other, one of them unfolded at a time."""

    changed = Signal(object)
    """``Template`` with other variables"""

    def __init__(self) -> None:
        super().__init__()
        self._template: Template | None = None
        self._cards: list[VariableCard] = []
        self._none = FlowNote("This template asks for nothing.")
        held = Panel(Surface.SURFACE)
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self._none)
        self._column.addWidget(FlowNote(_HELP, Role.HELP))
        self._column.addStretch(1)
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def cards(self) -> tuple[VariableCard, ...]:
        """What is shown."""
        return tuple(self._cards)

    def show_template(self, template: Template) -> None:
        """Show what it asks for; cards that stay keep their fields."""
        is_other = self._template is None or self._template.id != template.id
        self._template = template
        prompts = template.prompts
        names = [variable.name for variable in prompts]
        if is_other or names != [card.variable.name for card in self._cards]:
            self._rebuild(prompts)
        for card, variable in zip(self._cards, prompts, strict=True):
            card.show_variable(variable, is_locked=template.is_starter)
        self._none.setVisible(not prompts)

    def _rebuild(self, prompts: tuple[Variable, ...]) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [VariableCard(variable) for variable in prompts]
        for place, card in enumerate(self._cards, 1):
            card.changed.connect(self._on_changed)
            card.unfolded.connect(self._fold_others)
            self._column.insertWidget(place, card)

    @Slot(object)
    def _on_changed(self, variable: Variable) -> None:
        template = self._template
        if template is None:
            return
        names = [known.name for known in template.variables]
        if variable.name in names:
            place = names.index(variable.name)
            variables = (*template.variables[:place], variable, *template.variables[place + 1 :])
        else:
            variables = (*template.variables, variable)
        self._template = replace(template, variables=variables)
        self.changed.emit(self._template)

    @Slot(str)
    def _fold_others(self, name: str) -> None:
        for card in self._cards:
            if card.variable.name != name:
                card.set_folded(folded=True)


class VariableCard(Panel):
    """One variable: a line that sums it up, and its fields below while it is unfolded."""

    changed = Signal(object)
    """``Variable``"""
    unfolded = Signal(str)
    """Its name"""

    def __init__(self, variable: Variable) -> None:
        super().__init__(Surface.CARD)
        name = variable.name
        self.variable = variable
        self._is_locked = False
        self._title = ElidedLabel(role=Role.STRONG)
        self._sum = ElidedLabel(role=Role.HELP)
        self._edit = LinkButton("Edit")
        self._fold = IconButton(IconName.CHEVRON_RIGHT, f"Show the fields of {name}", small=True)
        self._label = LineEdit(f"Label of {name}", placeholder="What the person is asked")
        self._kind = Combo(f"Type of {name}")
        self._default = LineEdit(f"Default of {name}", placeholder="What stands there at first")
        self._choices = LineEdit(f"Choices of {name}", placeholder="Such as free, pro, enterprise")
        self._help = LineEdit(f"Help for {name}", placeholder="Where to find it, for example")
        self._required = Switch("Required", f"{name} is required")
        self._problem = FlowNote("", Role.PROBLEM)
        self._fields = QWidget()
        self._build()
        self._connect()
        self.set_folded(folded=True)
        self.show_variable(variable, is_locked=False)

    def show_variable(self, variable: Variable, *, is_locked: bool) -> None:
        """Show it as it is kept; a field that is being typed into stays."""
        self.variable = variable
        self._is_locked = is_locked
        self._title.set_text(variable.title)
        what = [KINDS[variable.kind], "" if variable.required else "optional"]
        default = f"default {variable.default}" if variable.default else ""
        marks = "{{" + variable.name + "}}"
        self._sum.set_text(" · ".join(filter(None, (marks, *what, default))))
        texts = (
            (self._label, variable.label),
            (self._default, variable.default),
            (self._choices, ", ".join(variable.choices)),
            (self._help, variable.help),
        )
        for field, text in texts:
            if not field.hasFocus():
                field.setText(text)
            field.setReadOnly(is_locked)
        self._kind.set_value(variable.kind)
        self._kind.setEnabled(not is_locked)
        self._required.setChecked(variable.required)
        self._required.setEnabled(not is_locked)
        self._edit.setText("Show" if is_locked else "Edit")
        self._edit.setAccessibleName(f"{self._edit.text()} the prompt for {variable.name}")
        problem = problem_of(variable, variable.default) if variable.default else ""
        self._problem.setText(f"The default cannot be used. {problem}" if problem else "")
        self._problem.setVisible(bool(problem))

    def set_folded(self, *, folded: bool) -> None:
        """Show only the line, or the fields too."""
        self._fields.setHidden(folded)
        self._edit.setVisible(folded)
        name = self.variable.name
        if folded:
            self._fold.set_icon(IconName.CHEVRON_RIGHT, f"Show the fields of {name}")
        else:
            self._fold.set_icon(IconName.CHEVRON_DOWN, f"Hide the fields of {name}")

    def _build(self) -> None:
        for kind, words in KINDS.items():
            self._kind.add(words, kind)
        head = QHBoxLayout()
        head.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._sum)
        head.addWidget(self._fold)
        head.addLayout(words, 1)
        head.addWidget(self._edit)
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(32, 4, 4, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Label", self._label),
            ("Type", self._kind),
            ("Default", self._default),
            ("Choices", self._choices),
            ("Help", self._help),
        )
        for number, (text, field) in enumerate(rows):
            label = QLabel(text)
            set_role(label, Role.MUTED)
            label.setBuddy(field)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        grid.addWidget(self._required, len(rows), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 8, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(self._fields)

    def _connect(self) -> None:
        self._fold.clicked.connect(self._on_fold)
        self._edit.clicked.connect(self._on_edit)
        for field in (self._label, self._default, self._choices, self._help):
            field.editingFinished.connect(self._on_edited)
        self._kind.activated.connect(self._on_edited)
        self._required.clicked.connect(self._on_edited)

    @Slot()
    def _on_fold(self) -> None:
        folded = self._fields.isVisible()
        self.set_folded(folded=folded)
        if not folded:
            self.unfolded.emit(self.variable.name)

    @Slot()
    def _on_edit(self) -> None:
        self.set_folded(folded=False)
        self._label.setFocus(Qt.FocusReason.TabFocusReason)
        self.unfolded.emit(self.variable.name)

    @Slot()
    def _on_edited(self) -> None:
        kind = self._kind.value()
        choices = (choice.strip() for choice in self._choices.text().split(","))
        before = self.variable
        variable = replace(
            before,
            label=self._label.text().strip(),
            kind=kind if isinstance(kind, VariableKind) else before.kind,
            default=self._default.text(),
            choices=self._kept_choices(tuple(dict.fromkeys(filter(None, choices)))),
            help=self._help.text().strip(),
            required=self._required.isChecked(),
        )
        if variable != before and not self._is_locked:
            self.show_variable(variable, is_locked=False)
            self.changed.emit(variable)

    def _kept_choices(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Choices with commas of their own stay whole while nobody edits the line."""
        shown = ", ".join(self.variable.choices)
        return self.variable.choices if self._choices.text() == shown else typed
