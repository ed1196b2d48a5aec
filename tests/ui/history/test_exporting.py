"""The History place: sends into a file, in place, and ticket packs."""

import asyncio
import json
import os
import stat
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QProgressBar

from composer.ui.history.export_panel import ExportPanel
from composer.ui.widgets import Combo, Severity
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import click, named, wait_until
from tests.ui.history.driver import Place, place_with

BODY = b'{"api_key": "phc_aRealProjectsToken00000000000000", "event": "e", "distinct_id": "d"}'
TOKEN = "phc_aRealProjectsToken00000000000000"


def panel_of(place: Place) -> ExportPanel:
    (panel,) = place.page.findChildren(ExportPanel)
    return panel


async def offered(stage: Stage, *events: str) -> tuple[Place, ExportPanel]:
    for event in events:
        stage.remember(event, body=BODY, destination=EU)
    place = Place(stage)
    await wait_until(lambda: len(place.events) == len(events), "the list")
    await wait_until(lambda: place.says(f"{len(events)} requests"), "the count")
    place.page.commands.export()
    return place, panel_of(place)


def pick(place: Place, name: str, text: str) -> None:
    combo = named(place.page, name, Combo)
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


async def written(stage: Stage, path: Path) -> None:
    await wait_until(path.exists, "the file")
    await wait_until(lambda: stage.said, "the words")


async def test_everything_found_goes_into_a_file_with_its_keys_masked(
    stage: Stage, tmp_path: Path
) -> None:
    place, panel = await offered(stage, "a", "b", "c")
    assert panel.words == "Keys are masked: the file can be shared."
    assert named(place.page, "What to export", Combo).currentText() == "All 3 sends"
    assert nameless(place.page) == []
    file = tmp_path / "out.jsonl"
    panel.export_to(str(file))
    await written(stage, file)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(lines) == 3
    assert TOKEN not in file.read_text("utf-8")
    size = f"{file.stat().st_size / 1000:.1f} kB"
    assert stage.said[-1].text == f"Exported 3 sends, {size}, to {file}."
    assert not panel.isVisible()


async def test_keys_in_full_are_a_choice_that_warns(stage: Stage, tmp_path: Path) -> None:
    place, panel = await offered(stage, "a", "b")
    pick(place, "Keys in the export", "Project tokens in full")
    assert panel.words.startswith("The file will hold project tokens in full.")
    pick(place, "Export format", "HAR")
    file = tmp_path / "out.har"
    panel.export_to(str(file))
    await written(stage, file)
    assert TOKEN in file.read_text("utf-8")
    assert len(json.loads(file.read_text("utf-8"))["log"]["entries"]) == 2


async def test_only_what_is_chosen_can_be_exported(stage: Stage, tmp_path: Path) -> None:
    place, panel = await offered(stage, "a", "b", "c")
    click(place.page, "Close the export")
    assert not panel.isVisible()
    place.choose(1, 3)
    click(place.page, "Export the chosen sends")
    assert named(place.page, "What to export", Combo).currentText() == "Chosen: 2 sends"
    pick(place, "Export format", "CSV")
    file = tmp_path / "out.csv"
    panel.export_to(str(file))
    await written(stage, file)
    assert len(file.read_text("utf-8-sig").splitlines()) == 3
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


async def test_what_was_searched_is_what_is_exported(stage: Stage, tmp_path: Path) -> None:
    stage.remember("refund")
    place = await place_with(stage, "other")
    place.type("refund")
    await place.lists("refund")
    await wait_until(lambda: place.says("1 of 2 requests"), "the count")
    place.page.commands.export()
    assert named(place.page, "What to export", Combo).currentText() == "All found: 1 send"
    file = tmp_path / "out.jsonl"
    panel_of(place).export_to(str(file))
    await written(stage, file)
    assert "refund" in file.read_text("utf-8")
    assert "other" not in file.read_text("utf-8")


async def test_an_export_shows_how_far_it_is_and_can_be_cancelled(
    stage: Stage, tmp_path: Path
) -> None:
    place, panel = await offered(stage, *("abcdefgh" * 20))
    file = tmp_path / "out.har"
    panel.export_to(str(file))
    assert panel.is_at_work
    assert panel.words == "Writing… 0 of 160 sends"
    assert named(place.page, "Progress of the export", QProgressBar).maximum() == 160
    place.page.commands.export()  # asking again changes nothing
    panel.export_to(str(tmp_path / "second"))
    click(place.page, "Cancel the export")
    await wait_until(lambda: not panel.is_at_work, "the end")
    assert panel.words == "Cancelled; no file was written."
    assert "out.har" not in os.listdir(tmp_path)  # noqa: PTH208 -- no waiting in a coroutine
    assert panel.isVisible()
    place.page.activateWindow()
    field = named(place.page, "Export format")
    field.setFocus()
    await wait_until(field.hasFocus, "the focus")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not panel.isVisible()


async def test_a_fault_is_told_in_place_and_another_file_can_be_chosen(
    stage: Stage, tmp_path: Path
) -> None:
    _, panel = await offered(stage, "a", "b")
    panel.export_to(str(tmp_path / "missing" / "out.jsonl"))
    await wait_until(lambda: not panel.is_at_work, "the end")
    assert "out.jsonl" in panel.words
    assert panel.isVisible()
    file = tmp_path / "out.jsonl"
    panel.export_to(str(file))
    await written(stage, file)


async def test_the_file_is_asked_for_with_a_fitting_name(stage: Stage) -> None:
    place, _ = await offered(stage, "a", "b")
    pick(place, "Export format", "CSV")
    click(place.page, "Choose a file…")
    (chooser,) = place.page.findChildren(QFileDialog)
    await wait_until(chooser.isVisible, "the dialog")
    assert chooser.defaultSuffix() == "csv"
    assert chooser.selectedFiles()[0].endswith("history-2026-11-21.csv")
    chooser.reject()


async def test_without_a_send_there_is_nothing_to_export(stage: Stage) -> None:
    place = await place_with(stage)
    await wait_until(lambda: place.emptiness, "the words")
    place.page.commands.export()
    assert stage.said[-1].text == "There is no send to export yet."
    assert place.page.findChildren(ExportPanel) == []


async def test_an_export_that_runs_ends_with_the_window(stage: Stage, tmp_path: Path) -> None:
    _, panel = await offered(stage, *("abcdefgh" * 20))
    panel.export_to(str(tmp_path / "out.har"))
    await asyncio.sleep(0)
    await stage.tasks.aclose()
    assert not panel.is_at_work


async def test_a_ticket_pack_is_copied_with_its_key_masked(stage: Stage) -> None:
    stage.remember("e", body=BODY, destination=EU)
    place = Place(stage)
    await wait_until(lambda: place.chosen == "e", "the send")
    place.court.begin()
    await wait_until(lambda: place.court.is_open, "the rules")
    place.notes.hear(1, "typed just now", "ZD-7")
    await place.focused()
    shift = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    place.key(Qt.Key.Key_P, shift)
    await wait_until(lambda: stage.copied, "the copy")
    (text,) = stage.copied
    assert TOKEN not in text
    for part in ("ZD-7", "typed just now", "curl", "EU cloud", "200 OK", "What PostHog does"):
        assert part in text
    assert stage.said[-1].text == "Copied the ticket pack, with the project token masked."


async def test_a_ticket_pack_is_saved_under_the_name_of_its_ticket(
    stage: Stage, tmp_path: Path
) -> None:
    stage.remember("e/f", body=BODY, destination=EU)
    place = Place(stage)
    await wait_until(lambda: place.chosen == "e/f", "the send")
    place.page.commands.save_pack()
    (chooser,) = place.page.findChildren(QFileDialog)
    await wait_until(chooser.isVisible, "the dialog")
    assert chooser.selectedFiles()[0].endswith("e-f-2026-11-21.md")
    file = tmp_path / "pack.md"
    chooser.fileSelected.emit(str(file))
    chooser.reject()
    await written(stage, file)
    assert file.read_text("utf-8").startswith("## ")
    assert stage.said[-1].severity is Severity.OK


async def test_a_pack_that_cannot_be_saved_is_told(stage: Stage, tmp_path: Path) -> None:
    place = await place_with(stage, "e")
    await wait_until(lambda: place.chosen == "e", "the send")
    place.page.commands.save_pack()
    (chooser,) = place.page.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))  # a folder
    chooser.reject()
    await wait_until(lambda: stage.said, "the words")
    assert stage.said[-1].severity is Severity.ERROR
