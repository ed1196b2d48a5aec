"""A folder that others change too: what they do appears, and nobody's work is undone."""

import dataclasses
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.services.locks import FileLock
from composer.services.templates import TemplateStore
from tests.helpers.clock import StandingClock
from tests.helpers.template_files import FIRST, files, store, template

THEIRS = '{"name": "Theirs", "body": {"event": "theirs"}}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "templates"


def later() -> StandingClock:
    clock = StandingClock()
    clock.go_on(minutes=5)
    return clock


def names(templates: TemplateStore) -> list[str]:
    return [one.name for one in templates.own()]


def test_what_others_add_change_and_remove_appears(folder: Path) -> None:
    templates, _ = store(folder)
    templates.save(template("Mine"))
    stamps = {templates.stamp()}
    (folder / "A").mkdir()
    (folder / "A" / "theirs.json").write_text(THEIRS)
    assert names(templates) == ["Mine", "Theirs"]
    stamps.add(templates.stamp())
    (folder / "A" / "theirs.json").write_text(THEIRS.replace("Theirs", "Other!"))
    assert names(templates) == ["Mine", "Other!"]
    stamps.add(templates.stamp())
    (folder / "A" / "theirs.json").unlink()
    assert names(templates) == ["Mine"]
    stamps.add(templates.stamp())
    assert len(stamps) == 4
    assert templates.stamp() in stamps


def test_a_change_of_the_same_size_within_one_moment_appears(folder: Path) -> None:
    templates, _ = store(folder)
    file = folder / "theirs.json"
    folder.mkdir()
    file.write_text(THEIRS)
    about = file.stat()
    assert names(templates) == ["Theirs"]
    (folder / "new").write_text(THEIRS.replace("Theirs", "Others"))
    os.utime(folder / "new", ns=(about.st_atime_ns, about.st_mtime_ns))
    (folder / "new").replace(file)
    assert names(templates) == ["Others"]


def test_a_file_that_stays_as_it_is_is_read_once(folder: Path) -> None:
    templates, _ = store(folder)
    templates.save(template())
    first, second = templates.own()[0], templates.own()[0]
    assert first is second


def test_a_file_changed_by_others_is_not_saved_over(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine"))
    (folder / "mine.json").write_text(THEIRS)
    kept = templates.save(dataclasses.replace(mine, description="My own words"))
    assert (folder / "mine.json").read_text() == THEIRS
    assert (kept.id, kept.name) == ("mine-your-version", "Mine (your version)")
    assert kept.description == "My own words"
    assert names(templates) == ["Mine (your version)", "Theirs"]


def test_a_stale_template_in_hand_is_not_saved_over_a_newer_one(folder: Path) -> None:
    ours, _ = store(folder)
    old = ours.save(template("Mine"))
    theirs, _ = store(folder, later())
    theirs.save(dataclasses.replace(theirs.own()[0], description="Theirs"))
    assert ours.own()[0].description == "Theirs"  # it was seen, but not taken over
    kept = ours.save(dataclasses.replace(old, description="Ours"))
    assert kept.id != old.id
    assert sorted(one.description for one in ours.own()) == ["Ours", "Theirs"]


def test_a_third_version_gets_a_name_of_its_own(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine"))
    (folder / "mine.json").write_text(THEIRS)
    for number in range(2):
        templates.save(dataclasses.replace(mine, description=f"{number}"))
    assert names(templates) == ["Mine (your version 2)", "Mine (your version)", "Theirs"]


def test_what_is_saved_after_the_newer_one_was_taken_over_is_saved_over(folder: Path) -> None:
    ours, _ = store(folder)
    ours.save(template("Mine"))
    theirs, _ = store(folder, later())
    theirs.save(dataclasses.replace(theirs.own()[0], description="Theirs"))
    ours.save(dataclasses.replace(ours.own()[0], name="Ours"))
    assert [(one.name, one.description) for one in ours.own()] == [("Ours", "Theirs")]


def test_a_file_that_became_unreadable_is_not_saved_over(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine"))
    (folder / "mine.json").write_text("{")
    kept = templates.save(dataclasses.replace(mine, description="Mine"))
    assert (folder / "mine.json").read_text() == "{"
    assert templates.own() == [kept]


def test_a_file_changed_by_others_is_not_deleted_at_once(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine"))
    (folder / "mine.json").write_text(THEIRS)
    with pytest.raises(StoreError, match="Somebody else has just changed"):
        templates.delete(mine.id)
    assert names(templates) == ["Theirs"]
    templates.delete(mine.id)
    assert files(folder) == []


def test_a_file_that_others_deleted_is_saved_under_its_name(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine", folder="A"))
    (folder / "A" / "mine.json").unlink()
    again = templates.save(dataclasses.replace(mine, name="Again"))
    assert (again.id, again.name) == ("A/mine", "Again")
    with pytest.raises(StoreError, match="not there any more"):
        templates.move("A/gone", "B")


def test_two_windows_that_save_at_once_both_keep_their_work(folder: Path) -> None:
    windows = [store(folder)[0] for _ in range(4)]

    def work(number: int) -> None:
        for turn in range(5):
            windows[number].save(template("Same", FIRST, description=f"{number} {turn}"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store(folder)[0].own()
    assert {one.description for one in found} == {f"{n} {t}" for n in range(4) for t in range(5)}


def test_hidden_folders_are_passed_over_and_links_in_a_circle_survived(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "x.json").write_text(THEIRS)
    (folder / ".hidden.json").write_text(THEIRS)
    (folder / "A").mkdir()
    (folder / "A" / "theirs.json").write_text(THEIRS)
    (folder / "A" / "round").symlink_to(folder)
    (folder / "gone.json").symlink_to(folder / "nowhere.json")
    templates, notices = store(folder)
    assert [one.id for one in templates.own()] == ["A/theirs"]
    assert templates.folders() == ["A"]
    assert notices.all() == ()


def test_a_linked_folder_and_a_linked_file_are_used_in_place(tmp_path: Path) -> None:
    folder, shared = tmp_path / "templates", tmp_path / "shared"
    shared.mkdir()
    (shared / "theirs.json").write_text(THEIRS)
    folder.mkdir()
    (folder / "Team").symlink_to(shared)
    (folder / "one.json").symlink_to(shared / "theirs.json")
    templates, _ = store(folder)
    assert [one.id for one in templates.own()] == ["one", "Team/theirs"]
    templates.save(dataclasses.replace(templates.own()[0], name="Both"))
    assert (folder / "one.json").is_symlink()
    assert names(templates) == ["Both", "Both"]


def test_another_folder_can_be_used_at_any_time(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "theirs.json").write_text(THEIRS)
    templates, _ = store(tmp_path / "templates")
    templates.save(template("Mine"))
    before = templates.stamp()
    templates.use_folder(str(shared))
    assert templates.folder == str(shared)
    assert names(templates) == ["Theirs"]
    assert templates.stamp() != before
    templates.use_folder("")
    assert names(templates) == ["Mine"]


def test_what_a_killed_process_left_half_written_is_swept_away(folder: Path) -> None:
    templates, _ = store(folder)
    templates.save(template(folder="A"))
    stray = folder / "A" / ".mine.x1y2.tmp"
    stray.write_bytes(b"{")
    os.utime(stray, (0, 0))
    assert len(store(folder)[0].own()) == 1
    assert files(folder) == ["A/mine.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_in_a_shared_folder_others_can_use_what_is_saved(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o775)
    templates, _ = store(tmp_path / "templates")
    templates.use_folder(str(shared))
    saved = templates.save(template("Mine", folder="A/B"))
    file = shared / "A" / "B" / "mine.json"
    assert [mode(place) for place in (file.parent.parent, file.parent, file)] == [
        0o775,
        0o775,
        0o664,
    ]
    file.chmod(0o640)
    templates.save(dataclasses.replace(saved, name="Other"))
    assert mode(file) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_in_the_profile_nobody_else_can(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    templates, _ = store(tmp_path / "templates")
    templates.save(template("Mine", folder="A"))
    folder = tmp_path / "templates"
    assert [mode(place) for place in (folder, folder / "A")] == [0o700, 0o700]
    assert mode(folder / "A" / "mine.json") == 0o600


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_change_that_hardly_shows_from_outside_is_not_saved_over(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine"))
    file = folder / "mine.json"
    about = file.stat()
    file.write_text(file.read_text().replace("Mine", "Them"))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    kept = templates.save(dataclasses.replace(mine, description="Ours"))
    assert names(templates) == ["Mine (your version)", "Them"]
    assert kept.id != mine.id


def test_an_edit_by_hand_is_not_saved_over_by_what_was_in_hand_before(folder: Path) -> None:
    templates, _ = store(folder)
    mine = templates.save(template("Mine"))
    file = folder / "mine.json"
    file.write_text(file.read_text().replace("Mine", "By hand"))
    assert names(templates) == ["By hand"]  # it was seen, but not taken over
    templates.save(dataclasses.replace(mine, description="Ours"))
    assert names(templates) == ["By hand", "Mine (your version)"]
    taken_over = templates.own()[0]
    templates.save(dataclasses.replace(taken_over, description="Both"))
    assert [one.description for one in templates.own()] == ["Both", "Ours"]


def test_a_file_that_was_only_touched_is_still_the_same(folder: Path) -> None:
    templates, _ = store(folder)
    old = templates.save(template("Mine"))
    templates.save(dataclasses.replace(old, description="One"))
    os.utime(folder / "mine.json", (1, 1))
    templates.own()
    templates.save(dataclasses.replace(old, description="Two"))
    assert [one.description for one in templates.own()] == ["Two"]


def test_a_window_that_saves_for_long_is_not_waited_for_without_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.templates.store._PATIENCE", 0.05)
    templates, _ = store(folder)
    with FileLock(folder.with_name("templates.lock")) as other:
        assert other.take()
        with pytest.raises(StoreError, match="another window is saving one"):
            templates.save(template())
    assert templates.save(template()) in templates.own()
