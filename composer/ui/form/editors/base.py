"""What every editor is: a widget that shows one value and asks the session to change it.

An editor never holds a value of its own. It remembers what it shows, so that the echo of its own
edit, and edits elsewhere, leave it alone: focus, cursor and half-typed text stay.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from composer.core.fields import Field
from composer.core.jsontext import Path, Value
from composer.ui.form.problem import Problem
from composer.ui.form.reading import ABSENT, Held, is_empty
from composer.ui.form.sheet import Sheet

CAME = Qt.FocusReason.TabFocusReason
"""The cursor is put somewhere as the Tab key does it: with the text selected."""


class Editor(QWidget):
    """Base of the editors. ``load`` shows a value without editing it.

    Where ``is_block`` holds it needs the whole width and stands below its label.
    """

    told = Signal()
    """``note``, ``remark`` or ``fault`` changed."""
    json_wanted = Signal()
    """The person wants to see the value in the JSON."""

    is_block = False

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__()
        self.field = field
        self.session = session
        self.target: QWidget | None = None
        """The one control that gets the cursor. (Qt's focus proxies would lead Tab astray: it finds
        the compound widget, which cannot be put into the order, and jumps to its proxy.)"""
        self.note = ""
        """About the value as it stands: what is unusual with it. With a way to the JSON."""
        self.remark = ""
        """About the value as it stands, in place of the help."""
        self.fault = ""
        """Why what was typed is not a value yet."""
        self._held: Held = ABSENT
        self._is_loaded = False

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What was typed and is not a value yet, so that the draft holds something else."""
        return (Problem(path=self.path, message=self.fault),) if self.fault else ()

    @property
    def path(self) -> Path:
        """Where the value that ``load`` wants stands in the body."""
        return self.field.path

    def load(self, held: Held) -> None:
        """Show what the draft holds, unless it is shown already."""
        if self._is_loaded and (held is self._held or held == self._held):
            return
        self._is_loaded = True
        self._held = held
        self.tell(note="", remark="", fault="")
        self.display(held)

    def reload(self, held: Held) -> None:
        """Show another value, whatever was typed so far."""
        self._is_loaded = False
        self.load(held)

    def display(self, held: Held) -> None:
        """Put a value into the widgets. For subclasses."""
        raise NotImplementedError

    def store(self, value: Value) -> None:
        """Ask the session for another value, as the person's edit.

        To choose what is there already is none: it must not lay the JSON out anew.
        """
        if value != self._held:
            self._held = value
            self.session.set_value(self.path, value)

    def store_text(self, text: str) -> None:
        """Ask for another text. An emptied field goes, unless it is required."""
        if text or self.field.required:
            self.store(text)
        else:
            self.clear()

    def clear(self) -> None:
        """Ask for the member to be removed, as the person's edit."""
        if self._held is not ABSENT:
            self._held = ABSENT
            self.session.remove(self.path)

    def focus_on(self, path: Path) -> None:
        """Put the cursor to the member at ``path`` inside, or to the beginning."""
        del path  # an editor of one value has one place
        if self.target is not None:
            self.target.setFocus(CAME)

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Say what is wrong with parts of the value beside them; returns what has no place there.

        For editors of several rows.
        """
        return problems

    def set_variant(self, variant: str) -> None:
        """Of which variant the objects of a list are that stands in another. For lists."""

    @property
    def held(self) -> Held:
        """What the editor shows and, unless ``fault`` says otherwise, what the draft holds."""
        return self._held

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been filled in."""
        return is_empty(self._held)

    def tell(
        self, *, note: str | None = None, remark: str | None = None, fault: str | None = None
    ) -> None:
        """Change what is said about the value; ``None`` leaves a part as it is."""
        before = (self.note, self.remark, self.fault)
        self.note = self.note if note is None else note
        self.remark = self.remark if remark is None else remark
        self.fault = self.fault if fault is None else fault
        if before != (self.note, self.remark, self.fault):
            self.told.emit()
