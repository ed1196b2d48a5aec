"""What is done with requests: judged, sent, written as text, found in what was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from composer.core.destination import Destination
from composer.core.outcome import Outcome
from composer.core.records import Summary
from composer.core.wire import WireRequest

if TYPE_CHECKING:  # what reads a paste, or makes a copy, is loaded when there is one
    from composer.core.copies import Copy, Wish
    from composer.core.paste.pasted import Pasted
    from composer.core.verdicts.request import Request
    from composer.core.verdicts.verdict import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A send that has ended, and where history has it."""

    history_id: int
    outcome: Outcome


class Delivery(Protocol):
    """Sends a request and keeps the history of it honest."""

    async def deliver(
        self, request: WireRequest, destination: Destination, summary: Summary
    ) -> Sent:
        """Write the history row, send, complete the row.

        Cancelling the task that awaits this closes the connection and records ``Cancelled``
        before ``CancelledError`` goes on.
        """
        ...


class Verdicts(Protocol):
    """What PostHog will do with a request, said before it is sent; nothing is sent for it.

    Judging is quick for an ordinary event, and again for a batch of which little has changed, but
    for a large body it takes seconds: outside the GUI thread, then. One instance serves one thread
    at a time; ``another`` makes one for another thread.
    """

    def judge(
        self,
        body: bytes | Request,
        *,
        path: str,
        query: str = "",
        destination: Destination | None,
        now: datetime,
    ) -> Report:
        """The verdicts on a POST of ``body`` to ``path``. Never raises.

        Of a body that was taken apart before (``request_of``) only those events are judged again
        whose payload is another object than the last time. ``now`` has a zone.
        """
        ...

    def another(self) -> Verdicts:
        """One more, with the same memory of earlier sends, for another thread or another body."""
        ...

    def without_memory(self) -> Verdicts:
        """One that knows of no earlier sends: for judging what stands in history itself."""
        ...

    def recall(self) -> None:
        """Learn from history what has been sent since the last call, by this window or others.

        The first call reads up to some thousand sends: to be called outside the GUI thread, once
        after the start and then after each send. Until it ends, earlier sends are not known.
        """
        ...


class Pasting(Protocol):
    """Finds out what a person has pasted. Nothing in it is run, resolved or fetched."""

    async def read(self, data: bytes) -> Pasted:
        """The requests and events in it. Raises ``PasteError``.

        Much is read in a process of its own; cancelling the task that awaits this ends that.
        """
        ...


class Writing(Protocol):
    """Makes commands and code of requests that are too large for the GUI thread."""

    async def write(self, wish: Wish) -> Copy:
        """What is wished for; without a text, and with words on that, where it is too long.

        Very long ones are made in a process of its own; cancelling the task that awaits this
        ends that.
        """
        ...


class PastedFiles(Protocol):
    """The files that a person drops on the window or chooses."""

    async def read(self, path: str) -> bytes:
        """The whole file. Raises ``ComposerError`` for what cannot be read or is too large."""
        ...
