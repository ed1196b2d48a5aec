"""The second view of the Sandbox place: everything that the sandbox can be told to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from composer.core.behaviour import Behaviour
from composer.services.ports import Sandbox
from composer.ui.copying import Copier
from composer.ui.sandbox.behaviour.edition import EditionSection
from composer.ui.sandbox.behaviour.flags import FlagsSection
from composer.ui.sandbox.behaviour.https import HttpsSection
from composer.ui.sandbox.behaviour.rules import RulesSection
from composer.ui.sandbox.behaviour.scripts import ScriptsSection
from composer.ui.sandbox.behaviour.switches import Switches, good_day
from composer.ui.sandbox.behaviour.words import state_text
from composer.ui.theme import Surface, set_surface
from composer.ui.widgets import Panel, Pill, Severity


class BehaviourView(QWidget):
    """What is changed here takes effect at the next request, and is kept."""

    def __init__(self, sandbox: Sandbox, switches: Switches, copier: Copier) -> None:
        super().__init__()
        self._switches = switches
        self._pill = Pill()
        self._reset = QPushButton("Back to a good day")
        self._reset.setToolTip("Turns all rules off and the switches back. Flags and HTTPS stay.")
        self._edition = EditionSection(switches)
        self._rules = RulesSection(switches, copier)
        self._flags = FlagsSection(switches)
        self._https = HttpsSection(switches, sandbox, copier)
        self._scripts = ScriptsSection(sandbox, copier)
        self._scroller = QScrollArea()
        self._content = self._make_content()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(self._scroller, 1)
        self._reset.clicked.connect(switches.reset)
        switches.changed.connect(self._show)
        self._follow_focus()
        self._show(switches.behaviour)

    def _head(self) -> QWidget:
        head = Panel(Surface.SURFACE, "bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(8)
        row.addWidget(self._pill)
        row.addStretch(1)
        row.addWidget(self._reset)
        return head

    def _make_content(self) -> QWidget:
        content = QWidget()
        set_surface(content, Surface.SURFACE)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self._edition, self._rules, self._flags, self._https, self._scripts):
            column.addWidget(section)
        column.addStretch(1)
        self._scroller.setWidgetResizable(True)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setWidget(content)
        return content

    def _follow_focus(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        del old
        # What is clicked is in sight, and must not be drawn away from under the pointer.
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and self._content.isAncestorOf(now) and not by_mouse:
            # What has just been unfolded has its place only after the layout's turn.
            QTimer.singleShot(0, self, self._show_focus)

    @Slot()
    def _show_focus(self) -> None:
        self._scroller.ensureWidgetVisible(self._content.focusWidget(), 20, 40)

    @Slot(object)
    def _show(self, behaviour: Behaviour) -> None:
        words = state_text(behaviour)
        self._pill.set(words or "A good day", Severity.WARNING if words else Severity.OK)
        self._reset.setEnabled(behaviour != good_day(behaviour))
        self._edition.show_behaviour(behaviour)
        self._rules.show_behaviour(behaviour)
        self._flags.show_behaviour(behaviour)
        self._https.show_behaviour(behaviour)
        self._scripts.show_behaviour(behaviour)

    def showEvent(self, event: QShowEvent) -> None:
        """The address is settled by the time that anybody looks."""
        super().showEvent(event)
        self._show(self._switches.behaviour)
