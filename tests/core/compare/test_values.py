"""What differs between two values: all of it, and nothing else."""

import pytest
from hypothesis import given

from composer.core.compare.values import (
    Difference,
    DifferenceKind,
    compare,
    compare_repeats,
    path_text,
    same_number,
)
from composer.core.jsontext import Layout, Object, Path, Value, encode, get_at, has_at, parse
from tests.helpers.values import values

MIRRORED = {
    DifferenceKind.ADDED: DifferenceKind.REMOVED,
    DifferenceKind.REMOVED: DifferenceKind.ADDED,
    DifferenceKind.CHANGED: DifferenceKind.CHANGED,
    DifferenceKind.RETYPED: DifferenceKind.RETYPED,
    DifferenceKind.RESPELLED: DifferenceKind.RESPELLED,
}


def found(before: str, after: str) -> list[tuple[Path, str]]:
    return [(one.path, one.kind.value) for one in compare(parse(before), parse(after))]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ('{"a": 1, "b": 2}', '{"b": 2, "a": 1}', []),
        ('{"a": 1}', '{"a": 2}', [(("a",), "changed")]),
        ('{"a": 1}', '{"a": "1"}', [(("a",), "retyped")]),
        ('{"a": 1.0}', '{"a": 1.00}', [(("a",), "respelled")]),
        ('{"a": null}', "{}", [(("a",), "removed")]),
        ("{}", '{"a": null}', [(("a",), "added")]),
        ('{"a": true}', '{"a": 1}', [(("a",), "retyped")]),
        ('{"a": {"b": [1, 2]}}', '{"a": {"b": [1]}}', [(("a", "b", 1), "removed")]),
        ("[1, 2]", "[2, 1]", [((0,), "changed"), ((1,), "changed")]),
        ("[]", "{}", [((), "retyped")]),
        ('{"a": 1, "a": 2}', '{"a": 2}', []),
        (
            '{"x": 1, "y": 2}',
            '{"z": 3, "y": 4}',
            [(("x",), "removed"), (("y",), "changed"), (("z",), "added")],
        ),
    ],
)
def test_each_kind_of_difference_is_found(
    before: str, after: str, wanted: list[tuple[Path, str]]
) -> None:
    assert found(before, after) == wanted


@given(values)
def test_a_value_does_not_differ_from_itself(value: Value) -> None:
    assert compare(value, value) == ()


@given(values, values)
def test_seen_from_the_other_side_the_differences_are_mirrored(one: Value, other: Value) -> None:
    def mirror(difference: Difference) -> tuple[Path, DifferenceKind, Value, Value]:
        return difference.path, MIRRORED[difference.kind], difference.after, difference.before

    def plain(difference: Difference) -> tuple[Path, DifferenceKind, Value, Value]:
        return difference.path, difference.kind, difference.before, difference.after

    assert set(map(plain, compare(one, other))) == set(map(mirror, compare(other, one)))


@given(values, values)
def test_each_difference_is_one(one: Value, other: Value) -> None:
    for difference in compare(one, other):
        path = difference.path
        if path:
            assert has_at(one, path) == (difference.kind is not DifferenceKind.ADDED)
            assert has_at(other, path) == (difference.kind is not DifferenceKind.REMOVED)
        assert get_at(one, path) == difference.before
        assert get_at(other, path) == difference.after
        one_sided = difference.kind in {DifferenceKind.ADDED, DifferenceKind.REMOVED}
        assert one_sided or difference.before != difference.after


@given(values, values)
def test_no_difference_is_missed(one: Value, other: Value) -> None:
    assert (compare(one, other) == ()) == (unordered(one) == unordered(other))


def unordered(value: Value) -> object:
    """A form in which the order of members, and a repeated key's earlier values, are gone."""
    match value:
        case Object(members):
            return {key: unordered(item) for key, item in members}
        case tuple():
            return [unordered(item) for item in value]
        case bool():
            return ("bool", value)
        case _:
            return value


def test_a_path_is_written_as_people_write_it() -> None:
    assert path_text(("properties", "items", 2, "sku")) == "properties.items[2].sku"
    assert path_text(()) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1", "1.0", True),
        ("100", "1e2", True),
        ("0.1e-7", "1E-8", True),
        ("-0", "0.00", True),
        ("10", "1", False),
        ("-1", "1", False),
        ("9007199254740993", "9007199254740992", False),
        ("1e" + "9" * 5000, "1e" + "9" * 5001, False),
    ],
)
def test_a_number_is_known_in_any_spelling(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same
    assert same_number(other, one) is same


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ('{"a": 1, "a": 2}', '{"a": 2}', {("a",): ("[1,2]", "[2]")}),
        ('{"a": 1, "a": 2}', '{"a": 1, "a": 3}', {}),
        ('{"a": 1, "a": 2}', "{}", {}),
        ('[{"b": {"a": 1, "a": 2}}]', '[{"b": {"a": 2}}]', {(0, "b", "a"): ("[1,2]", "[2]")}),
        ('{"a": 2}', '{"a": 2}', {}),
    ],
)
def test_values_before_the_last_of_a_repeated_key_are_told(
    before: str, after: str, wanted: dict[Path, tuple[str, str]]
) -> None:
    found = list(compare_repeats(parse(before), parse(after)))
    assert {one.kind for one in found} <= {DifferenceKind.REPEATED}
    texts = {
        one.path: (encode(one.before, Layout.COMPACT), encode(one.after, Layout.COMPACT))
        for one in found
    }
    assert texts == wanted
