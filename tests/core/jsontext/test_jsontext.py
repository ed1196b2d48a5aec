"""JSON text is read and written exactly, and what is not JSON is explained."""

import json
import sys
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import (
    MAX_DEPTH,
    JsonError,
    Layout,
    Number,
    Object,
    Value,
    encode,
    from_python,
    get_at,
    has_at,
    parse,
    parse_bytes,
    remove_at,
    set_at,
    to_python,
)
from composer.core.jsontext.faults import explained
from tests.helpers.values import TRICKY_NUMBERS, TRICKY_TEXTS, texts, values

EXACT = (
    '{"b":1.00,"a":9007199254740993,"b":1e5,"c":[true,false,null,-0],"":{},"d":[]}',
    '"non\u00a0breaking line\u2028paragraph\u2029 \U0001f680 e\u0301 \x7f"',
    '"\\r\\n\\t\\u0000\\ud83d"',
    "12345678901234567890123456789.0e-400",
)

SLIPS = (
    ("", 1, "Start with {"),
    (" \n ", 2, "Start with {"),
    ("{", 1, "closing } or ]"),
    ('{"a": [1, 2', 1, "closing } or ]"),
    ('{"a": "b', 1, 'Put a " at the end'),
    ('{"a": 1,}', 1, "Remove the comma"),
    ('{\n"a": [1, 2, ]\n}', 2, "Remove the comma"),
    ('{"a" 1}', 1, 'Write "key": value.'),
    ("{a: 1}", 1, 'Write "key": value.'),
    ('{"a": 1 "b": 2}', 1, "Put a comma"),
    ('{"a": 1}}', 1, "closes too early"),
    ('{"a": }', 1, "Write text in quotes"),
    ("{'a': 1}", 1, "not single"),
    ("{\u201ca\u201d: 1}", 1, "curly quote \u201c"),
    ('{"a": \u2018b\u2019}', 1, "curly quote \u2018"),
    ('{"a": 1 // one\n}', 1, "Remove the comment"),
    ('{\n# one\n"a": 1}', 2, "Remove the comment"),
    ('{"a": 1, /* two */ "b": 2}', 1, "Remove the comment"),
    ('{"a": True}', 1, "writes true"),
    ('{"a": [False]}', 1, "writes false"),
    ('{"a": None}', 1, "writes null"),
    ('{"a": "one\ntwo"}', 1, "\\n for a line break"),
    ('{"a": "C:\\Users"}', 1, "\\\\ for a backslash"),
    ('{"a": "\\u12"}', 1, "\\u00e9"),
    ('{"NaN": "NaN",\n"a": NaN}', 2, "null, or text"),
    ("[1, -Infinity]", 1, "null, or text"),
    ("\ufeff{}", 1, "Delete the first character"),
    ('{"a": "\ud83d"}', 1, "paste the whole character"),
)


Source = TypeVar("Source", str, bytes)


def fault_of(read: Callable[[Source], Value], source: Source) -> JsonError | None:
    """The fault that reading ends with; any other exception fails the test."""
    try:
        read(source)
    except JsonError as error:
        return error
    return None


@given(values, st.sampled_from(Layout))
def test_what_is_written_reads_back_as_the_same_value(value: Value, layout: Layout) -> None:
    assert parse(encode(value, layout)) == value


@given(values, st.sampled_from(Layout))
def test_what_is_written_has_a_utf8_form(value: Value, layout: Layout) -> None:
    assert parse_bytes(encode(value, layout).encode("utf-8")) == value


@given(values)
def test_pretty_and_compact_are_valid_for_an_independent_reader(value: Value) -> None:
    assert json.loads(encode(value, Layout.PRETTY)) == json.loads(encode(value, Layout.COMPACT))


@pytest.mark.parametrize("text", EXACT)
def test_compact_text_is_written_as_it_was_read(text: str) -> None:
    assert encode(parse(text), Layout.COMPACT) == text


@pytest.mark.parametrize("spelling", TRICKY_NUMBERS)
def test_a_number_keeps_its_spelling(spelling: str) -> None:
    assert parse(f"[{spelling}]") == (Number(spelling),)


@pytest.mark.parametrize("text", TRICKY_TEXTS)
def test_tricky_text_survives(text: str) -> None:
    assert parse(encode(text)) == text


@pytest.mark.parametrize("spelling", ["", "01", "1.", ".5", "+1", "1,5", "NaN", "0x1", "1e", "١"])
def test_what_is_no_number_cannot_be_made_one(spelling: str) -> None:
    with pytest.raises(ValueError, match="is not a JSON number"):
        Number(spelling)


def test_keys_keep_order_and_repetition_and_the_last_one_is_read() -> None:
    value = parse('{"b": 1, "a": 2, "b": 3}')
    assert isinstance(value, Object)
    assert [key for key, _ in value] == ["b", "a", "b"]
    assert value.get("b") == Number("3")
    assert value.get("c", "absent") == "absent"
    assert len(value) == 3


def test_pretty_text_has_two_spaces_and_a_space_after_the_colon() -> None:
    value = parse('{"a":{"b":[1,{}],"c":[]}}')
    assert encode(value) == (
        '{\n  "a": {\n    "b": [\n      1,\n      {}\n    ],\n    "c": []\n  }\n}'
    )


@pytest.mark.parametrize(("text", "line", "hint"), SLIPS)
def test_a_slip_is_told_with_its_line_and_a_hint(text: str, line: int, hint: str) -> None:
    with pytest.raises(JsonError) as caught:
        parse(text)
    assert hint in caught.value.hint
    assert caught.value.line == line
    assert str(caught.value).startswith(f"Line {line}, column ")


def test_line_and_column_count_characters_from_one() -> None:
    with pytest.raises(JsonError) as caught:
        parse('{\n  "é": x\n}')
    assert (caught.value.line, caught.value.column, caught.value.offset) == (2, 8, 9)


def test_newer_pythons_words_for_a_trailing_comma_are_understood() -> None:
    fault = explained("Illegal trailing comma before end of object", '{"a": 1,}', 7)
    assert fault.message == "There is a comma too many."


def test_words_of_an_unknown_python_are_passed_on() -> None:
    assert explained("Something else", "[x]", 1).message == "Something else."


@given(st.text(st.characters() | st.sampled_from('{}[]",:\\/#e1-.nNtf \n'), max_size=60))
def test_no_text_raises_anything_but_a_json_error(text: str) -> None:
    fault = fault_of(parse, text)
    assert fault is None or (fault.message and 0 <= fault.offset <= len(text))


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_a_json_error(data: bytes) -> None:
    fault = fault_of(parse_bytes, data)
    assert fault is None or fault.message


@given(st.text(st.sampled_from('{}[]",:\\ue1-.0 \n\tantrul'), max_size=12))
def test_it_agrees_with_python_on_what_is_json(text: str) -> None:
    try:
        theirs: object = json.loads(text)
    except json.JSONDecodeError:
        with pytest.raises(JsonError):
            parse(text)
    else:
        assert to_python(parse(text)) == theirs


def test_bytes_that_are_not_utf8_are_told_with_their_place() -> None:
    with pytest.raises(JsonError) as caught:
        parse_bytes(b'{"a":\n"caf\xe9"}')
    assert (caught.value.line, caught.value.column) == (2, 5)
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("pair", ["[]", '{"a":}'])
def test_deep_nesting_is_read_up_to_the_limit_and_refused_beyond(pair: str) -> None:
    head, tail = pair[:-1], pair[-1]
    fine = head * (MAX_DEPTH - 1) + "[]" + tail * (MAX_DEPTH - 1)
    assert encode(parse(fine), Layout.COMPACT) == fine
    with pytest.raises(JsonError, match="nested more than"):
        parse(head * MAX_DEPTH + "[]" + tail * MAX_DEPTH)


def test_text_nested_beyond_any_stack_is_refused_in_time() -> None:
    with pytest.raises(JsonError, match="nested more than"):
        parse("[" * 10 * sys.getrecursionlimit())


def test_brackets_inside_quotes_and_beside_each_other_are_not_nesting() -> None:
    wide = "[" + ",".join(['{"[[[{{{\\"": []}'] * MAX_DEPTH) + "]"
    assert len(to_list(parse(wide))) == MAX_DEPTH


def to_list(value: Value) -> tuple[Value, ...]:
    assert isinstance(value, tuple)
    return value


def test_a_member_is_set_in_place_or_before_its_neighbours() -> None:
    value = Object((("a", None), ("c", None), ("a", True)))
    assert value.with_member("a", "x").members == (("a", None), ("c", None), ("a", "x"))
    assert value.with_member("b", "x", before=("c", "d")).members[1] == ("b", "x")
    assert value.with_member("b", "x", before=("d",)).members[-1] == ("b", "x")
    assert value.without("a").members == (("c", None),)


def test_values_are_found_by_their_path() -> None:
    value = parse('{"a": [{"b": null}], "c": 1}')
    assert get_at(value, ("c",)) == Number("1")
    assert get_at(value, ("a", 0, "b"), "absent") is None
    assert get_at(value, ("a", 1, "b"), "absent") == "absent"
    assert get_at(value, ("c", "b"), "absent") == "absent"
    assert has_at(value, ("a", 0, "b"))
    assert has_at(value, ("a", 0))
    assert not has_at(value, ("a", 1))
    assert not has_at(value, ("c", "b"))


def test_setting_makes_the_objects_on_the_way() -> None:
    start = Object((("a", "text"),))
    changed = set_at(start, ("a", "b", "c"), True)
    assert encode(changed, Layout.COMPACT) == '{"a":{"b":{"c":true}}}'
    assert remove_at(changed, ("a", "b", "c")) == set_at(start, ("a", "b"), Object())
    assert remove_at(start, ("a", "b")) == start


@given(texts, values)
def test_what_was_set_is_there_and_goes_again(key: str, value: Value) -> None:
    changed = set_at(Object(), ("properties", key), value)
    assert get_at(changed, ("properties", key)) == value
    assert remove_at(changed, ("properties", key)) == Object((("properties", Object()),))


def test_python_data_turns_into_values_and_back() -> None:
    source = {"a": [1, 2.5, True, None, "x"], "b": {"c": 10**30}}
    assert to_python(from_python(source)) == source
    assert to_python(Number("1" * 5000)) == float("inf")
    with pytest.raises(TypeError, match="object has no JSON form"):
        from_python(object())
