"""What the window asks of the services, as Protocols; and the few values that travel with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from composer.services.ports.backups import Backup, BackupError, Backups
from composer.services.ports.batch import BatchServices
from composer.services.ports.exports import Exported, Exports
from composer.services.ports.kept import (
    History,
    SearchStoppedError,
    SettingsStore,
    Templates,
    WorkspaceStore,
)
from composer.services.ports.requests import Delivery, PastedFiles, Pasting, Sent, Verdicts, Writing
from composer.services.ports.sandbox import (
    Arrival,
    ArrivedBody,
    ArrivedEvent,
    BehaviourStore,
    DecodedBody,
    EventDetails,
    LostEvent,
    Sandbox,
    SandboxWatcher,
)
from composer.services.ports.secrets import Routes, Secrets

__all__ = [
    "Arrival",
    "ArrivedBody",
    "ArrivedEvent",
    "Backup",
    "BackupError",
    "Backups",
    "BatchServices",
    "BehaviourStore",
    "Clock",
    "DecodedBody",
    "Delivery",
    "EventDetails",
    "Exported",
    "Exports",
    "History",
    "LostEvent",
    "PastedFiles",
    "Pasting",
    "Routes",
    "Sandbox",
    "SandboxWatcher",
    "SearchStoppedError",
    "Secrets",
    "Sent",
    "Services",
    "SettingsStore",
    "Templates",
    "Verdicts",
    "WorkspaceStore",
    "Writing",
]


class Clock(Protocol):
    """The time and fresh identifiers; tests hand in a clock that stands still."""

    def now(self) -> datetime:
        """The time, with the local zone."""
        ...

    def new_uuid(self, moment: datetime) -> str:
        """A version-7 UUID whose time is ``moment``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All that the window needs from outside, handed over by the composition root."""

    clock: Clock
    settings: SettingsStore
    workspaces: WorkspaceStore
    history: History
    templates: Templates
    delivery: Delivery
    sandbox: Sandbox
    behaviours: BehaviourStore
    verdicts: Callable[[], Verdicts]
    """Loads the rules, which takes a moment: not in the GUI thread, and once."""
    pasting: Callable[[], Pasting]
    """Loads the formats, which takes a moment: not before the first paste. Always the same one."""
    pasted_files: PastedFiles
    writing: Writing
    secrets: Secrets
    routes: Routes
    exports: Exports
    backups: Callable[[], Backups]
    """Loads what backups are made with: not before the first look at them."""
    batch: BatchServices
    profile_folder: str
    notices: tuple[str, ...] = ()
    """What a person should know about the start, such as a broken file put aside."""
