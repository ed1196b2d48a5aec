"""The strip over a real session and the real rules, and how a test looks at it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton

from composer.core.jsontext import Path, Value, from_python
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report
from composer.services.verdicts.recalling import HistoryMemory
from composer.services.verdicts.service import VerdictService
from composer.ui.session import Session
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.items import Item
from composer.ui.verdicts.mender import Mender
from composer.ui.verdicts.mending import MendPanel
from composer.ui.verdicts.row import VerdictRow
from composer.ui.verdicts.strip import VerdictStrip
from composer.ui.verdicts.watch import DraftWatch
from composer.ui.widgets import Pill, Severity as Look
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until


class Driver:
    """A strip that judges from the start."""

    def __init__(self, stage: Stage, *, begin: bool = True) -> None:
        self.stage = stage
        self.session = Session(stage.clock, stage.preferences)
        self.court = Court(self._make, stage.tasks)
        self.watch = DraftWatch(self.session, self.court, stage.clock, stage.tasks)
        self.mender = Mender(
            self.session,
            stage.preferences,
            self.court,
            clock=stage.clock,
            tasks=stage.tasks,
            messages=stage.messages,
        )
        self.strip = VerdictStrip(self.watch, self.mender)
        self.strip.limit(500)
        self.listing = self.strip.listing
        self.wanted: list[Path] = []
        self.pages: list[str] = []
        self.strip.go_wanted.connect(self.wanted.append)
        self.strip.docs_wanted.connect(self.pages.append)
        stage.show(self.strip, 560, 420)
        self.strip.activateWindow()
        if begin:
            self.court.open(self._make())

    def _make(self) -> VerdictService:
        return VerdictService(HistoryMemory(self.stage.environment.history, pause_s=0))

    def put(self, *path: str, value: object) -> None:
        self.session.set_value(path, from_python(value))

    def value(self, *path: str | int) -> Value:
        return self.session.draft.value(path)

    @property
    def report(self) -> Report:
        assert self.watch.report is not None
        return self.watch.report

    @property
    def rules(self) -> list[str]:
        """The rules that were broken, the worst first; notes left out."""
        kept = (v for v in self.report.verdicts if v.severity is not Severity.ADVICE)
        return [verdict.rule.id for verdict in kept]

    @property
    def pill(self) -> tuple[str, Look]:
        (pill,) = self.strip.findChildren(Pill)
        return pill.text, pill.severity

    @property
    def rows(self) -> tuple[VerdictRow, ...]:
        QApplication.sendPostedEvents()  # the layout's turn, which shows new rows
        return self.listing.rows

    @property
    def items(self) -> list[Item]:
        return [row.item for row in self.rows if row.item is not None]

    def row(self, rule: str) -> VerdictRow:
        return next(r for r in self.rows if r.item and r.item.rule and r.item.rule.id == rule)

    def button(self, row: VerdictRow, text: str) -> QPushButton:
        QApplication.sendPostedEvents()
        buttons = (b for b in row.findChildren(QPushButton) if b.isVisible())
        return next(button for button in buttons if button.text() == text)

    @property
    def question(self) -> MendPanel:
        found = self.listing.question
        assert found is not None
        return found

    def answer(self, text: str) -> None:
        """Press one of the question's buttons."""
        buttons = self.question.findChildren(QPushButton)
        next(button for button in buttons if button.text() == text).click()

    async def settled(self) -> None:
        await wait_until(lambda: self.watch.report and not self.watch.is_stale, "the verdicts")
