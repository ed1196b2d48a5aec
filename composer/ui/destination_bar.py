"""The left half of the top bar: the destination and its token, always in sight."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from composer.core.destination import (
    Destination,
    DestinationKind,
    address_problem,
    is_personal_key,
    personal_key_words,
    token_problem,
)
from composer.ui.icons import IconName, Tone, icon
from composer.ui.preferences import Preferences
from composer.ui.project_tones import tone_of
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.behaviour.words import state_text
from composer.ui.session import Session
from composer.ui.widgets import Combo, LineEdit, Pill, Severity

MANAGE = "Projects…"
"""The last entry of the list: it leads to the settings"""


class DestinationBar(QWidget):
    """Chooses the destination and edits its address and token."""

    projects_wanted = Signal()
    """The person wants to add or change projects"""

    def __init__(self, session: Session, preferences: Preferences, switches: Switches) -> None:
        super().__init__()
        self._session = session
        self._switches = switches
        self._preferences = preferences
        self.places = Combo("Destination")
        self.address = LineEdit("Server address", placeholder="https://posthog.example.com")
        self.token = LineEdit("Project token", placeholder="Project token: phc_…", mono=True)
        self._pill = Pill()
        self._production = Pill("Production", Severity.WARNING)
        self._listed: tuple[tuple[str, str, Tone], ...] = ()
        self._build()
        session.request_changed.connect(self._show)
        preferences.changed.connect(self._show)
        switches.changed.connect(self._show)
        self._show()

    def focus_token(self) -> None:
        """Put the cursor into the token field."""
        self.token.setFocus()
        self.token.selectAll()

    def _build(self) -> None:
        self.places.setMinimumWidth(132)
        self.places.setMaximumWidth(220)
        self._production.setToolTip(
            "A production project: the first send after a start is asked about, and each batch."
        )
        self.address.setMinimumWidth(120)
        self.address.setMaximumWidth(240)
        self.token.setMinimumWidth(160)
        self.token.setMaximumWidth(340)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.places)
        row.addWidget(self.address, 20)
        row.addWidget(self.token, 30)
        row.addWidget(self._production)
        row.addWidget(self._pill)
        row.addStretch(1)
        self.places.activated.connect(self._choose)
        self.address.textEdited.connect(self._set_address)
        self.token.textEdited.connect(self._set_token)

    @Slot()
    def _show(self) -> None:
        place = self._preferences.destination
        self._list()
        with QSignalBlocker(self.places):
            self.places.setCurrentIndex(self.places.findData(place.id))
        self._production.setVisible(place.is_production)
        self.address.setVisible(place.kind is DestinationKind.SELF_HOSTED)
        if self.address.text() != place.address:
            self.address.setText(place.address)
        wrong_address = address_problem(place.address)
        self.address.set_problem(bool(wrong_address))
        self.address.setToolTip(wrong_address)
        self._show_token(place)

    def _list(self) -> None:
        """Fill the list anew where projects were added, renamed, moved, or coloured otherwise."""
        wanted = tuple((p.id, p.name, tone_of(p)) for p in self._preferences.destinations)
        if wanted == self._listed:
            return
        self._listed = wanted
        with QSignalBlocker(self.places):
            self.places.clear()
            for identifier, name, tone in wanted:
                self.places.add(name, identifier)
                self.places.setItemIcon(self.places.count() - 1, icon(IconName.DOT, tone))
            self.places.insertSeparator(self.places.count())
            self.places.add(MANAGE)

    def _show_token(self, place: Destination) -> None:
        token = self._session.token
        refused = self.token.text() if personal_key_words(self.token.text()) else ""
        if refused and self.token.hasFocus():
            token = refused  # in sight until it is mended, and nowhere else
        elif self.token.text() != token:
            self.token.setText(token)
            self.token.setCursorPosition(0)
        hidden = self._preferences.settings.hide_key
        echo = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        self.token.setEchoMode(echo)
        problem = token_problem(token)
        self.token.set_problem(bool(problem))
        self.token.setToolTip(problem)
        self.token.setAccessibleDescription(problem)
        if problem:
            self._pill.set(_in_short(token), Severity.WARNING)
        elif place.kind is DestinationKind.SANDBOX:
            self._show_sandbox(token)
        if problem:
            self._pill.setToolTip(problem)
        self._pill.setVisible(bool(problem) or place.kind is DestinationKind.SANDBOX)

    def _show_sandbox(self, token: str) -> None:
        """What the sandbox makes of a sound token, and whether it is told to misbehave."""
        behaviour = self._switches.behaviour
        known = behaviour.known_tokens
        if known is not None and token not in known:
            self._pill.set("Token unknown here", Severity.WARNING)
            self._pill.setToolTip("The sandbox is set to know other tokens only. See its place.")
        elif behaviour.misbehaves:
            self._pill.set("Set to misbehave", Severity.WARNING)
            self._pill.setToolTip(f"{state_text(behaviour)}. See the Sandbox place.")
        else:
            self._pill.set("Token accepted here", Severity.OK)
            self._pill.setToolTip("")

    @Slot(int)
    def _choose(self, index: int) -> None:
        identifier = self.places.itemData(index)
        if identifier is None:
            self._show()
            self.projects_wanted.emit()
            return
        self._preferences.change(destination_id=identifier)

    @Slot(str)
    def _set_token(self, text: str) -> None:
        """A personal key is told and goes no further than this field."""
        if personal_key_words(text):
            self._show()
        else:
            self._session.set_token(text)

    @Slot(str)
    def _set_address(self, text: str) -> None:
        place = replace(self._preferences.destination, address=text)
        self._preferences.change_destination(place)


def _in_short(token: str) -> str:
    if not token.strip():
        return "Token missing"
    return "Personal key" if is_personal_key(token) else "Check the token"
