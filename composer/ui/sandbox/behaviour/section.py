"""The frame of a section: a heading, what it is for, and what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.sandbox.behaviour.entry import caption_label
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import ElidedLabel, FlowNote, IconButton, Panel, Switch

WIDEST = 960
"""Pixels; lines longer than that are hard to follow."""
INDENT = 46
"""Pixels from a switch's left edge to its words."""
COPIED_CAPTION = 200
"""Pixels for the words before something to copy."""


class Section(Panel):
    """Sections are parted by hairlines."""

    def __init__(self, title: str, purpose: str) -> None:
        super().__init__(Surface.SURFACE, "bottom")
        heading = QLabel(title)
        set_role(heading, Role.STRONG)
        self.head = QHBoxLayout()
        """The line of the heading; buttons go to its right"""
        self.head.setSpacing(6)
        self.head.addWidget(heading)
        self.head.addStretch(1)
        content = QWidget()
        content.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(content)
        """What belongs to the section, from above"""
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addLayout(self.head)
        self.column.addWidget(FlowNote(purpose, Role.HELP))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.addWidget(content, 1)
        outer.addStretch(0)
        self.setAccessibleName(title)

    def add_lines(self, *lines: CopyRow) -> None:
        """Add lines that stand closer together than other things do."""
        close = QVBoxLayout()
        close.setSpacing(0)
        for line in lines:
            close.addWidget(line)
        self.column.addLayout(close)


class SwitchRow(QWidget):
    """A switch with what it does below it."""

    def __init__(self, text: str, words: str) -> None:
        super().__init__()
        self.switch = Switch(text)
        self.switch.setAccessibleDescription(words)
        self._words = FlowNote(words, Role.HELP)
        self._words.setContentsMargins(INDENT, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.switch)
        column.addWidget(self._words)


class CopyRow(QWidget):
    """A line to be copied: what it is for, the line itself, a button."""

    def __init__(self, caption: str, what: str, copier: Copier) -> None:
        super().__init__()
        self._copier = copier
        self._what = what
        self._line = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, role=Role.MONO)
        self.button = IconButton(IconName.COPY, f"Copy the {what}", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(caption_label(caption, self.button, COPIED_CAPTION))
        row.addWidget(self._line, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._on_clicked)

    @property
    def text(self) -> str:
        """The whole line."""
        return self._line.full_text

    def show_text(self, text: str) -> None:
        """Show another line; without one there is nothing to copy."""
        self._line.set_text(text)
        self.button.setEnabled(bool(text))

    def _on_clicked(self) -> None:
        self._copier.copy(self._line.full_text, self._what)
