"""CSV that every spreadsheet reads, and takes for nothing but text."""

import csv
import io

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.exporting import ExportFormat, pieces
from composer.core.exporting.csvtext import COLUMNS, LONGEST_CELL, harmless
from composer.core.outcome import Cancelled
from composer.core.records import HistoryEntry, Summary
from composer.core.tokens import KeyMode
from tests.helpers.history_entries import BODY, an_entry, entries


def table(*sends: HistoryEntry, key: KeyMode = KeyMode.INLINE) -> list[dict[str, str]]:
    text = "".join(pieces(sends, ExportFormat.CSV, key))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), strict=True))


def test_a_send_is_a_row_of_the_documented_columns() -> None:
    (row,) = table(an_entry(note='say "hi", Ann\nand Bob', ticket="4711"))
    assert tuple(row) == COLUMNS
    assert row["sent_at"] == "2026-05-04T10:00:00.123Z"
    assert row["note"] == 'say "hi", Ann\nand Bob'
    assert (row["status"], row["outcome"], row["answer"]) == ("200", "accepted", '{"status":"Ok"}')
    assert row["body"] == BODY.decode()


def test_without_an_answer_the_status_is_empty() -> None:
    cancelled, under_way = table(an_entry(outcome=Cancelled()), an_entry(outcome=None))
    assert (cancelled["outcome"], cancelled["status"]) == ("cancelled", "")
    assert under_way["outcome"] == "under way"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(sign: str) -> None:
    evil = f"{sign}HYPERLINK(1)"
    (row,) = table(an_entry(summary=Summary(event=evil, person=evil), note=evil, ticket=evil))
    for column in ("event", "person", "note", "ticket"):
        assert row[column] == f"'{evil}"


def test_a_long_cell_is_cut_with_words_on_it() -> None:
    cell = harmless("x" * 40_000)
    assert cell.startswith("x" * LONGEST_CELL + " … (cut off: 40,000 characters.")
    assert len(cell) < 32_767


@settings(max_examples=60)
@given(st.lists(entries, max_size=4))
def test_any_text_survives_the_way_through_a_reader(sends: list[HistoryEntry]) -> None:
    rows = table(*sends)
    assert [row["id"] for row in rows] == [str(send.row.id) for send in sends]
    for row, send in zip(rows, sends, strict=True):
        assert row["note"].removeprefix("'") == send.row.note.removeprefix("'")
        assert row["event"] == harmless(send.row.summary.event)


def test_every_line_ends_as_the_standard_says() -> None:
    text = "".join(pieces([an_entry(), an_entry()], ExportFormat.CSV, KeyMode.MASKED))
    assert text.count("\r\n") == 3
    assert text.replace("\r\n", "").count("\n") == 0
