"""One v0 request from its bytes to its answer: the capture service without a network.

The order of the steps is PostHog's (capture-server.md, 3.5). Safe to call from any thread.
"""

from __future__ import annotations

from http import HTTPStatus

from composer.core.behaviour import Edition
from composer.services.sandbox import serde
from composer.services.sandbox.answers import (
    ACCEPTED,
    ACCEPTED_BEACON,
    RefusedError,
    plain,
    plain_failures,
    unparsable,
)
from composer.services.sandbox.arrivals.address import address_of
from composer.services.sandbox.request import Endpoint, Judgement, Submission
from composer.services.sandbox.v0.checks import Circumstances, admit
from composer.services.sandbox.v0.editions import BLACK_HOLE, RULES, Rules
from composer.services.sandbox.v0.query import read_query
from composer.services.sandbox.v0.shapes import recognise
from composer.services.sandbox.v0.unpack import Packed


def judge(submission: Submission) -> Judgement:
    """Answer as PostHog would, in the edition that is asked for. Raises ``HeavyError``."""
    if submission.path == BLACK_HOLE:
        return Judgement(answer=ACCEPTED)
    try:
        return _accept(submission, RULES[submission.behaviour.edition])
    except RefusedError as refused:
        return Judgement(answer=refused.answer)


def endpoint(path: str, edition: Edition) -> Endpoint | None:
    """What takes requests at ``path``, which has no slash at its end (capture-server.md, 1.1)."""
    return _ENDPOINTS[edition].get(path)


def _accept(submission: Submission, rules: Rules) -> Judgement:
    query = read_query(submission.query, rules.parameters)
    if submission.body is None:
        return Judgement(answer=rules.too_long)
    packed = Packed(
        path=submission.path,
        query=query,
        content_type=submission.headers.get("content-type", ""),
        content_encoding=submission.headers.get("content-encoding", ""),
        body=submission.body,
        most_text=submission.most_text,
    )
    text = rules.unpack(packed)
    try:
        document = serde.read(text)
    except serde.SerdeError as error:
        raise unparsable(str(error)) from None
    circumstances = Circumstances(
        path=submission.path,
        now=submission.now,
        ip=address_of(submission.headers, submission.peer),
        query_sent_at=query.sent_at,
        known_tokens=submission.behaviour.known_tokens,
        quota_reached=submission.behaviour.quota_reached,
    )
    admitted = admit(recognise(document, rules.grammar), circumstances, rules.policy)
    # A request whose events were all dropped is thanked in the ordinary way.
    answer = ACCEPTED_BEACON if query.beacon and admitted.events else ACCEPTED
    return Judgement(
        answer=answer, events=admitted.events, dropped=admitted.dropped, characters=len(text)
    )


_STALLED = plain(HTTPStatus.REQUEST_TIMEOUT, "client stopped sending data")
_ENDPOINTS = {
    edition: dict.fromkeys(
        rules.paths,
        Endpoint(
            judge=judge,
            methods=("POST", "GET", "HEAD"),
            wire_limit=rules.wire_limit,
            broken_off=rules.broken_off,
            stalled=_STALLED,
            failures=plain_failures(rules.too_long),
        ),
    )
    for edition, rules in RULES.items()
}
