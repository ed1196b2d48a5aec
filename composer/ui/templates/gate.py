"""The one place where the run of a template asks whether it may be sent.

It asks the production guard, and the verdicts on every request: events that will be lost or
refused are told before the first of them leaves. Nothing is asked for the sandbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from composer.core.destination import Destination, DestinationKind
from composer.core.wire import WireRequest
from composer.services.ports import Verdicts
from composer.ui.send.asking import question
from composer.ui.send.guard import ProductionGuard
from composer.ui.verdicts.court import Court


class RunGate:
    """Finds what has to be asked before some requests go."""

    def __init__(self, guard: ProductionGuard, court: Court, now: Callable[[], datetime]) -> None:
        self._guard = guard
        self._court = court
        self._now = now
        self._verdicts: Verdicts | None = None

    async def question(
        self, requests: Sequence[WireRequest], destination: Destination, events: int
    ) -> str:
        """The question, several sentences perhaps; empty if there is nothing to ask."""
        if destination.kind is DestinationKind.SANDBOX:
            return ""
        asked = self._guard.question(destination, events)
        bad = await self._bad_end(requests, destination)
        return f"{bad} {asked}".strip()

    def agree(self, destination: Destination) -> None:
        """The person wants it sent."""
        self._guard.agree(destination)

    async def _bad_end(self, requests: Sequence[WireRequest], destination: Destination) -> str:
        """The first request that will be lost or refused, in words."""
        if not self._court.is_open:
            return ""
        verdicts = self._verdicts = self._verdicts or self._court.judge()
        for number, request in enumerate(requests, 1):
            report = await asyncio.to_thread(
                verdicts.judge,
                request.body,
                path=request.path,
                destination=destination,
                now=self._now(),
            )
            if report.forecast.needs_asking:
                which = f"Event {number} of {len(requests)}: " if len(requests) > 1 else ""
                return f"{which}{question(report)}"
        return ""
