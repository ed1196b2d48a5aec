"""What the History place is put together from: models, controllers and services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from composer.services.ports import Exports, History
from composer.ui.copying import Copier
from composer.ui.history.keeper import NoteKeeper
from composer.ui.history.packs import TicketPacks
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.send.controller import SendController
from composer.ui.send.guard import ProductionGuard
from composer.ui.tasks import TaskScope


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryNeeds:
    """Handed over by whoever builds the place."""

    history: History
    preferences: Preferences
    sends: SendController
    tasks: TaskScope
    copier: Copier
    messages: Messages
    notes: NoteKeeper
    exports: Exports
    packs: TicketPacks
    guard: ProductionGuard
    now: Callable[[], datetime]
