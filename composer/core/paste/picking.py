"""Chooses among the requests of a HAR those that carry events, and counts the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from composer.core.jsontext import Object
from composer.core.paste.har import Choice, chosen
from composer.core.paste.pasted import PastedRequest, PasteError
from composer.core.paste.sources import Source
from composer.core.remarks import Remark
from composer.core.urls import target

Reader = Callable[[Source], tuple[PastedRequest, ...]]
"""Reads the requests of a source. Raises ``PasteError``."""


def picked(
    requests: Iterable[Object], read: Reader
) -> tuple[tuple[PastedRequest, ...], tuple[Remark, ...]]:
    """The requests with events, and what is said of the rest. Raises ``PasteError`` for none."""
    choice = chosen(requests)
    found: list[PastedRequest] = []
    faults: list[Remark] = []
    others = choice.others
    for source in choice.events:
        try:
            found += read(source)
        except PasteError as error:
            faults.append(Remark(name=target(source.url), words=str(error)))
    for source in choice.perhaps:
        events = _events(source, read)
        found += events
        others += not events
    return tuple(found or _questions(choice, read) or _nothing(choice, faults)), (
        *faults[:_MOST_FAULTS],
        *_left_out(len(choice.flags) if found else 0, others),
    )


_MOST_FAULTS = 20


def _events(source: Source, read: Reader) -> tuple[PastedRequest, ...]:
    """Those of a request to an address that PostHog does not have: a proxy may have renamed it."""
    try:
        requests = read(source)
    except PasteError:
        return ()
    known = (draft.payload.get("event") for request in requests for draft in request.drafts)
    return requests if any(isinstance(name, str) for name in known) else ()


def _questions(choice: Choice, read: Reader) -> tuple[PastedRequest, ...]:
    """Where there are no events, questions for flags are better than nothing."""
    return tuple(request for source in choice.flags for request in read(source))


def _nothing(choice: Choice, faults: list[Remark]) -> tuple[PastedRequest, ...]:
    if faults:
        raise PasteError(faults[0].words)
    raise PasteError(
        f"No event goes to PostHog in this HAR, among {choice.others + len(choice.perhaps):,} "
        "requests. Record again while the page sends one, then save the HAR with its content."
    )


def _left_out(flags: int, others: int) -> Iterator[Remark]:
    if flags:
        said = "One request asks" if flags == 1 else f"{flags:,} requests ask"
        yield Remark(name="/flags", words=f"{said} for feature flags, without an event.")
    if others:
        said = "One request carries" if others == 1 else f"{others:,} requests carry"
        yield Remark(name="others", words=f"{said} no event for PostHog. Not opened.")
