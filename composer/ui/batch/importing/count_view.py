"""The left half where events are generated: how many, and what they are filled with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from composer.core.templates import Template
from composer.services.ports.importing import CountSource
from composer.ui.batch.importing.count_line import CountLine
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.generating import answered, asked
from composer.ui.templates.prompts import PromptForm
from composer.ui.theme import Role, Surface
from composer.ui.widgets import FlowNote, Panel

USUAL = 500
HINT = (
    "Each event has its own answers: {{row}} is 1, 2, 3 and so on; {{int 1 100}}, "
    "{{pick free pro}}, {{now -2d}} and {{uuid7}} are made anew."
)


class CountView(Panel):
    """Has the desk preview, and at last import, what is answered here."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.SURFACE)
        self._desk = desk
        self._template: Template | None = None
        self._is_shown = False
        self.count = CountLine()
        self.prompts = PromptForm()
        self._build()
        self.count.edited.connect(self._generate)
        self.prompts.answered.connect(self._generate)
        desk.changed.connect(self._follow)
        desk.mapped.connect(self._follow)

    def _build(self) -> None:
        held = Panel(Surface.SURFACE)
        inner = QVBoxLayout(held)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(8)
        inner.addWidget(self.count)
        inner.addWidget(FlowNote(HINT, Role.HELP))
        inner.addSpacing(4)
        inner.addWidget(self.prompts)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidget(held)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def focus_first(self) -> None:
        """Put the cursor into the number."""
        self.count.focus_line()

    @Slot()
    def _follow(self) -> None:
        """Another template has other prompts."""
        source = self._desk.source
        if not isinstance(source, CountSource) or self._desk.looked is None:
            self._is_shown = False
            return
        template = self._desk.kept_template
        if self._is_shown and template == self._template:
            return
        first = not self._is_shown
        self._is_shown, self._template = True, template
        if first:
            self.count.show_count(source.count)
        variables = asked(template)
        self.prompts.show_prompts(variables, {one.name: one.default for one in variables})
        self._generate()

    @Slot()
    def _generate(self) -> None:
        mapping = answered(self._desk.mapping, self._template, self.prompts.answers)
        missing = tuple(row.variable.title for row in self.prompts.rows if not row.is_done)
        self._desk.generate(self.count.value(), mapping, missing)
