"""The Sandbox place: two views, what arrived and how the sandbox behaves, under one head."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from composer.services.ports import Sandbox
from composer.ui.copying import Copier
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.sandbox.addresses import Addresses
from composer.ui.sandbox.arrived import ArrivedView
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.feed import ArrivalFeed
from composer.ui.sandbox.trouble_line import TroubleLine
from composer.ui.tasks import TaskScope
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import Panel, Tabs

if TYPE_CHECKING:
    from composer.ui.sandbox.behaviour.view import BehaviourView


class View(IntEnum):
    """The views, in order."""

    ARRIVED = 0
    BEHAVIOUR = 1


class SandboxPage(QWidget):
    """Hosts the views; the second is built when it is first looked at."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    compose_wanted = Signal()

    def __init__(
        self,
        sandbox: Sandbox,
        *,
        feed: ArrivalFeed,
        switches: Switches,
        preferences: Preferences,
        tasks: TaskScope,
        copier: Copier,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._switches = switches
        self._copier = copier
        self.arrived = ArrivedView(sandbox, feed, preferences, tasks, copier, messages=messages)
        self._tabs = Tabs("Sandbox, views")
        self._tabs.addTab("Arrived")
        self._tabs.addTab("Behaviour")
        self._addresses = Addresses(sandbox, copier)
        self._trouble = TroubleLine()
        self._views = QStackedWidget()
        self._views.addWidget(self.arrived)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(self._trouble)
        outer.addWidget(self._views, 1)
        self._tabs.currentChanged.connect(self._on_tab_changed)
        for keys in ("Ctrl+Tab", "Ctrl+Shift+Tab"):  # of two views each is next to the other
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._show_other_view)
        self._trouble.show_wanted.connect(self._on_show_wanted)
        self._trouble.reset_wanted.connect(switches.reset)
        self.arrived.open_wanted.connect(self.open_wanted)
        self.arrived.compose_wanted.connect(self.compose_wanted)
        switches.changed.connect(self._renew)
        preferences.changed.connect(self._renew)
        self._renew()

    def _head(self) -> QWidget:
        caption = QLabel("Listening at")
        set_role(caption, Role.MUTED)
        head = Panel(Surface.SURFACE, "bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 2, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(caption)
        row.addWidget(self._addresses)
        return head

    @cached_property
    def behaviour(self) -> BehaviourView:
        """The second view."""
        from composer.ui.sandbox.behaviour.view import (  # noqa: PLC0415 -- at the first look only
            BehaviourView,
        )

        view = BehaviourView(self._sandbox, self._switches, self._copier)
        self._views.addWidget(view)
        return view

    def show_view(self, view: View) -> None:
        """Bring a view to the front."""
        self._tabs.setCurrentIndex(view)

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        is_first = View(index) is View.ARRIVED
        self._views.setCurrentWidget(self.arrived if is_first else self.behaviour)
        self._renew()

    @Slot()
    def _renew(self) -> None:
        self._addresses.renew()
        self.arrived.follow_address()
        can_show = self._tabs.currentIndex() == View.ARRIVED
        self._trouble.show_behaviour(self._switches.behaviour, can_show=can_show)

    @Slot()
    def _show_other_view(self) -> None:
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + 1) % len(View))

    @Slot()
    def _on_show_wanted(self) -> None:
        self.show_view(View.BEHAVIOUR)
