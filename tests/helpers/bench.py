"""The models and controllers of the whole window over a real profile, without the window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from composer.core.route import Route
from composer.services.backup.service import BackupService
from composer.services.batch.services import ProfileBatch
from composer.services.delivery import HistoryDelivery
from composer.services.environment import open_environment
from composer.services.exports import ExportService
from composer.services.pasted_files import PastedFiles
from composer.services.pasting import PasteService
from composer.services.ports import Services
from composer.services.sandbox.server import Sandbox
from composer.services.secrets import SecretStore
from composer.services.sender import Sender, Timeouts
from composer.services.trust import Trust
from composer.services.verdicts.recalling import HistoryMemory
from composer.services.verdicts.service import VerdictService
from composer.services.writing import WritingService
from composer.ui.workbench import Workbench, build_workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A workbench, and what it put on the clipboard."""

    work: Workbench
    copied: list[str]


@asynccontextmanager
async def a_bench(folder: Path) -> AsyncIterator[Bench]:
    """Build it over the profile in ``folder``, and take it down."""
    environment = open_environment(folder)
    pasting, writing = PasteService(), WritingService()
    timeouts = partial(Timeouts, connect=5.0)
    batch = ProfileBatch(environment, timeouts, lambda _: Route())
    services = Services(
        clock=environment.clock,
        settings=environment.settings,
        workspaces=environment.workspace,
        history=environment.history,
        templates=environment.templates,
        delivery=HistoryDelivery(Sender(), environment.history, timeouts),
        sandbox=Sandbox(clock=environment.clock.now, tls_folder=environment.profile.certificate),
        behaviours=environment.behaviours,
        verdicts=partial(VerdictService, HistoryMemory(environment.history)),
        pasting=lambda: pasting,
        pasted_files=PastedFiles(),
        writing=writing,
        secrets=SecretStore(folder),
        routes=Trust(),
        exports=ExportService(environment.history),
        backups=partial(BackupService, environment.profile, environment.clock),
        batch=batch,
        profile_folder=str(folder),
    )
    copied, opened = list[str](), list[str]()
    work = build_workbench(services, copy=copied.append, open_url=opened.append)
    yield Bench(work=work, copied=copied)
    await work.aclose()
    services.sandbox.stop()
    pasting.stop()
    writing.stop()
    batch.close()
    environment.close()
