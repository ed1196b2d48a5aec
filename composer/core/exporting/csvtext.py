"""CSV (RFC 4180) for spreadsheets: one row a send, the columns of ``COLUMNS``, in UTF-8.

It begins with a byte order mark, without which Excel takes UTF-8 for something else. A text that a
spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets do not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from composer.core.exporting.ending import ending_of
from composer.core.exporting.hiding import Veil
from composer.core.records import HistoryEntry
from composer.core.times import wire_text
from composer.core.tokens import KeyMode

COLUMNS = (
    "id",
    "sent_at",
    "destination",
    "event",
    "person",
    "events",
    "outcome",
    "status",
    "milliseconds",
    "ticket",
    "note",
    "pinned",
    "method",
    "url",
    "bytes",
    "sha256",
    "body",
    "answer",
)
"""``sent_at`` is in UTC; ``bytes`` and ``sha256`` are of the body as it went out, before any token
was masked; ``answer`` is the body of the answer, or why there is none."""

LONGEST_CELL = 32_000
"""Characters. Excel takes 32,767 in a cell and spills the rest over the sheet."""


def csv_pieces(entries: Iterable[HistoryEntry], key: KeyMode) -> Iterator[str]:
    """The heading, then one row a send, each with its line end."""
    yield "\ufeff" + csv_line(COLUMNS)
    for entry in entries:
        yield csv_line(_cells(entry, key))


def harmless(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula, and not too long for one."""
    if len(text) > LONGEST_CELL:
        text = (
            f"{text[:LONGEST_CELL]} … (cut off: {len(text):,} characters. "
            "Export as JSON Lines for all of them.)"
        )
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_line(cells: Iterable[str]) -> str:
    """A row with its line end; cells that a person or a stranger wrote go through ``harmless``."""
    return ",".join(map(_quoted, cells)) + "\r\n"


def _cells(entry: HistoryEntry, key: KeyMode) -> Iterator[str]:
    row, request, veil = entry.row, entry.request, Veil(entry.request, key)
    ending = ending_of(entry.outcome)
    response = ending.response
    answer = veil.data(response.body) if response else ending.detail.encode()
    yield str(row.id)
    yield wire_text(row.sent_at)
    yield harmless(veil.text(row.destination.name))
    yield harmless(veil.text(row.summary.event))
    yield harmless(veil.text(row.summary.person))
    yield str(row.summary.events)
    yield ending.name or "under way"
    yield str(response.status) if response else ""
    yield f"{ending.milliseconds:.1f}"
    yield harmless(veil.text(row.ticket))
    yield harmless(veil.text(row.note))
    yield "yes" if row.pinned else "no"
    yield request.method
    yield veil.text(request.url)
    yield str(request.size)
    yield request.sha256
    yield harmless(veil.data(request.body).decode("utf-8", "replace"))
    yield harmless(answer.decode("utf-8", "replace"))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SPECIAL = re.compile(r'[",\r\n]|^\s|\s$')
