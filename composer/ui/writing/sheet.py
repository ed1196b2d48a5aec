"""A request as text in another language: what can be chosen over it, what is to be said below it.

Only a part of a long text is shown; a copy is made anew, with all of it.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from composer.core.copies import Wish
from composer.ui.passages import SHOWN, passage
from composer.ui.theme import Role, Surface, set_edge, set_surface
from composer.ui.widgets import CodeView, FlowNote, Language
from composer.ui.writing.words import making_words
from composer.ui.writing.writer import Writer, Written

_SHARE = 0.4
"""Of the height of the whole, which the notes take before they scroll."""


class Sheet(QWidget):
    """Shows what comes of a wish."""

    def __init__(self, name: str, choices: QWidget, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._view = CodeView(name)
        self._notes = Notes(f"{name}, notes")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(choices)
        column.addWidget(self._view, 1)
        column.addWidget(self._notes)
        writer.written.connect(self._show_written)
        writer.slow.connect(self._show_slow)

    def show_wish(self, wish: Wish, language: Language, *, hides_key: bool) -> None:
        """Show what comes of ``wish``, as soon as it is made."""
        self._view.set_language(language)
        self._writer.want(replace(wish, hides_key=hides_key, most=SHOWN))

    def show_words(self, words: str) -> None:
        """Show words in place of it, for example why there is none."""
        self._writer.want(None)
        self._say(words)

    @Slot(object)
    def _show_written(self, written: Written) -> None:
        copy = written.copy
        part = passage(copy.text, length=copy.length)
        self._say(part.shown, *filter(None, (part.note,)), *copy.notes)

    @Slot(object)
    def _show_slow(self, wish: Wish) -> None:
        self._say(making_words(wish.manner))

    def _say(self, text: str, *notes: str) -> None:
        self._view.set_text(text)
        self._notes.say(notes)
        self._notes.fit(self.width(), int(self.height() * _SHARE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._notes.fit(self.width(), int(self.height() * _SHARE))


class Notes(QScrollArea):
    """Quiet sentences below one another; where there is no room for all of them they scroll."""

    def __init__(self, name: str) -> None:
        super().__init__()
        page = QWidget()
        set_surface(page, Surface.RAISED)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(12, 7, 12, 7)
        self._column.setSpacing(4)
        self._lines: list[FlowNote] = []
        set_edge(self, "top")
        self.setAccessibleName(name)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    @property
    def said(self) -> tuple[str, ...]:
        """The sentences that stand there."""
        return tuple(line.text() for line in self._lines if line.text())

    def say(self, notes: tuple[str, ...]) -> None:
        """Show these sentences; nothing at all if there are none."""
        while len(self._lines) < len(notes):
            self._lines.append(FlowNote(role=Role.HELP))
            self._column.addWidget(self._lines[-1])
        for place, line in enumerate(self._lines):
            line.setText(notes[place] if place < len(notes) else "")
            line.setVisible(place < len(notes))
        self.setAccessibleDescription(" ".join(notes))
        self.setVisible(bool(notes))

    def fit(self, width: int, most: int) -> None:
        """Be as high as the sentences are in so many pixels of width, but not above ``most``."""
        self._column.invalidate()
        wanted = self._column.heightForWidth(width) + 1
        self.setFixedHeight(min(wanted, most))
        scrolls = wanted > most
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
