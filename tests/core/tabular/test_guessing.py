"""What is guessed from the beginning of a source, and what a person is told of it."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.tabular import Dialect, Guess, RowFormat, TabularError, guess
from composer.core.tabular.guessing import HEAD
from tests.helpers.tabular import CSV

_EVENTS = [["event", "distinct_id", "price"], ["buy", "u1", "1,5"], ["sell", "u2", "2,5"]]


def written(rows: list[list[str]], delimiter: str = ",", quote: str = '"') -> str:
    file = StringIO()
    csv.writer(file, delimiter=delimiter, quotechar=quote).writerows(rows)
    return file.getvalue()


def of(text: str, name: str = "") -> Guess:
    return guess(text.encode(), name=name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semi", "tab", "pipe"])
def test_the_delimiter_is_the_one_that_divides_all_rows_alike(delimiter: str) -> None:
    found = of(written(_EVENTS, delimiter))
    assert found.dialect == replace(CSV, delimiter=delimiter)
    assert found.columns == ("event", "distinct_id", "price")
    assert found.rows == ((1, _EVENTS[1]), (2, _EVENTS[2]))
    assert found.notes == ()


def test_delimiters_within_texts_do_not_count() -> None:
    text = "id;comment\n1;a, b, and c\n2;d, e, and f\n3;g, h\n"
    assert of(text).dialect.delimiter == ";"
    assert of('id;comment\n1;"a, b\nc;d"\n2;"e, f"\n').dialect.delimiter == ";"


def test_one_column_is_told_as_a_doubt() -> None:
    found = of("email\na@example.org\nb@example.org\n")
    assert (found.columns, found.dialect.has_header) == (("email",), True)
    assert found.notes == (
        "There is one column only. If there should be more, choose what divides them.",
    )
    assert of("email\nx\n", "people.tsv").dialect.delimiter == "\t"


def test_what_excel_says_in_the_first_line_is_believed() -> None:
    found = of("sep=|\nevent|who\na,b|c,d\n")
    assert (found.dialect.delimiter, found.columns) == ("|", ("event", "who"))


def test_single_quotes_and_spaces_before_quotes_are_seen() -> None:
    found = of("'event','note'\n'a','x, y'\n'b','z'\n")
    assert (found.dialect.quote, found.rows[0]) == ("'", (1, ["a", "x, y"]))
    assert of("event,note\na,it's\nb,'tis\n").dialect.quote == '"'
    found = of('event, note\n"a", "x, y"\n"b", "z"\n')
    assert (found.dialect.skips_spaces, found.rows[0]) == (True, (1, ["a", "x, y"]))


@pytest.mark.parametrize(
    ("text", "has_header"),
    [
        ("event,person\na,b\n", True),
        ("what,when\nclick,2024-01-01\nview,2024-01-02\n", True),
        ("colour,size\nred,large\nblue,small\n", True),
        ("colour\n", True),
        ("click,2024-01-01\nview,2024-01-02\n", False),
        ("click,u1@example.org\nview,u2@example.org\n", False),
        ("click,red\nclick,blue\nview,red\n", False),
        ('click,"{""a"":1}"\nview,"{}"\n', False),
        ("7f3e0d52-0a0e-4a6b-9d0b-6a1c2c1f7f11,a\n7f3e0d52-0a0e-4a6b-9d0b-6a1c2c1f7f12,b\n", False),
    ],
)
def test_a_header_is_told_from_data(text: str, has_header: bool) -> None:
    found = of(text)
    assert found.dialect.has_header == has_header
    assert has_header == (found.columns[0] != "Column 1")
    assert has_header == all("columns have no names" not in note for note in found.notes)


def test_names_are_made_unique_and_none_is_empty() -> None:
    found = of("event,event, ,event (2)\n1,2,3,4\n")
    assert found.columns == ("event", "event (2)", "Column 3", "event (2) (2)")
    assert "Several columns are called “event”" in found.notes[0]


def test_ten_thousand_columns_of_one_name_take_no_time() -> None:
    found = of(",".join(["x"] * 10_000) + "\n" + ",".join(["1"] * 10_000))
    assert found.columns[::9_999] == ("x", "x (10000)")


def test_a_header_alone_and_nothing_at_all_are_told() -> None:
    assert of("event,person\n").notes == ("There is a header, and no row below it.",)
    assert of("").notes == ("There is nothing in it. Choose another file.",)
    assert of("[]").notes == ("There is nothing in it. Choose another file.",)


def test_rows_that_do_not_fit_are_told() -> None:
    found = of("event,person\na,b\na\nc,d\n")
    assert found.notes == (
        "At the beginning 1 row does not fit. Row 2: There is 1 cell here, and 2 in the header.",
    )


@pytest.mark.parametrize(
    ("encoding", "guessed", "says"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8-sig", "utf-8", ""),
        ("utf-16", "utf-16-le", "as its byte order mark says"),
        ("utf-16-le", "utf-16-le", "though it has no byte order mark"),
        ("utf-16-be", "utf-16-be", "though it has no byte order mark"),
        ("cp1252", "cp1252", "Read as Windows-1252, for it is not UTF-8."),
    ],
)
def test_the_encoding_is_guessed(encoding: str, guessed: str, says: str) -> None:
    rows = [["event", "person"], ["Käufe", "Zoë"], ["Gebühr", "Łukasz"[1:]]]
    found = guess(written(rows).encode(encoding))
    assert found.dialect.encoding == guessed
    assert found.columns == ("event", "person")
    assert found.rows[0] == (1, ["Käufe", "Zoë"])
    assert says in "".join(found.notes)
    assert bool(says) == bool(found.notes)


def test_a_few_bytes_that_are_not_utf_8_do_not_change_the_encoding() -> None:
    data = "event,who\na,Zoë\nb,Łukasz\n".encode() + b"c,Zo\xeb\n"
    found = guess(data)
    assert found.dialect.encoding == "utf-8"
    assert found.notes[0] == "Read as UTF-8, but at the beginning a byte is not UTF-8."
    assert "Byte 0xEB is not UTF-8" in found.notes[1]


_LINE = '{"event":"a","properties":{"plan":"pro","a.b":1}}'


@pytest.mark.parametrize(
    ("text", "expected", "within"),
    [
        (_LINE, RowFormat.JSON_LINES, ""),
        (f"{_LINE}\n{_LINE}", RowFormat.JSON_LINES, ""),
        (f"{_LINE}\n{{broken\n{_LINE}", RowFormat.JSON_LINES, ""),
        (f"\ufeff\n {_LINE}", RowFormat.JSON_LINES, ""),
        (f"[{_LINE},{_LINE}]", RowFormat.JSON_ARRAY, ""),
        (f"[\n{_LINE},{_LINE},\n5,\n{{]", RowFormat.JSON_ARRAY, ""),
        (json.dumps(json.loads(_LINE), indent=1), RowFormat.JSON_ARRAY, ""),
        (f'{{"api_key":"k","batch":[{_LINE}]}}', RowFormat.JSON_ARRAY, "batch"),
        (f'{{"batch":[{_LINE}]}}\n' * 3, RowFormat.JSON_ARRAY, "batch"),
        (f'{{"next":null,\n"results":[\n{_LINE}]\n}}', RowFormat.JSON_ARRAY, "results"),
        (f'{{"data":[{_LINE}]}}', RowFormat.JSON_ARRAY, "data"),
        (f'{{"event":"a","data":[{_LINE}]}}', RowFormat.JSON_LINES, ""),
        ('{"a":1};x\n{"b":2};y', RowFormat.CSV, ""),
        ("[tag],x\n[other],y\n", RowFormat.CSV, ""),
        ("event,person\na,b", RowFormat.CSV, ""),
    ],
)
def test_the_format_is_guessed_from_what_stands_in_it(
    text: str, expected: RowFormat, within: str
) -> None:
    found = of(text, "misleading.txt")
    assert (found.dialect.format, found.dialect.within) == (expected, within)
    if expected is not RowFormat.CSV:
        assert "event" in found.columns
        assert found.rows


def test_the_name_helps_where_the_first_line_is_broken() -> None:
    text = f"oops\n{_LINE}\n"
    assert of(text, "events.jsonl").dialect.format is RowFormat.JSON_LINES
    assert of(text, "events.csv").dialect.format is RowFormat.CSV


def test_columns_of_json_are_the_keys_two_levels_deep_each_below_its_parent() -> None:
    found = of(f'{_LINE}\n{{"event":"b","properties":{{"x":{{"y":1}}}},"uuid":"1"}}')
    assert found.columns == (
        "event",
        "properties",
        "properties.plan",
        "properties.a\\.b",
        "properties.x",
        "uuid",
    )


@pytest.mark.parametrize("wrapped", [False, True], ids=["lines", "body"])
def test_a_head_that_is_cut_is_no_fault_of_the_source(wrapped: bool) -> None:
    line = json.dumps({"event": "a", "properties": {"text": "x" * 1000}})
    text = '{"api_key":"k","batch":[' + f"{line}," * 400 if wrapped else f"{line}\n" * 400
    found = guess(text.encode()[: 256 * 1024])
    assert found.dialect.within == ("batch" if wrapped else "")
    assert (len(found.rows), found.notes) == (50, ())
    assert found.columns == ("event", "properties", "properties.text")
    table = guess(written([["event", "person"], *[["a", "x" * 1000]] * 300]).encode()[: 256 * 1024])
    assert (len(table.rows), table.notes) == (50, ())


def test_with_a_dialect_nothing_is_guessed() -> None:
    dialect = Dialect(format=RowFormat.CSV, delimiter=";", encoding="latin-1", has_header=False)
    found = guess("event,who\nZoë,x".encode("latin-1"), dialect=dialect)
    assert found.dialect == replace(dialect, encoding="iso8859-1")
    assert found.columns == ("Column 1",)
    assert found.rows == ((1, ["event,who"]), (2, ["Zoë,x"]))


@pytest.mark.parametrize(
    "piece", ["[", '{"a":', "a@" + "." * 50, "'", ",'", '"', "\0", "\n", "sep=;\n", '{"batch":[']
)
def test_a_sample_of_nothing_else_takes_no_time(piece: str) -> None:
    """Those that a search through all of it at each place would make slow."""
    head = (piece * (HEAD // len(piece) + 1))[:HEAD].encode()
    with suppress(TabularError):
        assert len(guess(head).rows) <= 50


@settings(max_examples=200)
@given(st.binary(max_size=60) | st.text('[]{}",;\t|:\\1x \n\rsep=', max_size=60).map(str.encode))
def test_whatever_begins_so_there_is_a_guess_or_a_reason(head: bytes) -> None:
    with suppress(TabularError):
        found = guess(head)
        assert len(found.rows) <= 50
        again = guess(head, dialect=found.dialect)
        assert (again.columns, again.rows) == (found.columns, found.rows)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.text("abc ,;|\"'\n", min_size=1, max_size=8), st.integers(0, 10**6)),
        min_size=2,
        max_size=20,
    ),
    st.sampled_from(",;\t|"),
)
def test_a_table_with_numbers_is_guessed_right(rows: list[tuple[str, int]], delimiter: str) -> None:
    """The delimiter, the quote and the header of what Python's writer makes of it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([("event", "price"), *rows])
    found = of(file.getvalue())
    assert found.dialect == replace(CSV, delimiter=delimiter)
    assert [cells for _, cells in found.rows] == [[name, str(price)] for name, price in rows]
