"""The head of the form: what event this is, what it is for, and where to read more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.core.events.common import EVENT_NAME
from composer.core.fields import EventType
from composer.ui.form.row import INSET_LEFT, INSET_RIGHT
from composer.ui.icons import IconName
from composer.ui.theme import Role, set_role
from composer.ui.widgets import FlowNote, LinkButton

_GAP = 9


class FormHeader(QWidget):
    """Title, name on the wire and links in a row.

    Where that is too narrow the name goes below the title; the links keep their corner, so that
    they are in the same place for every event type, as long as there is room for them.
    """

    example_wanted = Signal()
    docs_wanted = Signal()

    def __init__(self, event_type: EventType) -> None:
        super().__init__()
        self._title = QLabel(event_type.title)
        set_role(self._title, Role.TITLE)
        self._name = QLabel("" if _asks_for_name(event_type) else event_type.event)
        set_role(self._name, Role.MONO_MUTED)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not self._name.text():
            self._name.hide()
        self._example = LinkButton("Fill in an example")
        self._example.setAccessibleName(self._example.text())
        self._example.clicked.connect(self.example_wanted)
        docs = LinkButton("PostHog docs", icon=IconName.EXTERNAL, trailing=True)
        docs.setAccessibleName(docs.text())
        docs.setToolTip(event_type.docs)
        docs.clicked.connect(self.docs_wanted)
        self._links = QWidget()
        links = QHBoxLayout(self._links)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(2)
        links.addWidget(self._example)
        links.addWidget(docs)
        self._top = QHBoxLayout()
        self._top.setSpacing(_GAP)
        self._top.setContentsMargins(INSET_LEFT, 0, 0, 0)
        self._top.addWidget(self._title)
        self._name.setContentsMargins(0, 3, 0, 0)  # on one line with the larger title
        self._top.addWidget(self._name)
        self._top.addStretch(1)
        self._top.addWidget(self._links)
        self._under = QHBoxLayout()
        self._under.setContentsMargins(INSET_LEFT, 0, 0, 0)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(INSET_LEFT - INSET_RIGHT - 1, 0, 0, 0)  # the link's padding
        self._below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._top)
        column.addLayout(self._under)
        summary = FlowNote(event_type.summary)
        summary.setContentsMargins(INSET_LEFT, 0, INSET_RIGHT, 0)
        column.addWidget(summary)
        column.addLayout(self._below)
        self.setMinimumWidth(200)  # else the row of links would keep the form from getting narrow

    def offer_example(self, offered: bool) -> None:
        """Whether there is something left to fill in."""
        self._example.setEnabled(offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - INSET_LEFT - 2 * _GAP
        title, links = self._title.sizeHint().width(), self._links.sizeHint().width()
        name = self._name.sizeHint().width() + _GAP if self._name.text() else 0
        links_below = title + links > room
        if links_below is not (self._below.count() > 1):
            here, there = (self._top, self._below) if links_below else (self._below, self._top)
            here.removeWidget(self._links)
            there.insertWidget(0 if links_below else there.count(), self._links)
        name_under = not links_below and title + name + links > room
        if name_under is not (self._under.count() > 0):
            here, there = (self._top, self._under) if name_under else (self._under, self._top)
            here.removeWidget(self._name)
            there.insertWidget(0 if name_under else 1, self._name)


def _asks_for_name(event_type: EventType) -> bool:
    """Whether the event's name is a field of the form, in sight."""
    return any(known.path == EVENT_NAME.path and not known.advanced for known in event_type.fields)
