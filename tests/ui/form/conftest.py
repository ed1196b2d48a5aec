"""A real session and the form over it, in the light theme."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from composer.core.jsontext import Value
from composer.core.settings import Settings
from composer.services.verdicts.service import VerdictService
from composer.ui.form import FormView
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.theme import LIGHT, apply
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.items import problems_of
from composer.ui.verdicts.watch import DraftWatch
from tests.helpers.clock import StandingClock


@dataclass(kw_only=True)
class Desk:
    """What the tests of the form work with."""

    session: Session
    form: FormView
    clock: StandingClock
    opened: list[str] = field(default_factory=list)

    def value(self, *path: str | int) -> Value:
        return self.session.draft.value(path)

    @property
    def page(self) -> QWidget:
        """What is scrolled."""
        page = self.form.rows[0].parentWidget()
        assert page is not None
        return page

    def words(self, *path: str) -> tuple[str, str, str]:
        """Help, note and problem below the field at the path."""
        return next(row.words for row in self.form.rows if row.editor.path == path)

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()


def focused() -> QWidget:
    """Where the cursor is."""
    here = QApplication.focusWidget()
    assert here is not None
    return here


@pytest.fixture(scope="module", autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply(qapp, LIGHT)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    clock = StandingClock()
    session = Session(clock, Preferences(Settings()))
    opened: list[str] = []
    tasks = TaskScope()
    asyncio.run(tasks.aclose())  # there is no loop: what is large is not judged
    court = Court(VerdictService, tasks)
    form = FormView(session, opened.append)
    watch = DraftWatch(session, court, clock, tasks)

    def show_problems() -> None:
        assert watch.report is not None
        form.show_problems(problems_of(watch.report.verdicts))

    watch.changed.connect(show_problems)
    court.open(VerdictService())
    qtbot.addWidget(form)
    form.resize(520, 700)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return Desk(session=session, form=form, clock=clock, opened=opened)
