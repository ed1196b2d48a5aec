"""What a person chooses about the app, as values with their defaults and limits.

How they are kept: ``composer.services.settings``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from composer.core.batch.options import BatchOptions
from composer.core.curl import Style
from composer.core.destination import (
    CLOUD_ADDRESSES,
    SANDBOX_TOKEN,
    Destination,
    DestinationKind,
)
from composer.core.jsontext import Layout
from composer.core.route import Route
from composer.core.shells import Shell
from composer.core.tokens import KeyMode

HIGHEST_PORT = 65_535


class ThemeChoice(StrEnum):
    """Light, dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What history may grow to before its oldest sends go; ``None`` is without a limit.

    Without any limit everything is kept: nothing is removed that the person did not ask for.
    """

    days: int | None = None
    rows: int | None = None
    megabytes: int | None = None
    """Of 1,000,000 bytes."""

    @property
    def keeps_everything(self) -> bool:
        """Whether there is no limit at all."""
        return self.days is self.rows is self.megabytes is None


KEEP_EVERYTHING = Retention()

LARGEST_RETENTION = Retention(days=36_500, rows=100_000_000, megabytes=1_000_000)
"""The largest of each limit that can be set; the smallest is 1."""


def standard_destinations() -> tuple[Destination, ...]:
    """The four destinations of a new profile."""
    us, eu = CLOUD_ADDRESSES[DestinationKind.US], CLOUD_ADDRESSES[DestinationKind.EU]
    return (
        Destination(
            id="sandbox",
            name="Sandbox",
            kind=DestinationKind.SANDBOX,
            address="",  # known once the sandbox listens
            token=SANDBOX_TOKEN,
        ),
        Destination(id="us", name="US cloud", kind=DestinationKind.US, address=us),
        Destination(id="eu", name="EU cloud", kind=DestinationKind.EU, address=eu),
        Destination(
            id="self_hosted",
            name="Self-hosted",
            kind=DestinationKind.SELF_HOSTED,
            address="",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person chose. Times are in seconds."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    layout: Layout = Layout.PRETTY
    destination_id: str = "sandbox"
    destinations: tuple[Destination, ...] = field(default_factory=standard_destinations)
    copy_key: KeyMode | None = None
    """``None``: in full for the sandbox, as a variable for everything else."""
    copy_shell: Shell = Shell.BASH
    copy_style: Style = Style.WRAPPED
    code_target: str = "python-httpx"
    """An id of ``composer.core.snippets.TARGETS``; any other stands for the first of them."""
    hide_key: bool = False
    connect_timeout: float = 10.0
    answer_timeout: float = 30.0
    sandbox_port: int = 8810
    """The port that is tried first; a free one is taken where it is in use."""
    retention: Retention = KEEP_EVERYTHING
    templates_folder: str = ""
    """An absolute path; empty for the one in the profile."""
    batch: BatchOptions = field(default_factory=BatchOptions)
    """How many events are sent as one run."""
    batch_columns: tuple[str, ...] | None = None
    """The properties that are columns of the Batch table; ``None``: the most frequent ones."""
    window: str = ""
    """Size and place of the window, as Qt's ``saveGeometry`` in base64."""

    def destination(self, identifier: str = "") -> Destination:
        """The destination of that id (the chosen one if empty), else the first."""
        wanted = identifier or self.destination_id
        return next((d for d in self.destinations if d.id == wanted), self.destinations[0])

    def route_to(self, destination: Destination) -> Route:
        """The way to a destination as it is set now; its own where it is none of the projects.

        History remembers where a send went, but not the proxy and the certificates.
        """
        present = next((d for d in self.destinations if d.id == destination.id), destination)
        return present.route
