"""The HTTP face of the sandbox: reads a request within its limit, has it judged, sends the answer.

Plain ASGI rather than a framework's routing, for the rules of this server are not a framework's:
every OPTIONS is answered alike, no path redirects, a body too long is drained before its refusal.

Source: capture-server.md, 1.3 and 1.4. It judges nothing itself: ``routes`` and the endpoints do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from composer.core.behaviour import Behaviour, Rule
from composer.services.ports import Sandbox
from composer.services.sandbox import control, faults, routes
from composer.services.sandbox.answers import Answer
from composer.services.sandbox.arrivals.body import Body, Spool
from composer.services.sandbox.arrivals.client import client_of
from composer.services.sandbox.arrivals.details import Trial
from composer.services.sandbox.arrivals.stored import Arrival
from composer.services.sandbox.http.incoming import BodyReader, End, Incoming
from composer.services.sandbox.http.judging import Judged, Judging
from composer.services.sandbox.http.outgoing import (
    Exchange,
    carry_out,
    gone_within,
    reset,
    send_answer,
)
from composer.services.sandbox.request import Endpoint, Judgement, Submission
from composer.services.work import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the application asks of the server around it.

    ``script`` is the behaviour that is set, with its counts; ``record`` is told of every arrival,
    with the number of characters that were read into events, or with how they can be read again;
    ``controlled`` is what the addresses for scripts show and change. ``worker`` judges large
    requests, ``spool`` keeps their bodies, and a body that stops coming for ``patience_s`` seconds
    is given up.
    """

    clock: Callable[[], datetime]
    script: Callable[[], faults.Script]
    controlled: Sandbox
    record: Callable[[Arrival, int, Trial | None], None]
    stopping: asyncio.Event
    worker: Worker
    spool: Spool
    patience_s: float


@dataclass(frozen=True, slots=True)
class _Visit:
    """A request that has been read; ``now``, in UTC, is when.

    ``trial`` judges it again, if its events' values were too much to keep.
    """

    exchange: Exchange
    incoming: Incoming
    now: datetime
    trial: Trial | None = None


_NO_FAILURES: Mapping[int, Answer] = MappingProxyType({})


class CaptureApp:
    """The ASGI application. It lives in one event loop."""

    def __init__(self, host: Host, *, first_number: int = 1) -> None:
        self._host = host
        self._next_number = first_number
        self._bodies = BodyReader(host.spool, patience_s=host.patience_s)
        self._judging = Judging(host.worker)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], routes.path_of(scope["raw_path"])
        scope = {**scope, "path": path}
        exchange = Exchange(scope, receive, send)
        if control.is_control(path):
            await control.serve(self._host.controlled, exchange, self._host.stopping)
            return
        script = self._host.script()
        answer = routes.service_answer(method, path, script.behaviour)
        if answer is not None:
            await send_answer(answer, exchange)
            return
        found = routes.endpoint(path, script.behaviour)
        refusal = routes.refusal(method, path, found)
        limit = found.wire_limit if found else _UNKNOWN_LIMIT
        judged: Judged | None = None
        async with self._bodies.read(receive, limit) as incoming:
            now = self._host.clock().astimezone(UTC)
            if found and not refusal and incoming.end is End.COMPLETE:
                submission = _submission(scope, now, script.behaviour)
                judged = await self._judging.judge(found, submission, incoming.body)
        if incoming.end is End.EXCESSIVE:
            await reset(exchange)
            return
        visit = _Visit(exchange, incoming, now, judged.trial if judged else None)
        if judged is None or found is None:  # who has gone cannot be failed on purpose
            answer = refusal or _answer_to_end(found, incoming.end)
            await self._answer(visit, Judgement(answer=answer))
        else:
            judgement = judged.judgement
            rule = script.pick(routes.route_of(path), judgement)
            await self._answer(visit, judgement, rule, found.failures)

    async def _answer(
        self,
        visit: _Visit,
        judgement: Judgement,
        rule: Rule | None = None,
        failures: Mapping[int, Answer] = _NO_FAILURES,
    ) -> None:
        """Write the request down and answer it, as ``rule`` wants it if there is one."""
        if rule is None:
            self._record(visit, judgement)
            await send_answer(judgement.answer, visit.exchange)
            return
        told = faults.under(rule, judgement, failures)
        if await gone_within(rule.fault.delay_s, visit.exchange):
            if not self._host.stopping.is_set():
                self._record(visit, replace(told, answer=faults.NO_ANSWER), rule)
            return
        self._record(visit, told, rule)
        await carry_out(
            rule.fault.kind, told.answer, visit.exchange, honest=judgement.answer, now=visit.now
        )

    def _record(self, visit: _Visit, found: Judgement, rule: Rule | None = None) -> None:
        scope = visit.exchange.scope
        path: str = scope["path"]
        if query := scope["query_string"]:
            path = f"{path}?{query.decode('latin-1')}"
        headers = Headers(scope=scope)
        has_events = bool(found.events or found.dropped)
        arrival = Arrival(
            number=self._next_number,
            received_at=visit.now,
            method=scope["method"],
            path=path,
            headers=tuple(headers.items()),
            body=visit.incoming.body or Body(),
            status=found.answer.status,
            answer=found.answer.text,
            events=found.events,
            dropped=found.dropped,
            beyond=found.beyond,
            fault=faults.named(rule),
            client=client_of(headers, path, found.events or found.dropped),
        )
        self._next_number += 1
        self._host.record(arrival, found.characters, visit.trial if has_events else None)


_UNKNOWN_LIMIT = 20 * 1024 * 1024  # bytes read of a request whose answer is clear in any case


def _submission(scope: Scope, now: datetime, behaviour: Behaviour) -> Submission:
    """The request as an endpoint sees it, but for its body."""
    client = scope.get("client")
    return Submission(
        path=routes.route_of(scope["path"]),
        method=scope["method"],
        query=scope["query_string"],
        headers={
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in reversed(scope["headers"])
        },
        body=None,
        now=now,
        peer=client[0] if client else "127.0.0.1",
        behaviour=behaviour,
    )


def _answer_to_end(found: Endpoint | None, end: End) -> Answer:
    """The answer to a body that was not read to its end, or could not be kept."""
    if found is None:
        return _NOWHERE
    match end:
        case End.STALLED:  # the rest may yet come, and must not be taken for the next request
            return replace(found.stalled, headers=(*found.stalled.headers, ("connection", "close")))
        case End.NOT_KEPT:
            return found.unavailable
        case _:
            return found.broken_off


_NOWHERE = Answer(status=404)
