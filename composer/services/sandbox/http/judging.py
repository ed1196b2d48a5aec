"""Has a request judged: a light one at once, a heavy one in the worker process.

It knows nothing of connections, and judges nothing itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from composer.services.sandbox.arrivals.body import MOST_IN_MEMORY, Body
from composer.services.sandbox.arrivals.details import Trial, outline
from composer.services.sandbox.request import Endpoint, HeavyError, Judgement, Submission
from composer.services.work import Worker, WorkerLostError

MOST_TEXT = MOST_IN_MEMORY
"""Bytes of JSON that are judged in this process; it takes about a tenth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement; ``trial`` is set if its events have no values: it judges the request again."""

    judgement: Judgement
    trial: Trial | None = None


class Judging:
    """Judges the requests of one server, of the heavy ones one at a time. It lives in its loop.

    They wait for their turn in the loop, not in threads: there are few of these, and the addresses
    for scripts need them too.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._turn = asyncio.Lock()

    async def judge(self, found: Endpoint, submission: Submission, body: Body | None) -> Judged:
        """``submission`` has no body yet; ``body`` is ``None`` if it was too long."""
        if body is None:
            return Judged(judgement=found.judge(submission))
        if not body.is_on_disk:
            light = replace(submission, body=body.read(), most_text=MOST_TEXT)
            try:
                return Judged(judgement=found.judge(light))
            except HeavyError:
                pass
        trial = Trial(judge=found.judge, submission=submission, source=body.source)
        try:
            async with self._turn:
                judgement = await asyncio.to_thread(self._worker.run, outline, trial)
        except (OSError, WorkerLostError):
            return Judged(judgement=Judgement(answer=found.unavailable))
        return Judged(judgement=judgement, trial=trial)
