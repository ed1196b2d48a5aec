"""The Batch place with the real models behind it, and how a test looks at it."""

from composer.core.records import BatchItem
from composer.services.verdicts.service import VerdictService
from composer.ui.batch.batch import Batch
from composer.ui.batch.page import BatchPage
from composer.ui.batch.watch import BatchWatch
from composer.ui.send.guard import ProductionGuard
from composer.ui.verdicts.court import Court
from tests.helpers.list_page import ListPage
from tests.helpers.stage import Stage


class BatchPlace(ListPage):
    """A page over some events; ``wanted`` are those that a person wanted to edit."""

    def __init__(self, stage: Stage, *events: str) -> None:
        self.stage = stage
        self.batch = Batch(stage.preferences)
        for event in events:
            self.batch.add(stage.draft(event))
        self.court = Court(VerdictService, stage.tasks)
        self.watch = BatchWatch(
            self.batch, stage.preferences, self.court, clock=stage.clock, tasks=stage.tasks
        )
        self.page = BatchPage(
            self.batch,
            stage.preferences,
            stage.sends,
            copier=stage.copier,
            messages=stage.messages,
            watch=self.watch,
            guard=ProductionGuard(),
        )
        super().__init__(self.page)
        self.wanted: list[BatchItem] = []
        self.page.edit_wanted.connect(self.wanted.append)
