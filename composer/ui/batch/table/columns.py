"""The columns of the table of events: the fixed ones, and one for each property that is shown.

Pure values. The key of a column is what ``TableQuery.sort`` calls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from composer.core.batch.cells import EVENT, PERSON, TIME, property_column
from composer.ui.lists.model import Column

NUMBER = "number"
VERDICT = "verdict"
SIZE = "size"

AT_FIRST = 4
"""Properties that are shown until a person chooses others."""
OFFERED = 40
"""The most frequent properties, of which a person can choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventColumn:
    """A column of the table.

    ``least`` and ``most`` bound, in pixels, the room that one with a width after its first texts
    takes; where ``most`` is 0 its sample tells the width.
    """

    key: str
    column: Column
    least: int = 0
    most: int = 0


def columns_of(properties: Sequence[str]) -> tuple[EventColumn, ...]:
    """All columns, those of ``properties`` in their order."""
    return (*_LEADING, *(_property(name) for name in properties), _SIZE)


def first_choice(frequent: Sequence[str]) -> tuple[str, ...]:
    """The properties that are shown at first: a person's own before those of the SDKs."""
    own = [name for name in frequent if not name.startswith("$")]
    return tuple((own or list(frequent))[:AT_FIRST])


def _property(name: str) -> EventColumn:
    return EventColumn(key=property_column(name), column=Column(title=name), least=56, most=170)


_LEADING = (
    EventColumn(key=NUMBER, column=Column(title="#", sample="000", right=True)),
    EventColumn(key=EVENT, column=Column(title="Event", share=5, mono=True), least=90, most=170),
    EventColumn(key=PERSON, column=Column(title="Person", share=4), least=90, most=150),
    EventColumn(key=VERDICT, column=Column(title="Verdict", sample="Refused", pill=True)),
    EventColumn(key=TIME, column=Column(title="Time", sample="28 Nov 2026 00:00:00")),
)
_SIZE = EventColumn(key=SIZE, column=Column(title="Bytes", sample="000,000", right=True))
