"""What passes between the HTTP face of the sandbox and its endpoints: a request, and a judgement.

An endpoint is a pure function from one to the other, so that it can be tried without a network and
run in any thread or process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias

from composer.core.behaviour import Behaviour
from composer.services.sandbox.answers import Answer, plain
from composer.services.sandbox.arrivals.stored import DroppedEvent, StoredEvent


class HeavyError(Exception):
    """There is more to judge than the submission allows here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A request as an endpoint sees it.

    ``path`` has no slash at its end; ``headers`` have lower-case names, the first of a repeated one
    counts; ``body`` is ``None`` if it was longer than the endpoint's limit; ``now`` is in UTC;
    ``peer`` is the address that the request came from. A text longer than ``most_text`` bytes once
    it is decompressed ends in a ``HeavyError``: it is to be judged elsewhere.
    """

    path: str
    method: str = "POST"
    query: bytes = b""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes | None
    now: datetime
    peer: str = "127.0.0.1"
    behaviour: Behaviour = field(default_factory=Behaviour)
    most_text: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer, what is kept, what is not and why, and how much JSON it came from.

    ``characters`` is the length of the JSON text that was read into the values of the events;
    ``beyond`` counts the events that are not listed because there are too many.
    """

    answer: Answer
    events: tuple[StoredEvent, ...] = ()
    dropped: tuple[DroppedEvent, ...] = ()
    characters: int = 0
    beyond: int = 0


Judge: TypeAlias = Callable[[Submission], Judgement]
"""A function of a module, so that another process can find it."""


_UNAVAILABLE = plain(HTTPStatus.SERVICE_UNAVAILABLE, "transient error, please retry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A path that takes requests: its methods, the limit of a body in bytes, and its judge.

    ``broken_off`` is the answer to a body that ended early, ``stalled`` to one that stopped coming,
    ``unavailable`` to one that could not be kept or judged, for want of space or memory.
    ``failures`` are the words for statuses that a rule may ask for.
    """

    judge: Judge
    methods: tuple[str, ...]
    wire_limit: int
    broken_off: Answer
    stalled: Answer
    unavailable: Answer = _UNAVAILABLE
    failures: Mapping[int, Answer] = field(default_factory=dict[int, Answer])
