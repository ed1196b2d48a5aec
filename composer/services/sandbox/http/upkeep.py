"""Ends connections whose clients keep them open for nothing, and bounds how many there are.

A client that sends its request line and headers too slowly, or does not read its answer, is cut
off in the end; one whose body stops coming has an answer from ``incoming``. Where there are too
many connections, the one that has waited for its client the longest makes room.

It knows uvicorn's connections from outside only.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 512


class Stage(IntEnum):
    """What a connection waits for, in the order in which connections are given up."""

    HEAD = 0
    """A request, of which nothing or not the whole head has come."""
    IDLE = 1
    """The next request, after an answer."""
    ANSWER_READ = 2
    """The client, which has not read its answer."""
    BODY = 3
    """The rest of a body."""
    WORK = 4
    """Nothing that the client could do."""


_LIMITED = frozenset({Stage.HEAD, Stage.ANSWER_READ})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a connection looked like, and since when in seconds."""

    stage: Stage
    request: int
    unread: int
    since: float


class Upkeep:
    """Looks after the connections of one server; ``now`` is in seconds of the event loop."""

    def __init__(
        self,
        connections: Collection[H11Protocol],
        *,
        patience_s: float,
        most: int | None = None,
    ) -> None:
        self._connections = connections
        self._patience_s = patience_s
        self._most = _most_connections() if most is None else most
        self._seen: dict[H11Protocol, _Seen] = {}

    def sweep(self, now: float) -> None:
        """Cut off who has not moved for too long; to be called once a second or so."""
        seen: dict[H11Protocol, _Seen] = {}
        for connection in tuple(self._connections):
            found = _look(connection, now)
            before = self._seen.get(connection)
            if before and (before.stage, before.request, before.unread) == (
                found.stage,
                found.request,
                found.unread,
            ):
                found = before
            if found.stage in _LIMITED and now - found.since >= self._patience_s:
                connection.transport.abort()
            else:
                seen[connection] = found
        self._seen = seen

    def make_room(self, newcomer: H11Protocol, now: float) -> None:
        """End a connection if there are too many now: another one, or else the ``newcomer``."""
        if len(self._connections) <= self._most:
            return
        others = (one for one in self._connections if one is not newcomer)
        victim = min(others, key=lambda one: self._rank(one, now), default=newcomer)
        if self._rank(victim, now)[0] is Stage.WORK:
            victim = newcomer
        victim.transport.abort()

    def _rank(self, connection: H11Protocol, now: float) -> tuple[Stage, float]:
        found = _look(connection, now)
        before = self._seen.get(connection)
        if before and (before.stage, before.request) == (found.stage, found.request):
            return before.stage, before.since
        return found.stage, now


def _look(connection: H11Protocol, now: float) -> _Seen:
    cycle = connection.cycle  # None before the first request, whatever uvicorn declares
    unread = connection.transport.get_write_buffer_size()
    if unread:
        stage = Stage.ANSWER_READ
    elif cycle and not cycle.response_complete:
        stage = Stage.BODY if cycle.more_body else Stage.WORK
    elif connection.timeout_keep_alive_task is not None:
        stage = Stage.IDLE
    else:
        stage = Stage.HEAD
    return _Seen(stage, id(cycle), unread, now)


def _most_connections() -> int:
    """Half of what the system allows this process to open; the window needs files, too."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    import resource  # noqa: PLC0415 -- Windows does not have it

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // 2)
