"""One request to the flag service from its bytes to its answer.

The order of the steps is PostHog's: query, body, token, distinct ID, the switch that asks for no
flags, quota, flags. Source: ingestion-rules.md, 4.1, and ``rust/feature-flags/src/handler``.
"""

from __future__ import annotations

import uuid
from http import HTTPStatus

from composer.core.jsontext import Layout, Object, Value, encode, from_python
from composer.services.sandbox.answers import Answer, RefusedError
from composer.services.sandbox.flags.asked import FlagRequest, is_known, understood
from composer.services.sandbox.flags.evaluation import evaluate, members, shape_of
from composer.services.sandbox.flags.packing import read_body, undecodable
from composer.services.sandbox.flags.query import FlagsQuery, read_query
from composer.services.sandbox.flags.remote import configuration
from composer.services.sandbox.request import Judgement, Submission

PATHS = frozenset({"/flags", "/decide"})


def judge(submission: Submission) -> Judgement:
    """Answer as PostHog would. Nothing is stored."""
    try:
        query = read_query(submission.query)
        if submission.method != "POST":
            return Judgement(answer=_outline(submission, query))
        return Judgement(answer=_answer(submission, query))
    except RefusedError as refused:
        return Judgement(answer=refused.answer)


_NEWEST = 2
_NO_TOKEN = "No API token provided. Please include a valid API token in your request."
_UNKNOWN_TOKEN = (
    "The provided API key is invalid or has expired. Please check your API key and try again."
)
_NO_ID = "The distinct_id field is missing from the request. Please include a valid identifier."
_TOO_LONG = "Failed to buffer the request body: length limit exceeded"


def _answer(submission: Submission, query: FlagsQuery) -> Answer:
    asked = _asked(submission, query)
    behaviour = submission.behaviour
    version, config = query.version, query.config
    decide = submission.path == "/decide"
    if decide and config is None:
        config = True
    if version is None and config is None:
        version, config = _NEWEST, True
    limited = behaviour.quota_reached and not asked.disable_flags
    flags = () if limited or asked.disable_flags else behaviour.flags
    evaluated = evaluate(flags, asked.distinct_id or "", asked.flag_keys)
    return _json(
        members(shape_of(version, decide=decide), evaluated)
        | ({"quotaLimited": ("feature_flags",)} if limited else {})
        | _stamp(submission)
        | (configuration(asked.token, behaviour) if config else {})
    )


def _asked(submission: Submission, query: FlagsQuery) -> FlagRequest:
    """The question, if it may be answered. Raises ``RefusedError`` (400, 401 or 413)."""
    if submission.body is None:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LONG)
    readings = read_body(submission.body, query.packing, submission.headers)
    asked = next(filter(None, map(understood, readings)), None)
    if asked is None:
        raise undecodable("invalid JSON")
    if not asked.token:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, _NO_TOKEN)
    if not is_known(asked.token, submission.behaviour):
        raise RefusedError(HTTPStatus.UNAUTHORIZED, _UNKNOWN_TOKEN)
    if asked.distinct_id is None and not asked.disable_flags:
        raise RefusedError(HTTPStatus.BAD_REQUEST, _NO_ID)
    return asked


def _outline(submission: Submission, query: FlagsQuery) -> Answer:
    """What a request without a body gets: no flags, and a configuration that names no project."""
    configured: dict[str, Value] = {
        "supportedCompression": ("gzip", "gzip-js"),
        "config": from_python({"enable_collect_everything": True}),
        "toolbarParams": Object(),
        "isAuthenticated": False,
        "sessionRecording": False,
    }
    shape = shape_of(query.version, decide=False)
    return _json(members(shape, ()) | _stamp(submission) | configured)


def _stamp(submission: Submission) -> dict[str, Value]:
    """The ID of the request, its own or a new one, and the time in milliseconds since 1970."""
    try:
        request_id = uuid.UUID(submission.headers.get("x-request-id", ""))
    except ValueError:
        request_id = uuid.uuid4()
    milliseconds = int(submission.now.timestamp() * 1000)
    return {"requestId": str(request_id), "evaluatedAt": from_python(milliseconds)}


def _json(found: dict[str, Value]) -> Answer:
    text = encode(Object(tuple(found.items())), Layout.COMPACT)
    return Answer(
        status=HTTPStatus.OK,
        body=text.encode(),
        headers=(("content-type", "application/json"),),
    )
