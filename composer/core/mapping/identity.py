"""The UUIDs of events: fresh ones, and those that a second import makes again.

A fresh one is of version 7 and has the event's own time inside, by which PostHog finds it
(event-catalogue.md, 0.1). Within a block of rows the random part counts up, as RFC 9562 allows
(section 6.2, method 2), so that no two are the same whatever the random numbers are.

An ID of the source that is a UUID stays what it is. Of any other one a UUID is made, always the
same of the same event name, person, time and ID, so that PostHog takes a second import for the same
events: version 7 with the time of the event, where it has one, and bits of a SHA-256 for the random
ones; else version 8 with such bits throughout (RFC 9562, sections 5.7 and 5.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from composer.core.ids import is_uuid, uuid7
from composer.core.jsontext import quoted
from composer.core.mapping.moments import Moment
from composer.core.variables import Maker


class Fresh:
    """New UUIDs for a block of rows."""

    def __init__(self, maker: Maker) -> None:
        drawn = maker.below(1 << _DRAWN)
        self._next = drawn & _COUNTED
        self._head = f"{drawn >> 62 & 0xFFF:03x}-{0x8000 | drawn >> 48 & 0x3FFF:04x}-"

    def one(self, milliseconds: int) -> str:
        """A UUID of that Unix time; before 1970 counts as 1970."""
        (uuid,) = self.many([milliseconds])
        return uuid

    def many(self, milliseconds: Sequence[int]) -> list[str]:
        """One for each of these Unix times."""
        if min(milliseconds, default=0) < 0:
            milliseconds = [max(0, time) for time in milliseconds]
        head, first = self._head, self._next
        self._next += len(milliseconds)
        return [
            f"{time >> 16:08x}-{time & 0xFFFF:04x}-7{head}{n:012x}"
            for n, time in enumerate(milliseconds, first)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What makes an event the same one as before, beside its ID in the source.

    ``step`` counts the events of one row, from 0.
    """

    name: str
    person: str
    moment: Moment | None
    step: int = 0


def kept_or_derived(given: str, facts: Facts) -> str:
    """The UUID of an event whose ID in the source is ``given``.

    Of several events of one row only the first can have the UUID itself.
    """
    if facts.step == 0 and is_uuid(given):
        return str(UUID(given))
    moment = facts.moment
    texts = (facts.name, facts.person, moment.text if moment else "", given, str(facts.step))
    hashed = sha256(",".join(map(quoted, texts)).encode("utf-8", "surrogatepass"))
    bits = int.from_bytes(hashed.digest()[:16])
    if moment is not None and moment.milliseconds >= 0:
        return uuid7(moment.milliseconds, bits)
    return str(UUID(int=bits & ~_FIXED | 8 << 76 | 0b10 << 62))


_DRAWN = 74  # random bits in a version-7 UUID
_COUNTED = (1 << 47) - 1  # so that counting up does not carry
_FIXED = 0xF << 76 | 0b11 << 62
