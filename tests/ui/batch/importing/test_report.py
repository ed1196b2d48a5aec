"""What came of an import: rows that did not fit, their export, and an import that is cancelled."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.ui.batch.importing.state import Phase
from composer.ui.lists.paged_model import PAGE
from tests.helpers.stage import nameless
from tests.helpers.window import click
from tests.ui.batch.importing.place import ImportPlace

HEAD = "user_id,event\n"


def rows(count: int, unfit: int = 0) -> str:
    """Rows that fit, and then some without a person."""
    fitting = (f"customer-{n},upgraded" for n in range(1, count + 1))
    return HEAD + "\n".join((*fitting, *([",upgraded"] * unfit))) + "\n"


async def test_the_good_rows_go_on_and_the_others_are_listed(place: ImportPlace) -> None:
    await place.look("rows.csv", rows(5, unfit=2))
    await place.run()
    report = place.view.report
    assert "5 events added, 2 rows did not fit" in report.words
    assert len(place.kept) == 5
    await place.until(lambda: report.table.model().rowCount() == 2, "the problems")
    model = report.table.model()
    assert model.index(0, 0).data() == "6"
    assert model.index(0, 1).data()
    assert model.index(0, 2).data() == ",upgraded"
    assert nameless(place.view) == []
    click(place.view, "Show the batch")
    assert place.closed == 1


async def test_many_rows_that_do_not_fit_are_read_page_by_page(place: ImportPlace) -> None:
    await place.look("rows.csv", rows(1, unfit=PAGE + 30))
    await place.run()
    model = place.view.report.table.model()
    await place.until(lambda: model.rowCount() == PAGE, "the first page")
    place.view.report.table.scrollToBottom()
    await place.until(lambda: model.rowCount() == PAGE + 30, "the second page")
    root = place.view.report.table.rootIndex()
    assert not model.canFetchMore(root)


async def test_rows_to_mend_are_exported_mended_and_imported(
    place: ImportPlace, tmp_path: Path
) -> None:
    await place.look("rows.csv", rows(1, unfit=2))
    await place.run()
    target = tmp_path / "mend.csv"
    place.view.report.export_to(str(target))
    await place.until(lambda: "Wrote 2 rows" in place.view.report.words, "the export")
    text = target.read_text(encoding="utf-8-sig")
    assert text.startswith("Reason,user_id,event\n")
    await place.look("mended.csv", text.replace(",,upgraded", ",eve,upgraded"))
    assert place.lines == {"Reason": "Leave out", "user_id": "Person", "event": "Event"}
    await place.run()
    assert [one["distinct_id"] for one in place.kept] == ["customer-1", "eve", "eve"]
    assert place.kept[-1]["properties"] == {"$geoip_disable": True}


async def test_an_export_that_cannot_be_written_is_told(place: ImportPlace, tmp_path: Path) -> None:
    await place.look("rows.csv", rows(1, unfit=1))
    await place.run()
    before = place.view.report.words
    place.view.report.export_to(str(tmp_path / "no folder" / "mend.csv"))
    await place.until(lambda: place.view.report.words != before, "the words")
    assert "Wrote" not in place.view.report.words


async def test_an_import_in_which_nothing_fits_says_what_to_do(place: ImportPlace) -> None:
    await place.look("rows.csv", rows(0, unfit=3))
    await place.run()
    assert "0 events added, 3 rows did not fit" in place.view.report.words
    assert "The list says why" in place.view.report.words
    QTest.keyClick(place.view.report, Qt.Key.Key_Escape)
    assert place.closed == 1


async def test_a_cancelled_import_leaves_nothing(place: ImportPlace) -> None:
    place.view.begin_count()
    await place.settled()
    place.view.desk.generate(1_000_000, place.view.desk.mapping)
    await place.settled()
    place.view.foot.go.click()
    await place.until(lambda: "rows/s" in place.view.foot.words, "the progress")
    click(place.view, "Cancel the import")
    assert place.view.desk.phase is Phase.READY
    assert "Nothing was added" in place.view.foot.words
    assert place.kept == []
