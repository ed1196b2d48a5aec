"""Import and export: what was taken over, what was not, and how it is taken back."""

import json
import zipfile
from pathlib import Path

from composer.ui.templates.files import file_name
from tests.helpers.stage import nameless
from tests.helpers.templates import TemplatesPlace, template
from tests.helpers.window import click

COLLECTION = {
    "info": {
        "name": "Shop",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "item": [
        {
            "name": "Placed order",
            "request": {
                "method": "POST",
                "url": "https://eu.i.posthog.com/capture/",
                "header": [],
                "body": {
                    "mode": "raw",
                    "raw": '{"api_key": "phc_planted", "event": "order", "distinct_id": "ada"}',
                },
            },
        },
        {"name": "Health", "request": {"method": "GET", "url": "https://shop.example/health"}},
    ],
}


async def test_an_import_tells_what_was_taken_and_what_was_not(
    place: TemplatesPlace, tmp_path: Path
) -> None:
    await place.keep(template("mine"))
    place.page.import_from([written(tmp_path / "shop.json", COLLECTION)])
    await place.until(place.page.imported.isVisible, "the result")
    words = place.page.imported.words
    assert words.startswith("1 template imported")
    assert "Health" in words
    assert nameless(place.page.imported) == []
    click(place.page, "Show the templates")
    assert place.chosen == "Placed order"
    assert all("phc_planted" not in repr(one) for one in place.own)


async def test_an_import_can_be_taken_back(place: TemplatesPlace, tmp_path: Path) -> None:
    await place.keep(template("mine"))
    place.page.import_from([written(tmp_path / "shop.json", COLLECTION)])
    await place.until(place.page.imported.isVisible, "the result")
    click(place.page, "Take the import back")
    await place.told("Took back 1 imported template")
    assert [one.name for one in place.own] == ["mine"]


async def test_a_file_with_nothing_in_it_is_told(place: TemplatesPlace, tmp_path: Path) -> None:
    place.page.import_from([written(tmp_path / "other.json", {"some": "thing"})])
    await place.until(place.page.imported.isVisible, "the result")
    assert place.page.imported.words.startswith("Nothing was imported")
    click(place.page, "Back to the templates")
    assert place.library.isVisible()


async def test_what_is_exported_can_be_imported_again(
    place: TemplatesPlace, tmp_path: Path
) -> None:
    await place.keep(template("one", folder="Billing"), template("two"))
    archive = tmp_path / "out.zip"
    place.page.export_to(tuple(place.own), str(archive))
    await place.told("Exported 2 templates")
    assert len(names_in(archive)) == 2
    for one in place.own:
        place.bench.services.templates.delete(one.id)
    place.page.import_from([str(archive)])
    await place.until(place.page.imported.isVisible, "the result")
    assert sorted(one.name for one in place.own) == ["one", "two"]


async def test_an_export_that_cannot_be_written_is_told(
    place: TemplatesPlace, tmp_path: Path
) -> None:
    await place.keep(template("one"))
    place.page.export_to(tuple(place.own), str(tmp_path / "no folder" / "deep" / "out.json"))
    await place.until(lambda: place.said, "the words")


def test_a_file_is_named_fit_for_every_system() -> None:
    assert file_name("Refund: 50 % / <Q1>") == "Refund- 50 - - -Q1"
    assert file_name("...") == "templates"


def written(file: Path, value: object) -> str:
    file.write_text(json.dumps(value), encoding="utf-8")
    return str(file)


def names_in(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()
