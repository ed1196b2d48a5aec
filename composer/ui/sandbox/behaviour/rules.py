"""The section of faults by rule: the list, the form of the chosen one, and ready-made rules."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu

from composer.core.behaviour import Behaviour, Rule
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.sandbox.behaviour.presets import PRESETS, Preset
from composer.ui.sandbox.behaviour.rows import Rows
from composer.ui.sandbox.behaviour.rule_form import RuleForm
from composer.ui.sandbox.behaviour.rule_model import RuleModel
from composer.ui.sandbox.behaviour.section import Section
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.behaviour.words import what_text
from composer.ui.widgets import LinkButton

_PURPOSE = (
    "Where the sandbox fails on purpose, so that you see what a sender makes of it. "
    "The first rule that applies to a request decides."
)


class RulesSection(Section):
    """Shows the rules of the behaviour and changes them."""

    def __init__(self, switches: Switches, copier: Copier) -> None:
        super().__init__("Faults by rule", _PURPOSE)
        self._switches = switches
        self._model = RuleModel(self)
        self._form = RuleForm(copier)
        self._rows = Rows(
            "Rules",
            "Rule",
            self._model,
            self._form,
            none="No rules: every request gets an honest answer.",
            ordered=True,
        )
        self._add = LinkButton("Add rule", icon=IconName.PLUS)
        self._ready = LinkButton("Ready-made", icon=IconName.CHEVRON_DOWN, trailing=True)
        self._ready.setAccessibleName("Add a ready-made rule")
        self._menu = QMenu(self)
        for preset in PRESETS:
            self._menu.addAction(preset.name).triggered.connect(partial(self._add_preset, preset))
        self.head.addWidget(self._ready)
        self.head.addWidget(self._add)
        self.column.addWidget(self._rows)
        self._connect()
        self.show_behaviour(switches.behaviour)

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add)
        self._ready.clicked.connect(self._on_ready)
        self._form.changed.connect(self._on_form_changed)
        self._rows.chosen.connect(self._on_chosen)
        self._rows.toggled.connect(self._on_toggled)
        self._rows.duplicated.connect(self._on_duplicated)
        self._rows.removed.connect(self._on_removed)
        self._rows.moved.connect(self._on_moved)

    def show_behaviour(self, behaviour: Behaviour) -> None:
        """Take over the rules as they are now; what is half-typed stays."""
        self._model.show_rules(behaviour.rules)
        self._rows.refresh()
        self._show_chosen(anew=False)

    @property
    def _rules(self) -> tuple[Rule, ...]:
        return self._switches.behaviour.rules

    def _put(self, rules: tuple[Rule, ...], row: int) -> None:
        """Set the rules and choose a row."""
        self._switches.change(rules=rules)
        self._rows.refresh(row)

    def _show_chosen(self, *, anew: bool) -> None:
        rule = self._model.at(self._rows.row)
        if rule is not None:
            self._rows.show_on(rule.enabled)
            self._form.show_rule(rule, anew=anew)

    def _insert(self, rule: Rule, row: int) -> None:
        rules = self._rules
        self._put((*rules[:row], rule, *rules[row:]), min(row, len(rules)))

    @Slot()
    def _on_add(self) -> None:
        self._insert(PRESETS[0].rule, 0)
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_ready(self) -> None:
        self._menu.popup(self._ready.mapToGlobal(QPoint(0, self._ready.height())))

    def _add_preset(self, preset: Preset, checked: bool = False) -> None:  # noqa: FBT002 -- Qt's
        """On top, so that it applies at once."""
        del checked
        self._insert(preset.rule, 0)
        self._rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        del row
        self._show_chosen(anew=True)

    @Slot(object)
    def _on_form_changed(self, rule: Rule) -> None:
        self._replace(self._rows.row, rule)

    @Slot(int)
    def _on_toggled(self, row: int) -> None:
        rule = self._rules[row]
        self._replace(row, replace(rule, enabled=not rule.enabled))

    def _replace(self, row: int, rule: Rule) -> None:
        rules = self._rules
        self._switches.change(rules=(*rules[:row], rule, *rules[row + 1 :]))

    @Slot(int)
    def _on_duplicated(self, row: int) -> None:
        self._insert(self._rules[row], row + 1)

    @Slot(int)
    def _on_removed(self, row: int) -> None:
        rules = self._rules
        self._put((*rules[:row], *rules[row + 1 :]), row)
        self._switches.offer_undo(
            f"Removed the rule “{what_text(rules[row].fault)}”.",
            partial(self._insert, rules[row], row),
        )

    @Slot(int, int)
    def _on_moved(self, row: int, to: int) -> None:
        rules = list(self._rules)
        rules.insert(to, rules.pop(row))
        self._put(tuple(rules), to)
