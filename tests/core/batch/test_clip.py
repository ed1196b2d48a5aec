"""Events as text for the clipboard, and what looks like cells of a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from composer.core.batch.clip import as_json_lines, as_spreadsheet, looks_like_spreadsheet


def test_cells_come_back_from_a_reader_of_tabs_as_they_were() -> None:
    rows = [["1", "a\tb", 'say "x"'], ["2", "line\nline", ""]]
    text = as_spreadsheet(["#", "Event", "Note"], rows)
    assert list(csv.reader(io.StringIO(text), delimiter="\t")) == [["#", "Event", "Note"], *rows]


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@x"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert as_spreadsheet(["a"], [[cell]]) == f"a\n'{cell}\n"


def test_json_lines_are_one_event_a_line() -> None:
    assert as_json_lines(['{"event":"a"}', '{"event":"b"}']) == '{"event":"a"}\n{"event":"b"}\n'


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("event\tperson\npaid\tada", True),
        ("\n\nevent\tperson\n", True),
        ('{\t"event": "a"}', False),
        ('[\n\t{"event": "a"}\n]', False),
        ("curl https://example.com", False),
        ("", False),
        ("one line, no tab\nthen\ta tab", False),
    ],
)
def test_cells_are_told_from_json_and_commands(text: str, is_one: bool) -> None:
    assert looks_like_spreadsheet(text) is is_one
