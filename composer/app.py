"""The composition root: builds everything, runs the loop, ends in order.

Read ``main`` from top to bottom for the start. The order matters: the application object before
the loop, the windows inside the loop's coroutine, and whatever is heavy (HTTP library, sandbox)
only after the first paint. The end runs backwards: the open work is written down, tasks are
cancelled, the sandbox stops, history closes, and only then may the window go.

qasync is imported here and nowhere else. We never call ``app.quit()`` or ``loop.stop()``: ending
the main coroutine ends the loop, and anything else leaves tasks behind.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

os.environ.setdefault("QT_API", "pyside6")  # qasync would pick another binding if it saw one

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from composer import __version__
from composer.core.destination import Destination, DestinationKind
from composer.core.errors import ComposerError, StoreError
from composer.core.route import Route
from composer.services.batch.services import ProfileBatch
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.exports import ExportService
from composer.services.logs import install_log
from composer.services.pasted_files import PastedFiles
from composer.services.ports import Backups, History, Services, Verdicts
from composer.services.sandbox.server import Sandbox
from composer.services.secrets import SecretStore
from composer.services.sender import Sender, Timeouts
from composer.services.trust import Trust
from composer.services.writing import WritingService
from composer.ui.faults import FaultReporter
from composer.ui.garbage import GarbageCollector
from composer.ui.icons import app_icon
from composer.ui.main_window import MainWindow
from composer.ui.theme import ThemeController
from composer.ui.widgets import Severity
from composer.ui.workbench import Workbench, build_workbench

if TYPE_CHECKING:
    from composer.services.pasting import PasteService

PAINTED_BY = 2000
"""Milliseconds after which the services start in any case."""
SIGNAL_CHECK = 200
"""Milliseconds between two looks for Ctrl+C where the loop cannot watch signals (Windows)."""


class App:
    """The parts that have to be ended in order. Tests and screens build one as ``main`` does."""

    def __init__(self, application: QApplication, environment: Environment) -> None:
        self._environment = environment
        self._garbage = GarbageCollector()
        self._has_services = False
        self._pasting: PasteService | None = None
        self._writing = WritingService()
        self._batch = ProfileBatch(environment, self._timeouts, self._route_to)
        self._has_warned = False
        self._trust = Trust()
        self.sender = Sender(self._trust)
        self.sandbox = Sandbox(
            environment.settings.load().sandbox_port,
            clock=environment.clock.now,
            tls_folder=environment.profile.certificate,
        )
        self.sandbox.behave(environment.behaviours.load())
        self.bench: Workbench = build_workbench(
            self._services(), copy=_put_on_clipboard, open_url=_open_in_browser
        )
        self.theme = ThemeController(application, self.bench.preferences.settings.theme)
        if self.bench.preferences.destination.kind is DestinationKind.SANDBOX:
            self.bench.host.locate()
        with self.theme.held_back():
            self.window = MainWindow(self.bench, self.theme)

    def start_services(self) -> None:
        """What a first send needs; called once the window has been painted. A second call is idle.

        Not earlier: the threads that load it would take the time that the painting needs.
        """
        if self._has_services:
            return
        self._has_services = True
        self._garbage.settle()
        self.bench.host.follow()
        self.bench.court.begin()
        self.bench.batch.begin()
        self.bench.tasks.start(self.sender.warm_up(), "warm up")
        self.bench.tasks.start(self._keep_house(), "look after history")
        self.bench.tasks.start(self._look_at_templates(), "look at the templates")

    async def may_close(self) -> bool:
        """Whether nothing is lost by closing, or the person has been told and closes again."""
        if words := self.bench.runs.ask_to_close():
            self.bench.messages.say(words, Severity.WARNING)
            return False
        if await self.bench.save() or self._has_warned:
            return True
        self._has_warned = True
        self.bench.messages.say(
            "Your open work could not be saved. Mend that, or close again to close without it.",
            Severity.ERROR,
        )
        return False

    async def aclose(self) -> None:
        """Save, cancel, stop and close, in this order."""
        self.bench.preferences.change(window=self.window.geometry_text())
        await self.bench.aclose()
        await asyncio.to_thread(self.sandbox.stop)
        if self._pasting is not None:
            await asyncio.to_thread(self._pasting.stop)
        await asyncio.to_thread(self._writing.stop)
        self._batch.close()
        self._environment.close()
        self.window.let_go()
        self.window.close()
        self.window.deleteLater()
        self._garbage.stop()

    async def _keep_house(self) -> None:
        history, retention = self._environment.history, self.bench.preferences.settings.retention
        now = self._environment.clock.now()
        try:
            await asyncio.to_thread(history.keep_house, retention, now)
            await asyncio.to_thread(self._batch.keep_house, retention, now)
        except StoreError as error:
            self.bench.messages.say(str(error), Severity.WARNING)

    async def _look_at_templates(self) -> None:
        """Tell which of the person's own cannot be read, before one of them is missed."""
        await asyncio.to_thread(self._environment.look_at_templates)
        for words in self._environment.templates.news():
            self.bench.messages.say(words, Severity.WARNING)

    def _services(self) -> Services:
        environment = self._environment
        return Services(
            clock=environment.clock,
            settings=environment.settings,
            workspaces=environment.workspace,
            history=environment.history,
            templates=environment.templates,
            delivery=HistoryDelivery(
                self.sender, environment.history, self._timeouts, self._route_to
            ),
            sandbox=self.sandbox,
            behaviours=environment.behaviours,
            verdicts=partial(_load_verdicts, environment.history),
            pasting=self._pasting_service,
            pasted_files=PastedFiles(),
            writing=self._writing,
            secrets=SecretStore(environment.profile.folder),
            routes=self._trust,
            exports=ExportService(environment.history),
            backups=partial(_load_backups, environment),
            batch=self._batch,
            profile_folder=str(environment.profile.folder),
            notices=environment.notices,
        )

    def _pasting_service(self) -> PasteService:
        if self._pasting is None:
            from composer.services.pasting import PasteService  # noqa: PLC0415 -- for a quicker start

            self._pasting = PasteService()
        return self._pasting

    def _route_to(self, destination: Destination) -> Route:
        return self.bench.preferences.settings.route_to(destination)

    def _timeouts(self) -> Timeouts:
        settings = self.bench.preferences.settings
        return Timeouts(connect=settings.connect_timeout, answer=settings.answer_timeout)


def main(profile: Path | None = None) -> int:
    """Open the window on a profile folder (the platform's own if ``None``); the exit code.

    A profile that cannot be opened is told on stderr and in a window, where it can be tried again.
    """
    trouble: ComposerError | None = None
    environment: Environment | None = None
    try:
        environment = open_environment(profile)
    except ComposerError as error:
        sys.stderr.write(f"{error}\n")
        trouble = error
    application = make_application()
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        if trouble is not None:
            environment = runner.run(_open_after_all(application, trouble, profile))
        if environment is None:
            return 1
        runner.run(_run(application, environment))
    return 0


def make_application() -> QApplication:
    """The application object, which has to be there before anything else of Qt."""
    application = QApplication([sys.argv[0]])
    application.setApplicationName("event-composer")
    application.setApplicationDisplayName("Event Composer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("event-composer")
    application.setWindowIcon(app_icon())
    application.setQuitOnLastWindowClosed(False)
    return application


def _load_verdicts(history: History) -> Verdicts:
    # Loaded when the window stands: there are many rules, and the start is quicker without them.
    from composer.services.verdicts.recalling import HistoryMemory  # noqa: PLC0415
    from composer.services.verdicts.service import VerdictService  # noqa: PLC0415

    return VerdictService(HistoryMemory(history))


def _load_backups(environment: Environment) -> Backups:
    from composer.services.backup.service import BackupService  # noqa: PLC0415 -- see above

    return BackupService(environment.profile, environment.clock)


async def _open_after_all(
    application: QApplication, trouble: ComposerError, profile: Path | None
) -> Environment | None:
    from composer.opening import Opener  # noqa: PLC0415 -- hardly any start needs it

    opener = Opener(application, trouble, profile)
    interrupts = _watch_interrupts(asyncio.get_running_loop(), opener.ended)
    environment = await opener.run()
    interrupts.stop()
    return environment


async def _run(application: QApplication, environment: Environment) -> None:
    log_file = install_log(environment.profile, environment.instance.slot)
    loop = asyncio.get_running_loop()
    app = App(application, environment)
    faults = FaultReporter(app.bench.messages, str(log_file), _put_on_clipboard)
    faults.install()
    loop.set_exception_handler(faults.on_loop_exception)
    app.bench.tasks.failed.connect(faults.on_task_failure)
    stop, interrupted = asyncio.Event(), asyncio.Event()
    app.window.close_requested.connect(stop.set)
    interrupts = _watch_interrupts(loop, stop, interrupted)
    app.window.painted.connect(app.start_services)
    QTimer.singleShot(PAINTED_BY, app.start_services)  # minimised windows are not painted
    app.window.show()
    await stop.wait()
    while not (interrupted.is_set() or await app.may_close()):
        stop.clear()
        await stop.wait()
    interrupts.stop()
    await app.aclose()


def _watch_interrupts(loop: asyncio.AbstractEventLoop, *events: asyncio.Event) -> QTimer:
    """Set ``events``, to end in order, on Ctrl+C and on a polite kill."""
    timer = QTimer()
    interrupt = partial(_set_all, events)
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, interrupt)
    except NotImplementedError:
        # Windows: Python runs signal handlers only between two of its own instructions, so the
        # loop has to come back to Python now and then.
        signal.signal(signal.SIGINT, partial(_interrupt_from_signal, loop, interrupt))
        timer.timeout.connect(_do_nothing)
        timer.start(SIGNAL_CHECK)
    return timer


def _set_all(events: tuple[asyncio.Event, ...]) -> None:
    for event in events:
        event.set()


def _interrupt_from_signal(
    loop: asyncio.AbstractEventLoop,
    interrupt: Callable[[], None],
    _number: int,
    _frame: FrameType | None,
) -> None:
    loop.call_soon_threadsafe(interrupt)


def _do_nothing() -> None:
    return


def _put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _open_in_browser(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
