"""The left half of a rule's form: what happens to a request."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.behaviour import FaultKind, ScriptedFault
from composer.ui.sandbox.behaviour import reading
from composer.ui.sandbox.behaviour.entry import Captioned, Entry
from composer.ui.sandbox.behaviour.section import SwitchRow
from composer.ui.sandbox.behaviour.words import KIND_HELP, KINDS
from composer.ui.widgets import Combo

USUAL_STATUS = 503
USUAL_WAIT = "3"


class FaultPart(QWidget):
    """Shows a ``ScriptedFault``, with just the fields that its kind has."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = Combo("What happens")
        for kind, text in KINDS.items():
            self.kind.add(text, kind)
        self._captioned = Captioned("What happens", self.kind)
        self._status = Entry("Status", "Status", reading.read_status, unit="from 400 to 599")
        self._retry = Entry("Retry after", "Retry after", reading.read_retry_after, unit="seconds")
        self._location = Entry(
            "Redirect to", "To", reading.read_location, placeholder="https://other.example/"
        )
        self._slowness = Entry("Answer after", "After", reading.read_slowness, unit="seconds")
        self._delay = Entry("Wait first", "Wait first", reading.read_delay, unit="seconds")
        self._stores = SwitchRow(
            "Keep the events all the same",
            "The sender is not told so, and a retry counts twice unless it has the same uuid.",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._captioned)
        for entry in self._entries:
            column.addWidget(entry)
            entry.edited.connect(self.edited)
        column.addWidget(self._stores)
        column.addStretch(1)
        self.kind.activated.connect(self._on_kind_chosen)
        self._stores.switch.clicked.connect(self.edited)
        self._show_fields()

    @property
    def _entries(self) -> tuple[Entry[Any], ...]:
        return (self._status, self._retry, self._location, self._slowness, self._delay)

    @property
    def _shown_kind(self) -> FaultKind:
        return FaultKind(str(self.kind.value()))  # Qt gives an enum's text back

    def fault(self) -> ScriptedFault | None:
        """What stands there; ``None`` while a field is wrong, which is told beside it."""
        kind = self._shown_kind
        is_status, is_slow = kind is FaultKind.STATUS, kind is FaultKind.SLOW
        status = self._status.value() if is_status else 0
        retry = self._retry.value() if is_status else None
        location = self._location.value() if kind is FaultKind.REDIRECT else ""
        delay = self._slowness.value() if is_slow else self._delay.value()
        if status is None or location is None or delay is None or self._retry.problem:
            return None
        return ScriptedFault(
            kind=kind,
            status=status,
            retry_after_s=retry,
            location=location,
            delay_s=delay,
            stores=not is_slow and self._stores.switch.isChecked(),
        )

    def show_fault(self, fault: ScriptedFault, *, anew: bool) -> None:
        """Show another fault; unless ``anew``, what is half-typed stays."""
        is_slow = fault.kind is FaultKind.SLOW
        wait = reading.number_text(fault.delay_s) if fault.delay_s else ""
        again = "" if fault.retry_after_s is None else str(fault.retry_after_s)
        self.kind.set_value(fault.kind)
        self._status.show_text(str(fault.status or USUAL_STATUS), anew=anew)
        self._retry.show_text(again, anew=anew)
        self._location.show_text(fault.location, anew=anew)
        self._slowness.show_text(wait if is_slow else USUAL_WAIT, anew=anew)
        self._delay.show_text("" if is_slow else wait, anew=anew)
        self._stores.switch.setChecked(fault.stores)
        self._show_fields()

    def _show_fields(self) -> None:
        kind = self._shown_kind
        is_slow = kind is FaultKind.SLOW
        self._captioned.set_note(KIND_HELP[kind])
        self._status.setVisible(kind is FaultKind.STATUS)
        self._retry.setVisible(kind is FaultKind.STATUS)
        self._location.setVisible(kind is FaultKind.REDIRECT)
        self._slowness.setVisible(is_slow)
        self._delay.setVisible(not is_slow)
        self._stores.setVisible(not is_slow)
        for entry in self._entries:
            if entry.isHidden() and entry.problem:
                entry.show_text("", anew=True)

    @Slot()
    def _on_kind_chosen(self) -> None:
        self._show_fields()
        self.edited.emit()
