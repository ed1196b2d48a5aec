"""Starts, cancels and reports sends; the window never has more than one under way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from composer.core.destination import Destination
from composer.core.errors import ComposerError
from composer.core.outcome import Cancelled, Outcome
from composer.core.records import Summary
from composer.core.wire import WireRequest
from composer.services.ports import Delivery
from composer.ui.tasks import TaskScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """One press of Send: what goes where. ``tag`` tells its starter what it belongs to."""

    request: WireRequest
    destination: Destination
    summary: Summary
    tag: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a send ended. ``history_id`` is ``None`` where history could not be written."""

    send: Send
    outcome: Outcome
    history_id: int | None


class SendController(QObject):
    """Owns the send that is under way."""

    started = Signal(object)
    """``Send``"""
    finished = Signal(object)
    """``Report``"""
    failed = Signal(str)
    """Nothing was sent; a sentence says why and what to do."""

    def __init__(self, delivery: Delivery, tasks: TaskScope) -> None:
        super().__init__()
        self._delivery = delivery
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None
        self._timer = QElapsedTimer()

    @property
    def is_busy(self) -> bool:
        """Whether a send is under way."""
        return self._task is not None

    def start(self, send: Send) -> bool:
        """Send, unless one is under way already. Returns whether it began."""
        if self.is_busy:
            return False
        self._timer.start()
        self._task = self._tasks.start(self._run(send), "send")
        if self._task is None:
            return False
        self._task.add_done_callback(partial(self._see_to_the_end, send))
        self.started.emit(send)
        return True

    def cancel(self) -> None:
        """Stop the send that is under way, at once."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self, send: Send) -> None:
        try:
            sent = await self._delivery.deliver(send.request, send.destination, send.summary)
        except asyncio.CancelledError:
            outcome = Cancelled(milliseconds=float(self._timer.elapsed()))
            self._end(Report(send=send, outcome=outcome, history_id=None))
            raise
        except ComposerError as error:  # no row in history, or a personal key: nothing was sent
            self._task = None
            self.failed.emit(str(error))
        except Exception:
            # A fault of our own goes on to the log; the window must not stay busy for it.
            self._task = None
            self.failed.emit("The app made a mistake; see the log. Send again.")
            raise
        else:
            self._end(Report(send=send, outcome=sent.outcome, history_id=sent.history_id))

    def _see_to_the_end(self, send: Send, task: asyncio.Task[None]) -> None:
        """A task that is cancelled before its first step never comes into ``_run``."""
        if self._task is task:
            self._end(Report(send=send, outcome=Cancelled(), history_id=None))

    def _end(self, report: Report) -> None:
        self._task = None
        self.finished.emit(report)
