"""Blocks of events as they are kept: joined texts and small numbers, read without parsing.

Knows the columns of a parcel, and nothing of requests.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from composer.core.batch.packing import Parcel
from composer.core.errors import StoreError

_INSERT = (
    "INSERT INTO parcel (run, number, events, first_number, last_number, offsets, numbers,"
    " source_rows, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_Code = Literal["I", "Q"]
_OFFSETS: _Code = "I"
_NUMBERS: _Code = "I"
_ROWS: _Code = "Q"


@dataclass(frozen=True, slots=True)
class Block:
    """A parcel that was read: the events joined by commas, and where each begins in there."""

    body: bytes
    offsets: Sequence[int]
    """One more than there are events: the last is where another one would begin."""

    @property
    def count(self) -> int:
        """How many events there are."""
        return len(self.offsets) - 1

    def range_of(self, first: int, events: int) -> memoryview:
        """The texts of some of the events, joined, without a copy."""
        begin, end = self.offsets[first], self.offsets[first + events] - 1
        return memoryview(self.body)[begin:end]

    def text_of(self, index: int) -> str:
        """The text of one event."""
        return str(self.range_of(index, 1), "utf-8", "replace")


def write_parcel(connection: sqlite3.Connection, run: int, number: int, parcel: Parcel) -> None:
    """Keep a parcel under its number, within a transaction."""
    connection.execute(
        _INSERT,
        (
            run,
            number,
            len(parcel.bodies),
            parcel.numbers[0],
            parcel.numbers[-1],
            _packed(_OFFSETS, [*parcel.offsets, parcel.size + 1]),
            _packed(_NUMBERS, parcel.numbers),
            _packed(_ROWS, parcel.rows),
            b",".join(parcel.bodies),
        ),
    )


def read_block(connection: sqlite3.Connection, run: int, number: int) -> Block:
    """The events of a parcel. Raises ``StoreError`` where they are not there or damaged."""
    find = "SELECT offsets, events, body FROM parcel WHERE run = ? AND number = ?"
    found = connection.execute(find, (run, number)).fetchone()
    if found is None:
        raise _damaged()
    block = Block(body=found[2], offsets=_unpacked(_OFFSETS, found[0]))
    if len(block.offsets) != found[1] + 1 or block.offsets[-1] != len(block.body) + 1:
        raise _damaged()
    return block


def read_labels(
    connection: sqlite3.Connection, run: int, number: int
) -> tuple[Sequence[int], Sequence[int]]:
    """The numbers of the events of a parcel in the run, and those in the source."""
    find = "SELECT numbers, source_rows FROM parcel WHERE run = ? AND number = ?"
    found = connection.execute(find, (run, number)).fetchone()
    if found is None:
        raise _damaged()
    return _unpacked(_NUMBERS, found[0]), _unpacked(_ROWS, found[1])


def _damaged() -> StoreError:
    return StoreError(
        "A part of this run cannot be read: its file is damaged. Begin a new run of the same "
        "events, or restore a backup."
    )


def _packed(code: _Code, numbers: list[int]) -> bytes:
    values = array(code, numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _unpacked(code: _Code, data: bytes) -> Sequence[int]:
    values: array[int] = array(code)
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
