"""What comes out otherwise when a library sends an event, field by field, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from composer.core.jsontext import Layout, Number, Object, Value, encode
from composer.core.snippets.literals.numbers import is_same_value
from composer.core.snippets.literals.unsafe import SURROGATE
from composer.core.snippets.sdk.events import Event, Sending, by_event
from composer.core.snippets.sdk.library import Library
from composer.core.times import read

_SHOWN = 8
"""Fields named in one sentence; a body may have thousands."""


def differences(sending: Sending, library: Library) -> tuple[str, ...]:
    """All of ``sending.notes``, and what this library does to each event."""
    notes = [library.request, *sending.notes]
    if library.replaces or library.adds:
        added = _listed([*library.replaces, *library.adds])
        notes.append(f"{library.name} adds to the properties: {added}.")
    if sending.is_historical and not library.is_historical:
        notes.append(f"historical_migration is left out: {library.name} cannot mark a batch so.")
    notes += by_event([list(_of_event(event, library)) for event in sending.events])
    return tuple(notes)


def _of_event(event: Event, library: Library) -> Iterator[str]:
    yield from _of_head(event, library)
    replaced = [f"properties.{key}" for key in library.replaces if key in event.properties]
    if replaced:
        yield f"{library.name} puts its own value in the place of {_listed(replaced)}."
    scalars = list(_scalars(event.properties, "properties"))
    yield from _of_numbers(scalars, library)
    texts = [("event", event.name), ("distinct_id", event.distinct_id), *scalars]
    halves = [at for at, value in texts if isinstance(value, str) and SURROGATE.search(value)]
    if halves and not library.keeps_halves:
        yield f"Half characters cannot be sent and become U+FFFD in {_listed(halves)}."
    size = len(encode(event.properties, Layout.COMPACT).encode())
    if library.limit and size > library.limit:
        yield f"{library.name} drops an event of more than {library.limit:,} bytes."


def _of_head(event: Event, library: Library) -> Iterator[str]:
    moment = event.moment
    if not event.uuid:
        yield f"{library.name} adds a uuid."
    elif not library.uuid.fullmatch(event.uuid):
        yield f"uuid is left out, for it is no UUID; {library.name} adds another."
    if moment is None:
        yield f"{library.name} adds the time of the call as timestamp."
        return
    sent = library.time(moment)
    if sent != event.time:
        same = "the same instant" if read(sent) == moment else "a coarser instant"
        yield f"timestamp is spelled {sent}, {same}."


def _of_numbers(scalars: Sequence[tuple[str, Value]], library: Library) -> Iterator[str]:
    spelled: list[str] = []
    changed: list[str] = []
    for at, value in scalars:
        if isinstance(value, Number) and (sent := library.number(value.text)) != value.text:
            words = f"{at} ({_short(value.text)} becomes {_short(sent)})"
            (spelled if is_same_value(value.text, sent) else changed).append(words)
    if spelled:
        yield f"Numbers of the same value are spelled otherwise: {_listed(spelled)}."
    if changed:
        yield f"Numbers change their value: {_listed(changed)}."


def _scalars(value: Value, at: str) -> Iterator[tuple[str, Value]]:
    """All texts and numbers, the names of members among the texts, with where they stand."""
    match value:
        case Object():
            for name, item in dict(value.members).items():
                yield f"{at}.{name}", name
                yield from _scalars(item, f"{at}.{name}")
        case tuple():
            for place, item in enumerate(value):
                yield from _scalars(item, f"{at}[{place}]")
        case _:
            yield at, value


def _listed(names: Sequence[str]) -> str:
    """``names`` with commas; of many the first, and how many more there are."""
    shown = [SURROGATE.sub("\ufffd", name) for name in names[:_SHOWN]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _short(number: str) -> str:
    return number if len(number) <= _LONGEST else f"{number[:_LONGEST]}…"


_LONGEST = 40
