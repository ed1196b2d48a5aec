"""The line above the form that says whose event is being edited, and puts it back."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from composer.ui.icons import IconName, Tone
from composer.ui.templates.desk import TemplateDesk, step_words
from composer.ui.theme import Surface, Variant, set_variant
from composer.ui.widgets import FlowNote, IconLabel, LinkButton, Panel
from composer.ui.wording import breakable


class EditStrip(Panel):
    """Hidden unless the tab in front holds an event of a template that is to be put back."""

    def __init__(self, desk: TemplateDesk) -> None:
        super().__init__(Surface.RAISED, "bottom")
        self._desk = desk
        self._words = FlowNote()
        self._words.setProperty("role", "")
        self._back = QPushButton("Put it back")
        self._leave = LinkButton("Leave it")
        self._back.setToolTip("Ctrl+S")
        self._leave.setToolTip("The event of the template stays as it was")
        set_variant(self._back, Variant.ORDINARY, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel(IconName.TEMPLATE, Tone.ACCENT))
        row.addWidget(self._words, 1)
        row.addWidget(self._back)
        row.addWidget(self._leave)
        self._back.clicked.connect(desk.put_back)
        self._leave.clicked.connect(desk.leave_step)
        desk.link_changed.connect(self.follow)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    @Slot()
    def follow(self) -> None:
        """Say what is edited in the tab in front, if anything is."""
        edited = self._desk.edited
        if edited is not None:
            self._words.setText(breakable(f"You are editing {step_words(*edited)}."))
        self.setVisible(edited is not None)
