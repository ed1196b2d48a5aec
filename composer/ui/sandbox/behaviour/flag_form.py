"""The form of one feature flag."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from composer.core.behaviour import Flag
from composer.ui.sandbox.behaviour import reading
from composer.ui.sandbox.behaviour.entry import Captioned, Entry
from composer.ui.sandbox.behaviour.text_list import TextList


class FlagForm(QWidget):
    """Shows a flag; ``changed`` tells it as a person has changed it."""

    changed = Signal(object)
    """``Flag``"""

    def __init__(self) -> None:
        super().__init__()
        self._flag: Flag | None = None
        self._taken: Collection[str] = ()
        self._key = Entry("Flag key", "Key", self._read_key, mono=True)
        self._variant = Entry(
            "Variant",
            "Variant",
            reading.read_text,
            placeholder="None: simply on or off",
            mono=True,
        )
        self._payload = Entry(
            "Payload",
            "Payload",
            reading.read_payload,
            placeholder="None",
            note='JSON, for example {"color": "green"} or "text".',
            mono=True,
        )
        self._people = TextList("Person", reading.read_text, placeholder="A distinct ID")
        people = Captioned("Only for", self._people, "Without anybody here it is on for everybody.")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        for row, entry in enumerate((self._key, self._variant, self._payload)):
            grid.addWidget(entry, row, 0)
            entry.edited.connect(self._on_edited)
        grid.addWidget(people, 0, 1, 4, 1)
        self.setFocusProxy(self._key.line)
        self._people.changed.connect(self._on_edited)

    def show_flag(self, flag: Flag, others: Collection[str], *, anew: bool = False) -> None:
        """Show another flag beside ``others``, whose keys are taken.

        Unless ``anew``, what is half-typed stays.
        """
        self._taken = others
        if flag == self._flag and not anew:
            return
        self._flag = flag
        self._key.show_text(flag.key, anew=anew)
        self._variant.show_text(flag.variant, anew=anew)
        self._payload.show_text(flag.payload, anew=anew)
        self._people.show_texts(flag.only_for, anew=anew)

    def begin(self) -> None:
        """The cursor into the key, which is to be typed over."""
        self._key.line.setFocus()
        self._key.line.selectAll()

    def _read_key(self, text: str) -> str:
        key = text.strip()
        if not key:
            raise ValueError("Give the flag a key, for example new-checkout.")
        if key in self._taken:
            raise ValueError("Another flag has this key. Write a different one.")
        return key

    @Slot()
    def _on_edited(self) -> None:
        if self._flag is None:
            return
        key, variant, payload = self._key.value(), self._variant.value(), self._payload.value()
        if key is None or variant is None or payload is None:
            return
        people = self._people.texts
        self._flag = replace(self._flag, key=key, variant=variant, payload=payload, only_for=people)
        self.changed.emit(self._flag)
