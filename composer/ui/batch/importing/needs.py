"""What an import asks of the window."""

from __future__ import annotations

from dataclasses import dataclass

from composer.services.ports import Clock, Templates
from composer.services.ports.batch_table import BatchTable
from composer.services.ports.importing import Mappings, RowSources
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNeeds:
    """Handed over by the Batch place."""

    table: BatchTable
    sources: RowSources
    mappings: Mappings
    templates: Templates
    clock: Clock
    tasks: TaskScope
    messages: Messages
