"""Judges what a pane would send whenever it changes: small bodies at once, others in a thread.

Knows no widget. Who watches what stands in ``DraftWatch`` and in the batch's own watch.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.destination import Destination
from composer.core.draft import Draft
from composer.core.wire import path_for
from composer.services.ports import Clock, Verdicts
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court

if TYPE_CHECKING:  # the rules are loaded when the window stands
    from composer.core.verdicts.request import Request
    from composer.core.verdicts.verdict import Report

AT_ONCE = 100_000
"""Characters of a body that is judged within a frame."""
PAUSE = 0.05
"""Seconds in which further changes are awaited before a large body is judged."""
_MINUTE = 60_000  # milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be judged. Two that are equal would be judged alike, within a minute."""

    key: tuple[object, ...]
    """What it depends on"""
    body: Callable[[], bytes | Request]
    """Takes the body apart; called in the thread that judges"""
    path: str
    destination: Destination
    is_small: bool
    tells_time: bool = True
    """Whether the verdicts may be others a minute later"""


class Watch(QObject):
    """Keeps the report on what ``case`` gives. Subclasses say when it has changed: ``look``."""

    changed = Signal()
    """``report`` or ``is_stale`` is another"""

    def __init__(self, court: Court, clock: Clock, tasks: TaskScope) -> None:
        super().__init__()
        self._court = court
        self._clock = clock
        self._tasks = tasks
        self._near: Verdicts | None = None
        self._far: Verdicts | None = None
        self._report: Report | None = None
        self._judged: tuple[object, ...] | None = None
        self._waiting: Case | None = None
        self._is_at_work = False
        self._is_stale = True
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE)
        self._timer.timeout.connect(self.on_minute)
        court.opened.connect(self._on_opened)
        court.learned.connect(self.look_again)

    @property
    def report(self) -> Report | None:
        """The last report; ``None`` before the first."""
        return self._report

    @property
    def is_stale(self) -> bool:
        """Whether something has changed since and is still being judged."""
        return self._is_stale

    def case(self) -> Case | None:
        """What is to be judged; ``None`` while that cannot be said. For subclasses."""
        raise NotImplementedError

    @Slot()
    def look(self) -> None:
        """Judge what there is now, unless that has been done."""
        case = self.case() if self._near is not None else None
        if case is None:
            self._waiting = None
            self._tell_stale()
        elif case.key == self._judged:
            self._waiting = None
            if self._is_stale:
                self._is_stale = False
                self.changed.emit()
        elif case.is_small and self._near is not None:
            self._waiting = None
            self._take(case, self._judge(self._near, case))
        else:
            self._judge_apart(case)

    @Slot()
    def look_again(self) -> None:
        """Something beside the body has changed: judge it anew."""
        self._judged = None
        self.look()

    @Slot()
    def on_minute(self) -> None:
        """Time goes on; only what speaks of a time may be judged otherwise for it."""
        case = self.case()
        if case is not None and case.tells_time:
            self.look_again()

    # Inside

    @Slot()
    def _on_opened(self) -> None:
        self._near, self._far = self._court.judge(), self._court.judge()
        self._timer.start()
        self.look()

    def _judge(self, verdicts: Verdicts, case: Case) -> Report:
        return verdicts.judge(
            case.body(), path=case.path, destination=case.destination, now=self._clock.now()
        )

    def _take(self, case: Case, report: Report) -> None:
        self._judged = case.key
        same = not self._is_stale and self._report is not None and _is_same(self._report, report)
        self._report, self._is_stale = report, False
        if not same:
            self.changed.emit()

    def _tell_stale(self) -> None:
        if not self._is_stale:
            self._is_stale = True
            self.changed.emit()

    def _judge_apart(self, case: Case) -> None:
        self._waiting = case
        self._tell_stale()
        if not self._is_at_work:
            started = self._tasks.start(self._work(), "judge a large request")
            self._is_at_work = started is not None

    async def _judge_next(self, verdicts: Verdicts) -> None:
        case, self._waiting = self._waiting, None
        if case is None:
            return
        report = await asyncio.to_thread(self._judge, verdicts, case)
        now = self.case()
        if self._waiting is None and now is not None and now.key == case.key:
            self._take(case, report)

    async def _work(self) -> None:
        """One judgement after the other, so that one thread at a time uses the judge."""
        try:
            while self._waiting is not None and self._far is not None:
                await asyncio.sleep(PAUSE)
                await self._judge_next(self._far)
        finally:
            self._is_at_work = False


class DraftWatch(Watch):
    """The report on the request that the session would send."""

    def __init__(self, session: Session, court: Court, clock: Clock, tasks: TaskScope) -> None:
        super().__init__(court, clock, tasks)
        self._session = session
        session.request_changed.connect(self.look)

    @property
    def session(self) -> Session:
        """Whose request is judged."""
        return self._session

    def case(self) -> Case | None:
        session = self._session
        if session.is_reading:
            return None
        text, destination, draft = session.text, session.destination, session.draft
        return Case(
            key=(text, destination),
            body=partial(body_of, draft, text),
            path=path_for(draft.payload, destination),
            destination=destination,
            is_small=len(text) <= AT_ONCE,
            tells_time="timestamp" in text or "sent_at" in text,
        )


def body_of(draft: Draft, text: str) -> bytes | Request:
    """The body taken apart: what has been read already is not read again."""
    body = text.encode("utf-8", "surrogatepass")  # text with half a character is judged as it is
    if draft.fault:
        return body
    from composer.core.verdicts.request import request_of  # noqa: PLC0415 -- for a quicker start

    return request_of(draft.payload, text=text, size=len(body))


def _is_same(before: Report, after: Report) -> bool:
    """Whether a person would read the same; the request behind it is always another."""
    return replace(before, request=after.request) == after
