"""The section for scripts: the sandbox's own addresses, and the command line for the same switches.

All is there to be copied; nothing in it can be changed.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from composer.core.behaviour import Behaviour
from composer.core.behaviour.command import (
    reading_command,
    reset_command,
    rules_command,
    sandbox_command,
)
from composer.services.ports import Sandbox
from composer.ui.copying import Copier
from composer.ui.sandbox.behaviour.section import CopyRow, Section
from composer.ui.theme import Role
from composer.ui.widgets import FlowNote


class ScriptsSection(Section):
    """Follows the address and the switches."""

    def __init__(self, sandbox: Sandbox, copier: Copier) -> None:
        super().__init__("For scripts", "Ask the sandbox what arrived, and set it, from a shell.")
        self._sandbox = sandbox
        self._events = CopyRow("Events that were stored", "curl command for events", copier)
        self._requests = CopyRow("All requests", "curl command for requests", copier)
        self._reset = CopyRow("Forget what arrived", "curl command to forget", copier)
        self._faults = CopyRow("Set these rules", "curl command for the rules", copier)
        self._start = CopyRow("The same without a window", "sandbox command", copier)
        self._left_out = FlowNote("", Role.HELP)
        self.add_lines(self._events, self._requests, self._reset, self._faults, self._start)
        self.column.addWidget(self._left_out)
        self.show_behaviour(sandbox.behaviour)

    def show_behaviour(self, behaviour: Behaviour) -> None:
        """Take over the switches, and the address as it is now."""
        url = self._sandbox.url
        if not url:
            return
        command = sandbox_command(behaviour, port=urlsplit(url).port or 0)
        self._events.show_text(reading_command(url, "events"))
        self._requests.show_text(reading_command(url, "requests"))
        self._reset.show_text(reset_command(url))
        self._faults.show_text(rules_command(behaviour.rules, url))
        self._start.show_text(command.text)
        self._left_out.setText(" ".join(command.left_out))
        self._left_out.setVisible(bool(command.left_out))
