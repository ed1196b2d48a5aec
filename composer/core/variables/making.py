"""The generated values of an event, made anew.

PostHog looks an event up by the time inside its version-7 UUID (event-catalogue.md, 0.1), so an
event's own time is made first, and its IDs for that time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from composer.core import times
from composer.core.jsontext import get_at
from composer.core.variables.generated import Maker, made
from composer.core.variables.patterns import (
    Items,
    Members,
    Pattern,
    Slot,
    joined_items,
    joined_members,
    with_slots,
)
from composer.core.variables.rendering import Answers, rendered

_TIME = "timestamp"
_EVENTS = "batch"


def made_anew(event: Pattern, answers: Answers, maker: Maker) -> Pattern:
    """The pattern of an event, or of a batch, with its generated values made anew."""
    if not isinstance(event, Members):  # no event, so it has no time of its own
        return with_slots(event, partial(_made, maker, maker.now()))
    members = [
        (key, with_slots(value, partial(_made, maker, maker.now())) if key == _TIME else value)
        for key, value in event.members
    ]
    moment = _moment(joined_members(members), answers) or maker.now()
    return joined_members(
        [(key, _member(key, value, answers, maker, moment)) for key, value in members]
    )


def _member(key: str, value: Pattern, answers: Answers, maker: Maker, moment: datetime) -> Pattern:
    if key == _TIME:
        return value
    if key == _EVENTS and isinstance(value, Items):
        return joined_items([made_anew(entry, answers, maker) for entry in value.items])
    return with_slots(value, partial(_made, maker, moment))


def _moment(event: Pattern, answers: Answers) -> datetime | None:
    text = get_at(rendered(event, answers), (_TIME,))
    return times.read(text) if isinstance(text, str) else None


def _made(maker: Maker, moment: datetime, slot: Slot) -> Slot:
    values = tuple(made(reference, maker, moment) for reference in slot.generated)
    return replace(slot, made=values)
