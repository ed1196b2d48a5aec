"""What was not taken over of a paste, by name, in a space that scrolls."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from composer.core.remarks import Remark
from composer.ui.theme import Role
from composer.ui.widgets import FlowNote
from composer.ui.wording import breakable

_HIGHEST = 132
"""Pixels; there may be any number of remarks."""


class RemarkList(QScrollArea):
    """As high as its words, up to a limit; the keyboard scrolls it."""

    def __init__(self) -> None:
        super().__init__()
        self._remarks: tuple[Remark, ...] = ()
        self._words = FlowNote("", Role.HELP)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setContentsMargins(7, 0, 7, 4)
        self.setWidget(self._words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for widget in (self, self.viewport(), self._words):
            widget.setAutoFillBackground(False)
        self.setProperty("clear", True)
        self.setAccessibleName("Not taken over")

    def show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Show these and no others."""
        if remarks == self._remarks:
            return
        self._remarks = remarks
        rows = (f"<b>{_safe(one.name)}</b>&ensp;{_safe(one.words)}" for one in remarks)
        self._words.setText("<br>".join(rows))
        self.setAccessibleDescription("\n".join(f"{one.name}: {one.words}" for one in remarks))
        self._fit()

    @property
    def text(self) -> str:
        """All remarks as lines, for tests and screen readers."""
        return self.accessibleDescription()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._words.heightForWidth(max(120, self.viewport().width()))
        self.setFixedHeight(max(0, min(wanted, _HIGHEST)))


def _safe(text: str) -> str:
    return escape(breakable(text), quote=False)
