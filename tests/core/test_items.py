"""Objects in lists: what is shown of them, and what an edit makes of them."""

import pytest
from hypothesis import given, strategies as st

from composer.core.events.errors import ERROR, FRAME
from composer.core.events.messages import QUESTIONS
from composer.core.fields import Part, Shape
from composer.core.items import (
    fresh,
    inner,
    is_open_way,
    moved,
    parts_of,
    title_of,
    variant_of,
    with_part,
    without_part,
)
from composer.core.jsontext import Number, Object, Value, from_python, get_at, has_at
from tests.helpers.values import values

MESSAGE = QUESTIONS.shape or Shape(noun="", parts=())
FRAMES = ("stacktrace", "frames")


def obj(**members: object) -> Object:
    made = from_python(members)
    assert isinstance(made, Object)
    return made


def part(shape: Shape, *path: str) -> Part:
    return next(known for known in shape.parts if known.path == path)


def paths(shape: Shape, item: Object, variant: str = "") -> list[tuple[str, ...]]:
    return [known.path for known in parts_of(shape, item, variant)]


def test_parts_of_the_other_variant_are_shown_only_where_they_stand() -> None:
    assert ("lineno",) in paths(FRAME, Object(), "raw")
    assert ("lineno",) not in paths(FRAME, Object(), "resolved")
    assert ("lineno",) in paths(FRAME, obj(lineno=1), "resolved")
    assert ("lang",) in paths(FRAME, Object(), "a later one")


def test_a_member_without_a_part_gets_one_also_inside_another() -> None:
    item = obj(value="a", mechanism={"handled": True, "source": "x"}, id=4, stacktrace="none")
    assert paths(ERROR, item)[-3:] == [("mechanism", "source"), ("id",), ("stacktrace",)]
    assert parts_of(ERROR, item)[-3].field.label == "mechanism.source"


@given(values)
def test_every_member_of_any_object_is_reached_by_a_part(value: Value) -> None:
    item = Object((("mechanism", value), ("stacktrace", value), ("x", value)))
    shown = paths(ERROR, item)
    for key, _ in item:
        assert any(path[0] == key and has_at(item, path) for path in shown) or value == Object()


def test_a_new_object_has_what_its_parts_begin_with() -> None:
    assert fresh(ERROR) == obj(type="", value="")
    assert fresh(MESSAGE) == obj(role="user", content="")
    assert fresh(FRAME, None, "raw") == obj(platform="custom")
    assert fresh(FRAME, None, "resolved") == Object()


def test_a_new_frame_is_of_the_language_of_the_one_before() -> None:
    before = obj(platform="python", lang="python", function="charge")
    assert fresh(FRAME, before, "raw") == obj(platform="python", lang="python")
    assert fresh(FRAME, "odd", "raw") == obj(platform="custom")


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (obj(type="A", value="b c"), "A · b c"),
        (obj(type="", value="b"), "b"),
        (obj(value=None, type=4), "4"),
        (Object(), ""),
        ("odd", '"odd"'),
    ],
)
def test_a_title_tells_an_object_from_its_neighbours(item: Value, title: str) -> None:
    assert title_of(ERROR, item) == title


def test_the_variant_is_named_beside_the_list() -> None:
    assert variant_of(FRAME, obj(stacktrace={"type": "resolved"}), FRAMES) == "resolved"
    assert variant_of(FRAME, obj(stacktrace={"type": 1}), FRAMES) == ""
    assert variant_of(FRAME, Object(), FRAMES) == "raw"
    assert variant_of(ERROR, obj(type="raw"), ("list",)) == ""


@pytest.mark.parametrize(
    ("item", "is_open"),
    [
        (Object(), True),
        (obj(stacktrace={}), True),
        (obj(stacktrace={"frames": 1}), True),
        (obj(stacktrace=None), False),
        (obj(stacktrace=[]), False),
        ("text", False),
    ],
)
def test_a_way_is_open_unless_something_else_stands_in_it(item: Value, *, is_open: bool) -> None:
    assert is_open_way(item, FRAMES) is is_open


def test_the_first_frame_brings_the_type_of_the_trace_and_the_last_takes_it_along() -> None:
    frames, error = part(ERROR, *FRAMES), obj(type="A", value="b")
    with_one = with_part(error, frames, (obj(lineno=1),))
    assert with_one.get("stacktrace") == obj(type="raw", frames=[{"lineno": 1}])
    assert without_part(with_one, frames) == error


def test_what_else_a_trace_has_stays_when_its_frames_go() -> None:
    frames = part(ERROR, *FRAMES)
    item = obj(stacktrace={"type": "resolved", "frames": [], "note": 1})
    assert without_part(item, frames) == obj(stacktrace={"type": "resolved", "note": 1})
    kept = with_part(obj(stacktrace={"type": "resolved"}), frames, ())
    assert kept == obj(stacktrace={"type": "resolved", "frames": []})


def test_a_parent_goes_with_its_last_member_only() -> None:
    handled = part(ERROR, "mechanism", "handled")
    item = with_part(obj(type="A"), handled, True)
    assert item == obj(type="A", mechanism={"handled": True})
    assert without_part(item, handled) == obj(type="A")
    both = obj(mechanism={"handled": True, "synthetic": False})
    assert without_part(both, handled) == obj(mechanism={"synthetic": False})


@given(values, st.sampled_from(ERROR.parts))
def test_a_part_reads_as_it_was_set_and_changes_nothing_else(value: Value, known: Part) -> None:
    item = obj(type="A", value="b", odd=[1], mechanism={"more": 1})
    changed = with_part(item, known, value)
    assert get_at(changed, known.path) == value
    for path in paths(ERROR, item):
        if path != known.path and has_at(item, path):
            assert get_at(changed, path) == get_at(item, path)


def test_a_value_moves_and_the_others_keep_their_order() -> None:
    one, two, three = Number("1"), Number("2"), Number("3")
    assert moved((one, two, three), 0, 2) == (two, three, one)
    assert moved((one, two, three), 2, -1) == (one, three, two)


def test_a_path_is_followed_into_its_part_only() -> None:
    frames = part(ERROR, *FRAMES)
    assert inner((*FRAMES, 2, "lineno"), frames) == (2, "lineno")
    assert inner(("stacktrace", "type"), frames) is None
