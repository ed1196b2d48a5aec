"""From the JSON of one request to its drafts, its token, and what did not come along.

It knows no formats: by now the body is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from composer.core.destination import is_personal_key
from composer.core.draft import Draft
from composer.core.jsontext import JsonError, Object, Value
from composer.core.paste import mixpanel
from composer.core.paste.addresses import Purpose, is_mixpanel, is_v1, purpose_of
from composer.core.paste.mending import Mended
from composer.core.paste.pasted import PastedRequest, PasteError
from composer.core.paste.shapes import events_in, is_event, is_flags_question, token_in
from composer.core.paste.sources import Source, header_in
from composer.core.remarks import Remark
from composer.core.reopen import drafts_from_value


def opened(source: Source, body: Mended) -> PastedRequest:
    """The request with its drafts. Raises ``PasteError`` where there is no event at all."""
    value, beside = body.value, _token_beside(source)
    if is_flags_question(value) or purpose_of(source.url) is Purpose.FLAGS:
        drafts, remarks = (), (_FLAGS,)
    elif mixpanel.is_mixpanels(value) or is_mixpanel(source.url):
        drafts, remarks = mixpanel.opened(value)
    else:
        drafts, remarks = _events(value, body.text, beside), (*_told_of_events(value),)
    if not drafts and remarks != (_FLAGS,):
        raise PasteError(_NO_EVENT)
    return PastedRequest(
        text=body.text,
        method=source.method,
        url=source.url,
        headers=source.headers,
        steps=(*source.steps, *body.steps),
        remarks=_each_once((*source.remarks, *_told_of_headers(source), *remarks)),
        drafts=drafts,
        token=token_in(value) or beside,
    )


_FLAGS = Remark(
    name="/flags",
    words="This asks for feature flags. There is no event in it that could be opened.",
)
_NO_EVENT = (
    "There is JSON in this, but no event. An event is an object that has at least a name: "
    '{"event": "…"}. Paste one, or a list of them.'
)


def _events(value: Value, text: str, token: str) -> tuple[Draft, ...]:
    if value == Object():
        return ()
    try:
        return drafts_from_value(value, text, token)
    except JsonError:  # a single word or number
        return ()


def _each_once(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Of remarks on the same name the first, for that knew most of where it stood."""
    first: dict[str, Remark] = {}
    for remark in remarks:
        first.setdefault(remark.name.lower(), remark)
    return tuple(first.values())


_BEARER = "bearer "
_AUTHORIZATION = "authorization"


def _token_beside(source: Source) -> str:
    """The token in the header, which is read at the v1 address only (capture-server.md, 7.1)."""
    said = header_in(source.headers, _AUTHORIZATION)
    token = said[len(_BEARER) :].strip() if said.lower().startswith(_BEARER) else ""
    return token if is_v1(source.url) and not is_personal_key(token) else ""


def _told_of_headers(source: Source) -> Iterator[Remark]:
    is_told = any("Cookie" in remark.words for remark in source.remarks)
    if header_in(source.headers, "cookie") and not is_told:
        yield Remark(name="Cookie", words="Cookies are not taken over: PostHog does not read them.")
    said = header_in(source.headers, _AUTHORIZATION)
    if said and not _token_beside(source):
        words = "It is not taken over: PostHog reads the project token in the body."
        yield Remark(name="Authorization", words=words)


def _told_of_events(value: Value) -> Iterator[Remark]:
    """What belongs to a batch and not to its events, and what in it is no event."""
    items = value.get("batch") if isinstance(value, Object) else value
    if isinstance(value, Object) and isinstance(items, tuple):
        others = (name for name, _ in value if name not in _OF_EVERY_BATCH)
        yield from (Remark(name=name, words=_OF_THE_BATCH) for name in others)
    if isinstance(items, tuple) and (odd := sum(not isinstance(item, Object) for item in items)):
        said = (
            "One item is no object and was"
            if odd == 1
            else f"{odd:,} items are no objects and were"
        )
        yield Remark(name="batch", words=f"{said} left out.")
    events = events_in(value)
    if not all(is_event(event) for event in events):
        yield Remark(name="event", words="There is no event name. Enter one before you send it.")
    names = {name for event in events for name, _ in event}
    yield from (Remark(name=name, words=_OF_V1) for name in _ONLY_IN_V1 if name in names)


_OF_EVERY_BATCH = frozenset({"api_key", "token", "batch"})
_OF_THE_BATCH = "It belongs to the whole batch, and is not taken over into its events."
_ONLY_IN_V1 = ("options", "session_id", "window_id")
_OF_V1 = (
    "It is read at /i/v1/analytics/events only. At other addresses it belongs into the properties, "
    "where its name begins with $."
)
