"""What the window asks of the sending of many events: begin, hold, go on, stop, and how far it is.

Where it happens, in a process of its own or in this one, is not known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from composer.core.batch.run import Counts, Run, RunState, Try


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is. ``rate`` is in events a second, over the last seconds.

    ``tries`` are the newest that failed, newest first.
    """

    state: RunState
    counts: Counts
    rate: float = 0.0
    seconds_left: float | None = None
    """``None`` where it cannot be told yet."""
    waits_s: float | None = None
    """Seconds until the whole run goes on by itself; ``None`` while it does not wait."""
    tries: tuple[Try, ...] = ()
    trouble: str = ""
    """Why it has paused or stopped by itself, with the next step."""


class Running(Protocol):
    """A run that is under way. All but ``ended`` return at once, in the loop's thread."""

    def pause(self) -> None:
        """Begin no more requests; those in the air may end."""
        ...

    def resume(self) -> None:
        """Go on after ``pause``, or after the run has paused by itself."""
        ...

    def stop(self) -> None:
        """Cut off what is in the air, and end."""
        ...

    async def ended(self) -> RunProgress:
        """Begin, and return how it ended. To be awaited once.

        Raises ``ComposerError`` where the run cannot be sent at all, or what comes back can no
        longer be written down: what was confirmed by then is known. Cancelled, it stops first.
        """
        ...


class RunControl(Protocol):
    """Sends runs that are ready, or that were stopped or cut off before."""

    def go(self, run: Run, on_progress: Callable[[RunProgress], None]) -> Running:
        """Send what has neither been confirmed nor refused.

        ``on_progress`` is called in the loop's thread, about ten times a second.
        """
        ...
