"""Starts the sandbox when it is first needed, and tells the window where it listens."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from composer.core.destination import DestinationKind
from composer.services.ports import Sandbox
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.widgets import Severity


class SandboxHost(QObject):
    """Needed is: the destination is the sandbox, or its place is looked at."""

    def __init__(self, sandbox: Sandbox, preferences: Preferences, messages: Messages) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._preferences = preferences
        self._messages = messages
        self._bound = False
        self._started = False
        self._is_open = False
        preferences.changed.connect(self._on_changed)

    def locate(self) -> None:
        """Open the port, which is quick and settles the address; answering comes with ``ensure``.

        Who connects in between waits until the sandbox answers.
        """
        if self._bound:
            return
        try:
            address = self._sandbox.bind()
        except OSError as error:
            self._messages.say(
                f"The sandbox cannot listen on this computer ({error}). "
                "Choose another destination, or restart the app.",
                Severity.ERROR,
            )
            return
        self._bound = True
        self._preferences.locate_sandbox(address)

    def ensure(self) -> None:
        """Have the sandbox answer."""
        self.locate()
        if self._bound and not self._started:
            self._started = True
            self._sandbox.start()

    def follow(self) -> None:
        """Start if the sandbox is the destination, now and whenever it becomes that."""
        self._is_open = True
        if self._preferences.destination.kind is DestinationKind.SANDBOX:
            self.ensure()

    @Slot()
    def _on_changed(self) -> None:
        if self._is_open:
            self.follow()
