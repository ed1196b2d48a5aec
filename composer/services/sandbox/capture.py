"""One request from its bytes to its answer: the capture service without a network.

The order of the steps is PostHog's (capture-server.md, 3.5). Safe to call from any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from composer.services.sandbox import serde
from composer.services.sandbox.answers import (
    ACCEPTED,
    ACCEPTED_BEACON,
    Answer,
    RefusedError,
    too_large,
    unparsable,
)
from composer.services.sandbox.checks import Circumstances, admit
from composer.services.sandbox.query import read_query
from composer.services.sandbox.shapes import recognise
from composer.services.sandbox.stored import StoredEvent
from composer.services.sandbox.unpack import WIRE_LIMIT, Packed, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A request to a capture route. ``path`` has no slash at its end; ``now`` is in UTC.

    ``body`` is ``None`` if it was longer than ``WIRE_LIMIT``.
    """

    path: str
    query: bytes
    content_type: str
    content_encoding: str
    body: bytes | None
    now: datetime
    known_tokens: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer, the events to keep, and how many characters of JSON they came from."""

    answer: Answer
    events: tuple[StoredEvent, ...] = ()
    characters: int = 0


def judge(submission: Submission) -> Judgement:
    """Answer as PostHog would."""
    try:
        return _accept(submission)
    except RefusedError as refused:
        return Judgement(answer=refused.answer)


def _accept(submission: Submission) -> Judgement:
    query = read_query(submission.query)
    if submission.body is None:
        raise too_large(f"Request body exceeds limit of {WIRE_LIMIT} bytes")
    packed = Packed(
        path=submission.path,
        query=query,
        content_type=submission.content_type,
        content_encoding=submission.content_encoding,
        body=submission.body,
    )
    text = unpack(packed)
    try:
        document = serde.read(text)
    except serde.SerdeError as error:
        raise unparsable(str(error)) from None
    circumstances = Circumstances(
        path=submission.path,
        now=submission.now,
        query_sent_at=query.sent_at,
        known_tokens=submission.known_tokens,
    )
    events = admit(recognise(document), circumstances)
    # A request whose events were all discarded is thanked in the ordinary way.
    answer = ACCEPTED_BEACON if query.beacon and events else ACCEPTED
    return Judgement(answer=answer, events=events, characters=len(text))
