"""Dates that can be read in two ways are told, and read the other way at a click."""

from composer.ui.icons import IconName
from composer.ui.widgets import LinkButton
from tests.helpers.window import named
from tests.ui.batch.importing.place import ImportPlace

DATED = (
    "user_id,event,date,paid,plan\n"
    "ada,signed up,03/04/2026,05/06/2026,pro\n"
    "bob,signed up,03/05/2026,05/07/2026,free\n"
)
SENTENCE = (
    "date: “03/04/2026” is read as 2026-03-04 (%m/%d/%Y). If 2026-04-03 is meant, choose %d/%m/%Y."
)


async def test_a_doubt_is_told_beside_its_column_and_as_a_line(place: ImportPlace) -> None:
    await place.look(text=DATED)
    assert SENTENCE in place.view.foot.words
    assert place.view.foot.go.isEnabled()
    model = place.view.columns.model
    marks = [model.cell(row, 0).icon for row in range(model.rowCount())]
    assert marks == [None, None, IconName.WARNING, IconName.WARNING, None, IconName.PIN]
    assert model.cell(2, 0).hint == SENTENCE
    place.choose_column("date")
    assert place.view.columns.editor.doubt == "“03/04/2026” is read as 2026-03-04."
    place.choose_column("plan")
    assert place.view.columns.editor.doubt == ""


async def test_one_click_reads_all_of_them_the_other_way_and_can_be_undone(
    place: ImportPlace,
) -> None:
    await place.look(text=DATED)
    assert place.previewed["timestamp"] == "2026-03-04T00:00:00.000Z"
    other = named(place.view, "Read them the other way", LinkButton)
    other.click()
    await place.settled()
    assert place.previewed["timestamp"] == "2026-04-03T00:00:00.000Z"
    assert place.previewed["properties"]["paid"] == "2026-06-05"
    assert place.view.foot.words == ""
    assert other.isHidden()
    place.view.desk.undo()
    await place.settled()
    assert SENTENCE in place.view.foot.words


async def test_a_kept_mapping_is_in_no_doubt(place: ImportPlace) -> None:
    await place.look(text=DATED)
    place.view.desk.save("payments")
    await place.settled()
    assert place.view.foot.words == ""
    assert place.view.columns.model.cell(2, 0).icon is None


async def test_what_keeps_rows_from_becoming_events_is_told_first(place: ImportPlace) -> None:
    await place.look(text=DATED.replace("user_id", "seats").replace("event", "kind"))
    assert place.view.desk.doubts
    assert SENTENCE not in place.view.foot.words
    assert "Nothing names the person." in place.view.foot.words
