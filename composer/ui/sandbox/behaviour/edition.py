"""The section of switches: which PostHog the sandbox is, and what it knows."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.behaviour import Behaviour, Edition
from composer.core.destination import SANDBOX_TOKEN
from composer.ui.sandbox.behaviour import reading
from composer.ui.sandbox.behaviour.entry import Captioned
from composer.ui.sandbox.behaviour.section import INDENT, Section, SwitchRow
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.behaviour.text_list import TextList
from composer.ui.theme import Role
from composer.ui.widgets import Combo, FlowNote, LinkButton

_COMBO = 200
"""Pixels."""
_NOTES = {
    Edition.CURRENT: "As PostHog Cloud answers today.",
    Edition.OF_2024: (
        "As an older self-hosted server: fewer paths, 2 MB for a body, other error texts."
    ),
}


class EditionSection(Section):
    """Shows the switches of the behaviour and sets them."""

    def __init__(self, switches: Switches) -> None:
        super().__init__("Which PostHog", "What the sandbox imitates where nothing goes wrong.")
        self._switches = switches
        self._editions = Combo("Version of PostHog")
        self._editions.setFixedWidth(_COMBO)
        self._editions.add("Current", Edition.CURRENT)
        self._editions.add("Of 2024", Edition.OF_2024)
        self._edition = Captioned("Version", self._editions)
        self._v1 = SwitchRow(
            "Serve the v1 endpoint",
            "Off: /i/v1/analytics/events answers 404, as self-hosted PostHog does by default.",
        )
        self._known = SwitchRow(
            "Known tokens only",
            "Off: any well-formed token gets 200, as in PostHog, which drops the events of unknown "
            "ones later. On: every other token gets 401, as in newer versions.",
        )
        self._quota = SwitchRow(
            "Quota reached",
            "PostHog goes on to answer 200 and stores nothing; the v1 endpoint answers 402.",
        )
        self._tokens = TextList("Token", reading.read_token, placeholder="phc_…", mono=True)
        self._own = LinkButton("Add the sandbox's own token")
        self._none = FlowNote("No token is known, so every request gets 401.", Role.WARNING)
        for part in (self._edition, self._v1, self._quota, self._known, self._token_part()):
            self.column.addWidget(part)
        self._connect()
        self.show_behaviour(switches.behaviour)

    def _token_part(self) -> QWidget:
        self._token_list = QWidget()
        column = QVBoxLayout(self._token_list)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(6)
        self._tokens.links.insertWidget(1, self._own)
        column.addWidget(self._none)
        column.addWidget(self._tokens)
        return self._token_list

    def _connect(self) -> None:
        self._editions.activated.connect(self._on_edition_chosen)
        self._v1.switch.clicked.connect(self._on_v1)
        self._quota.switch.clicked.connect(self._on_quota)
        self._known.switch.clicked.connect(self._on_known)
        self._tokens.changed.connect(self._on_tokens)
        self._own.clicked.connect(self._on_own)

    def show_behaviour(self, behaviour: Behaviour) -> None:
        """Take over the switches as they are now; what is half-typed stays."""
        known = behaviour.known_tokens
        self._editions.set_value(behaviour.edition)
        self._edition.set_note(_NOTES[behaviour.edition])
        self._v1.switch.setChecked(behaviour.serves_v1)
        self._quota.switch.setChecked(behaviour.quota_reached)
        self._known.switch.setChecked(known is not None)
        self._token_list.setVisible(known is not None)
        if known is not None:  # else they stay for when it is turned on again
            self._tokens.show_texts(sorted(known, key=_own_first))
        self._none.setVisible(not known)
        self._own.setVisible(SANDBOX_TOKEN not in (known or ()))

    @Slot()
    def _on_edition_chosen(self) -> None:
        edition = Edition(str(self._editions.value()))  # Qt gives an enum's text back
        self._switches.change(edition=edition)

    @Slot(bool)
    def _on_v1(self, is_on: bool) -> None:
        self._switches.change(serves_v1=is_on)

    @Slot(bool)
    def _on_quota(self, is_on: bool) -> None:
        self._switches.change(quota_reached=is_on)

    @Slot(bool)
    def _on_known(self, is_on: bool) -> None:
        tokens = frozenset(self._tokens.texts) or frozenset({SANDBOX_TOKEN})
        self._switches.change(known_tokens=tokens if is_on else None)

    @Slot(object)
    def _on_tokens(self, tokens: tuple[str, ...]) -> None:
        self._switches.change(known_tokens=frozenset(tokens))

    @Slot()
    def _on_own(self) -> None:
        known = self._switches.behaviour.known_tokens or frozenset()
        self._switches.change(known_tokens=known | {SANDBOX_TOKEN})


def _own_first(token: str) -> tuple[bool, str]:
    return token != SANDBOX_TOKEN, token
