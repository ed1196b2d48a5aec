"""Where the sandbox listens, with a button to copy each address."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from composer.services.ports import Sandbox
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.theme import Role
from composer.ui.widgets import ElidedLabel, IconButton


class Addresses(QWidget):
    """The plain address, and the one with TLS while there is one."""

    def __init__(self, sandbox: Sandbox, copier: Copier) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._plain = _Address("sandbox's address", copier)
        self._secure = _Address("sandbox's HTTPS address", copier)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._plain)
        row.addWidget(self._secure)
        self.renew()

    def renew(self) -> None:
        """Ask the sandbox again."""
        self._plain.show_address(self._sandbox.url or "…")
        self._secure.show_address(self._sandbox.tls_url)
        self._secure.setVisible(bool(self._sandbox.tls_url))


class _Address(QWidget):
    def __init__(self, what: str, copier: Copier) -> None:
        super().__init__()
        self._what = what
        self._copier = copier
        self._label = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, role=Role.MONO)
        self._copy = IconButton(IconName.COPY, f"Copy the {what}", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._label)
        row.addWidget(self._copy)
        self._copy.clicked.connect(self._on_copy_clicked)

    def show_address(self, address: str) -> None:
        """Show it; it can be copied once it is one."""
        self._label.set_text(address)
        self._copy.setEnabled("://" in address)

    def _on_copy_clicked(self) -> None:
        self._copier.copy(self._label.full_text, self._what)
