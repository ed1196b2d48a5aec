"""An import from the look at a file to the events in the table."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.batch.table import ImportReport
from composer.ui.batch.importing.state import Phase
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, type_into
from tests.ui.batch.importing.place import ORDERS, ImportPlace


async def test_a_file_is_read_and_its_columns_are_found_out(place: ImportPlace) -> None:
    await place.look()
    assert "orders.csv" in place.view.source_bar.words
    assert "3 rows" in place.view.source_bar.words
    assert place.lines == {
        "user_id": "Person",
        "event": "Event",
        "created_at": "Time",
        "plan": "Property “plan”",
        "seats": "Property “seats”",
    }
    assert place.previewed["distinct_id"] == "ada"
    properties = {"plan": "pro", "seats": 3, "$geoip_disable": True}
    assert place.previewed["properties"] == properties
    assert place.view.preview.note == "All fit"
    assert place.view.foot.go.text() == "Import 3 rows"
    assert nameless(place.view) == []


async def test_the_rows_become_events_of_the_table(place: ImportPlace) -> None:
    reports: list[ImportReport] = []
    place.view.imported.connect(reports.append)
    await place.look()
    await place.run()
    assert [one["distinct_id"] for one in place.kept] == ["ada", "bob", "eve"]
    assert [(one.added, one.problems) for one in reports] == [(3, 0)]
    assert place.closed == 1


async def test_a_column_becomes_what_is_chosen_for_it(place: ImportPlace) -> None:
    await place.look()
    place.choose_column("plan")
    await place.pick("Becomes", "Person property")
    assert place.previewed["properties"] == {
        "seats": 3,
        "$geoip_disable": True,
        "$set": {"plan": "pro"},
    }
    type_into(named(place.view, "Property name", QLineEdit), "tier")
    await place.settled()
    assert place.previewed["properties"]["$set"] == {"tier": "pro"}
    assert place.lines["plan"] == "Person property “tier”"


async def test_several_columns_are_changed_at_once(place: ImportPlace) -> None:
    await place.look()
    place.choose_column("plan")
    QTest.keyClick(place.view.columns.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    await place.pick("Type", "Text")
    assert place.previewed["properties"] == {
        "plan": "pro",
        "seats": "3",
        "$geoip_disable": True,
    }
    QTest.keyClick(place.view.columns.table, Qt.Key.Key_Delete)
    await place.settled()
    assert place.previewed["properties"] == {"$geoip_disable": True}


async def test_changes_are_taken_back_one_by_one(place: ImportPlace) -> None:
    await place.look()
    before = place.lines
    place.choose_column("plan")
    table = place.view.columns.table
    QTest.keyClick(table, Qt.Key.Key_Delete)
    place.choose_column("seats")
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert place.lines["seats"] == place.lines["plan"] == "Leave out"
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert place.lines == {**before, "plan": "Leave out"}
    click(place.view, "Take back the last change")
    assert place.lines == before
    click(place.view, "Do it again")
    assert place.lines == {**before, "plan": "Leave out"}
    await place.settled()


async def test_a_constant_is_the_same_in_every_event(place: ImportPlace) -> None:
    await place.look()
    click(place.view, "Add a constant")
    await place.pick("Becomes", "Property")
    type_into(named(place.view, "Property name", QLineEdit), "source")
    type_into(named(place.view, "Value", QLineEdit), "spring import")
    await place.settled()
    assert place.previewed["properties"]["source"] == "spring import"
    click(place.view, "Remove the constant")
    await place.settled()
    assert "source" not in place.previewed["properties"]


async def test_what_was_guessed_is_overruled(place: ImportPlace) -> None:
    await place.look("odd.csv", "user_id;event\nada,x;signed up\nbob;upgraded\n")
    assert place.previewed["distinct_id"] == "ada,x"
    await place.pick("Separator", "Comma")
    assert "user_id;event" in place.lines
    await place.pick("Separator", "Semicolon")
    await place.pick("Header", "No row of names")
    assert list(place.lines) == ["Column 1", "Column 2"]


async def test_a_mapping_is_kept_for_the_next_time(place: ImportPlace) -> None:
    await place.look()
    place.choose_column("seats")
    QTest.keyClick(place.view.columns.table, Qt.Key.Key_Delete)
    click(place.view, "Save the mapping as…")
    field = named(place.view, "Name of the mapping", QLineEdit)
    type_into(field, "Shop orders")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await place.until(place.mappings.all, "the mapping")
    await place.look("next.csv", ORDERS.replace("ada", "zoe"))
    assert place.view.choices.mapping.currentText() == "Shop orders"
    assert place.lines["seats"] == "Leave out"
    await place.pick("Saved mapping", "As found out")
    assert place.lines["seats"] == "Property “seats”"


async def test_a_kept_mapping_is_deleted_and_put_back(place: ImportPlace) -> None:
    await place.look()
    place.view.desk.save("Shop orders")
    await place.until(place.mappings.all, "the mapping")
    await place.until(lambda: place.view.choices.mapping.count() == 2, "the entry")
    click(place.view, "Delete the saved mapping")
    await place.until(lambda: not place.mappings.all(), "its end")
    undo = place.said[-1].run
    assert undo is not None
    undo()
    await place.until(place.mappings.all, "its return")
    await place.settled()


async def test_what_the_mapping_lacks_is_said_and_nothing_begins(place: ImportPlace) -> None:
    await place.look()
    place.choose_column("user_id")
    QTest.keyClick(place.view.columns.table, Qt.Key.Key_Delete)
    await place.settled()
    assert "person" in place.view.foot.words
    assert not place.view.foot.go.isEnabled()
    place.view.desk.start()
    assert place.view.desk.phase is Phase.READY


async def test_a_row_that_does_not_fit_says_why_in_the_preview(place: ImportPlace) -> None:
    await place.look("orders.csv", ORDERS + ",signed up,2026-11-04T00:00:00Z,free,2\n")
    assert place.view.preview.note == "3 fit, 1 does not"
    place.view.preview.table.choose(3)
    assert place.view.preview.reason.startswith("Row 4:")
    assert place.view.preview.text.startswith(",signed up")


async def test_a_file_that_is_gone_is_told_with_a_next_step(
    place: ImportPlace, tmp_path: Path
) -> None:
    missing = tmp_path / "gone.csv"
    place.view.begin_file(str(missing))
    await place.settled()
    assert place.view.desk.phase is Phase.UNREADABLE
    assert place.view.unreadable.words
    assert nameless(place.view) == []
    missing.write_text(ORDERS, encoding="utf-8")
    click(place.view, "Read it again")
    await place.settled()
    assert place.previewed["distinct_id"] == "ada"


async def test_an_empty_file_is_told(place: ImportPlace) -> None:
    await place.look("empty.csv", "")
    assert "nothing in it" in place.view.unreadable.words
    assert place.view.desk.phase is Phase.UNREADABLE


async def test_a_header_alone_is_told(place: ImportPlace) -> None:
    await place.look("head.csv", "user_id,event\n")
    assert "no row in it" in place.view.foot.words
    assert not place.view.foot.go.isEnabled()


async def test_pasted_cells_are_looked_at_alike(place: ImportPlace) -> None:
    place.view.begin_text("user_id\tevent\nada\tsigned up\n")
    await place.settled()
    assert "Pasted text" in place.view.source_bar.words
    assert place.previewed["event"] == "signed up"
    await place.run()
    assert [one["event"] for one in place.kept] == ["signed up"]


async def test_esc_goes_back_and_forgets_the_file(place: ImportPlace) -> None:
    await place.look()
    QTest.keyClick(place.view.columns.table, Qt.Key.Key_Escape)
    assert place.closed == 1
    assert place.view.desk.looked is None


async def test_old_events_are_marked_as_such(place: ImportPlace) -> None:
    await place.look()
    click(place.view, "Import of old events")
    assert place.view.desk.mapping.historical_migration


async def test_a_search_finds_columns_by_name_and_by_what_they_become(place: ImportPlace) -> None:
    await place.look()
    search = named(place.view, "Find a column", QLineEdit)
    type_into(search, "prop")
    assert list(place.lines) == ["plan", "seats"]
    type_into(search, "user")
    assert list(place.lines) == ["user_id"]


async def test_a_mapping_that_cannot_be_kept_does_not_end_what_is_under_way(
    place: ImportPlace,
) -> None:
    desk = place.view.desk
    place.view.begin_file(place.write("orders.csv", ORDERS))
    assert desk.is_looking
    desk.keeper.failed.emit("The mapping could not be saved. Free some space.")
    assert desk.is_looking
    await place.settled()
    assert desk.can_start
