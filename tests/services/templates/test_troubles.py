"""What is wrong in a templates' folder is told in words, once, and keeps nothing from working."""

import dataclasses
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.services.templates import TemplateStore, reading, scanning
from tests.helpers.template_files import store, template

THEIRS = '{"name": "Theirs", "body": {"event": "theirs"}}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "templates"


def names(templates: TemplateStore) -> list[str]:
    return [one.name for one in templates.own()]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff", b"[]", b"{}", b'{"body": []}', b'{"format": 99, "body": {}}']
)
def test_an_unreadable_file_is_left_out_told_by_name_and_not_touched(
    folder: Path, damage: bytes
) -> None:
    templates, notices = store(folder)
    good = templates.save(template("Good"))
    (folder / "bad.json").write_bytes(damage)
    (folder / "notes.txt").write_text("not a template")
    assert templates.own() == [good] == templates.own()
    assert len(notices.all()) == 1
    assert str(folder / "bad.json") in notices.all()[0]
    assert notices.all() == templates.news()
    assert templates.news() == ()
    assert (folder / "bad.json").read_bytes() == damage
    (folder / "bad.json").write_text(THEIRS)
    assert names(templates) == ["Good", "Theirs"]
    assert templates.news() == ()


def test_the_line_of_a_fault_is_told(folder: Path) -> None:
    folder.mkdir()
    (folder / "bad.json").write_text('{\n  "name": "A",\n  "body": {,}\n}')
    templates, notices = store(folder)
    assert templates.own() == []
    assert "Line 3" in notices.all()[0]


def test_what_git_could_not_merge_is_told_in_words_and_left_alone(folder: Path) -> None:
    folder.mkdir()
    text = '{\n<<<<<<< HEAD\n "name": "A",\n=======\n "name": "B",\n>>>>>>> b\n "body": {}}\n'
    (folder / "both.json").write_text(text)
    templates, notices = store(folder)
    assert templates.own() == []
    assert "git has put both versions into it (line 2)" in notices.all()[0]
    assert (folder / "both.json").read_text() == text


def test_a_folder_full_of_other_json_is_told_in_few_words(folder: Path) -> None:
    folder.mkdir()
    for number in range(10):
        (folder / f"package-{number}.json").write_text("[]")
    templates, notices = store(folder)
    assert templates.own() == []
    assert len(notices.all()) == 4
    assert "Another 7 files" in notices.all()[3]
    assert len(templates.news()) == 4


def test_a_folder_that_is_away_is_told_and_what_was_read_stays(tmp_path: Path) -> None:
    shared, aside = tmp_path / "shared", tmp_path / "aside"
    shared.mkdir()
    templates, notices = store(tmp_path / "templates")
    templates.use_folder(str(shared))
    saved = templates.save(template("Mine"))
    before = templates.stamp()
    shared.rename(aside)
    assert templates.own() == [saved]
    assert templates.stamp() != before
    assert "Connect the drive" in notices.all()[0]
    with pytest.raises(StoreError, match="is not there"):
        templates.save(dataclasses.replace(saved, name="Other"))
    with pytest.raises(StoreError, match="Nothing was lost"):
        templates.delete(saved.id)
    assert not shared.exists()
    aside.rename(shared)
    assert templates.own() == [saved]
    assert len(templates.news()) == 1


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "templates").write_bytes(b"")
    templates, notices = store(tmp_path / "templates")
    assert templates.own() == []
    assert "is not a folder" in notices.all()[0]
    with pytest.raises(StoreError, match="could not be saved"):
        templates.save(template())
    with pytest.raises(StoreError, match="could not be deleted"):
        templates.delete("mine")


def test_not_more_than_so_many_files_are_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "MOST_ENTRIES", 3)
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.json").write_text(THEIRS)
    templates, notices = store(folder)
    assert len(templates.own()) == 3
    assert "Choose a folder for templates alone" in notices.all()[0]


def test_a_file_too_large_for_a_template_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    folder.mkdir()
    (folder / "large.json").write_text(THEIRS)
    templates, notices = store(folder)
    assert templates.own() == []
    assert "too large to be a template" in notices.all()[0]
