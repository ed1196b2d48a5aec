"""The form of one rule: what happens, to which requests, and the rule as one line of text.

The form as a whole is read at each edit. While something in it cannot be read, that is told in its
place and the rule stays as it was.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from composer.core.behaviour import Rule, RuleError, parse_rule, render_rule
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.sandbox.behaviour.entry import Entry
from composer.ui.sandbox.behaviour.fault_part import FaultPart
from composer.ui.sandbox.behaviour.when_part import WhenPart


class RuleForm(QWidget):
    """Shows a rule; ``changed`` tells it as a person has changed it."""

    changed = Signal(object)
    """``Rule``"""

    def __init__(self, copier: Copier) -> None:
        super().__init__()
        self._copier = copier
        self._rule: Rule | None = None
        self._what = FaultPart()
        self._when = WhenPart()
        self._text = Entry(
            "Rule as text",
            "As text",
            _read_line,
            note="As --fault and /_sandbox/faults take it. Another rule can be pasted here.",
            mono=True,
        )
        copy = self._text.line.add_action("", IconName.COPY, "Copy the rule")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._what, 0, 0)
        grid.addWidget(self._when, 0, 1)
        grid.addWidget(self._text, 1, 0, 1, 2)
        self.setFocusProxy(self._what.kind)
        self._what.edited.connect(self._on_edited)
        self._when.edited.connect(self._on_edited)
        self._text.edited.connect(self._on_text_edited)
        copy.clicked.connect(self._on_copy_clicked)

    def show_rule(self, rule: Rule, *, anew: bool = False) -> None:
        """Show another rule; unless ``anew``, what is half-typed stays."""
        if rule == self._rule and not anew:
            return
        self._rule = rule
        self._what.show_fault(rule.fault, anew=anew)
        self._when.show_rule(rule, anew=anew)
        self._text.show_text(render_rule(rule), anew=anew)

    @Slot()
    def _on_edited(self) -> None:
        if self._rule is None:
            return
        fault, rule = self._what.fault(), self._when.applied(self._rule)
        if fault is None or rule is None:
            return
        self._rule = replace(rule, fault=fault)
        self._text.show_text(render_rule(self._rule), anew=True)
        self.changed.emit(self._rule)

    @Slot()
    def _on_text_edited(self) -> None:
        rule = self._text.value()
        if rule is None or rule == self._rule:
            return
        self._rule = rule
        self._what.show_fault(rule.fault, anew=True)
        self._when.show_rule(rule, anew=True)
        self.changed.emit(rule)

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self._rule is not None:
            self._copier.copy(render_rule(self._rule), "rule")


def _read_line(text: str) -> Rule:
    try:
        return parse_rule(text)
    except RuleError as error:
        raise ValueError(str(error)) from None
