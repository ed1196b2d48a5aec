"""What the bar and the list of runs ask of the window."""

from __future__ import annotations

from dataclasses import dataclass

from composer.services.ports import Clock
from composer.services.ports.batch_runs import Runs
from composer.ui.batch.batch import Batch
from composer.ui.batch.running.controller import RunController
from composer.ui.copying import Copier
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.send.guard import ProductionGuard
from composer.ui.tasks import TaskScope


@dataclass(frozen=True, slots=True, kw_only=True)
class RunNeeds:
    """Handed over by the Batch place. ``controller`` belongs to the window, not to the place."""

    controller: RunController
    batch: Batch
    runs: Runs
    preferences: Preferences
    guard: ProductionGuard
    copier: Copier
    tasks: TaskScope
    messages: Messages
    clock: Clock
