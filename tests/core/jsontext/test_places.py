"""Places of values in JSON text."""

from __future__ import annotations

import pytest

from composer.core.jsontext import Path, line_and_column, offset_of

TEXT = '{"a": {"b": [1, {"c": "x\\"}"}]},\n "d": null, "d": true, "e":[]}'


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ((), '{"a"'),
        (("a",), '{"b"'),
        (("a", "b"), "[1"),
        (("a", "b", 0), "1,"),
        (("a", "b", 1), '{"c"'),
        (("a", "b", 1, "c"), '"x'),
        (("d",), "true"),
        (("e",), "[]"),
    ],
)
def test_the_offset_is_where_the_value_begins(path: Path, begins: str) -> None:
    offset = offset_of(TEXT, path)
    assert offset is not None
    assert TEXT[offset:].startswith(begins)


@pytest.mark.parametrize("path", [("b",), ("a", 0), ("a", "b", 2), ("e", 0), ("d", "x")])
def test_a_path_that_leads_nowhere_has_no_offset(path: Path) -> None:
    assert offset_of(TEXT, path) is None


def test_lines_and_columns_count_from_one() -> None:
    assert line_and_column(TEXT, 0) == (1, 1)
    assert line_and_column(TEXT, TEXT.index("\n") + 1) == (2, 1)
