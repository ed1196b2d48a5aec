"""Names of JSON columns."""

from __future__ import annotations

from hypothesis import given, strategies as st

from composer.core.tabular import column_of, path_of

_KEYS = st.text("a.\\$ é", max_size=6)


def test_keys_are_joined_by_dots() -> None:
    assert column_of(["properties", "$set"]) == "properties.$set"
    assert column_of(["a.b", "c\\d"]) == "a\\.b.c\\\\d"
    assert path_of("properties.$set") == ("properties", "$set")


@given(st.lists(_KEYS, min_size=1, max_size=3).map(tuple))
def test_a_column_leads_back_to_its_path(path: tuple[str, ...]) -> None:
    assert path_of(column_of(path)) == path
