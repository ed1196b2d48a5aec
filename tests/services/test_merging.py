"""Changes of several writers come together, and none undoes another's."""

import pytest
from hypothesis import given

from composer.core.jsontext import Layout, Object, encode, parse
from composer.services.merging import merge
from tests.helpers.values import objects, scalars, values


def merged(base: str, old: str, new: str) -> str:
    parts = [parse(text) for text in (base, old, new)]
    one, two, three = (part for part in parts if isinstance(part, Object))
    return encode(merge(one, two, three), Layout.COMPACT)


@pytest.mark.parametrize(
    ("base", "old", "new", "expected"),
    [
        (
            '{"p":{"a":1,"b":2}}',
            '{"p":{"a":1,"b":2}}',
            '{"p":{"b":2,"a":1}}',
            '{"p":{"b":2,"a":1}}',
        ),
        (
            '{"p":{"b":2,"a":1}}',
            '{"p":{"a":1,"b":2}}',
            '{"p":{"a":1,"b":3}}',
            '{"p":{"b":3,"a":1}}',
        ),
        (
            '{"p":{"a":1,"x":9,"b":2}}',
            '{"p":{"a":1,"b":2}}',
            '{"p":{"b":2,"a":1}}',
            '{"p":{"b":2,"a":1,"x":9}}',
        ),
        (
            '{"p":{"a":1,"c":3}}',
            '{"p":{"a":1,"c":3}}',
            '{"p":{"a":1,"b":2,"c":3}}',
            '{"p":{"a":1,"b":2,"c":3}}',
        ),
        ('{"p":{"a":1}}', '{"p":{"a":1,"b":2}}', '{"p":{"a":1,"b":2}}', '{"p":{"a":1}}'),
        ('{"p":{"a":1}}', '{"p":{"a":1,"b":2}}', '{"p":{"a":1,"b":3}}', '{"p":{"a":1,"b":3}}'),
        ("{}", '{"a":1}', '{"a":1}', '{"a":1}'),
    ],
    ids=["ours", "theirs", "foreign", "inserted", "removed there", "changed here", "a new file"],
)
def test_order_and_removals_come_from_whoever_changed_them(
    base: str, old: str, new: str, expected: str
) -> None:
    assert merged(base, old, new) == expected


@given(objects(values), objects(values), objects(scalars))
def test_a_merge_keeps_foreign_changes_and_brings_in_all_of_ours(
    base: Object, old: Object, new: Object
) -> None:
    merged = merge(base, old, new)
    for key, _ in new:
        if old.get(key) != new.get(key) or key not in old:
            ours, theirs = new.get(key), base.get(key)
            assert merged.get(key) == ours or (
                isinstance(ours, Object) and isinstance(theirs, Object)
            )
    for key, value in base:
        if key not in old and key not in new:
            assert value in [item for name, item in merged if name == key]
    assert all(key not in merged for key, _ in old if key not in new)


@given(objects(values))
def test_a_merge_of_nothing_new_changes_nothing(base: Object) -> None:
    assert merge(base, base, base) == base
