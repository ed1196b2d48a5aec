"""A run that is sent in this process, until its end or Ctrl+C."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import AsyncExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from types import FrameType

from composer.core.batch.run import Run
from composer.core.destination import DestinationKind
from composer.core.settings import Settings
from composer.services.batch.runner.sending import Errand, RunHere
from composer.services.batch.runs import RunStore
from composer.services.environment import Environment
from composer.services.ports.batch_jobs import RunProgress
from composer.services.reach import reach_sandbox
from composer.services.sending.way import Timeouts


@dataclass(frozen=True, slots=True)
class Sent:
    """How the sending ended, and whether it was Ctrl+C that ended it."""

    progress: RunProgress
    is_interrupted: bool


def send(
    run: Run,
    store: RunStore,
    environment: Environment,
    settings: Settings,
    on_progress: Callable[[RunProgress], None],
) -> Sent:
    """Send what is left of the run. Raises ``ComposerError``."""
    errand = Errand(
        run_id=run.id,
        route=settings.route_to(run.destination),
        timeouts=Timeouts(connect=settings.connect_timeout, answer=settings.answer_timeout),
        waits_for_person=False,
    )
    sending = RunHere(
        store,
        errand,
        environment.clock,
        lambda: nullcontext(environment.history),
        on_progress=on_progress,
    )
    loop = asyncio.SelectorEventLoop()
    try:
        with _stopped_by_ctrl_c(loop, sending) as interrupted:
            progress = loop.run_until_complete(_sent(run, store, environment, settings, sending))
        return Sent(progress, bool(interrupted))
    finally:
        loop.close()  # unlike asyncio.run, it waits for no thread that looks a name up


async def _sent(
    run: Run,
    store: RunStore,
    environment: Environment,
    settings: Settings,
    sending: RunHere,
) -> RunProgress:
    async with AsyncExitStack() as opened:
        if run.destination.kind is DestinationKind.SANDBOX:
            from composer.services.sender import Sender

            reached = reach_sandbox(Sender(), settings.sandbox_port, environment.clock)
            address = await opened.enter_async_context(reached)
            store.readdress(run.id, replace(run.destination, address=address))
        return await sending.ended()


@contextmanager
def _stopped_by_ctrl_c(loop: asyncio.AbstractEventLoop, sending: RunHere) -> Generator[list[int]]:
    """The first Ctrl+C stops the run, and is noted; the second ends the program."""
    seen: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if seen:
            raise KeyboardInterrupt
        seen.append(number)
        loop.call_soon_threadsafe(sending.stop)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)
