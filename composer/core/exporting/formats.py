"""The formats in which history can be exported, and the one way to write each: in pieces.

Knows nothing of files. Each piece is a few kilobytes or one send, whichever is longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from composer.core.exporting.csvtext import csv_pieces
from composer.core.exporting.har import har_pieces
from composer.core.exporting.jsonlines import json_lines
from composer.core.records import HistoryEntry
from composer.core.tokens import KeyMode


class ExportFormat(StrEnum):
    """What a file of sends looks like; the value is the ending of its name."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    HAR = "har"

    @property
    def label(self) -> str:
        """The name for people."""
        return {"jsonl": "JSON Lines", "csv": "CSV", "har": "HAR"}[self.value]


def pieces(entries: Iterable[HistoryEntry], kind: ExportFormat, key: KeyMode) -> Iterator[str]:
    """The text of the file, one piece a send, with what stands before, between and after them.

    Nothing is read from ``entries`` before it is needed. The text may hold lone surrogates only
    where the entries do.
    """
    match kind:
        case ExportFormat.JSON_LINES:
            return json_lines(entries, key)
        case ExportFormat.CSV:
            return csv_pieces(entries, key)
        case ExportFormat.HAR:
            return har_pieces(entries, key)
