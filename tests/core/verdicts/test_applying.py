"""A mend changes the text where it must and leaves the person's spacing everywhere else."""

import re

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import JsonError, Layout, Value, encode, from_python, parse
from composer.core.verdicts import applying
from composer.core.verdicts.applying import apply, together
from composer.core.verdicts.mending import (
    Edit,
    Mend,
    Put,
    Rename,
    Rewrite,
    Take,
    mended,
    move,
)
from tests.helpers.values import values

TEXT = """ { "event":"a",
   "properties" : {"x": 1.00 , "y":[1,2, 3]},
   "n": {},
   "t": "\\u00e9"
}
"""


def mend(*edits: Edit) -> Mend:
    return Mend(label="Mend it", edits=edits)


def applied(*edits: Edit, text: str = TEXT) -> str:
    after = apply(text, mend(*edits), Layout.PRETTY)
    assert parse(after) == mended(parse(text), edits)
    return after


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Put(path=("event",), value="b"), '"event":"a"', '"event":"b"'),
        (Put(path=("properties", "x"), value=True), "1.00 ", "true "),
        (Put(path=("properties", "y", 1), value=None), "[1,2, 3]", "[1,null, 3]"),
        (Put(path=("properties", "z"), value="q"), "3]}", '3], "z":"q"}'),
        (Put(path=("n", "a"), value="b"), '"n": {}', '"n": {"a": "b"}'),
        (
            Put(path=("o",), value=from_python({"p": [1]})),
            '\\u00e9"\n',
            '\\u00e9",\n   "o": {\n     "p": [\n       1\n     ]\n   }\n',
        ),
        (Take(path=("event",)), ' "event":"a",\n   "prop', ' "prop'),
        (Take(path=("n",)), '\n   "n": {},', ""),
        (Take(path=("t",)), ',\n   "t": "\\u00e9"', ""),
        (Take(path=("properties", "x")), '"x": 1.00 , ', ""),
        (Take(path=("properties", "y", 0)), "[1,2, 3]", "[2, 3]"),
        (Take(path=("properties", "y", 1)), "[1,2, 3]", "[1, 3]"),
        (Take(path=("properties", "y", 2)), "[1,2, 3]", "[1,2]"),
        (Rename(path=("properties",), key="p"), '"properties" :', '"p" :'),
    ],
)
def test_only_the_place_of_the_edit_changes(edit: Edit, old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert applied(edit) == TEXT.replace(old, new)


def test_edits_after_each_other_are_one_change() -> None:
    after = applied(*move(("event",), ("properties", "event"), "a"), Take(path=("t",)))
    assert after == (' { "properties" : {"x": 1.00 , "y":[1,2, 3], "event":"a"},\n   "n": {}\n}\n')


def test_members_are_taken_until_none_is_left() -> None:
    assert applied(Take(path=("a",)), text='{ "a": 1 }') == "{}"
    assert applied(Take(path=(0,)), Take(path=(0,)), text="[ 1, 2 ]") == "[]"


def test_a_new_member_is_spaced_like_its_only_neighbour() -> None:
    put = Put(path=("b",), value="c")
    assert applied(put, text='{"a": 1 }') == '{"a": 1, "b": "c" }'
    assert applied(put, text='{ "a":1}') == '{ "a":1,"b":"c"}'
    assert applied(put, text='{\n\t"a": 1\n}') == '{\n\t"a": 1,\n\t"b": "c"\n}'


def test_of_repeated_keys_the_last_is_changed() -> None:
    after = applied(Put(path=("a",), value="x"), text='{"a" :1, "b":2, "a": 3 , "b": 4}')
    assert after == '{"a" :1, "b":2, "a": "x" , "b": 4}'


def test_what_changes_nothing_leaves_the_text() -> None:
    assert applied(Take(path=("x",))) is TEXT
    assert apply(TEXT, mend(), Layout.PRETTY) is TEXT


def test_a_rewrite_replaces_the_text_before_all_else() -> None:
    rewrite = Rewrite(text='{"a":1, "b":2}')
    assert apply("{a: 1", mend(rewrite), Layout.PRETTY) == rewrite.text
    after = apply("{a: 1", mend(rewrite, Take(path=("a",))), Layout.PRETTY)
    assert after == '{"b":2}'
    with pytest.raises(JsonError):
        apply("{a: 1", mend(Take(path=("a",))), Layout.PRETTY)


@pytest.mark.parametrize("before", Layout)
@pytest.mark.parametrize("layout", Layout)
def test_what_was_laid_out_is_laid_out_again(before: Layout, layout: Layout) -> None:
    value = parse(TEXT)
    edit = Put(path=("n", "a"), value=from_python([1]))
    assert apply(encode(value, before), mend(edit), layout) == encode(
        mended(value, (edit,)), layout
    )


def test_very_long_text_is_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "LONGEST", len(TEXT) - 1)
    edit = Take(path=("n",))
    assert apply(TEXT, mend(edit), Layout.PRETTY) == encode(mended(parse(TEXT), (edit,)))


def test_many_edits_are_done_in_one_go() -> None:
    """Ten thousand edits, each looked for from the start of the text, would take minutes."""
    text = "[" + " {},\n" * 9_999 + " {}]"
    edits = tuple(Put(path=(n, "a"), value=None) for n in range(10_000))
    assert applied(*edits, text=text) == text.replace("{}", '{"a": null}')


keys = st.sampled_from(("a", "b", "$set"))
paths = st.lists(keys | st.integers(0, 3), max_size=3).map(tuple)
edits = st.one_of(
    st.builds(Put, path=paths, value=values),
    st.builds(Take, path=paths),
    st.builds(Rename, path=paths, key=keys),
)


def loosely(value: Value, gaps: list[str]) -> str:
    """JSON text with spacing that no program would choose."""
    texts = re.split(r'("(?:[^"\\]|\\.)*"|[\[\]{},:])', encode(value, Layout.COMPACT))
    return "".join(
        f"{gaps[n % len(gaps)]}{text}{gaps[-n % len(gaps)]}" for n, text in enumerate(texts) if text
    )


@given(
    values,
    st.lists(st.sampled_from(("", " ", "\n", "\n  ", "\t", "\r\n")), min_size=1),
    st.lists(edits, max_size=4),
    st.sampled_from(Layout),
)
def test_the_text_is_read_as_the_mended_value(
    value: Value, gaps: list[str], some: list[Edit], layout: Layout
) -> None:
    text = loosely(value, gaps)
    assert parse(text) == value
    after = apply(text, mend(*some), layout)
    assert parse(after) == mended(value, tuple(some))
    if parse(after) == value:
        assert after == text


def test_mends_of_many_places_become_one() -> None:
    one, two = mend(Put(path=("a", 0), value=None)), mend(*move(("b",), ("c",), "d"))
    assert together("Mend all", [one, two]) == Mend(label="Mend all", edits=one.edits + two.edits)
    assert together("Mend all", []) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Put(path=("a",), value=None), Put(path=("a",), value=True)),
        (Put(path=("a", "b"), value=None), Take(path=("a",))),
        (Take(path=("a",)), Put(path=("a", "b"), value=None)),
        (Rename(path=("a",), key="b"), Put(path=("b",), value=None)),
        (Rename(path=("a",), key="b"), Rename(path=("c",), key="b")),
        (Rewrite(text="{}"), Take(path=("a",))),
        (Take(path=("a",)), Rewrite(text="{}")),
        (Take(path=("a",)), Put(path=(), value=None)),
    ],
)
def test_of_two_mends_of_one_place_the_first_is_taken(first: Edit, second: Edit) -> None:
    other = Put(path=("z",), value=None)
    edits = (first,) if isinstance(first, Rewrite) else (first, other)
    assert together("All", [mend(first), mend(second), mend(other)]) == Mend(
        label="All", edits=edits
    )


def test_items_are_removed_from_the_end() -> None:
    body = from_python({"batch": [0, [10, 11], 2, *range(3, 12)], "x": 1})
    one = together(
        "All",
        [
            mend(Take(path=path))
            for path in (("batch", 2), ("batch", 10), ("batch", 1, 0), ("x",), ("batch", 0))
        ]
        + [mend(Put(path=("batch", 11), value="last"))],
    )
    assert one is not None
    assert mended(body, one.edits) == from_python({"batch": [[11], *range(3, 10), "last"]})
