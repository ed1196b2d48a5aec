"""Rows on their way into a run, or past the limits only, for ``--dry-run``."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from composer.cli.batch.progress import ProgressLine
from composer.cli.batch.words import reading_words
from composer.cli.terminal import tell
from composer.core.batch.bodies import Envelope
from composer.core.batch.mending import mending_pieces
from composer.core.batch.options import BatchOptions
from composer.core.batch.packing import Aside, Packer, Parcel
from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.tabular import RowProblem
from composer.core.variables import Maker
from composer.services.batch.filling import Understood, blocks
from composer.services.batch.sources import size_of
from composer.services.files import reason_of, replacing

_MOST_TOLD = 10
"""Rows that do not fit which are told one by one."""

Take = Callable[[Sequence[tuple[int, str]]], None]
"""Takes events: the number of the row and the text of the event."""


@dataclass(slots=True)
class Reading:
    """How many events there were, and rows that did not fit."""

    events: int = 0
    not_fitting: int = 0


def read_rows(rows: Understood, maker: Maker, take: Take, problems: Path | None) -> Reading:
    """Hand every event to ``take``, and write what did not fit to ``problems``.

    Raises ``ComposerError``; there is no new file then.
    """
    reading, line = Reading(), ProgressLine()
    found = _problems(rows, maker, take, reading, line)
    try:
        if problems is None:
            deque(found, maxlen=0)
        else:
            _write(found, rows, problems)
    finally:
        line.end()
    return reading


def _problems(
    rows: Understood, maker: Maker, take: Take, reading: Reading, line: ProgressLine
) -> Iterator[RowProblem]:
    size = max(size_of(rows.source), 1)
    for block in blocks(rows, maker):
        take([event[:2] for event in block.events])
        reading.events += len(block.events)
        for problem in block.problems:
            reading.not_fitting += 1
            if reading.not_fitting <= _MOST_TOLD:
                line.end()
                tell(f"Row {problem.number:,} does not fit: {problem.reason}")
            yield problem
        line.show(reading_words(reading.events, reading.not_fitting, block.read / size))


def _write(problems: Iterator[RowProblem], rows: Understood, path: Path) -> None:
    target = Path(os.path.realpath(path))  # a link stays a link
    try:
        with replacing(target) as file:
            for piece in mending_pieces(problems, rows.guess.dialect, rows.guess.columns):
                file.write(piece.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise StoreError(f"{path} could not be written: {reason_of(error)}") from error


class Weighing:
    """Events that are packed and then forgotten; ``bytes`` are of the bodies of all requests."""

    def __init__(self, destination: Destination, options: BatchOptions) -> None:
        self._envelope = Envelope(destination, options).size
        self._packer = Packer(options, self._envelope)
        self._one_each = options.one_each
        self.events = 0
        self.set_aside = 0
        self.requests = 0
        self.bytes = 0
        self.largest = 0
        self.first = ""

    def take(self, events: Sequence[tuple[int, str]]) -> None:
        """Count events in."""
        for packed in self._packer.pack(events):
            if isinstance(packed, Aside):
                self.set_aside += 1
                tell(f"Row {packed.row:,} would be set aside: {packed.reason}")
            else:
                self._weigh(packed)

    def finish(self) -> None:
        """What is left makes the last request."""
        rest = self._packer.take()
        if rest.bodies:
            self._weigh(rest)

    def _weigh(self, parcel: Parcel) -> None:
        events = len(parcel.bodies)
        requests = events if self._one_each else 1
        self.first = self.first or parcel.bodies[0].decode()
        self.events += events
        self.requests += requests
        commas = events - requests
        self.bytes += sum(map(len, parcel.bodies)) + commas + requests * self._envelope
        self.largest = max(self.largest, *map(len, parcel.bodies), 0)
