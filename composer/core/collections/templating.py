"""The requests of a collection that carry PostHog's events, as templates; the others by name.

A request with several events becomes a sequence: each event can then be filled in, edited, and sent
on its own or with the others. It stays one batch where that would lose something: a historical
import (its events keep their own times) and more events than a person would go through one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, urlencode

from composer.core.collections.collection import CollectedRequest, Collection, Setting
from composer.core.collections.imported import Imported
from composer.core.collections.placeholders import Placeholders
from composer.core.collections.telling import Telling
from composer.core.draft import STAMPS, TOP_ORDER, Draft
from composer.core.events import detect, is_batch
from composer.core.jsontext import Object, parse
from composer.core.paste import PastedRequest, PasteError
from composer.core.paste.addresses import Purpose, purpose_of
from composer.core.paste.pasted import Format
from composer.core.paste.reading import read_source
from composer.core.paste.sources import Source
from composer.core.personal_keys import without_personal_keys
from composer.core.templates import Step, Template, unfilled_in
from composer.core.times import read
from composer.core.tokens import ALIASES

MOST_STEPS = 20
"""Events of a sequence; a longer batch stays a batch."""

_ELSEWHERE = ("segment.", "mixpanel.", "amplitude.", "rudderstack.", "google-analytics.")
"""Hosts with addresses that are spelled like PostHog's."""


def templates_of(
    collection: Collection, moment: datetime, settings: Iterable[Setting] = ()
) -> Imported:
    """``settings`` are variables from elsewhere (an environment); those of a request come first."""
    telling = Telling()
    shared = (*settings, *collection.settings)
    found = [
        template
        for request in collection.requests
        if (template := _Reading(request, collection, shared, telling).template(moment))
    ]
    return Imported(templates=tuple(found), remarks=(*collection.remarks, *telling.remarks()))


class _Reading:
    """One request, from its text to a template."""

    def __init__(
        self,
        request: CollectedRequest,
        collection: Collection,
        settings: tuple[Setting, ...],
        telling: Telling,
    ) -> None:
        self._request = request
        self._collection = collection
        self._telling = telling
        self._words = Placeholders((*settings, *request.settings), collection.tool)

    def template(self, moment: datetime) -> Template | None:
        """``None``, after it was told why, where there is no event of PostHog's in it."""
        request = self._request
        source = self._source()
        purpose = purpose_of(source.url)
        if purpose is Purpose.RECORDING or _is_elsewhere(source.url):
            return self._left_out(_NOT_POSTHOG)
        try:
            pasted = read_source(source)
        except PasteError as error:
            is_theirs = purpose in {Purpose.EVENTS, Purpose.FLAGS}
            return self._left_out(f"It was left out. {error}" if is_theirs else _NOT_POSTHOG)
        if purpose is Purpose.OTHER and not any(one.token for one in pasted):
            return self._left_out(_NOT_POSTHOG)
        self._tell(pasted)
        steps = tuple(step for one in pasted for step in _steps(one))
        if not steps:
            return None
        return Template(
            id="",
            name=without_personal_keys(request.name),
            steps=steps,
            saved_at=moment,
            folder=without_personal_keys("/".join((self._collection.name, *request.folders))),
            description=without_personal_keys(request.description),
            tags=(self._collection.tool.lower(),),
            variables=self._words.variables(
                one.name for step in steps for one in unfilled_in(step.draft.payload)
            ),
        )

    def _source(self) -> Source:
        """As if the request had been pasted, but with this app's references in its body."""
        request = self._request
        url = self._words.resolved(request.url)
        if request.form:
            fields = [(name, self._clean(value)) for name, value in request.form]
            body = urlencode(fields, quote_via=quote)
        else:
            body = self._clean(request.body)
        return Source(
            format=Format.HTTP,
            method=request.method,
            url=url if "://" in url else f"http://{url}",
            headers=request.headers,
            body=body.encode("utf-8", "surrogatepass"),
        )

    def _clean(self, text: str) -> str:
        """Translated, and without personal keys."""
        clean = without_personal_keys(text)
        if clean != text:
            self._telling.add(self._request, _PERSONAL_KEY)
        return self._words.translated(clean)

    def _left_out(self, words: str) -> None:
        self._telling.add(self._request, words)

    def _tell(self, pasted: Iterable[PastedRequest]) -> None:
        for one in pasted:
            if one.token:
                self._telling.add(self._request, _TOKEN)
            remarks = one.remarks if one.drafts else one.remarks[-1:]
            for remark in (*remarks, *self._words.remarks):
                self._telling.add(self._request, f"{remark.name}: {remark.words}")


_NOT_POSTHOG = "It was left out: it does not send an event to PostHog."
_PERSONAL_KEY = "A personal key in it was masked. Keep such keys in PostHog's own settings."
_TOKEN = "Its project token was left out. The destination's own is put in when you send."


def _is_elsewhere(url: str) -> bool:
    host = url.partition("://")[2].partition("/")[0].lower()
    return any(name in host for name in _ELSEWHERE)


def _steps(request: PastedRequest) -> tuple[Step, ...]:
    """The events of a request: one, several one after the other, or a batch."""
    body = parse(request.text)
    if isinstance(body, Object) and isinstance(batch := body.get("batch"), tuple):
        is_historical = body.get("historical_migration") is True
        if is_historical or len(batch) > MOST_STEPS:
            return (Step(draft=_draft(body)),)
    payloads = [draft.payload for draft in request.drafts]
    if len(payloads) == 1:
        return (Step(draft=_draft(payloads[0])),)
    times = [_time(payload) for payload in payloads]
    pauses = [_pause(*pair) for pair in zip([None, *times], times, strict=False)]
    is_timed = all(times) or not any("timestamp" in payload for payload in payloads)
    return tuple(
        Step(draft=_draft(payload, is_timed=is_timed), after=pause)
        for payload, pause in zip(payloads, pauses, strict=True)
    )


def _time(payload: Object) -> datetime | None:
    value = payload.get("timestamp")
    return read(value) if isinstance(value, str) else None


def _pause(before: datetime | None, after: datetime | None) -> float:
    """Seconds between two events of a sequence."""
    if before is None or after is None:
        return 1.0
    return max(0.0, (after - before).total_seconds())


def _draft(payload: Object, *, is_timed: bool = False) -> Draft:
    """An event without its token, and with an ID that is made anew each time.

    The time is made anew where it was so before, and in a sequence (``is_timed``).
    """
    for alias in ALIASES:
        payload = payload.without(alias)
    generated = frozenset[str]()
    if not is_batch(payload):
        is_now = payload.get("timestamp") == "{{now}}"
        generated = STAMPS if is_now or is_timed else frozenset({"uuid"})
        for key in sorted(generated, key=TOP_ORDER.index):
            payload = payload.with_member(key, "", before=TOP_ORDER[TOP_ORDER.index(key) + 1 :])
    return Draft(type_id=detect(payload).id, payload=payload, generated=generated)
