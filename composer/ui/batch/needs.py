"""What the Batch place asks of the window, handed over by whoever builds it."""

from __future__ import annotations

from dataclasses import dataclass

from composer.services.ports import Services
from composer.ui.batch.batch import Batch
from composer.ui.batch.running.controller import RunController
from composer.ui.copying import Copier
from composer.ui.messages import Messages
from composer.ui.paste.desk import PasteDesk
from composer.ui.preferences import Preferences
from composer.ui.send.guard import ProductionGuard
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNeeds:
    """Models and controllers of the window."""

    batch: Batch
    preferences: Preferences
    services: Services
    tasks: TaskScope
    messages: Messages
    copier: Copier
    court: Court
    guard: ProductionGuard
    pastes: PasteDesk
    runs: RunController
