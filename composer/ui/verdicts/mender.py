"""Works out what a mend would change, and carries it out when the person agrees.

Large texts are worked on in a thread. Every mend is one step to undo.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from composer.core.draft import Draft
from composer.core.wire import path_for
from composer.services.ports import Clock, Verdicts
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.watch import body_of
from composer.ui.widgets import Severity

if TYPE_CHECKING:
    from composer.core.verdicts.mending import Mend
    from composer.core.verdicts.verdict import Verdict
    from composer.ui.verdicts.proposal import Proposal

AT_ONCE = 20_000
"""Characters in which a mend is worked out within a frame."""


class Mender(QObject):
    """Proposes and applies mends of the session's draft."""

    proposed = Signal(object)
    """``Proposal``"""

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        court: Court,
        *,
        clock: Clock,
        tasks: TaskScope,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._court = court
        self._clock = clock
        self._session = session
        self._preferences = preferences
        self._tasks = tasks
        self._messages = messages

    def propose(self, mend: Mend) -> None:
        """Work out what the mend would change; ``proposed`` tells."""
        from composer.ui.verdicts.proposal import propose  # noqa: PLC0415 -- a quicker start

        self._work_out(partial(propose, mend=mend))

    def propose_all(self) -> None:
        """Work out what all mends together would change."""
        from composer.ui.verdicts.proposal import propose_all  # noqa: PLC0415 -- a quicker start

        if self._court.is_open:
            self._work_out(partial(propose_all, judge=partial(self._judged, self._court.judge())))

    def say_nothing(self) -> None:
        """There is no mend for what was asked for."""
        self._messages.say("Nothing here can be mended by the app.")

    def apply(self, proposal: Proposal) -> None:
        """Carry it out, unless the event has become another meanwhile."""
        if self._session.draft != proposal.before:
            self._messages.say("The event has changed meanwhile. Mend it again.", Severity.WARNING)
            return
        self._session.mend(proposal.after)

    def _work_out(self, work: Callable[..., Proposal]) -> None:
        session, settings = self._session, self._preferences.settings
        session.settle()
        secret = session.token if settings.hide_key else ""
        ready = partial(work, session.draft, layout=settings.layout, secret=secret)
        if len(session.text) <= AT_ONCE:
            self.proposed.emit(ready())
        else:
            self._tasks.start(self._work_apart(ready), "work out a mend")

    async def _work_apart(self, work: Callable[[], Proposal]) -> None:
        proposal = await asyncio.to_thread(work)
        if proposal.before == self._session.draft:
            self.proposed.emit(proposal)

    def _judged(self, verdicts: Verdicts, draft: Draft) -> tuple[Verdict, ...]:
        text = draft.text(self._preferences.settings.layout)
        destination = self._session.destination
        return verdicts.judge(
            body_of(draft, text),
            path=path_for(draft.payload, destination),
            destination=destination,
            now=self._clock.now(),
        ).verdicts
