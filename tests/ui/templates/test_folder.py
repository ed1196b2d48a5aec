"""The folder of the templates: another one at any time, and what is wrong in it is told."""

from pathlib import Path

from tests.helpers.templates import TemplatesPlace, template


async def test_another_folder_in_the_settings_is_used_at_once(
    place: TemplatesPlace, tmp_path: Path
) -> None:
    await place.keep(template("Mine"))
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "theirs.json").write_text('{"name": "Theirs", "body": {"event": "a"}}')
    place.bench.preferences.change(templates_folder=str(shared))
    await place.read()
    assert place.names == ["Theirs"]
    place.bench.preferences.change(templates_folder="")
    await place.read()
    assert place.names == ["Mine"]


async def test_a_file_that_breaks_while_the_app_runs_is_told_once(place: TemplatesPlace) -> None:
    await place.keep(template("Mine"))
    broken = Path(place.bench.services.templates.folder) / "broken.json"
    broken.write_text('{\n"name": }')
    await place.read()
    message = await place.told(f"The template {broken} was left out: Line 2")
    assert message.text.endswith("It was not changed.")
    (broken.parent / "other.json").write_text('{"name": "Other", "body": {"event": "a"}}')
    await place.read()
    assert place.names == ["Mine", "Other"]
    assert sum("was left out" in one.text for one in place.said) == 1


async def test_a_folder_that_is_away_is_told_and_its_templates_stay(
    place: TemplatesPlace, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    place.bench.preferences.change(templates_folder=str(shared))
    await place.keep(template("Theirs"))
    shared.rename(tmp_path / "away")
    await place.read()
    await place.told(f"The templates' folder {shared} is not there. Connect the drive")
    assert place.names == ["Theirs"]
