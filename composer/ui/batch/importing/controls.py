"""The small controls of an import: a combo over an enum, over zones, over ways to write a time.

Each shows a value without telling, and tells what a person chooses or types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from composer.ui.batch.importing.words import PATTERNS, TIME_FORMATS
from composer.ui.sandbox.behaviour.entry import caption_label
from composer.ui.widgets import Combo, UndoPassThrough

CAPTION = 84
"""Pixels for the caption of a control."""
SEVERAL = "Several"
"""What stands where the chosen columns differ"""
_EnumT = TypeVar("_EnumT", bound=StrEnum)


def yielding(combo: Combo) -> Combo:
    """Let a combo be narrower than its longest entry."""
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    combo.setMinimumWidth(96)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setPlaceholderText(SEVERAL)
    return combo


def enum_combo(name: str, words: Mapping[_EnumT, str]) -> Combo:
    """One entry for each value that has words."""
    combo = yielding(Combo(name))
    for value, text in words.items():
        combo.add(text, value)
    return combo


class Captioned(QWidget):
    """A caption before a control; both come and go together."""

    def __init__(self, caption: str, control: QWidget, width: int = CAPTION) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(caption_label(caption, control, width))
        row.addWidget(control, 1)


class ZoneCombo(Combo):
    """All time zones; a letter that is typed leads to the next one that begins so."""

    def __init__(self, name: str, *, none: str = "") -> None:
        super().__init__(name)
        yielding(self)
        self._none = none
        self._names: tuple[str, ...] | None = None

    def offer(self, names: Sequence[str]) -> None:
        """Offer these; the combo keeps what it shows."""
        if tuple(names) == self._names:
            return
        shown = self.value()
        self._names = tuple(names)
        self.clear()
        if self._none:
            self.add(self._none, "")
        for name in self._names:
            self.add(name, name)
        self.setMaxVisibleItems(20)
        self.show_zone(shown if isinstance(shown, str) else "")

    def show_zone(self, name: str | None) -> None:
        """Show a zone, also one that this computer does not know; ``None`` for several."""
        if name is None:
            self.setCurrentIndex(-1)
        elif not self.set_value(name):
            if name or self._none:
                self.add(name or self._none, name)
            self.setCurrentIndex(self.count() - 1)


class TimeFormatCombo(Combo):
    """How a time is written: found out, one of the usual ways, or a pattern that is typed."""

    entered = Signal(str)
    """What a rule has: empty, a word for a usual way, or a pattern"""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        yielding(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Qt's own completion would put letters into the text that nobody typed.
        self.setCompleter(None)  # pyright: ignore[reportArgumentType] -- None is documented
        line = QLineEdit()
        self.setLineEdit(line)
        line.setAccessibleName(f"{name}, text")
        line.setPlaceholderText("A pattern, such as %d/%m/%Y")
        UndoPassThrough(line)
        for value, words in TIME_FORMATS.items():
            self.add(words, value)
        for pattern, example in PATTERNS.items():
            self.add(f"{example}   {pattern}", pattern)
        line.textEdited.connect(self._on_edited)
        self.activated.connect(self._on_activated)

    def show_format(self, value: str | None) -> None:
        """Show what a rule has; ``None`` for several."""
        text = SEVERAL if value is None else TIME_FORMATS.get(value, value)
        if self.currentText() != text:
            self.setCurrentIndex(-1)
            self.setEditText(text)
            if (line := self.lineEdit()) is not None and not line.hasFocus():
                line.setCursorPosition(0)  # a narrow field shows how it begins

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        usual = {words: value for value, words in TIME_FORMATS.items()}
        self.entered.emit(usual.get(text, text.strip()))

    @Slot()
    def _on_activated(self) -> None:
        value = self.value()
        if isinstance(value, str):
            self.show_format(value)
            self.entered.emit(value)
