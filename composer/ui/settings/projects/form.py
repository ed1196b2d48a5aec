"""What a project is: name, region, address, token, colour, and whether it is production.

It shows one ``Destination`` and tells each change as a new one; it keeps nothing. The way there
(proxy, certificates, headers) is below, in ``connection``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from composer.core.addresses import suggested_address
from composer.core.destination import (
    CAPTURE_PATHS,
    CLOUD_ADDRESSES,
    Destination,
    DestinationKind,
    ProjectColour,
    address_problem,
    personal_key_words,
    token_problem,
)
from composer.core.projects import name_problem
from composer.ui.icons import IconName, icon
from composer.ui.project_tones import tone_of_colour, tone_of_kind
from composer.ui.settings.fields import TextField
from composer.ui.settings.form import SettingsForm, side_by_side
from composer.ui.widgets import Combo, LinkButton, Switch

REGIONS = {
    DestinationKind.US: "US cloud",
    DestinationKind.EU: "EU cloud",
    DestinationKind.SELF_HOSTED: "Self-hosted",
}
SANDBOX = "Sandbox in this app"


class ProjectForm(QWidget):
    """The rows that everybody fills in."""

    changed = Signal(object)
    """``Destination``"""

    def __init__(self) -> None:
        super().__init__()
        self._place: Destination | None = None
        self._others: Sequence[Destination] = ()
        self.name = TextField("Name of the project", self._name_problem)
        self._region = Combo("Region")
        self._address = TextField(
            "Server address", address_problem, placeholder="https://posthog.example.com"
        )
        self._suggestion = LinkButton("")
        self._suggested = side_by_side(self._suggestion)
        self._token = TextField(
            "Token of the project", token_problem, placeholder="phc_…", mono=True
        )
        self._colour = Combo("Colour")
        self._production = Switch("Production")
        self._path = Combo("Path of single events")
        self._form = SettingsForm()
        self._fill()
        self._build()
        self._connect()

    def show_project(
        self, place: Destination, others: Sequence[Destination], *, hide_token: bool
    ) -> None:
        """Show a project, which must not have the name of one of the others."""
        is_other = self._place is None or self._place.id != place.id
        self._place, self._others = place, others
        is_sandbox = place.kind is DestinationKind.SANDBOX
        self._show_name(place, is_other=is_other)
        self._show_regions(is_sandbox=is_sandbox)
        self._region.set_value(place.kind)
        self._address.show_text(place.address)
        self._form.show_row(self._address, shown=place.kind is DestinationKind.SELF_HOSTED)
        self._show_suggestion(place)
        self._show_token(place, is_other=is_other, hide_token=hide_token)
        self._colour.set_value(place.colour)
        self._colour.setItemIcon(0, icon(IconName.DOT, tone_of_kind(place.kind)))
        self._production.setChecked(place.is_production)
        self._form.show_row(self._production, shown=not is_sandbox)
        self._form.show_row(self._asks, shown=not is_sandbox)
        if not self._path.set_value(place.path):
            self._path.add(place.path, place.path)
            self._path.set_value(place.path)

    def _fill(self) -> None:
        self._colour.add("As its region", "")
        for colour in ProjectColour:
            self._colour.add(colour.value.capitalize(), colour.value)
            row = self._colour.count() - 1
            self._colour.setItemIcon(row, icon(IconName.DOT, tone_of_colour(colour)))
        for path in CAPTURE_PATHS:
            self._path.add(path, path)
        self._path.setToolTip("Older servers know only the older paths. Batches go to /batch/.")

    def _build(self) -> None:
        form = self._form
        form.add_row("Name", self.name, self.name.line)
        form.add_row("Region", self._region)
        form.add_row("Address", self._address, self._address.line)
        form.add_row("", self._suggested)
        form.add_row("Project token", self._token, self._token.line)
        form.add_row("Colour", self._colour)
        form.add_row("", self._production)
        self._asks = form.add_note(
            "Asks before the first send after a start, and before each batch."
        )
        form.add_row("Path", self._path)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def _connect(self) -> None:
        self.name.changed.connect(self._on_name)
        self._region.activated.connect(self._on_region)
        self._address.changed.connect(self._on_address)
        self._suggestion.clicked.connect(self._on_suggestion)
        self._token.changed.connect(self._on_token)
        self._colour.activated.connect(self._on_colour)
        self._production.clicked.connect(self._on_production)
        self._path.activated.connect(self._on_path)

    def _show_name(self, place: Destination, *, is_other: bool) -> None:
        """A name that cannot be taken over, or ends with a blank, stays while it is typed."""
        if is_other or self._as_kept(self.name.line.text()) != place.name:
            self.name.show_text(place.name)

    def _as_kept(self, name: str) -> str:
        if self._place is None or self._name_problem(name):
            return self._place.name if self._place else ""
        return name.strip()

    def _show_regions(self, *, is_sandbox: bool) -> None:
        """The sandbox is none of the others, and none of them can become it."""
        if (self._region.count() == 1) is is_sandbox and self._region.count():
            return
        self._region.clear()
        regions = {DestinationKind.SANDBOX: SANDBOX} if is_sandbox else REGIONS
        for kind, words in regions.items():
            self._region.add(words, kind)
        self._region.setEnabled(not is_sandbox)

    def _show_suggestion(self, place: Destination) -> None:
        """Offer the right host for the address of a website, or one that is spelled otherwise."""
        better = suggested_address(place.address)
        is_offered = place.kind is DestinationKind.SELF_HOSTED and bool(better)
        self._suggestion.setText(f"Use {better}")
        self._suggestion.setAccessibleName(f"Use {better}")
        self._form.show_row(self._suggested, shown=is_offered)

    def _show_token(self, place: Destination, *, is_other: bool, hide_token: bool) -> None:
        """A personal key that was refused stays in sight until something else is typed."""
        if is_other or not personal_key_words(self._token.line.text()):
            self._token.show_text(place.token)
        echo = QLineEdit.EchoMode.Password if hide_token else QLineEdit.EchoMode.Normal
        self._token.line.setEchoMode(echo)

    def _name_problem(self, name: str) -> str:
        return name_problem(name, self._others)

    def _tell(self, **values: object) -> None:
        if self._place is not None:
            self._place = replace(self._place, **values)
            self.changed.emit(self._place)

    @Slot(str)
    def _on_name(self, text: str) -> None:
        if not self._name_problem(text):
            self._tell(name=text.strip())

    @Slot()
    def _on_region(self) -> None:
        kind = DestinationKind(str(self._region.value()))
        if self._place is None or kind is self._place.kind:
            return
        was_cloud = self._place.kind in CLOUD_ADDRESSES
        kept = "" if was_cloud else self._place.address
        self._tell(kind=kind, address=CLOUD_ADDRESSES.get(kind, kept))

    @Slot(str)
    def _on_address(self, text: str) -> None:
        self._tell(address=text.strip())

    @Slot()
    def _on_suggestion(self) -> None:
        if self._place is None:
            return
        better = suggested_address(self._place.address)
        regions = {address: kind for kind, address in CLOUD_ADDRESSES.items()}
        self._tell(address=better, kind=regions.get(better, DestinationKind.SELF_HOSTED))

    @Slot(str)
    def _on_token(self, text: str) -> None:
        if not personal_key_words(text):
            self._tell(token=text)

    @Slot()
    def _on_colour(self) -> None:
        self._tell(colour=str(self._colour.value()))

    @Slot(bool)
    def _on_production(self, is_production: bool) -> None:
        self._tell(production=is_production)

    @Slot()
    def _on_path(self) -> None:
        self._tell(path=str(self._path.value()))
