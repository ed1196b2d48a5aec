"""Judges the one event of the batch that is looked at, as it would be sent; knows no widget."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from composer.core.batch.bodies import path_of
from composer.core.batch.cells import CellError, event_in
from composer.core.batch.options import BatchOptions
from composer.core.batch.table import BatchEvent
from composer.core.jsontext import Object, Value
from composer.services.ports import Clock
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court
from composer.ui.verdicts.watch import AT_ONCE, Case, Watch

if TYPE_CHECKING:  # the rules are loaded when the window stands
    from composer.core.verdicts.request import Request


class EventWatch(Watch):
    """The report on one event. Idle while none is shown."""

    def __init__(
        self, preferences: Preferences, court: Court, *, clock: Clock, tasks: TaskScope
    ) -> None:
        super().__init__(court, clock, tasks)
        self._preferences = preferences
        self._event: BatchEvent | None = None
        if court.is_open:
            self._on_opened()
        preferences.changed.connect(self.look)

    @Slot(object)
    def show_event(self, event: BatchEvent | None) -> None:
        """Judge this one."""
        self._event = event
        self.look()

    def case(self) -> Case | None:
        event = self._event
        if event is None:
            return None
        destination = self._preferences.destination
        options = self._preferences.settings.batch
        return Case(
            key=(event.body, destination, options.historical_migration, options.one_each),
            body=partial(_request, event.body, destination.token, options),
            path=path_of(destination, options),
            destination=destination,
            is_small=event.size <= AT_ONCE,
            tells_time="timestamp" in event.body,
        )


def _request(body: str, token: str, options: BatchOptions) -> Request:
    from composer.core.verdicts.request import request_of  # noqa: PLC0415 -- for a quicker start

    try:
        event = event_in(body)
    except CellError:
        event = Object()
    members: list[tuple[str, Value]] = [("api_key", token)]
    if options.one_each:
        members += event.members
    else:
        if options.historical_migration:
            members.append(("historical_migration", True))
        members.append(("batch", (event,)))
    return request_of(Object(tuple(members)), text=None, size=len(body) + _WRAPPING)


_WRAPPING = 100  # bytes around the event, roughly
