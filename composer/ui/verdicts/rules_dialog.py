"""Help → Rules: every rule of what PostHog does with events, and what this app does about it.

It stands beside the window and does not block it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.core.verdicts.rule import AnyRule, UnknowableRule
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.settings.close_bar import CloseBar
from composer.ui.theme import Role, Surface, set_role, set_surface
from composer.ui.verdicts.rules_model import RulesModel
from composer.ui.widgets import EmptyState, FlowNote, LineEdit, LinkButton, Panel
from composer.ui.wording import counted

SIZE = (860, 640)


class RulesDialog(QDialog):
    """A list to search, with the chosen rule below it; deletes itself when it is closed."""

    def __init__(self, open_url: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rules")
        self.setAccessibleName("Rules")
        set_surface(self, Surface.SURFACE)
        self._search = LineEdit("Search the rules", placeholder="Search the rules")
        self._search.set_search()
        self._count = QLabel()
        set_role(self._count, Role.HELP)
        self._model = RulesModel(self)
        self._table = Grid("Rules", self._model)
        self._nothing = EmptyState(
            IconName.SEARCH, "No rule has these words", "Try fewer words, or another one."
        )
        self._detail = _Detail(open_url)
        self._build()
        self._search.textEdited.connect(self._on_searched)
        self._table.chosen.connect(self._on_chosen)
        self._show_count()
        self._table.choose_something()
        self.resize(*SIZE)
        self._search.setFocus()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(12)
        head.addWidget(self._search, 1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._table, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._detail)
        column.addWidget(CloseBar(self))
        self._nothing.hide()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._model.search(words)
        self._table.choose_something()
        self._show_count()
        found = self._model.count > 0
        self._table.setVisible(found)
        self._detail.setVisible(found)
        self._nothing.setVisible(not found)

    def _show_count(self) -> None:
        self._count.setText(counted(self._model.count, "rule"))

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        found = self._model.at(row)
        if found is not None:
            self._detail.show_rule(found)


class _Detail(Panel):
    """What the chosen rule says."""

    def __init__(self, open_url: Callable[[str], None]) -> None:
        super().__init__(Surface.RAISED, "top")
        self._open_url = open_url
        self._page = ""
        self._says = FlowNote("", Role.STRONG)
        self._fix = FlowNote("")
        self._sure = FlowNote("", Role.HELP)
        self._docs = LinkButton("PostHog docs", icon=IconName.EXTERNAL, trailing=True)
        self._docs.setAccessibleName("PostHog's page about this rule")
        self._docs.clicked.connect(self._on_docs)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._sure, 1)
        foot.addWidget(self._docs)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 8)
        column.setSpacing(4)
        for widget in (self._says, self._fix):
            column.addWidget(widget)
        column.addLayout(foot)
        self.setMinimumHeight(124)

    def show_rule(self, found: AnyRule) -> None:
        """Speak of this rule."""
        rule = found.rule
        self._says.setText(rule.says)
        if isinstance(found, UnknowableRule):
            self._fix.setText(f"{found.because} What would tell: {found.ask}")
        else:
            self._fix.setText(rule.fix)
        sure = rule.certainty.value
        self._sure.setText(f"{rule.id} · {sure}")
        self._page = rule.docs

    @Slot()
    def _on_docs(self) -> None:
        self._open_url(self._page)
