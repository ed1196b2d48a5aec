"""Rows of free properties: a value, its kind and its text belong together."""

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import Number, Object, Value
from composer.core.rows import RowFault, RowKind, convert, kind_of, text_of, value_from
from tests.helpers.values import values

ONE = Object((("a", Number("1.0")),))
KINDS: list[tuple[Value, RowKind, str]] = [
    (None, RowKind.NULL, "null"),
    (True, RowKind.YES_NO, "yes"),
    (False, RowKind.YES_NO, "no"),
    (Number("1.00"), RowKind.NUMBER, "1.00"),
    ("pro", RowKind.TEXT, "pro"),
    ("14", RowKind.TEXT, "14"),
    ("2026-03-14", RowKind.TEXT, "2026-03-14"),
    ("2026-03-14T25:00Z", RowKind.TEXT, "2026-03-14T25:00Z"),
    ("2026-03-14T09:30", RowKind.DATE, "2026-03-14T09:30"),
    ("2026-03-14 09:30:00.5+01:00", RowKind.DATE, "2026-03-14 09:30:00.5+01:00"),
    ("2026-03-14T09:30:00Z", RowKind.DATE, "2026-03-14T09:30:00Z"),
    ((Number("1"), ONE), RowKind.LIST, '[1,{"a":1.0}]'),
    (ONE, RowKind.OBJECT, '{"a":1.0}'),
]


@pytest.mark.parametrize(("value", "kind", "text"), KINDS)
def test_a_value_has_a_kind_and_a_text(value: Value, kind: RowKind, text: str) -> None:
    assert kind_of(value) is kind
    assert text_of(value) == text


@given(values)
def test_the_text_of_a_value_spells_the_same_value(value: Value) -> None:
    assert value_from(kind_of(value), text_of(value)) == value


@given(values, st.sampled_from(RowKind))
def test_a_changed_type_gives_a_value_of_that_type(value: Value, kind: RowKind) -> None:
    changed = convert(value, kind)
    texts = {RowKind.TEXT, RowKind.DATE}
    assert kind_of(changed) is kind or (kind in texts and kind_of(changed) in texts)


@given(values, st.sampled_from(RowKind))
def test_to_text_and_back_nothing_is_lost(value: Value, kind: RowKind) -> None:
    assert convert(value, kind_of(value)) == value
    if kind in {RowKind.TEXT, RowKind.LIST, RowKind.OBJECT} and kind_of(value) is not RowKind.NULL:
        assert convert(convert(value, RowKind.TEXT), kind_of(value)) == value


@given(st.text(max_size=20) | st.text("0123456789-+.,eE \t", max_size=8), st.sampled_from(RowKind))
def test_any_text_is_a_value_of_the_kind_or_a_sentence(text: str, kind: RowKind) -> None:
    match value_from(kind, text):
        case RowFault(message=message):
            assert message.endswith((".", "}", "]"))
        case value:
            assert kind_of(value) is kind or isinstance(value, str)


@pytest.mark.parametrize("text", ["0", "-0", "1.00", " 9007199254740993 ", "1e5", "1E-400"])
def test_a_number_is_taken_as_it_is_spelled(text: str) -> None:
    assert value_from(RowKind.NUMBER, text) == Number(text.strip())


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (RowKind.NUMBER, "", "Enter a number"),
        (RowKind.NUMBER, "1,5", "Use a point"),
        (RowKind.NUMBER, "1,234.5", "Use a point"),
        (RowKind.NUMBER, "+1", "plus sign"),
        (RowKind.NUMBER, ".5", "before and after the point"),
        (RowKind.NUMBER, "-.5", "before and after the point"),
        (RowKind.NUMBER, "5.", "before and after the point"),
        (RowKind.NUMBER, "007", "Choose text to keep the zero"),
        (RowKind.NUMBER, "1e999", "Choose text to keep it"),
        (RowKind.NUMBER, "many", "not a number"),
        (RowKind.NUMBER, "١", "not a number"),
        (RowKind.YES_NO, "maybe", "yes or no"),
        (RowKind.DATE, "2026-03-14", "for a date alone"),
        (RowKind.DATE, "soon", "2026-11-21T09:30:00Z"),
        (RowKind.LIST, "{}", "[ ]"),
        (RowKind.LIST, "[1, ]", "Remove the comma"),
        (RowKind.LIST, "", "Line 1, column 1"),
        (RowKind.OBJECT, "[]", "{ }"),
        (RowKind.OBJECT, "{'a': 1}", "not single"),
    ],
)
def test_a_wrong_text_is_told_with_the_next_step(kind: RowKind, text: str, words: str) -> None:
    fault = value_from(kind, text)
    assert isinstance(fault, RowFault)
    assert words in fault.message


@pytest.mark.parametrize(("text", "value"), [("yes", True), (" TRUE", True), ("No", False)])
def test_yes_and_no_are_read_in_any_capitalisation(text: str, *, value: bool) -> None:
    assert value_from(RowKind.YES_NO, text) is value


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("14", RowKind.NUMBER, Number("14")),
        ("1,5", RowKind.NUMBER, Number("0")),
        (True, RowKind.NUMBER, Number("1")),
        (False, RowKind.NUMBER, Number("0")),
        (None, RowKind.NUMBER, Number("0")),
        (Number("2"), RowKind.YES_NO, True),
        (Number("0.0"), RowKind.YES_NO, False),
        ("yes", RowKind.YES_NO, True),
        ("pro", RowKind.YES_NO, False),
        (True, RowKind.TEXT, "true"),
        (Number("1.00"), RowKind.TEXT, "1.00"),
        (ONE, RowKind.TEXT, '{"a":1.0}'),
        (None, RowKind.TEXT, ""),
        ("2026-03-14", RowKind.DATE, "2026-03-14"),
        ("pro", RowKind.LIST, ("pro",)),
        ("[1]", RowKind.LIST, (Number("1"),)),
        ("", RowKind.LIST, ()),
        (None, RowKind.LIST, ()),
        (ONE, RowKind.LIST, (ONE,)),
        ("pro", RowKind.OBJECT, Object((("value", "pro"),))),
        ('{"a":1.0}', RowKind.OBJECT, ONE),
        (None, RowKind.OBJECT, Object()),
        ("pro", RowKind.NULL, None),
    ],
)
def test_a_changed_type_keeps_what_can_be_kept(
    value: Value, kind: RowKind, expected: Value
) -> None:
    assert convert(value, kind) == expected
