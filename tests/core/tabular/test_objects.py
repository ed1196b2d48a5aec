"""Rows of JSON Lines and JSON documents: found again, and what is none is told."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.jsontext import Layout, Number, Object, encode, to_python
from composer.core.tabular import BrokenOffError, Row, RowProblem
from tests.helpers.tabular import ARRAY, LINES, cut, read, read_rows, repeated

_TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\[]{},:\n\u2028'), max_size=8)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_OBJECTS = st.lists(st.dictionaries(_TEXTS, _VALUES, max_size=4), max_size=6)
_PLACES = st.lists(st.integers(0, 400), max_size=5)


def plain(rows: list[Row]) -> list[tuple[int, object]]:
    return [(number, to_python(row)) for number, row in rows if isinstance(row, Object)]


def told(problems: list[RowProblem]) -> list[tuple[int, str]]:
    return [(problem.number, problem.text) for problem in problems]


@settings(max_examples=80)
@given(_OBJECTS, st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]), _PLACES, st.integers(1, 30))
def test_any_objects_are_read_back_from_lines(
    objects: list[dict[str, object]], ascii_only: bool, end: str, places: list[int], block: int
) -> None:
    data = end.join(json.dumps(value, ensure_ascii=ascii_only) for value in objects).encode()
    rows, problems = read(cut(data, places), LINES, block=block)
    assert plain(rows) == list(enumerate(objects, 1))
    assert problems == []


@settings(max_examples=120)
@given(_OBJECTS, st.sampled_from([None, 0, 3]), st.booleans(), _PLACES, st.integers(1, 30))
def test_any_objects_are_read_back_from_an_array(
    objects: list[dict[str, object]],
    indent: int | None,
    ascii_only: bool,
    places: list[int],
    block: int,
) -> None:
    text = json.dumps(objects, indent=indent, ensure_ascii=ascii_only)
    rows, problems = read(cut(text.encode(), places), ARRAY, block=block)
    assert plain(rows) == list(enumerate(objects, 1))
    assert problems == []


@settings(max_examples=60)
@given(_OBJECTS, _VALUES, _VALUES, st.sampled_from([None, 1]), st.integers(1, 30))
def test_any_objects_are_read_back_from_the_list_in_a_request_body(
    objects: list[dict[str, object]], before: object, after: object, indent: int | None, block: int
) -> None:
    body = {"api_key": before, "nested": {"batch": [1]}, "batch": objects, "sent_at": after}
    data = json.dumps(body, indent=indent).encode()
    rows, problems = read(data * 2, replace(ARRAY, within="batch"), block=block)
    assert plain(rows) == list(enumerate(objects * 2, 1))
    assert problems == []


@settings(max_examples=150)
@given(st.text('[]{}",:\\1x \n', max_size=40), st.integers(1, 9))
def test_text_that_is_no_json_ends_in_problems_and_nothing_else(text: str, block: int) -> None:
    for dialect in (LINES, ARRAY, replace(ARRAY, within="x")):
        rows, problems = read(text, dialect, block=block)
        numbers = sorted([number for number, _ in rows] + [each.number for each in problems])
        assert len(set(numbers)) == len(numbers)


def test_numbers_and_repeated_keys_stay_as_they_are_spelled() -> None:
    line = '{"price":1.00,"id":12345678901234567890,"a":1,"a":2}'
    for text, dialect in ((line, LINES), (f"[{line}]", ARRAY)):
        [(_, row)], _ = read(text, dialect)
        assert isinstance(row, Object)
        assert encode(row, Layout.COMPACT) == line
        assert row.get("price") == Number("1.00")


def test_lines_that_are_no_objects_are_told_and_the_others_go_on() -> None:
    rows, problems = read('{"a":1}\n\n{"a":\n[1]\n5\n"x"\nnull\ntrue\n{"a":2}', LINES)
    assert plain(rows) == [(1, {"a": 1}), (9, {"a": 2})]
    assert told(problems) == [
        (3, '{"a":'),
        (4, "[1]"),
        (5, "5"),
        (6, '"x"'),
        (7, "null"),
        (8, "true"),
    ]
    assert problems[0].reason.startswith("Column 6: The text ends too early.")
    assert [each.reason.split(",")[0] for each in problems[1:]] == [
        "This is a list",
        "This is a number",
        "This is text",
        "This is null",
        "This is true or false",
    ]


def test_elements_that_are_no_objects_are_told_and_the_others_go_on() -> None:
    rows, problems = read('[{"a":1}, 5, {"a":}, "x,]", {"a":2}]', ARRAY)
    assert plain(rows) == [(1, {"a": 1}), (5, {"a": 2})]
    assert told(problems) == [(2, "5"), (3, '{"a":}'), (4, '"x,]"')]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth_without_end_is_one_problem(opening: str) -> None:
    bomb = opening * 100_000
    rows, problems = read(f'{bomb}\n{{"a":2}}', LINES, block=100_000)
    assert plain(rows) == [(2, {"a": 2})]
    assert "nested more than 200 levels" in problems[0].reason
    closing = "]" if opening == "[" else "}"
    deep = f'[{{"a":{bomb}1{closing * 100_000}}},{{"a":2}}]'
    rows, problems = read(deep, ARRAY, block=100_000)
    assert plain(rows) == [(2, {"a": 2})]
    assert "nested more than 200 levels" in problems[0].reason


def test_values_one_after_the_other_are_a_source_as_well() -> None:
    rows, problems = read('{\n "a": 1\n}\n{\n "a": 2\n}\n[{"a": 3}]', ARRAY)
    assert plain(rows) == [(1, {"a": 1}), (2, {"a": 2}), (3, {"a": 3})]
    assert problems == []


def test_rows_of_a_query_get_their_names_from_its_columns() -> None:
    answer = {"columns": ["uuid", "event"], "results": [["1", "a"], ["2"]], "types": []}
    rows, problems = read(json.dumps(answer), replace(ARRAY, within="results"))
    assert plain(rows) == [(1, {"uuid": "1", "event": "a"})]
    assert told(problems) == [(2, '["2"]')]


def test_a_document_without_the_list_is_told() -> None:
    rows, problems = read('{"a":[1]}', replace(ARRAY, within="batch"))
    assert (rows, problems[0].reason) == ([], "There is no list “batch” here.")


def test_a_list_that_is_cut_off_is_told() -> None:
    rows, problems = read('[{"a":1},{"a":2},', ARRAY)
    assert plain(rows) == [(1, {"a": 1}), (2, {"a": 2})]
    assert (problems[0].number, "rows may be missing" in problems[0].reason) == (3, True)
    rows, problems = read('[{"a":1},{"a":[2', ARRAY)
    assert plain(rows) == [(1, {"a": 1})]
    assert told(problems) == [(2, '{"a":[2')]


def test_an_element_that_is_too_long_is_one_problem_and_kept_nowhere() -> None:
    long = b'"' + b"x\\n" * 200_000 + b'"'
    pieces = [b'[{"a":1},{"b":[', *[long + b","] * 30, b'1]},{"a":2}]']
    tracemalloc.start()
    try:
        rows, problems = read(pieces, ARRAY, longest=1_000_000, block=100_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert plain(rows) == [(1, {"a": 1}), (3, {"a": 2})]
    assert [(each.number, len(each.text)) for each in problems] == [(2, 10_000)]
    assert peak < 8_000_000


def test_a_line_of_50_megabytes_is_one_problem() -> None:
    pieces = [b'{"a":1}\n', *[b"x" * 1_000_000] * 50, b'\n{"a":2}\n']
    rows, problems = read(pieces, LINES, block=256 * 1024)
    assert plain(rows) == [(1, {"a": 1}), (3, {"a": 2})]
    assert [(each.number, len(each.text)) for each in problems] == [(2, 10_000)]


def test_an_array_of_30_megabytes_is_read_in_little_memory() -> None:
    element = b'{"event":"a","properties":{"text":"' + b"x" * 20_000 + b'"}},\n'
    tracemalloc.start()
    try:
        chunks = read_rows(repeated(b"[", element, 30_000_000), ARRAY)
        count = sum(len(chunk.rows) for chunk in chunks)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 30_000_000 // len(element)
    assert peak < 8_000_000


def test_bytes_of_another_encoding_cost_only_their_row() -> None:
    data = '{"a":"é"}\n'.encode() + b'{"a":"\xe9"}\n{"a":1}'
    rows, problems = read(data, LINES)
    assert plain(rows) == [(1, {"a": "é"}), (3, {"a": 1})]
    assert told(problems) == [(2, '{"a":"é"}')]
    rows, problems = read(b'[{"a":"\xe9"},{"a":1}]', ARRAY)
    assert plain(rows) == [(2, {"a": 1})]
    assert problems[0].reason.startswith("Byte 0xE9 is not UTF-8")


def test_where_the_bytes_break_off_the_row_that_is_cut_is_told() -> None:
    def pieces(data: bytes) -> object:
        yield data
        raise BrokenOffError("The stick was pulled out.")

    for data, dialect in ((b'{"a":1}\n{"a":', LINES), (b'[{"a":1},{"a":', ARRAY)):
        rows, problems = read(pieces(data), dialect)  # type: ignore[arg-type]
        assert plain(rows) == [(1, {"a": 1})]
        assert [(each.reason, each.text) for each in problems] == [
            ("The stick was pulled out.", '{"a":')
        ]
