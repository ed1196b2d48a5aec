"""The section of HTTPS: the second address, and how a client comes to trust it."""

from __future__ import annotations

import shlex

from PySide6.QtCore import Slot

from composer.core.behaviour import Behaviour
from composer.services.ports import Sandbox
from composer.ui.copying import Copier
from composer.ui.sandbox.behaviour.section import CopyRow, Section, SwitchRow
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.theme import Role
from composer.ui.widgets import FlowNote


class HttpsSection(Section):
    """Shows whether the sandbox answers over HTTPS too, and where."""

    def __init__(self, switches: Switches, sandbox: Sandbox, copier: Copier) -> None:
        super().__init__(
            "HTTPS",
            "For clients that refuse plain HTTP, and to see what they make of a certificate "
            "that they do not trust.",
        )
        self._switches = switches
        self._sandbox = sandbox
        self._serves = SwitchRow(
            "Answer over HTTPS too",
            "With an own certificate. No program trusts it until it is told to.",
        )
        self._trouble = FlowNote("", Role.PROBLEM)
        self._address = CopyRow("Address", "HTTPS address", copier)
        self._file = CopyRow("Certificate to trust", "certificate's path", copier)
        self._curl = CopyRow("With curl", "curl command over HTTPS", copier)
        self._rows = (self._address, self._file, self._curl)
        self.column.addWidget(self._serves)
        self.column.addWidget(self._trouble)
        self.add_lines(*self._rows)
        self._serves.switch.clicked.connect(self._on_clicked)
        self.show_behaviour(switches.behaviour)

    def show_behaviour(self, behaviour: Behaviour) -> None:
        """Take over the switch and what came of it."""
        url, trouble = self._sandbox.tls_url, self._sandbox.tls_trouble
        wanted = behaviour.serves_tls
        self._serves.switch.setChecked(wanted)
        self._trouble.setText(trouble)
        self._trouble.setVisible(wanted and bool(trouble))
        for row in self._rows:
            row.setVisible(wanted and bool(url))
        if url:
            file = self._sandbox.ca_file
            self._address.show_text(url)
            self._file.show_text(file)
            self._curl.show_text(f"curl --cacert {shlex.quote(file)} {url}")

    @Slot(bool)
    def _on_clicked(self, is_on: bool) -> None:
        self._switches.change(serves_tls=is_on)
