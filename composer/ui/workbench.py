"""Everything in the window that is not a widget, put together once and passed down.

The app, the tests and the screen renderer all build their window from one of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from composer.core.settings import Settings
from composer.services.ports import Services, Templates
from composer.ui.autosave import Autosave
from composer.ui.batch.batch import Batch
from composer.ui.batch.running.controller import RunController
from composer.ui.compose.desk import Desk
from composer.ui.copying import Copier
from composer.ui.history.keeper import NoteKeeper
from composer.ui.history.pruner import HistoryPruner
from composer.ui.messages import Messages
from composer.ui.paste.desk import PasteDesk
from composer.ui.preferences import Preferences
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.sandbox.feed import ArrivalFeed
from composer.ui.sandbox.host import SandboxHost
from composer.ui.send.asking import AskOnce
from composer.ui.send.controller import SendController
from composer.ui.send.guard import ProductionGuard
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.mender import Mender
from composer.ui.verdicts.watch import DraftWatch
from composer.ui.widgets import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The window's models and controllers. It outlives every widget."""

    services: Services
    tasks: TaskScope
    messages: Messages
    preferences: Preferences
    host: SandboxHost
    feed: ArrivalFeed
    switches: Switches
    session: Session
    batch: Batch
    runs: RunController
    sends: SendController
    guard: ProductionGuard
    notes: NoteKeeper
    pruner: HistoryPruner
    copier: Copier
    desk: Desk
    pastes: PasteDesk
    autosave: Autosave
    court: Court
    watch: DraftWatch
    mender: Mender
    asking: AskOnce
    open_url: Callable[[str], None]

    async def save(self) -> bool:
        """Write the open work down, also text that has not been read yet; whether it is."""
        self.switches.keep()
        self.notes.keep()
        await self.batch.settled()
        return await self.autosave.save()

    async def aclose(self) -> None:
        """Stop sending, save the open work, then end what still runs."""
        await self.runs.stop_all()
        await self.save()
        await self.tasks.aclose()


def build_workbench(
    services: Services, *, copy: Callable[[str], None], open_url: Callable[[str], None]
) -> Workbench:
    """Load what was kept and put the parts together. ``copy`` writes the clipboard."""
    tasks, messages = TaskScope(), Messages()
    preferences = Preferences(services.settings.load())
    feed = ArrivalFeed(services.sandbox)
    switches = Switches(services.sandbox, services.behaviours, messages)
    host = SandboxHost(services.sandbox, preferences, messages)
    workspace = services.workspaces.load()
    session = Session(services.clock, preferences, workspace)
    batch = Batch(services.batch, preferences, tasks=tasks, messages=messages, workspace=workspace)
    sends = SendController(services.delivery, tasks)
    copier = Copier(preferences, messages, copy, writing=services.writing, tasks=tasks)
    autosave = _autosave(session, batch, preferences, services, tasks)
    court = Court(services.verdicts, tasks)
    watch = DraftWatch(session, court, services.clock, tasks)
    guard = ProductionGuard()
    asking = AskOnce(session, watch, guard)
    bench = Workbench(
        services=services,
        tasks=tasks,
        messages=messages,
        preferences=preferences,
        host=host,
        feed=feed,
        switches=switches,
        session=session,
        batch=batch,
        runs=RunController(services.batch, host=host, preferences=preferences, tasks=tasks),
        sends=sends,
        guard=guard,
        notes=NoteKeeper(services.history),
        pruner=HistoryPruner(services.history, preferences, services.clock),
        copier=copier,
        desk=Desk(session, batch, sends, asking=asking, copier=copier, messages=messages),
        pastes=PasteDesk(
            session, preferences, batch, services=services, tasks=tasks, messages=messages
        ),
        autosave=autosave,
        court=court,
        watch=watch,
        mender=Mender(
            session, preferences, court, clock=services.clock, tasks=tasks, messages=messages
        ),
        asking=asking,
        open_url=open_url,
    )
    _connect(bench)
    return bench


def _connect(bench: Workbench) -> None:
    """What follows from one part in another that does not know it."""
    bench.sends.started.connect(bench.autosave.save_now)
    bench.sends.finished.connect(bench.court.learn)
    bench.runs.ended.connect(bench.court.learn)
    bench.session.refused.connect(partial(bench.messages.say, severity=Severity.WARNING))
    use_folder = partial(_use_templates_folder, bench.services.templates)
    bench.preferences.changed.connect(use_folder)


def _use_templates_folder(templates: Templates, settings: Settings) -> None:
    templates.use_folder(settings.templates_folder)


def _autosave(
    session: Session, batch: Batch, preferences: Preferences, services: Services, tasks: TaskScope
) -> Autosave:
    return Autosave(
        session,
        batch,
        preferences,
        workspaces=services.workspaces,
        settings=services.settings,
        tasks=tasks,
    )
