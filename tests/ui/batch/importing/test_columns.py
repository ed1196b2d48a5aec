"""The columns of exports, templates and kept mappings; times, zones and what is typed."""

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.mapping import ColumnRule, Mapping, Target
from composer.core.templates import Variable
from tests.helpers.templates import event, template
from tests.helpers.window import click, named, type_into
from tests.ui.batch.importing.place import ORDERS, ImportPlace

MIXPANEL = "\n".join(
    json.dumps(
        {
            "event": "Sign Up",
            "properties": {
                "time": 1_762_000_000 + n,
                "distinct_id": f"user-{n}",
                "$insert_id": f"abc{n}",
                "plan": "pro",
            },
        }
    )
    for n in range(5)
)


async def test_an_export_of_another_product_is_recognised(place: ImportPlace) -> None:
    await place.look("mixpanel.jsonl", MIXPANEL)
    assert named(place.view, "Hint: Mixpanel export").isVisible()
    assert place.lines["properties.distinct_id"] == "Person"
    assert place.lines["properties.plan"] == "Along with “properties”"
    assert place.previewed["properties"]["plan"] == "pro"


async def test_a_key_is_taken_out_of_its_object_and_put_back(place: ImportPlace) -> None:
    await place.look("mixpanel.jsonl", MIXPANEL)
    place.choose_column("properties.plan")
    await place.pick("Becomes", "Leave out")
    assert "plan" not in place.previewed["properties"]
    await place.pick("Becomes", "Along with “properties”")
    assert place.previewed["properties"]["plan"] == "pro"


async def test_columns_fill_the_variables_of_a_template(place: ImportPlace) -> None:
    made = event("plan changed", "{{user_id}}", tier="{{plan}}", note="{{note}}")
    note = Variable(name="note", label="Note", default="by import")
    place.templates.save(template("Plan change", made, variables=(note,)))
    await place.look()
    await place.pick("Template", "Plan change")
    assert place.lines["plan"] == "Variable “plan”"
    assert place.previewed["properties"]["tier"] == "pro"
    assert place.previewed["properties"]["note"] == "by import"
    place.choose_column("seats")
    await place.pick("Becomes", "Variable of the template")
    await place.pick("Variable", "Note")
    assert place.previewed["properties"]["note"] == "3"


async def test_times_without_a_zone_are_in_the_one_that_is_chosen(place: ImportPlace) -> None:
    text = "user_id,event,created_at\nada,signed up,2026-07-01 12:00:00\n"
    await place.look("times.csv", text)
    assert place.previewed["timestamp"].startswith("2026-07-01T12:00:00")
    await place.pick("Time zone of times without one", "Europe/Paris")
    assert place.previewed["timestamp"].startswith("2026-07-01T10:00:00")
    place.choose_column("created_at")
    await place.pick("Time zone of the column", "Asia/Tokyo")
    assert place.previewed["timestamp"].startswith("2026-07-01T03:00:00")


async def test_a_way_to_write_times_is_typed(place: ImportPlace) -> None:
    await place.look("times.csv", "user_id,event,created_at\nada,signed up,2026/31/12\n")
    place.choose_column("created_at")
    await place.pick("Becomes", "Time")
    type_into(named(place.view, "Time format, text", QLineEdit), "%Y/%d/%m")
    await place.settled()
    assert place.previewed["timestamp"].startswith("2026-12-31")


async def test_a_kept_mapping_names_the_columns_that_a_file_lacks(place: ImportPlace) -> None:
    rules = (
        ColumnRule(column="user_id", target=Target.PERSON),
        ColumnRule(column="event", target=Target.EVENT),
        ColumnRule(column="gone", target=Target.PROPERTY, name="gone"),
    )
    place.mappings.save(Mapping(name="Old shop", rules=rules))
    await place.look()
    await place.pick("Saved mapping", "Old shop")
    assert "gone" in place.view.foot.words
    assert not place.view.foot.go.isEnabled()
    place.choose_column("gone")
    QTest.keyClick(place.view.columns.table, Qt.Key.Key_Delete)
    await place.settled()
    assert place.view.foot.go.isEnabled()
    assert "gone" not in place.lines


async def test_what_is_typed_is_taken_back_as_one(place: ImportPlace) -> None:
    await place.look()
    place.choose_column("plan")
    type_into(named(place.view, "Property name", QLineEdit), "subscription")
    assert place.lines["plan"] == "Property “subscription”"
    click(place.view, "Take back the last change")
    assert place.lines["plan"] == "Property “plan”"
    await place.settled()


async def test_the_keyboard_says_what_a_column_is(place: ImportPlace) -> None:
    await place.look()
    table = place.view.columns.table
    place.choose_column("plan")
    QTest.keyClick(table, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert place.lines["plan"] == "Person"
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert place.view.columns.editor.target.hasFocus()
    await place.settled()


async def test_a_preview_is_made_of_the_last_of_many_edits(place: ImportPlace) -> None:
    await place.look()
    made: list[object] = []
    place.view.desk.previewed.connect(lambda: made.append(place.view.desk.preview))
    place.choose_column("plan")
    type_into(named(place.view, "Property name", QLineEdit), "a longer name")
    await place.settled()
    assert len(made) == 1
    assert place.previewed["properties"]["a longer name"] == "pro"


async def test_another_file_takes_the_place_of_the_one_before(place: ImportPlace) -> None:
    await place.look()
    place.view.desk.undo()
    place.view.begin_file(place.write("slow.csv", ORDERS))
    place.view.begin_file(place.write("other.csv", "who,event\nzoe,left\n"))
    await place.settled()
    assert list(place.lines) == ["who", "event"]
    assert "other.csv" in place.view.source_bar.words
