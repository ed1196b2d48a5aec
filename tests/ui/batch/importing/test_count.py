"""Events that are generated: how many, of which template, each with its own answers."""

from PySide6.QtWidgets import QLineEdit

from composer.core.templates import Variable, VariableKind
from tests.helpers.stage import nameless
from tests.helpers.templates import event, template
from tests.helpers.window import named, type_into
from tests.ui.batch.importing.place import ImportPlace

UPGRADE = template(
    "Upgrade",
    event("upgraded", "{{customer}}", plan="{{plan}}", seats="{{seats}}"),
    variables=(
        Variable(name="customer", label="Customer"),
        Variable(name="plan", label="Plan", default="pro"),
        Variable(name="seats", label="Seats", kind=VariableKind.NUMBER),
    ),
)


async def begin(place: ImportPlace, template_id: str = "") -> None:
    place.view.begin_count(template_id)
    await place.settled()


async def test_plain_events_have_a_person_each(place: ImportPlace) -> None:
    await begin(place)
    assert place.previewed["event"] == "demo event"
    assert place.previewed["distinct_id"] == "demo-user-1"
    assert place.view.foot.go.text() == "Generate 500 events"
    assert nameless(place.view) == []
    type_into(named(place.view, "How many", QLineEdit), "3")
    await place.settled()
    await place.run()
    people = [one["distinct_id"] for one in place.kept]
    assert people == ["demo-user-1", "demo-user-2", "demo-user-3"]
    assert len({one["uuid"] for one in place.kept}) == 3


async def test_a_template_is_filled_in_anew_for_each_event(place: ImportPlace) -> None:
    kept = place.templates.save(UPGRADE)
    await begin(place, kept.id)
    type_into(named(place.view, "How many", QLineEdit), "20")
    type_into(named(place.view, "Seats", QLineEdit), "{{int 1 5}}")
    await place.settled()
    await place.run()
    assert [one["distinct_id"] for one in place.kept][:2] == ["demo-user-1", "demo-user-2"]
    assert {one["properties"]["plan"] for one in place.kept} == {"pro"}
    assert {one["properties"]["seats"] for one in place.kept} <= {1, 2, 3, 4, 5}


async def test_another_template_asks_for_other_things(place: ImportPlace) -> None:
    place.templates.save(UPGRADE)
    await begin(place)
    await place.pick("Template", "Upgrade")
    prompts = place.view.count.prompts.answers
    assert prompts == {"customer": "demo-user-{{row}}", "plan": "pro", "seats": ""}


async def test_nothing_is_generated_while_something_is_missing(place: ImportPlace) -> None:
    kept = place.templates.save(UPGRADE)
    await begin(place, kept.id)
    assert place.view.foot.words == "Fill in “Seats”."
    assert not place.view.foot.go.isEnabled()
    type_into(named(place.view, "Seats", QLineEdit), "{{row}}")
    await place.settled()
    assert place.previewed["properties"]["seats"] == 1
    assert place.view.foot.go.isEnabled()


async def test_a_number_that_is_none_is_told(place: ImportPlace) -> None:
    await begin(place)
    for text in ("many", "0", "1,000,001"):
        type_into(named(place.view, "How many", QLineEdit), text)
        assert place.view.count.count.problem
        await place.settled()
        assert not place.view.foot.go.isEnabled()
    type_into(named(place.view, "How many", QLineEdit), "1,000")
    await place.settled()
    assert place.view.foot.go.text() == "Generate 1,000 events"
