"""The events of a batch one by one."""

from hypothesis import given

from composer.core.entries import (
    NAME,
    PERSON,
    TIME,
    new_event,
    person_path,
    property_count,
    with_text,
)
from composer.core.events import by_id
from composer.core.jsontext import Object, Path, from_python, get_at, remove_at
from tests.helpers.values import objects, texts, values


def entry(**members: object) -> Object:
    made = from_python(members)
    assert isinstance(made, Object)
    return made


def test_the_person_is_found_where_the_service_looks() -> None:
    inside: Path = ("properties", "distinct_id")
    assert person_path(entry()) == PERSON
    assert person_path(entry(distinct_id="a", properties={"distinct_id": "b"})) == PERSON
    assert person_path(entry(distinct_id="")) == PERSON
    assert person_path(entry(properties={"distinct_id": "b"})) == inside
    assert person_path(entry(distinct_id=None, properties={"distinct_id": "b"})) == inside
    assert person_path(Object((("$distinct_id", "a"),))) == ("$distinct_id",)
    assert person_path(entry(properties={"distinct_id": None})) == PERSON
    assert person_path(entry(properties="x")) == PERSON


def test_an_emptied_time_goes_and_an_emptied_name_stays() -> None:
    whole = entry(event="a", timestamp="t")
    assert with_text(whole, TIME, "") == entry(event="a")
    assert with_text(whole, NAME, "") == entry(event="", timestamp="t")


def test_new_members_stand_in_the_usual_order() -> None:
    made = with_text(with_text(entry(properties={}), TIME, "t"), NAME, "a")
    assert [key for key, _ in made] == ["event", "timestamp", "properties"]


@given(objects(values), texts)
def test_nothing_else_of_an_event_is_changed(event: Object, text: str) -> None:
    for path in (NAME, person_path(event), TIME):
        changed = with_text(event, path, text)
        assert remove_at(changed, path) == remove_at(event, path)
        assert get_at(changed, path, "") == text


def test_a_new_event_of_an_import_asks_for_its_time() -> None:
    live = next(known for known in by_id("batch").fields if known.key == "batch")
    old = next(known for known in by_id("historical").fields if known.key == "batch")
    assert new_event(live, "u", "t") == entry(event="", distinct_id="", uuid="u", timestamp="t")
    assert new_event(old, "u", "t") == entry(event="", distinct_id="", timestamp="")


def test_properties_are_counted() -> None:
    assert property_count(entry(properties={"a": 1, "b": 2})) == 2
    assert property_count(entry(properties=["a"])) == 0
    assert property_count("x") == 0
