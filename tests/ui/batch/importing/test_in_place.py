"""An import within the Batch place: the page that is shown, the table after it, and its undo."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from composer.ui.batch.importing.state import Phase
from tests.helpers.window import click, wait_until
from tests.ui.batch.importing.place import ORDERS
from tests.ui.batch.place import BatchPlace


async def looked(batch: BatchPlace) -> None:
    desk = batch.page.importing.desk
    await wait_until(lambda: desk.looked and not desk.is_previewing, "the preview")


async def test_a_file_that_is_chosen_is_shown_imported_and_taken_back(
    batch: BatchPlace, tmp_path: Path
) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    batch.page.import_file()
    view = batch.page.importing
    assert not view.isVisible()
    chooser = view.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "orders.csv"))
    chooser.close()
    assert view.isVisible()
    await looked(batch)
    click(view, "Import 3 rows")
    await wait_until(lambda: not view.isVisible(), "the table")
    await batch.settled()
    assert await batch.names() == ["signed up", "signed up", "upgraded"]
    batch.undo()
    await batch.settled()
    assert await batch.names() == []


async def test_old_events_are_sent_as_such(batch: BatchPlace, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    batch.page.import_path(str(tmp_path / "orders.csv"))
    await looked(batch)
    view = batch.page.importing
    click(view, "Import of old events")
    view.desk.start()
    await wait_until(lambda: view.desk.phase is Phase.IDLE, "the end")
    assert batch.work.preferences.settings.batch.historical_migration
    await batch.settled()
