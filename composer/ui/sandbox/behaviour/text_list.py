"""A list of texts as lines: type, add, remove. Lines that are wrong are told and left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.form.tab_order import chain_tabs
from composer.ui.icons import IconName
from composer.ui.theme import Role, set_role
from composer.ui.widgets import FlowNote, IconButton, LineEdit, LinkButton


class TextList(QWidget):
    """``changed`` tells the texts that are right, each once; empty lines count for nothing."""

    changed = Signal(object)
    """``tuple[str, ...]``"""

    def __init__(
        self, noun: str, read: Callable[[str], str], *, placeholder: str = "", mono: bool = False
    ) -> None:
        super().__init__()
        self._noun = noun
        self._read = read
        self._placeholder = placeholder
        self._mono = mono
        self._rows: list[_Row] = []
        self.add = LinkButton(f"Add {noun.lower()}", icon=IconName.PLUS)
        self.links = QHBoxLayout()
        """The line of links below the texts"""
        self.links.setSpacing(8)
        self.links.addWidget(self.add)
        self.links.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(self.links)
        self.add.clicked.connect(self.add_line)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that are right, in the order of the lines."""
        found = (row.value for row in self._rows)
        return tuple(dict.fromkeys(text for text in found if text))

    def show_texts(self, texts: Sequence[str], *, anew: bool = False) -> None:
        """Show other texts; unless ``anew``, lines that mean the same stay as they are."""
        if not anew and frozenset(texts) == frozenset(self.texts):
            return
        while len(self._rows) > len(texts):
            self._drop(self._rows[-1])
        while len(self._rows) < len(texts):
            self._append()
        for row, text in zip(self._rows, texts, strict=True):
            row.show_text(text)

    @Slot()
    def add_line(self) -> None:
        """An empty line at the end, with the cursor in it."""
        self._append().line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> _Row:
        row = _Row(self._read, self._placeholder, mono=self._mono)
        row.edited.connect(self._on_edited)
        row.removed.connect(self._on_removed)
        row.entered.connect(self._on_entered)
        self._column.insertWidget(len(self._rows), row)
        chain_tabs(self._rows[-1].remove if self._rows else self._stop_above(), row)
        self._rows.append(row)
        row.show()  # now, not with the layout's next turn: it may get the cursor
        self._name()
        return row

    def _stop_above(self) -> QWidget:
        """What Tab comes from when it comes to the links and there are no lines."""
        above = self.add.previousInFocusChain()
        while above is not None and above is not self.add:
            if above.focusPolicy() & Qt.FocusPolicy.TabFocus:
                return above
            above = above.previousInFocusChain()
        return self.add

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self._name()

    def _name(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.set_name(f"{self._noun} {number}")

    @Slot()
    def _on_edited(self) -> None:
        self.changed.emit(self.texts)

    @Slot(object)
    def _on_removed(self, row: _Row) -> None:
        place = self._rows.index(row)
        self._drop(row)
        nearest = self._rows[min(place, len(self._rows) - 1)].line if self._rows else self.add
        nearest.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.texts)

    @Slot(object)
    def _on_entered(self, row: _Row) -> None:
        if row is self._rows[-1]:
            self.add_line()


class _Row(QWidget):
    """One text."""

    edited = Signal()
    removed = Signal(object)
    entered = Signal(object)

    def __init__(self, read: Callable[[str], str], placeholder: str, *, mono: bool) -> None:
        super().__init__()
        self._read = read
        self.line = LineEdit("", placeholder=placeholder, mono=mono)
        self.remove = IconButton(IconName.CLOSE, "Remove")
        self._words = FlowNote("", Role.PROBLEM)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._words)
        self._tell("")
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self._on_return)
        self.remove.clicked.connect(self._on_remove)

    @property
    def value(self) -> str:
        """The text if it is right, else nothing."""
        try:
            return self._read(self.line.text())
        except ValueError:
            return ""

    def set_name(self, name: str) -> None:
        """Name the controls: ``Token 2``."""
        self.line.setAccessibleName(name)
        self.remove.set_icon(IconName.CLOSE, f"Remove {name.lower()}")

    def show_text(self, text: str) -> None:
        """Show another text; no edit."""
        if self.line.text() != text:
            self.line.setText(text)
        self._tell("")

    def _tell(self, problem: str) -> None:
        self.line.set_problem(bool(problem))
        self.line.setAccessibleDescription(problem)
        self._words.setText(problem)
        self._words.setVisible(bool(problem))
        set_role(self._words, Role.PROBLEM)

    @Slot()
    def _on_edited(self) -> None:
        try:
            self._read(self.line.text())
        except ValueError as error:
            self._tell(str(error))
        else:
            self._tell("")
        self.edited.emit()

    @Slot()
    def _on_return(self) -> None:
        self.entered.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)
