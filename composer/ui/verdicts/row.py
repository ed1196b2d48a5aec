"""One row of the list: what will happen, where, what to do, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from composer.ui.icons import IconName
from composer.ui.theme import Role, Variant, set_edge, set_role, set_variant
from composer.ui.verdicts.items import Item
from composer.ui.widgets import ElidedLabel, FlowNote, IconLabel, LinkButton, Severity
from composer.ui.wording import breakable, shortened

if TYPE_CHECKING:
    from composer.core.verdicts.rule import Rule
    from composer.ui.verdicts.mending import MendPanel
    from composer.ui.verdicts.proposal import Proposal

_LONGEST_PLACE = 40
_TOP = Qt.AlignmentFlag.AlignTop
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VerdictRow(QFrame):
    """Shows an ``Item``; another one can be put into it. Enter goes to the place."""

    go_wanted = Signal(object)
    """``Item``"""
    mend_wanted = Signal(object)
    """``Item``"""
    applied = Signal(object)
    """``Proposal``"""
    docs_wanted = Signal(str)
    withdrawn = Signal()
    """The mend is not asked about any more"""

    def __init__(self) -> None:
        super().__init__()
        self._item: Item | None = None
        self._panel: MendPanel | None = None
        self._more: _More | None = None
        self._icon = IconLabel(Severity.INFO.icon)
        self._says = FlowNote("", Role.STRONG)
        self._says.setProperty("role", "")
        self._fix = FlowNote("", Role.HELP)
        self._word = QLabel()
        set_role(self._word, Role.HELP)
        self._place = LinkButton("")
        self._details = LinkButton("More")
        self.mend = QPushButton("Mend")
        set_variant(self.mend, Variant.ORDINARY, small=True)
        set_edge(self, "top")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("verdict", True)
        self._build()
        self._place.clicked.connect(self._on_go)
        self._details.clicked.connect(self._on_more)
        self.mend.clicked.connect(self._on_mend)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(2)
        for widget in (self._word, self._place, self._details):
            foot.addWidget(widget)
        foot.addStretch(1)
        self._column = QVBoxLayout()
        self._column.setSpacing(1)
        self._column.addWidget(self._says)
        self._column.addWidget(self._fix)
        self._column.addLayout(foot)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._icon, 0, _TOP)
        line.addLayout(self._column, 1)
        line.addWidget(self.mend, 0, _TOP)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(8, 8, 8, 4)
        self._whole.setSpacing(8)
        self._whole.addLayout(line)

    @property
    def item(self) -> Item | None:
        """What it shows."""
        return self._item

    def show_item(self, item: Item) -> None:
        """Show another item; a mend that was being shown is taken back."""
        if item == self._item:
            return
        before, self._item = self._item, item
        self.withdraw()
        self._icon.set_icon(item.look.icon, item.look.tone)
        self._says.setText(breakable(item.says))
        self._fix.setText(breakable(item.fix))
        self._fix.setVisible(bool(item.fix))
        self._word.setText(item.word)
        self._place.setText(shortened(item.place, _LONGEST_PLACE))
        self._place.setAccessibleName(f"Go to {item.place}")
        self._place.setToolTip(item.place)
        self._place.setVisible(bool(item.place))
        self._details.setVisible(item.rule is not None)
        self._details.setAccessibleName(f"More about: {item.says}")
        self.mend.setVisible(item.mend is not None)
        self.mend.setAccessibleName(f"Mend: {item.says}")
        self.mend.setToolTip(item.mend.label if item.mend else "")
        self.setAccessibleName(item.spoken)
        if self._more is not None and (before is None or before.rule != item.rule):
            self._more.hide()
            self._details.setText("More")

    def ask(self, proposal: Proposal) -> None:
        """Show what the mend would change, and ask."""
        if self._panel is None:
            # Loaded when it is first needed: the start is quicker without it.
            from composer.ui.verdicts.mending import MendPanel  # noqa: PLC0415

            self._panel = MendPanel()
            self._panel.applied.connect(self.applied)
            self._panel.cancelled.connect(self._on_cancelled)
            self._whole.addWidget(self._panel)
        self._panel.ask(proposal)

    def withdraw(self) -> None:
        """The question is not about what there is now."""
        if self._panel is not None and not self._panel.isHidden():
            self._panel.hide()
            self.withdrawn.emit()

    @property
    def panel(self) -> MendPanel | None:
        """The question, while it is open."""
        return self._panel if self._panel is not None and not self._panel.isHidden() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.hasFocus():
            self._on_go()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_go(self) -> None:
        if self._item is not None:
            self.go_wanted.emit(self._item)

    @Slot()
    def _on_mend(self) -> None:
        if self._item is not None and self._item.mend is not None:
            self.mend_wanted.emit(self._item)

    @Slot()
    def _on_cancelled(self) -> None:
        self.withdraw()
        self.mend.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_more(self) -> None:
        rule = self._item.rule if self._item is not None else None
        if rule is None:
            return
        if self._more is None:
            self._more = _More()
            self._more.docs_wanted.connect(self.docs_wanted)
            self._more.hide()
            self._column.addWidget(self._more)
        self._more.show_rule(rule)
        self._more.setVisible(self._more.isHidden())
        self._details.setText("More" if self._more.isHidden() else "Less")


class _More(QWidget):
    """How sure a verdict is, its rule, and the page that speaks of it."""

    docs_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._words = ElidedLabel(role=Role.HELP)
        self._rule = ElidedLabel(role=Role.MONO_MUTED)
        self._docs = LinkButton("PostHog docs", icon=IconName.EXTERNAL, trailing=True)
        self._docs.clicked.connect(self._on_docs)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self._rule)
        row.addWidget(self._docs)
        row.addStretch(1)

    def show_rule(self, rule: Rule) -> None:
        """Speak of this rule."""
        sure = rule.certainty.value
        self._words.set_text(f"{sure[:1].upper()}{sure[1:]}.")
        self._rule.set_text(rule.id)
        self._rule.setAccessibleName(f"Rule {rule.id}")
        self._docs.setAccessibleName(f"PostHog's page about {rule.id}")
        self._page = rule.docs

    @Slot()
    def _on_docs(self) -> None:
        self.docs_wanted.emit(self._page)
