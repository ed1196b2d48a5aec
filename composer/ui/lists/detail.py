"""The right half of a list place: what is chosen, what can be done with it, its content."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from composer.ui.theme import Role, Surface
from composer.ui.widgets import ElidedLabel, FlowNote, Panel


class DetailPane(Panel):
    """Title, sentence, buttons and a body; blank while nothing is chosen."""

    def __init__(self, body: QWidget, blank: QWidget | None = None) -> None:
        super().__init__(Surface.SURFACE)
        self._title = ElidedLabel(role=Role.TITLE)
        self._sentence = FlowNote()
        self.buttons = QHBoxLayout()
        """What can be done with the chosen thing, from the left"""
        self.buttons.setSpacing(6)
        head = QWidget()
        self._head = QVBoxLayout(head)
        self._head.setContentsMargins(16, 14, 16, 12)
        self._head.setSpacing(6)
        self._head.addWidget(self._title)
        self._head.addWidget(self._sentence)
        self._head.addSpacing(4)
        self._head.addLayout(self.buttons)
        filled = QWidget()
        column = self._column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(body, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(filled)
        self._pages.addWidget(blank if blank is not None else QWidget())
        self._pages.setCurrentIndex(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def add_to_head(self, widget: QWidget) -> None:
        """Put something under the buttons."""
        self._head.addWidget(widget)

    def add_under_head(self, widget: QWidget) -> None:
        """Put something over the whole width between head and body."""
        self._column.insertWidget(1, widget)

    def show_words(self, title: str, sentence: str, *, rich: bool = False) -> None:
        """Say what is chosen. With ``rich`` the sentence is HTML, its values escaped already."""
        self._title.set_text(title)
        text_format = Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText
        self._sentence.setTextFormat(text_format)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._pages.setCurrentIndex(0)

    def show_blank(self) -> None:
        """Nothing is chosen."""
        self._pages.setCurrentIndex(1)

    @property
    def title(self) -> str:
        """The title in full; empty while nothing is chosen."""
        return self._title.full_text if self._pages.currentIndex() == 0 else ""

    @property
    def sentence(self) -> str:
        """What the sentence says."""
        return self._sentence.text()
