"""A profile is a folder with known names in it."""

import subprocess
import sys
from pathlib import Path

from composer.services.paths import Profile, default_profile


def test_everything_lies_inside_the_folder() -> None:
    folder = Path("some") / "where"
    profile = Profile(folder)
    places = [
        profile.settings,
        profile.history,
        profile.templates,
        profile.gate,
        profile.lock(2),
        profile.workspace(2),
        profile.log(2),
    ]
    assert all(folder in place.parents for place in places)
    assert len(set(places)) == len(places)


def test_each_slot_has_files_of_its_own() -> None:
    profile = Profile(Path("x"))
    for place in (profile.lock, profile.workspace, profile.log):
        assert place(1) != place(2)


def test_the_default_profile_is_named_after_the_app() -> None:
    assert default_profile().folder.name == "event-composer"


def test_importing_and_asking_makes_no_folder(tmp_path: Path) -> None:
    code = "from composer.services.paths import default_profile; print(default_profile().folder)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not Path(done.stdout.strip()).exists()
    assert list(tmp_path.iterdir()) == []
