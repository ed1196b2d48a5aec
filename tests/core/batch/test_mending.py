"""Rows that did not fit, as a file to mend them in and to import again."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.mending import mending_pieces
from composer.core.tabular import LONGEST_TEXT, Dialect, RowFormat, RowProblem

CSV = Dialect(format=RowFormat.CSV)
JSON_LINES = Dialect(format=RowFormat.JSON_LINES)


def problem(text: str, number: int = 7) -> RowProblem:
    return RowProblem(number=number, reason="There is no person.", text=text)


def table_of(text: str) -> list[list[str]]:
    """As a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def written(dialect: Dialect, columns: tuple[str, ...], *texts: str) -> str:
    return "".join(mending_pieces([problem(text) for text in texts], dialect, columns))


def test_rows_of_csv_keep_their_heading_and_get_the_reason() -> None:
    text = written(CSV, ("event", "note"), 'a,"x, ""y"""')
    assert text.startswith("\ufeff")
    assert table_of(text) == [
        ["Reason", "event", "note"],
        ["Row 7: There is no person.", "a", 'x, "y"'],
    ]


@pytest.mark.parametrize(
    ("delimiter", "quote", "row"), [(";", "'", "a;'x;y'"), ("\t", "", 'a\tx"y'), ("|", '"', "a|")]
)
def test_rows_are_read_as_their_source_was_written(delimiter: str, quote: str, row: str) -> None:
    dialect = Dialect(format=RowFormat.CSV, delimiter=delimiter, quote=quote)
    assert len(table_of(written(dialect, ("event", "note"), row))[1]) == 3


def test_rows_with_too_many_or_too_few_cells_lose_none() -> None:
    rows = table_of(written(CSV, ("a", "b"), "1", "1,2,3"))[1:]
    assert [row[1:] for row in rows] == [["1"], ["1", "2", "3"]]


def test_what_is_no_row_stands_in_one_cell() -> None:
    text = 'a\nb,"c'
    (row,) = table_of(written(CSV, ("a", "b"), text))[1:]
    assert row[1:] == [text]


def test_no_cell_becomes_a_formula() -> None:
    cells = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "-5", "+49.5", "plain"]
    row = ",".join(f'"{cell}"' for cell in cells)
    kept = table_of(written(CSV, tuple("abcdefg"), row))[1][1:]
    assert kept == [*(f"'{cell}" for cell in cells[:4]), "-5", "+49.5", "plain"]
    heading = table_of(written(CSV, ("=1+1",)))[0]
    assert heading == ["Reason", "'=1+1"]


def test_a_reason_of_the_time_before_gives_way_to_the_new_one() -> None:
    rows = table_of(written(CSV, ("Reason", "event"), "Row 1: old,a"))
    assert rows == [["Reason", "event"], ["Row 7: There is no person.", "a"]]
    (line,) = written(JSON_LINES, (), '{"Reason":"old","event":"a"}').splitlines()
    assert json.loads(line) == {"Reason": "Row 7: There is no person.", "event": "a"}


def test_rows_of_json_stay_objects_and_numbers_keep_their_spelling() -> None:
    text = written(JSON_LINES, ("event",), '{"n": 1.00, "event": "a"}', '{"broken')
    first, second = text.splitlines()
    assert first == '{"Reason":"Row 7: There is no person.","n":1.00,"event":"a"}'
    assert json.loads(second)["Text"] == '{"broken'


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_every_table_comes_back_but_for_formulas(rows: list[list[str]]) -> None:
    texts: list[str] = []
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out, quoting=csv.QUOTE_ALL).writerow(row)
        texts.append(out.getvalue())
    found = [row[1:] for row in table_of(written(CSV, ("a", "b"), *texts))[1:]]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_a_row_that_is_cut_off_says_so() -> None:
    text = "a," + "x" * (LONGEST_TEXT - 2)
    (row,) = table_of(written(CSV, ("event", "note"), text))[1:]
    assert row[0].startswith("Row 7: There is no person. Only its first 10,000 characters")
    assert row[1:] == ["a", "x" * (LONGEST_TEXT - 2)]
