"""The batch ready to be sent: how, what will not be stored, Send, and why Send is off."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.batch.bodies import Envelope
from composer.core.batch.options import LARGEST_EVENT
from composer.core.destination import DestinationKind, address_problem
from composer.ui.batch.batch import Batch
from composer.ui.batch.running import words
from composer.ui.batch.running.options_view import OptionsView
from composer.ui.icons import IconName
from composer.ui.preferences import Preferences
from composer.ui.theme import Role, Variant, set_role, set_variant
from composer.ui.widgets import ElidedLabel, FlowNote, LinkButton, PrimaryButton, put_icon
from composer.ui.wording import counted, shortened

_LONGEST_NAME = 20


class SendLine(QWidget):
    """Follows the batch and the settings; whoever owns it sends."""

    send_wanted = Signal()
    look_wanted = Signal()
    """What will not be stored is to be seen"""

    def __init__(self, batch: Batch, preferences: Preferences) -> None:
        super().__init__()
        self._batch = batch
        self._preferences = preferences
        self._options = OptionsView(preferences)
        self.send = PrimaryButton("Send", icon=IconName.SEND)
        self._how = QPushButton("How it is sent")
        self._meter = ElidedLabel(role=Role.MUTED)
        self._largest = ElidedLabel(role=Role.MUTED)
        self._foreseen = FlowNote(role=Role.WARNING)
        self._look = LinkButton("Look at them")
        self._obstacle = FlowNote(role=Role.PROBLEM)
        self._name_all()
        self._lay_out()
        self.send.clicked.connect(self.send_wanted)
        self._look.clicked.connect(self.look_wanted)
        self._how.toggled.connect(self._on_how)
        self._options.changed.connect(self.renew)
        self._on_how(False)

    def _name_all(self) -> None:
        set_variant(self._how, Variant.FLAT)
        self._how.setCheckable(True)
        self._how.setAccessibleName("How it is sent")
        self._look.setAccessibleName("Look at the events that will not be stored")
        self.send.setAccessibleName("Send the batch")

    def _lay_out(self) -> None:
        foreseen = QHBoxLayout()
        foreseen.setSpacing(8)
        foreseen.addWidget(self._foreseen, 1)
        foreseen.addWidget(self._look)
        numbers = QVBoxLayout()
        numbers.setSpacing(0)
        numbers.addWidget(self._meter)
        numbers.addWidget(self._largest)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.send)
        row.addWidget(self._how)
        row.addLayout(numbers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._options)
        column.addLayout(foreseen)
        column.addWidget(self._obstacle)
        column.addLayout(row)

    @property
    def obstacle(self) -> str:
        """Why the batch cannot be sent, with the next step; empty if it can."""
        if not self._batch.count:
            return "Add at least one event to the batch."
        if self._batch.editing is not None:
            return "An event is open in Compose. Put it back, or leave it as it was, then send."
        if self._options.problem:
            return self._options.problem
        destination = self._preferences.destination
        if destination.kind is DestinationKind.SANDBOX:
            return ""  # it gets its address when it is sent to
        return address_problem(destination.address)

    @property
    def words(self) -> str:
        """The numbers and what is said about them, for tests."""
        said = (self._meter.full_text, self._largest.full_text, self._foreseen.text())
        return "\n".join(filter(None, said))

    @Slot()
    def renew(self) -> None:
        """Show the batch, the destination and the options as they are now."""
        obstacle = self.obstacle
        name = shortened(self._preferences.destination.name, _LONGEST_NAME)
        self.send.setText(f"Send {counted(self._batch.count, 'event')} to {name}")
        self.send.setAccessibleDescription(obstacle or self.send.text())
        self.send.setEnabled(not obstacle)
        self._obstacle.setText(obstacle)
        is_said = self._how.isChecked() and obstacle == self._options.problem  # at the field
        self._obstacle.setVisible(bool(obstacle) and not is_said)
        self._show_numbers()

    def _show_numbers(self) -> None:
        totals, options = self._batch.totals, self._preferences.settings.batch
        envelope = Envelope(self._preferences.destination, options).size
        self._meter.set_text(words.meter_words(totals, options, envelope))
        self._largest.set_text(words.largest_words(totals))
        is_over = totals.largest > LARGEST_EVENT
        set_role(self._largest, Role.PROBLEM if is_over else Role.MUTED)
        foreseen = words.foreseen_words(totals)
        self._foreseen.setText(foreseen)
        self._foreseen.setVisible(bool(foreseen))
        self._look.setVisible(bool(foreseen))

    @Slot(bool)
    def _on_how(self, on: bool) -> None:
        self._options.setVisible(on)
        put_icon(self._how, IconName.CHEVRON_DOWN if on else IconName.CHEVRON_RIGHT)
        self.renew()
