"""The profile's format: noted, refused where it is newer, brought up where it is older."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from composer import __version__
from composer.core.errors import ProfileError
from composer.services.notices import Notices
from composer.services.paths import Profile
from composer.services.profile.format import (
    FORMAT,
    HISTORY_VERSIONS,
    STEPS,
    Step,
    bring_up,
    finish_change,
    read_note,
    refuse_newer,
)
from composer.services.profile.swapping import Swap
from composer.services.schema import migrations
from tests.helpers.clock import StandingClock


def capitals(folder: Path) -> Mapping[str, bytes | None]:
    """A step for tests: templates in capitals, and no greeting any more."""
    templates = (folder / "templates").glob("*.json")
    changes: dict[str, bytes | None] = {
        f"templates/{path.name}": path.read_bytes().upper() for path in templates
    }
    return {**changes, "greeting.txt": None}


def ends(_: Path) -> Mapping[str, bytes | None]:
    return {"ends.txt": b"it ends"}


NEXT = (*STEPS, Step(format=FORMAT + 1, changes=capitals), Step(format=FORMAT + 2, changes=ends))


def note(folder: Path) -> dict:
    return json.loads((folder / "profile.json").read_bytes())


def an_old_profile(folder: Path) -> Profile:
    (folder / "templates").mkdir()
    (folder / "templates" / "a.json").write_bytes(b"abc")
    (folder / "templates" / "b.txt").write_bytes(b"abc")
    (folder / "greeting.txt").write_bytes(b"hello")
    (folder / "settings.json").write_bytes(b"{}")
    return Profile(folder)


def up(profile: Profile, *, is_alone: bool = True, steps: tuple[Step, ...] = NEXT) -> Notices:
    notices = Notices()
    bring_up(profile, StandingClock(), notices, is_alone=is_alone, steps=steps)
    return notices


def test_the_formats_are_counted_up_together_with_the_history() -> None:
    assert [step.format for step in STEPS] == list(range(1, FORMAT + 1))
    assert list(HISTORY_VERSIONS) == list(range(FORMAT + 1))
    assert HISTORY_VERSIONS[FORMAT] == migrations()[-1].version


def test_a_new_profile_notes_the_format_and_who_made_it(tmp_path: Path) -> None:
    assert up(Profile(tmp_path), steps=STEPS).all() == ()
    assert note(tmp_path) == {"format": FORMAT, "app": __version__}


def test_a_profile_without_a_note_is_of_the_first_format(tmp_path: Path) -> None:
    profile = an_old_profile(tmp_path)
    assert up(profile, steps=STEPS).all() == ()
    assert note(tmp_path)["format"] == FORMAT
    assert (tmp_path / "templates" / "a.json").read_bytes() == b"abc"
    assert not list(tmp_path.glob("before-*"))


def test_steps_are_taken_in_order_and_what_they_change_is_kept(tmp_path: Path) -> None:
    up(an_old_profile(tmp_path))
    assert note(tmp_path)["format"] == FORMAT + 2
    assert (tmp_path / "templates" / "a.json").read_bytes() == b"ABC"
    assert (tmp_path / "templates" / "b.txt").read_bytes() == b"abc"
    assert (tmp_path / "ends.txt").read_bytes() == b"it ends"
    assert not (tmp_path / "greeting.txt").exists()
    before = tmp_path / f"before-format-{FORMAT + 1}"
    assert (before / "templates" / "a.json").read_bytes() == b"abc"
    assert (before / "greeting.txt").read_bytes() == b"hello"
    assert note(before)["format"] == FORMAT
    assert note(tmp_path / f"before-format-{FORMAT + 2}")["format"] == FORMAT + 1


def test_a_second_start_takes_no_step(tmp_path: Path) -> None:
    profile = an_old_profile(tmp_path)
    up(profile)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    up(profile)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_step_that_fails_leaves_the_format_before_it(tmp_path: Path) -> None:
    profile = an_old_profile(tmp_path)

    def fails(_: Path) -> Mapping[str, bytes | None]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        up(profile, steps=(*NEXT[:-1], Step(format=FORMAT + 2, changes=fails)))
    assert note(tmp_path)["format"] == FORMAT + 1
    up(profile)
    assert note(tmp_path)["format"] == FORMAT + 2


def test_a_step_in_which_the_process_was_killed_is_ended(tmp_path: Path) -> None:
    profile = an_old_profile(tmp_path)
    up(profile, steps=STEPS)
    swap = Swap(tmp_path, "format-change")
    with swap.preparing() as place:
        (place / "files" / "profile.json").write_bytes(b'{"format": 1, "app": "x"}')
        (place / "files" / "settings.json").write_bytes(b'{"new": 1}')
    swap.begin(["profile.json", "settings.json"], "before-format-1")
    (tmp_path / "before-format-1").mkdir()
    (tmp_path / "settings.json").rename(tmp_path / "before-format-1" / "settings.json")
    finish_change(profile)
    assert (tmp_path / "settings.json").read_bytes() == b'{"new": 1}'
    assert note(tmp_path)["app"] == "x"


def test_beside_a_window_that_runs_no_step_is_taken(tmp_path: Path) -> None:
    profile = an_old_profile(tmp_path)
    with pytest.raises(ProfileError, match="another window or command still uses it"):
        up(profile, is_alone=False)
    assert (tmp_path / "templates" / "a.json").read_bytes() == b"abc"
    up(profile)
    assert up(profile, is_alone=False).all() == ()


@pytest.mark.parametrize("place", ["", "format-change/files", "restore-waiting/files"])
def test_a_newer_profile_is_refused_with_words(tmp_path: Path, place: str) -> None:
    folder = tmp_path / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profile.json").write_bytes(b'{"format": 99, "app": "9.1.0"}')
    with pytest.raises(ProfileError) as told:
        refuse_newer(Profile(tmp_path))
    words = str(told.value)
    assert str(tmp_path) in words
    assert "Event Composer 9.1.0 (format 99; this is version" in words
    assert "Nothing in it was changed. Update Event Composer, or choose another" in words


def test_a_newer_profile_of_an_unknown_version_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "profile.json").write_bytes(b'{"format": 99}')
    with pytest.raises(ProfileError, match="written by a newer version of Event Composer"):
        refuse_newer(Profile(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": "x"}', b'{"format": 1.5}', None])
def test_a_note_that_cannot_be_read_is_put_aside(tmp_path: Path, damage: bytes | None) -> None:
    profile = an_old_profile(tmp_path)
    if damage is None:
        (tmp_path / "profile.json").mkdir()
    else:
        (tmp_path / "profile.json").write_bytes(damage)
    refuse_newer(profile)
    (notice,) = up(profile).all()
    assert "could not be read. It is kept as" in notice
    assert note(tmp_path)["format"] == FORMAT + 2
    assert len(list(tmp_path.glob("profile.json.broken-*"))) == 1


def test_no_file_is_no_note(tmp_path: Path) -> None:
    assert read_note(tmp_path / "profile.json") is None
    (tmp_path / "file").write_bytes(b"")
    assert read_note(tmp_path / "file" / "profile.json") is None
