"""Mends change what they name and nothing else."""

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import Object, Path, Value, from_python, get_at, parse
from composer.core.verdicts.mending import (
    Edit,
    Mend,
    Put,
    Rename,
    Rewrite,
    Take,
    mended,
    move,
    under,
)
from tests.helpers.values import values

keys = st.sampled_from(("a", "b", "$set"))
paths = st.lists(keys | st.integers(-1, 3), max_size=4).map(tuple)
edits = st.one_of(
    st.builds(Put, path=paths, value=values),
    st.builds(Take, path=paths),
    st.builds(Rename, path=paths, key=keys),
)


def _has_place(edit: Edit) -> bool:
    """Whether it is about a part: the whole event is an item of its batch, and could be taken."""
    return not isinstance(edit, Rewrite) and edit.path != ()


SOUND = parse('{"a": {"b": [1, {"c": 2}]}, "d": null}')


def some_path(value: Value, draw: st.DataObject) -> Path:
    """A path to something in the value."""
    path: Path = ()
    while draw.draw(st.booleans()):
        match value:
            case Object(members) if members:
                step = draw.draw(st.sampled_from([key for key, _ in members]))
            case tuple() if value:
                step = draw.draw(st.integers(0, len(value) - 1))
            case _:
                return path
        path = (*path, step)
        value = get_at(value, (step,))
    return path


@given(values, values, st.data())
def test_what_is_put_somewhere_stands_there(value: Value, new: Value, data: st.DataObject) -> None:
    path = some_path(value, data)
    after = mended(value, (Put(path=path, value=new),))
    assert get_at(after, path) == new
    assert mended(after, (Put(path=path, value=get_at(value, path)),)) == value


@given(values, values, st.lists(keys, min_size=1, max_size=4).map(tuple))
def test_what_is_put_makes_its_way(value: Value, new: Value, path: Path) -> None:
    assert get_at(mended(value, (Put(path=path, value=new),)), path) == new


@given(values, st.data())
def test_what_is_taken_is_gone_and_the_rest_stays(value: Value, data: st.DataObject) -> None:
    path = some_path(value, data)
    after = mended(value, (Take(path=path),))
    if not path:
        assert after == value
        return
    before, rest = get_at(value, path[:-1]), get_at(after, path[:-1])
    match before, path[-1]:
        case Object(members), key:
            assert rest == Object(tuple(one for one in members if one[0] != key))
        case tuple(), int() as index:
            assert rest == before[:index] + before[index + 1 :]
        case _:
            pytest.fail("the path led nowhere")
    assert mended(after, (Put(path=path[:-1], value=before),)) == value


@given(values, keys, st.data())
def test_a_new_name_stands_where_the_old_one_stood(
    value: Value, key: str, data: st.DataObject
) -> None:
    path = some_path(value, data)
    after = mended(value, (Rename(path=path, key=key),))
    before = get_at(value, path[:-1])
    if not path or not isinstance(before, Object):
        assert after == value
        return
    renamed = get_at(after, path[:-1])
    assert isinstance(renamed, Object)
    assert [item for _, item in renamed] == [item for _, item in before]
    assert [name for name, _ in renamed] == [
        key if name == path[-1] else name for name, _ in before
    ]


@given(values, st.lists(edits, max_size=4).map(tuple))
def test_no_edit_raises_and_all_give_a_value(value: Value, some: tuple[Edit, ...]) -> None:
    after = value
    for edit in some:
        after = mended(after, (edit,))
    assert mended(value, some) == after


@pytest.mark.parametrize(
    "edit",
    [
        Take(path=()),
        Take(path=("x",)),
        Take(path=("d", "x")),
        Take(path=("a", "b", 2)),
        Rename(path=(), key="x"),
        Rename(path=("x", "y"), key="z"),
        Rename(path=("a", "b", 0), key="z"),
        Put(path=(3,), value=None),
        Put(path=("a", "b", 2), value=None),
    ],
)
def test_an_edit_that_leads_nowhere_changes_nothing(edit: Edit) -> None:
    assert mended(SOUND, (edit,)) == SOUND


def test_a_moved_value_stands_elsewhere() -> None:
    after = mended(SOUND, move(("a", "b"), ("properties", "b"), "x"))
    assert after == from_python({"a": {}, "d": None, "properties": {"b": "x"}})


@given(values, st.lists(edits.filter(_has_place), max_size=3).map(tuple))
def test_a_mend_of_an_event_is_the_same_in_its_batch(event: Value, some: tuple[Edit, ...]) -> None:
    body = Object((("batch", (None, event)),))
    after = mended(body, under(("batch", 1), Mend(label="Mend it", edits=some)).edits)
    assert after == Object((("batch", (None, mended(event, some))),))


def test_a_mend_of_the_whole_body_stays_as_it_is() -> None:
    mend = Mend(label="Mend it", edits=(Rewrite(text="{}"), Take(path=("a",))))
    assert under((), mend) is mend
    assert under(("batch", 1), mend).edits == (Rewrite(text="{}"), Take(path=("batch", 1, "a")))


def test_a_text_is_not_rewritten_as_a_value() -> None:
    with pytest.raises(TypeError):
        mended(SOUND, (Rewrite(text="{}"),))
