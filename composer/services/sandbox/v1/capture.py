"""One v1 request from its headers and bytes to its answer: the endpoint without a network.

Source: capture-server.md, 7. Every answer repeats the request ID as it was sent, whether or not it
was a good one. Safe to call from any thread or process.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from composer.core.behaviour import Behaviour, Edition
from composer.services.sandbox.arrivals.address import address_of
from composer.services.sandbox.request import Endpoint, HeavyError, Judgement, Submission
from composer.services.sandbox.v1.answers import (
    FAILURES,
    QUOTA_REACHED,
    UNDECODABLE,
    WIRE_LIMIT,
    Fault,
    RefusedBatchError,
    error_answer,
    results_answer,
    too_large,
    unparsable,
)
from composer.services.sandbox.v1.envelope import read_batch
from composer.services.sandbox.v1.headers import REQUEST_ID, read_headers
from composer.services.sandbox.v1.process import Circumstances, process
from composer.services.sandbox.v1.unpack import decompress

AI_PATH = "/i/v1/ai/events"
"""The path of the deployments that take AI events and nothing else."""
PATHS = ("/i/v1/analytics/events", AI_PATH)
"""Where events are taken, without the slash that may stand at the end (capture-server.md, 1.2)."""


def endpoint(path: str, behaviour: Behaviour) -> Endpoint | None:
    """What takes requests at ``path``, where the installation has a v1 at all."""
    is_served = behaviour.serves_v1 and behaviour.edition is Edition.CURRENT
    return ENDPOINT if is_served and path in PATHS else None


def judge(submission: Submission) -> Judgement:
    """Answer as PostHog would. Raises ``HeavyError`` if there is more than ``most_text``."""
    try:
        judgement = _accept(submission)
    except RefusedBatchError as refused:
        judgement = Judgement(answer=refused.answer)
    request_id = submission.headers.get(REQUEST_ID.lower())
    if request_id is None:
        return judgement
    answer = judgement.answer
    headers = (*answer.headers, (REQUEST_ID.lower(), request_id))
    return replace(judgement, answer=replace(answer, headers=headers))


def _accept(submission: Submission) -> Judgement:
    sender = read_headers(submission.headers, submission.behaviour.known_tokens)
    text = _text(submission, sender.encoding)
    circumstances = Circumstances(
        sender=sender,
        now=submission.now,
        address=address_of(submission.headers, submission.peer),
        takes_ai_only=submission.path == AI_PATH,
    )
    fates = process(read_batch(text), circumstances)
    events = tuple(fate.stored for fate in fates if fate.stored)
    # A batch of which nothing is left has used up nothing.
    if events and submission.behaviour.quota_reached:
        raise RefusedBatchError(Fault.QUOTA, QUOTA_REACHED)
    return Judgement(
        answer=results_answer(fate.result for fate in fates),
        events=events,
        dropped=tuple(fate.dropped for fate in fates if fate.dropped),
        characters=len(text),
    )


def _text(submission: Submission, encoding: str) -> str:
    body, most = submission.body, submission.most_text
    if body is None:
        raise too_large(f"Request body exceeds limit of {WIRE_LIMIT} bytes")
    if not body:
        raise RefusedBatchError(Fault.EMPTY_BODY, "request body is empty")
    if encoding:
        body = decompress(body, encoding, most)
    elif most is not None and len(body) > most:
        raise HeavyError
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise unparsable() from None


ENDPOINT = Endpoint(
    judge=judge,
    methods=("POST",),
    wire_limit=WIRE_LIMIT,
    broken_off=error_answer(Fault.UNDECODABLE, UNDECODABLE),
    stalled=error_answer(Fault.STALLED, "body read stalled"),
    unavailable=FAILURES[HTTPStatus.SERVICE_UNAVAILABLE],
    failures=FAILURES,
)
