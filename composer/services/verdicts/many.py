"""What the capture service says to many events at once, each looked at only while it is new.

The steps and their order are the sandbox's (``v0.capture``); its own functions decide about each
event alone, and about the request with stand-ins for its events. Values never change in place, so
an event that was edited is another object.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from composer.core.jsontext import Object, Value
from composer.core.spelling import trimmed
from composer.core.verdicts.request import Circumstances, Request, Shape
from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.serde import Document
from composer.services.sandbox.serde.scanner import MAX_DEPTH
from composer.services.sandbox.v0 import checks, shapes
from composer.services.sandbox.v0.editions import BLACK_HOLE, CURRENT
from composer.services.sandbox.v0.query import read_query
from composer.services.sandbox.v0.shapes import RawEvent, RawRequest
from composer.services.verdicts.flaws import levels_of


class ManyEvents:
    """The answer to a batch or a list of events; it keeps what it knows of the last one's."""

    def __init__(self) -> None:
        self._kept: dict[int, _Look] = {}

    def words(self, request: Request, known: Circumstances) -> str | None:
        """What refuses it, empty if nothing does; ``None`` where this cannot be told here."""
        items = _items(request)
        if items is None or known.path not in _PATHS:
            self._kept = {}
            return None
        try:
            query = read_query(known.query.encode("utf-8", "replace"), CURRENT.parameters)
        except RefusedError as refused:
            return refused.answer.text
        if request.size > CURRENT.wire_limit:
            return CURRENT.too_long.text
        around = _around(request, items)
        looks = self._looks(request)
        if query.data or query.compression or not _is_readable(looks, around, request.shape):
            return None
        return _said(around, looks, known)

    def _looks(self, request: Request) -> list[_Look]:
        kept = self._kept
        found = [kept.get(id(event.payload)) or _look(event.payload) for event in request.events]
        self._kept = {id(look.payload): look for look in found}
        return found


@dataclass(frozen=True, slots=True)
class _Look:
    """What the service makes of one event, whatever stands around it.

    ``payload`` is held so that its identity stays its own. ``levels`` is 0 for an event that cannot
    be read at all.
    """

    payload: Object
    levels: int
    is_typed: bool
    is_discarded: bool
    token: str | None
    fault: str


_FEWEST = 2
_PATHS = frozenset(CURRENT.paths) - {BLACK_HOLE}
_LEVELS_AROUND = {Shape.BATCH: 2, Shape.ARRAY: 1}
_GRAMMAR, _POLICY = CURRENT.grammar, CURRENT.policy
_STAND_IN = RawEvent(payload=Object(), name="a", distinct_id="a", properties=Object())


def _items(request: Request) -> tuple[Value, ...] | None:
    """The list of events, if there are several and nothing but events."""
    if len(request.events) < _FEWEST:
        return None
    items = request.value if request.shape is Shape.ARRAY else request.top.get("batch")
    return items if isinstance(items, tuple) and len(items) == len(request.events) else None


def _around(request: Request, items: tuple[Value, ...]) -> Value:
    """The body with an empty list in place of its events."""
    if request.shape is Shape.ARRAY:
        return ()
    members = request.top.members
    return Object(tuple((key, () if value is items else value) for key, value in members))


def _is_readable(looks: Sequence[_Look], around: Value, shape: Shape) -> bool:
    most = MAX_DEPTH - _LEVELS_AROUND[shape]
    return all(0 < look.levels <= most for look in looks) and 0 < levels_of(around) <= MAX_DEPTH


def _look(payload: Object) -> _Look:
    levels = levels_of(payload)
    raw = _recognised((payload,)) if levels else None
    if not isinstance(raw, RawRequest):
        return _Look(payload, levels, False, False, None, "")
    (event,) = raw.events
    own = event.token if event.token is not None else event.properties.get("token")
    return _Look(
        payload,
        levels,
        True,
        event.name in _POLICY.discarded,
        own if isinstance(own, str) else None,
        "" if _is_plainly_good(event) else _answer(_alone(event), _ANYWHERE),
    )


def _is_plainly_good(event: RawEvent) -> bool:
    """Whether there is no need to ask, which takes ten times as long: true of most events."""
    person = event.distinct_id
    is_known = isinstance(person, str) and trimmed(person) != ""
    return event.name != "" and is_known and "$cookieless_mode" not in event.properties


def _alone(event: RawEvent) -> RawRequest:
    return RawRequest(shape=shapes.Shape.BATCH, events=(event,), token="a")


def _said(around: Value, looks: Sequence[_Look], known: Circumstances) -> str:
    """The answer to a request that can be read."""
    there = checks.Circumstances(path=known.path, now=known.now.astimezone(UTC), ip="")
    request = _recognised(around)
    if isinstance(request, RawRequest) and not all(look.is_typed for look in looks):
        request = _recognised(_with_misfit(around))
    if not isinstance(request, RawRequest):
        return request
    if request.shape not in {shapes.Shape.BATCH, shapes.Shape.ARRAY}:
        return _answer(request, there)
    counted = [look for look in looks if not look.is_discarded]
    if not counted:
        return ""
    tokens = dict.fromkeys(look.token for look in counted if look.token is not None)
    events = tuple(replace(_STAND_IN, token=token) for token in [*tokens][:2]) or (_STAND_IN,)
    return _answer(replace(request, events=events), there) or next(
        (look.fault for look in counted if look.fault), ""
    )


_ANYWHERE = checks.Circumstances(path="", now=datetime(2026, 1, 1, tzinfo=UTC), ip="")
"""The answer to an event does not depend on the time, or on where it came from."""


def _with_misfit(around: Value) -> Value:
    """The body as the service reads it if one of its events is none."""
    if not isinstance(around, Object):
        return (None,)
    members = around.members
    return Object(tuple((key, (None,) if key == "batch" else value) for key, value in members))


def _recognised(value: Value) -> RawRequest | str:
    """The request in a body, or the words that refuse it."""
    try:
        return shapes.recognise(Document(value=value), _GRAMMAR)
    except RefusedError as refused:
        return refused.answer.text


def _answer(request: RawRequest, there: checks.Circumstances) -> str:
    try:
        checks.admit(request, there, _POLICY)
    except RefusedError as refused:
        return refused.answer.text
    return ""
