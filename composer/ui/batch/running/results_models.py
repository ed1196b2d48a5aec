"""The requests and the events of a run as lists."""

from __future__ import annotations

from enum import IntEnum
from operator import attrgetter

from PySide6.QtCore import QObject

from composer.core.batch.run import RequestRow, RunEvent
from composer.ui.batch.running.words import EVENT_STATES, REQUEST_STATES
from composer.ui.history.words import bytes_text
from composer.ui.lists.model import Cell, Column
from composer.ui.lists.paged_model import PagedModel
from composer.ui.wording import milliseconds_text


class RequestAt(IntEnum):
    """The columns of requests."""

    NUMBER = 0
    STATE = 1
    EVENTS = 2
    SIZE = 3
    TRIES = 4
    TIME = 5
    WORDS = 6


_REQUEST_COLUMNS = (
    Column(title="Request", sample="888,888", right=True),
    Column(title="State", sample="Confirmed", pill=True),
    Column(title="Events", sample="88,888", right=True),
    Column(title="Size", sample="888 bytes", right=True, needs=620),
    Column(title="Tries", sample="88", right=True),
    Column(title="Time", sample="888 ms", right=True, needs=540),
    Column(title="Answer", share=1),
)


class RequestsModel(PagedModel[RequestRow]):
    """The requests that were begun, in that order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_REQUEST_COLUMNS, attrgetter("id"), parent)

    def cell(self, row: int, column: int) -> Cell:
        one = self._rows[row]
        match RequestAt(column):
            case RequestAt.NUMBER:
                return Cell(text=f"{one.id:,}", right=True)
            case RequestAt.STATE:
                word, look = REQUEST_STATES[one.state]
                return Cell(text=word, severity=look)
            case RequestAt.EVENTS:
                return Cell(text=f"{one.events:,}", right=True)
            case RequestAt.SIZE:
                return Cell(text=bytes_text(one.bytes), right=True)
            case RequestAt.TRIES:
                return Cell(text=f"{one.tries:,}" if one.tries else "", right=True)
            case RequestAt.TIME:
                spent = milliseconds_text(one.milliseconds) if one.milliseconds else ""
                return Cell(text=spent, right=True)
            case RequestAt.WORDS:
                return Cell(text=one.words, muted=True)


class EventAt(IntEnum):
    """The columns of events."""

    NUMBER = 0
    STATE = 1
    NAME = 2
    PERSON = 3
    WORDS = 4


_EVENT_COLUMNS = (
    Column(title="Event", sample="888,888", right=True),
    Column(title="State", sample="Confirmed", pill=True),
    Column(title="Name", share=3),
    Column(title="Person", share=3, needs=500),
    Column(title="Answer or reason", share=4),
)


class EventsModel(PagedModel[RunEvent]):
    """The events of a run, or those of them that are sought, by their number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_EVENT_COLUMNS, attrgetter("number"), parent)

    def cell(self, row: int, column: int) -> Cell:
        one = self._rows[row]
        match EventAt(column):
            case EventAt.NUMBER:
                return Cell(text=f"{one.number:,}", right=True)
            case EventAt.STATE:
                word, look = EVENT_STATES[one.state]
                return Cell(text=word, severity=look)
            case EventAt.NAME:
                return Cell(text=one.name)
            case EventAt.PERSON:
                return Cell(text=one.person)
            case EventAt.WORDS:
                return Cell(text=one.words, muted=True)
