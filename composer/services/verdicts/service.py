"""A body in, a report out: the rules, the capture service's judge, and what history remembers."""

from __future__ import annotations

import secrets
from datetime import datetime

from composer.core.destination import Destination
from composer.core.verdicts.judging import Judge
from composer.core.verdicts.places import served_token
from composer.core.verdicts.request import Memory, Request
from composer.core.verdicts.verdict import Report
from composer.services.verdicts.reading import Address, circumstances, read
from composer.services.verdicts.recalling import HistoryMemory
from composer.services.verdicts.refusing import Refusals


class VerdictService:
    """Implements ``ports.Verdicts``; without ``memory`` a body alone decides about its verdicts."""

    def __init__(self, memory: HistoryMemory | None = None) -> None:
        self._memory = memory
        self._judge = Judge(Refusals())

    def judge(
        self,
        body: bytes | Request,
        *,
        path: str,
        query: str = "",
        destination: Destination | None,
        now: datetime,
    ) -> Report:
        """The verdicts on a POST of ``body`` to ``path``."""
        to = Address(path=path, query=query, destination=destination)
        request, to = read(body, to) if isinstance(body, bytes) else (body, to)
        known = circumstances(
            request,
            to,
            now=now,
            memory=self._known(request, destination),
            randomness=secrets.randbits(_RANDOM_BITS),
        )
        return self._judge.judge(request, known)

    def another(self) -> VerdictService:
        """One more, with the same memory."""
        return VerdictService(self._memory)

    def without_memory(self) -> VerdictService:
        """One that knows of no earlier sends."""
        return VerdictService()

    def recall(self) -> None:
        """Learn from history what has been sent since the last call."""
        if self._memory is not None:
            self._memory.recall()

    def _known(self, request: Request, destination: Destination | None) -> Memory:
        found = served_token(request) if self._memory else None
        if self._memory is None or found is None or not isinstance(found[1], str):
            return _NOTHING
        return self._memory.of(found[1], destination)


_RANDOM_BITS = 80  # a UUID takes 74
_NOTHING = Memory()
