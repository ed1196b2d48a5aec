"""The two bodies of a comparison side by side, each under its name; they scroll to a difference.

It shows texts and knows nothing of what differs.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from composer.ui.theme import Role, Surface
from composer.ui.widgets import CodeView, ElidedLabel, Language, Panel


class BodyPair(QSplitter):
    """Left and right."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._sides = (_Body("Left body"), _Body("Right body"))
        for side in self._sides:
            self.addWidget(side)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def name_sides(self, *names: str) -> None:
        """Say whose body stands where."""
        for side, name in zip(self._sides, names, strict=True):
            side.name.set_text(name)

    def show_texts(self, texts: tuple[str, str], language: Language) -> None:
        """Show other bodies."""
        for side, text in zip(self._sides, texts, strict=True):
            side.view.point_at(0)
            side.view.set_language(language)
            side.view.set_text(text)

    def look_at(self, places: tuple[int, int]) -> None:
        """Bring a line of either into sight, counted from 1; 0 leaves that side as it is."""
        for side, line in zip(self._sides, places, strict=True):
            side.view.point_at(line)


class _Body(Panel):
    def __init__(self, name: str) -> None:
        super().__init__(Surface.SURFACE, "right")
        self.name = ElidedLabel(role=Role.SECTION)
        self.view = CodeView(name, Language.JSON)
        caption = Panel(Surface.RAISED, "bottom")
        row = QVBoxLayout(caption)
        row.setContentsMargins(16, 5, 16, 5)
        row.addWidget(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(caption)
        column.addWidget(self.view, 1)
        self.setMinimumWidth(200)
