"""Members that follow from others, and leave a person's own alone."""

import pytest
from hypothesis import given, strategies as st

from composer.core.draft import Draft, new_draft
from composer.core.events import by_id
from composer.core.fields import Follow
from composer.core.follow import followed, member_of
from composer.core.jsontext import Object, Path, Value, encode, get_at, remove_at
from tests.helpers.values import objects, values

FLAG: Path = ("properties", "$feature_flag")
RESPONSE: Path = ("properties", "$feature_flag_response")
ENROLLED: Path = ("properties", "$feature_enrollment")
SET: Path = ("properties", "$set")
FOLLOWS = [f for name in ("flag_called", "feature_enrollment") for f in by_id(name).follows]


def fresh(type_id: str) -> Draft:
    return new_draft(by_id(type_id), token="phc_a", uuid="u", timestamp="t")


def flag(key: str) -> Path:
    return ("properties", f"$feature/{key}")


def test_a_flags_value_is_written_once_more_as_soon_as_both_are_there() -> None:
    draft = fresh("flag_called").with_value(RESPONSE, "b").with_value(FLAG, "new")
    assert draft.value(flag("new")) == "b"
    renamed = draft.with_value(FLAG, "newer").with_value(RESPONSE, True)
    assert (renamed.has(flag("new")), renamed.value(flag("newer"))) == (False, True)
    assert not renamed.without(FLAG).has(flag("newer"))


@pytest.mark.parametrize("missing", ["", None])
def test_half_of_it_writes_nothing(missing: Value) -> None:
    draft = fresh("flag_called").with_value(FLAG, "new").with_value(RESPONSE, missing)
    assert not draft.has(flag("new"))
    assert not fresh("flag_called").with_value(FLAG, " ").with_value(RESPONSE, "b").has(flag(" "))


def test_what_a_person_wrote_differently_stays() -> None:
    draft = fresh("flag_called").with_value(FLAG, "new").with_value(RESPONSE, "b")
    own = draft.with_value(flag("new"), "mine").with_value(RESPONSE, "c")
    assert own.value(flag("new")) == "mine"
    without = draft.without(flag("new")).with_value(RESPONSE, "c")
    assert not without.has(flag("new"))
    taken = draft.with_value(flag("other"), "mine").with_value(FLAG, "other")
    assert (taken.has(flag("new")), taken.value(flag("other"))) == (False, "mine")


def test_it_keeps_its_place_among_the_properties() -> None:
    draft = fresh("flag_called").with_value(FLAG, "new").with_value(RESPONSE, "b")
    draft = draft.with_value(("properties", "later"), "1").with_value(FLAG, "newer")
    properties = draft.value(("properties",))
    assert isinstance(properties, Object)
    assert [key for key, _ in properties][-2:] == ["$feature/newer", "later"]


def test_the_person_property_of_an_opt_in_is_written_even_where_it_was_left_out() -> None:
    text = '{"event": "$feature_enrollment_update", "properties": {"$feature_flag": "beta"}}'
    draft = fresh("feature_enrollment").with_text(text).with_value(ENROLLED, True)
    assert draft.value(SET) == Object((("$feature_enrollment/beta", True),))
    bare = draft.without(SET).with_value(ENROLLED, False)
    assert bare.value((*SET, "$feature_enrollment/beta")) is False


@pytest.mark.parametrize("other", ["x", (), None])
def test_what_is_no_object_is_not_written_into(other: Value) -> None:
    draft = fresh("feature_enrollment").with_value(SET, other).with_value(FLAG, "beta")
    draft = draft.with_value(ENROLLED, True)
    assert draft.value(SET) == other


def test_text_is_taken_as_it_is_typed() -> None:
    draft = fresh("flag_called").with_value(FLAG, "new").with_value(RESPONSE, "b")
    typed = draft.with_text(encode(draft.without(flag("new")).with_value(FLAG, "x").payload))
    assert not typed.has(flag("x"))


@given(
    st.sampled_from(FOLLOWS),
    objects(values),
    st.sampled_from([FLAG, RESPONSE, ENROLLED]),
    values,
)
def test_nothing_but_the_followers_changes(
    follow: Follow, properties: Object, path: Path, value: Value
) -> None:
    before = Object((("properties", properties),))
    after = Object((("properties", properties.with_member(str(path[-1]), value)),))
    result = followed(before, after, (follow,))
    for payload in (before, after):
        written = member_of(payload, follow)
        if written is not None:
            result, after = remove_at(result, written[0]), remove_at(after, written[0])
    if get_at(after, follow.parent) is None and get_at(result, follow.parent) == Object():
        result = remove_at(result, follow.parent)
    assert result == after
