"""Events are paired by uuid, or else by place; one event, a list and a batch can be compared."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from composer.core.compare.bodies import BodyDifference, compare_bodies
from composer.core.compare.values import DifferenceKind
from composer.core.jsontext import Object, Value, from_python, get_at, parse
from tests.helpers.values import values


def found(left: str, right: str) -> list[BodyDifference]:
    return list(compare_bodies(parse(left), parse(right)))


def told(left: str, right: str) -> list[tuple[str, str, str]]:
    return [(one.event, one.what, one.difference.kind.value) for one in found(left, right)]


def test_two_events_are_compared_without_a_word_about_events() -> None:
    assert told('{"event": "a", "n": "true"}', '{"n": true, "event": "a"}') == [
        ("", "n", "retyped")
    ]


def test_events_are_paired_by_uuid_wherever_they_stand() -> None:
    left = '{"batch": [{"uuid": "A", "event": "x"}, {"uuid": "b", "event": "y"}]}'
    right = '{"batch": [{"uuid": "b", "event": "z"}, {"uuid": "a", "event": "x", "uuid": "A"}]}'
    assert ("batch[1] ↔ batch[0]", "event", "changed") in told(left, right)
    assert all(one[0] != "batch[0]" for one in told(left, right))


def test_a_place_of_either_side_is_given() -> None:
    left = '{"batch": [{"uuid": "a", "n": 1}, {"uuid": "b"}]}'
    right = '{"batch": [{"uuid": "b"}, {"uuid": "a", "n": 2}]}'
    (one,) = found(left, right)
    assert one.at == (("batch", 0, "n"), ("batch", 1, "n"))


def test_where_something_is_missing_the_place_is_what_is_around_it() -> None:
    (one,) = found('{"properties": {"a": 1}}', '{"properties": {}}')
    assert one.at == (("properties", "a"), ("properties",))


def test_events_without_a_common_uuid_are_paired_by_their_place() -> None:
    left = '[{"event": "a"}, {"uuid": "1", "event": "b"}]'
    right = '[{"event": "a"}, {"uuid": "2", "event": "b"}, {"event": "c"}]'
    assert told(left, right) == [("[1]", "uuid", "changed"), ("", "[2]", "added")]


def test_a_second_event_of_the_same_uuid_is_called_a_repetition() -> None:
    left = '{"batch": [{"uuid": "a"}]}'
    right = '{"batch": [{"uuid": "a"}, {"uuid": "A"}]}'
    (one,) = found(left, right)
    assert one.difference.kind is DifferenceKind.REPEATED
    assert (one.what, one.detail) == ("batch[1]", "PostHog counts a uuid once")
    (mirrored,) = found(right, left)
    assert mirrored.difference.before == (from_python({"uuid": "A"}),)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ('{"api_key": "k", "event": "a"}', '{"api_key": "k", "batch": [{"event": "a"}]}'),
        ('[{"event": "a"}]', '{"event": "a"}'),
        ('[{"event": "a"}]', '{"batch": [{"event": "a"}]}'),
    ],
)
def test_another_form_around_the_same_event_is_the_only_difference(left: str, right: str) -> None:
    assert [one[1] for one in told(left, right)] == ["form of the body"]
    assert [one[1] for one in told(right, left)] == ["form of the body"]


def test_forms_are_put_into_words() -> None:
    (one, *_) = found('{"event": "a"}', '{"batch": [{"event": "a"}, {"event": "b"}]}')
    assert (one.difference.before, one.difference.after) == ("one event", "a batch of 2 events")


@pytest.mark.parametrize("name", ["uuid", "timestamp", "sent_at"])
def test_what_differs_every_time_is_marked_unless_its_type_differs(name: str) -> None:
    (one,) = found(f'{{"{name}": "1"}}', f'{{"{name}": "2"}}')
    assert one.is_fleeting
    (retyped,) = found(f'{{"{name}": "1"}}', f'{{"{name}": 1}}')
    assert not retyped.is_fleeting
    (missing,) = found(f'{{"{name}": "1"}}', "{}")
    assert not missing.is_fleeting
    (nested,) = found(
        f'{{"properties": {{"{name}": "1"}}}}', f'{{"properties": {{"{name}": "2"}}}}'
    )
    assert not nested.is_fleeting


def test_a_repeated_key_says_which_value_counts() -> None:
    (one,) = found('{"a": 1, "a": 2}', '{"a": 2}')
    assert (one.what, one.detail) == ("a", "the last one counts")


def test_a_body_that_is_no_event_is_compared_as_the_value_it_is() -> None:
    assert told("1", '"1"') == [("", "the body", "retyped")]
    assert told("[]", "{}") == [("", "the body", "retyped")]


@given(values)
def test_no_body_differs_from_itself(value: Value) -> None:
    assert list(compare_bodies(value, value)) == []


events = st.lists(
    st.builds(
        lambda uuid, n: Object((("uuid", uuid), ("n", n))),
        st.sampled_from(("a", "b", "c", "d")),
        values,
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda event: str(event.get("uuid")),
)


@given(events, st.randoms(use_true_random=False))
def test_the_order_of_events_with_uuids_does_not_count(
    batch: list[Object], chance: random.Random
) -> None:
    shuffled = chance.sample(batch, len(batch))
    left, right = (Object((("batch", tuple(side)),)) for side in (batch, shuffled))
    assert list(compare_bodies(left, right)) == []


@given(events, events)
def test_each_place_leads_to_the_value_that_differs(one: list[Object], other: list[Object]) -> None:
    left, right = (Object((("batch", tuple(side)),)) for side in (one, other))
    for difference in compare_bodies(left, right):
        inner = difference.difference
        if inner.kind in {DifferenceKind.CHANGED, DifferenceKind.RETYPED}:
            assert get_at(left, difference.at[0]) == inner.before
            assert get_at(right, difference.at[1]) == inner.after
