"""Judges the batch as the request that it will be; only what has changed is judged again.

Knows no widget.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from composer.core.destination import BATCH_PATH
from composer.core.jsontext import Layout, Object, Value, encode
from composer.core.records import BatchItem
from composer.services.ports import Clock
from composer.ui.batch.batch import Batch
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.watch import Case, Watch

if TYPE_CHECKING:  # the rules are loaded when the window stands
    from composer.core.verdicts.request import Request

FEW = 20
"""Events that are judged within a frame."""
SOME = 200
"""More events are not judged anew for the sake of a minute that has passed."""
_WRAPPING = 200  # bytes around the events, roughly


class BatchWatch(Watch):
    """The report on the batch. Idle until somebody ``attends``."""

    def __init__(
        self,
        batch: Batch,
        preferences: Preferences,
        court: Court,
        *,
        clock: Clock,
        tasks: TaskScope,
    ) -> None:
        super().__init__(court, clock, tasks)
        self._batch = batch
        self._preferences = preferences
        self._is_attended = False
        self._events: dict[int, tuple[Object, Object]] = {}
        self._sizes: dict[tuple[int, Layout], tuple[Object, int]] = {}
        batch.changed.connect(self.look)

    @property
    def items(self) -> tuple[BatchItem, ...]:
        """The events; while the report is not stale, those that it speaks of."""
        return self._batch.items

    @Slot(bool)
    def attend(self, on: bool) -> None:
        """Somebody looks at the report, or no longer."""
        self._is_attended = on
        if on:
            self.look()

    def case(self) -> Case | None:
        items = self._batch.items
        if not self._is_attended or not items:
            return None
        destination = self._preferences.destination
        layout = self._preferences.settings.layout
        historical = self._batch.historical_migration
        return Case(
            key=(items, destination, layout, historical),
            body=partial(self._body, items, destination.token, layout, historical=historical),
            path=BATCH_PATH,
            destination=destination,
            is_small=len(items) <= FEW,
            tells_time=len(items) <= SOME,
        )

    def _body(
        self, items: tuple[BatchItem, ...], token: str, layout: Layout, *, historical: bool
    ) -> Request:
        """As ``core.wire.batch_body`` makes it, but each event is the same object each time."""
        from composer.core.verdicts.request import request_of  # noqa: PLC0415 -- a quicker start

        events = self._without_tokens(items)
        members: list[tuple[str, Value]] = [("api_key", token)]
        if historical:
            members.append(("historical_migration", True))
        members.append(("batch", events))
        size = self._size(events, layout)
        return request_of(Object(tuple(members)), text=None, size=size)

    def _without_tokens(self, items: tuple[BatchItem, ...]) -> tuple[Object, ...]:
        known, made = self._events, dict[int, tuple[Object, Object]]()
        for item in items:
            payload = item.draft.payload
            place = id(payload)
            made[place] = known.get(place) or (payload, payload.without("api_key"))
        self._events = made
        return tuple(made[id(item.draft.payload)][1] for item in items)

    def _size(self, events: tuple[Object, ...], layout: Layout) -> int:
        """Bytes of the body, to within a few; large ones are refused."""
        known, made = self._sizes, dict[tuple[int, Layout], tuple[Object, int]]()
        for event in events:
            place = (id(event), layout)
            made[place] = known.get(place) or (event, _size(event, layout))
        self._sizes = made
        return _WRAPPING + sum(made[id(event), layout][1] for event in events)


def _size(event: Object, layout: Layout) -> int:
    text = encode(event, layout)
    lines = text.count("\n") + 1 if layout is Layout.PRETTY else 0
    return len(text.encode("utf-8", "surrogatepass")) + 4 * lines + 2
