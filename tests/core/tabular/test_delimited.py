"""Rows of CSV: read back as they were written, whatever stands in them."""

from __future__ import annotations

import csv
import tracemalloc
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.tabular import BrokenOffError, Dialect, TabularError
from tests.helpers.tabular import CSV, cells_of, cut, read, read_rows, repeated

_NO_HEADER = replace(CSV, has_header=False)
_SPECIAL = st.sampled_from([*"\"',;\t|\r\n\0 =", "ü", "€", "\x85", "\x0b"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[Dialect, list[list[str]], bytes]:
    """A dialect, rows, and the bytes that Python's writer makes of them."""
    encoding = draw(st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252", "gb18030"]))
    delimiter = draw(st.sampled_from(",;\t|"))
    quote = draw(st.sampled_from("\"'"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    letters = st.characters(codec=encoding, exclude_characters="\ufeff")
    letters |= _SPECIAL.filter(lambda text: _fits(text, encoding))
    cells = st.text(letters, max_size=12)
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=9))
    rows[0][0] = "first" + rows[0][0]
    file = StringIO()
    writer = csv.writer(
        file, delimiter=delimiter, quotechar=quote, lineterminator=end, quoting=csv.QUOTE_ALL
    )
    writer.writerows(rows)
    text = file.getvalue()
    if draw(st.booleans()):
        text = text.removesuffix(end)
    dialect = replace(_NO_HEADER, encoding=encoding, delimiter=delimiter, quote=quote)
    return dialect, rows, text.encode(encoding)


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


@settings(max_examples=150)
@given(tables(), st.lists(st.integers(0, 300), max_size=5), st.integers(1, 40))
def test_any_table_is_read_back_however_it_is_cut(
    table: tuple[Dialect, list[list[str]], bytes], places: list[int], block: int
) -> None:
    dialect, rows, data = table
    expected = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    assert read(cut(data, places), dialect, block=block) == (expected, [])


@settings(max_examples=100)
@given(st.lists(st.sampled_from(['"', ",", "\n", "\r", "x", '"x"', '""', "\xfc"]), max_size=40))
def test_no_line_is_lost_whatever_the_quotes_do(parts: list[str]) -> None:
    """Each line is in a row, in a problem, or blank."""
    text = "".join(parts)
    rows, problems = read("a,b\n" + text, block=5)
    told = "".join(map(str, rows)) + "".join(problem.text for problem in problems)
    assert told.count("x") == text.count("x")
    numbers = sorted([number for number, _ in rows] + [problem.number for problem in problems])
    assert len(numbers) == len(set(numbers))


def test_rows_are_numbered_as_a_spreadsheet_shows_them_below_the_header() -> None:
    rows, problems = read("\n\na,b\n1,2\n\n3,4\n,\n   \n5,6")
    assert rows == [(1, ["1", "2"]), (3, ["3", "4"]), (6, ["5", "6"])]
    assert problems == []


def test_quotes_and_line_ends_within_cells_are_kept() -> None:
    assert cells_of('a,b\r\n"x\r\ny","say ""hi"""\r\n"\r","\n"') == [
        ["x\r\ny", 'say "hi"'],
        ["\r", "\n"],
    ]


def test_without_a_quote_character_quotes_are_text() -> None:
    assert cells_of('a,b\n"x,y"\n', replace(CSV, quote="")) == [['"x', 'y"']]


def test_spaces_before_quotes_may_be_left_out() -> None:
    dialect = replace(CSV, skips_spaces=True)
    assert cells_of('a, b\nx, "y, z"\n', dialect) == [["x", "y, z"]]


def test_ragged_rows_are_told_with_their_counts() -> None:
    rows, problems = read("a,b,c\n1,2\n1,2,3,4\nx\n1,2,3,,\n4,5,6\n")
    assert rows == [(4, ["1", "2", "3"]), (5, ["4", "5", "6"])]
    assert [(p.number, p.reason, p.text) for p in problems] == [
        (1, "There are 2 cells here, and 3 in the header.", "1,2"),
        (2, "There are 4 cells here, and 3 in the header.", "1,2,3,4"),
        (3, "There is 1 cell here, and 3 in the header.", "x"),
    ]


def test_text_behind_a_closing_quote_is_told_and_not_mended_silently() -> None:
    rows, problems = read('a,b\n"5" screen",x\ny,z\n')
    assert rows == [(2, ["y", "z"])]
    assert problems[0].reason.startswith("Text follows a closing quote.")
    assert problems[0].text == '"5" screen",x'


def test_an_unclosed_quote_loses_one_line_and_no_more() -> None:
    rows, problems = read('a,b\n"open,1\n2,"x"\n3,4\n')
    assert rows == [(2, ["2", "x"]), (3, ["3", "4"])]
    assert [(p.number, p.text) for p in problems] == [(1, '"open,1')]
    rows, problems = read('a,b\n1,2\n"open,3\n4,5')
    assert rows == [(1, ["1", "2"]), (3, ["4", "5"])]
    assert [(p.number, p.reason) for p in problems] == [
        (2, "A quote is opened in this row and never closed.")
    ]


def test_an_unclosed_quote_does_not_swallow_a_long_file() -> None:
    data = repeated(b'a,b\n"open,1\n', b"2,3\n", 400_000)
    rows, problems = read(data, longest=10_000, block=4096)
    assert (len(rows), rows[0], rows[-1][0]) == (100_000, (2, ["2", "3"]), 100_001)
    assert [(p.number, p.text) for p in problems] == [(1, '"open,1')]


def test_quotes_left_open_in_every_line_take_no_more_than_proportional_time() -> None:
    """Such lines go on in the next one and are opened anew by it."""
    rows, problems = read(repeated(b"a,b\n", b'x","\n', 100_000), longest=5_000, block=4096)
    assert rows == []
    assert [problem.number for problem in problems] == list(range(1, 20_001))
    assert "too often before" in problems[-2].reason


def test_a_line_of_50_megabytes_is_one_problem() -> None:
    pieces = [b"a,b\n1,2\n", *[b"x" * 1_000_000] * 50, b"\n3,4\n"]
    tracemalloc.start()
    try:
        rows, problems = read(pieces, block=256 * 1024)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == [(1, ["1", "2"]), (3, ["3", "4"])]
    assert [(p.number, len(p.text)) for p in problems] == [(2, 10_000)]
    assert "longer than 4,194,304 characters" in problems[0].reason
    assert peak < 40_000_000


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("block", [1, 2, 3, 7, 100])
def test_behind_a_long_line_the_rows_go_on_wherever_the_blocks_end(end: bytes, block: int) -> None:
    data = end.join([b"a,b", b"1,2", b"x" * 50, b"3,4", b"", b"5,6"])
    rows, problems = read(data, longest=20, block=block)
    assert rows == [(1, ["1", "2"]), (3, ["3", "4"]), (5, ["5", "6"])]
    assert [problem.number for problem in problems] == [2]


def test_60_megabytes_are_read_in_little_memory() -> None:
    row = b",".join([b"purchase", b"user-1", b"x" * 1900, b'"19,99"', b"EUR", b"yes"]) + b"\n"
    tracemalloc.start()
    try:
        chunks = read_rows(repeated(b"a,b,c,d,e,f\n", row * 100, 60_000_000), CSV)
        count = sum(len(chunk.rows) for chunk in chunks)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60_000_000 // (len(row) * 100) * 100
    assert peak < 8_000_000


def test_chunks_are_small_and_come_also_where_there_are_no_rows() -> None:
    chunks = list(read_rows(repeated(b"a,b\n", b"1,2\n", 40_000), CSV))
    assert max(len(chunk.rows) for chunk in chunks) == 1000
    assert chunks[-1].read == 40_004
    blank = list(read_rows(repeated(b"a,b\n", b"\n" * 100_000, 2_000_000), CSV))
    assert len(blank) > 5
    assert [chunk.read for chunk in blank] == sorted(chunk.read for chunk in blank)


def test_nuls_are_characters_like_others() -> None:
    assert cells_of(b"a,b\nx\0y,\0\n") == [["x\0y", "\0"]]


def test_a_cell_may_be_longer_than_pythons_own_limit() -> None:
    long = "x" * 200_000
    assert cells_of(f"a,b\n1,{long}\n") == [["1", long]]
    assert cells_of(f'a,b\n1,"{long}\n{long}"\n') == [["1", f"{long}\n{long}"]]


def test_bytes_of_another_encoding_cost_only_their_row() -> None:
    data = "a,b\n1,Müller\n".encode() + "2,Jürgen\n3,\x80uro\n".encode("latin-1") + b"4,Zo\n"
    rows, problems = read(data)
    assert rows == [(1, ["1", "Müller"]), (4, ["4", "Zo"])]
    assert [(p.number, p.text) for p in problems] == [(2, "2,Jürgen"), (3, "3,€uro")]
    assert problems[0].reason == "Byte 0xFC is not UTF-8; it is shown as Windows-1252 has it."


def test_half_a_character_of_utf_16_costs_only_its_row() -> None:
    dialect = replace(CSV, encoding="utf-16-le")
    data = "a,b\n1,\ud83d\n2,x\n3,".encode("utf-16-le", "surrogatepass") + b"z"
    rows, problems = read(data, dialect)
    assert rows == [(2, ["2", "x"])]
    assert [(p.number, p.text) for p in problems] == [(1, "1,\ufffd"), (3, "3,\ufffd")]


def test_a_header_alone_and_nothing_at_all_have_no_rows() -> None:
    assert read("a,b\n") == ([], [])
    assert read("") == ([], [])
    assert read("\n\n  \n") == ([], [])


def test_a_million_columns_are_refused_in_words() -> None:
    header = ",".join(f"c{number}" for number in range(1_000_000))
    for data in (header, header + "\n1,2\n", header[:2_000_000] + "\n1,2\n"):
        with pytest.raises(TabularError, match=r"columns or more, and at most 10,000 are read"):
            read(data, block=256 * 1024)


def test_a_header_that_cannot_be_read_stops_all() -> None:
    with pytest.raises(TabularError, match=r"The first row cannot be read\. A quote is opened"):
        read('a,"b\n1,2\n3,4\n')
    rows, problems = read('a,"b\n1,2\n3,4\n', _NO_HEADER)
    assert (rows, [p.number for p in problems]) == ([(2, ["1", "2"]), (3, ["3", "4"])], [1])


def test_a_first_line_for_excel_is_no_header() -> None:
    assert cells_of("sep=;\r\na;b\r\n1;2\r\n", replace(CSV, delimiter=";")) == [["1", "2"]]


def test_what_cannot_be_a_delimiter_or_a_quote_or_an_encoding_is_told() -> None:
    for wrong in ({"delimiter": ""}, {"delimiter": "ab"}, {"delimiter": "\n"}, {"quote": ","}):
        with pytest.raises(TabularError, match="One character"):
            read("a,b\n", replace(CSV, **wrong))
    with pytest.raises(TabularError, match="“rot13” is no encoding"):
        read("a,b\n", replace(CSV, encoding="rot13"))


def test_where_the_bytes_break_off_the_row_that_is_cut_does_not_count() -> None:
    def broken(data: bytes) -> list[tuple[int, str, str]]:
        def pieces() -> object:
            yield data
            raise BrokenOffError("The stick was pulled out.")

        rows, problems = read(pieces())  # type: ignore[arg-type]
        assert rows == [(1, ["1", "2"])]
        return [(problem.number, problem.reason, problem.text) for problem in problems]

    assert broken(b"a,b\n1,2\n3,4") == [(2, "The stick was pulled out.", "3,4")]
    assert broken(b'a,b\n1,2\n3,"x\ny') == [(2, "The stick was pulled out.", '3,"x\ny')]
    assert broken(b"a,b\n1,2\n") == [(2, "The stick was pulled out.", "")]


def test_rows_behind_those_of_another_file_go_on_with_its_numbers_and_columns() -> None:
    chunks = list(read_rows([b"a,b\n1,2\n"], CSV, after=7, expected=("a", "b")))
    assert chunks[0].rows == [(8, ["1", "2"])]
    with pytest.raises(TabularError, match="The columns are not the same"):
        list(read_rows([b"a,c\n1,2\n"], CSV, expected=("a", "b")))
