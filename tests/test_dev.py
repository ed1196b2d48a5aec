"""packaging/dev.py: what it finds missing, when it makes .venv again, what it hands over."""

import _ctypes
import ast
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import checks, commands, environment, layout, sdks, system

ROOT = Path(__file__).parents[1]
DEV = ROOT / "packaging" / "dev.py"


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual environment that is complete but for its stamp."""
    folder = tmp_path / "venv"
    folder.mkdir()
    for name in ("python", "event-composer"):
        (folder / name).touch()
    monkeypatch.setattr(environment, "VENV_PYTHON", folder / "python")
    monkeypatch.setattr(environment, "SCRIPT", folder / "event-composer")
    monkeypatch.setattr(environment, "STAMP", folder / "stamp")
    return folder


def test_the_entry_is_readable_for_old_pythons() -> None:
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 4))


def test_an_old_python_gets_a_sentence() -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2); "
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend, DEV], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9" in done.stderr


def test_help_names_every_command() -> None:
    done = subprocess.run([sys.executable, DEV, "-h"], capture_output=True, text=True, check=True)
    for name in commands.COMMANDS:
        assert f"\n  {name} " in done.stdout


def test_an_environment_without_a_stamp_is_not_current(venv: Path) -> None:
    assert venv.exists()
    assert not environment.is_current(layout.RUNTIME_LOCK)


@pytest.mark.parametrize("lock", [layout.RUNTIME_LOCK, layout.DEV_LOCK])
def test_an_environment_with_its_lock_s_stamp_is_current(venv: Path, lock: Path) -> None:
    (venv / "stamp").write_text(environment.stamp_text(lock), encoding="utf-8")
    assert environment.is_current(lock)


def test_the_environment_for_tests_serves_for_running_but_not_the_other_way(venv: Path) -> None:
    stamp = venv / "stamp"
    stamp.write_text(environment.stamp_text(layout.DEV_LOCK), encoding="utf-8")
    assert environment.is_current(layout.RUNTIME_LOCK)
    stamp.write_text(environment.stamp_text(layout.RUNTIME_LOCK), encoding="utf-8")
    assert not environment.is_current(layout.DEV_LOCK)
    assert environment.can_grow()


@pytest.mark.parametrize("name", ["python", "event-composer"])
def test_an_environment_that_lost_a_program_is_not_current(venv: Path, name: str) -> None:
    stamp = environment.stamp_text(layout.RUNTIME_LOCK)
    (venv / "stamp").write_text(stamp, encoding="utf-8")
    (venv / name).unlink()
    assert not environment.is_current(layout.RUNTIME_LOCK)


def test_the_stamp_changes_with_python_place_and_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1", encoding="utf-8")
    first = environment.stamp_text(lock, python="3.11.2", root=tmp_path)
    assert environment.stamp_text(lock, python="3.11.2", root=tmp_path) == first
    assert environment.stamp_text(lock, python="3.12.1", root=tmp_path) != first
    assert environment.stamp_text(lock, python="3.11.2", root=tmp_path / "moved") != first
    lock.write_text("a==2", encoding="utf-8")
    assert environment.stamp_text(lock, python="3.11.2", root=tmp_path) != first


def test_a_missing_library_is_named_with_its_package() -> None:
    (need,) = system.missing_libraries(lambda name: name != "libxcb-cursor.so.0")
    assert (need.name, need.package) == ("libxcb-cursor.so.0", "libxcb-cursor0")


def test_the_linker_s_answer_is_believed() -> None:
    assert system.loads(_ctypes.__file__)
    assert not system.loads("libnot-there.so.1")


def test_a_missing_program_is_named_with_its_package() -> None:
    found = {"bash": "/bin/bash", "curl": None, "Xvfb": None}
    needs = system.missing_programs(system.TEST_PROGRAMS, found.get)
    assert {need.package for need in needs} == {"curl", "xvfb"}


def test_a_font_is_found_in_any_folder_below(tmp_path: Path) -> None:
    assert not system.has_font([str(tmp_path)])
    folder = tmp_path / "truetype" / "dejavu"
    folder.mkdir(parents=True)
    (folder / "DejaVuSans.ttf").touch()
    assert system.has_font([str(tmp_path)])


def test_the_line_to_run_refreshes_the_lists_first() -> None:
    line = "sudo apt-get update && sudo apt-get install -y curl xvfb"
    assert system.apt_line(["curl", "xvfb"]) == line


def test_the_tests_come_last_and_get_the_words_of_the_person() -> None:
    steps = checks.checks(["-x", "tests/core"])
    assert [step.name for step in steps] == ["format", "lint", "types", "layers", "tests"]
    assert steps[-1].words == ("-m", "pytest", *checks.SIDE_BY_SIDE, "-x", "tests/core")


def test_without_a_screen_the_window_is_drawn_off_screen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert commands.display_for({}, "linux") == {"QT_QPA_PLATFORM": "offscreen"}
    assert "No display was found" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_screen_or_a_wish_is_respected(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.display_for({name: ":0"}, "linux") == {}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_macos_and_windows_always_have_a_screen(platform: str) -> None:
    assert commands.display_for({}, platform) == {}


@pytest.fixture
def npm_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What npm was asked to do; it makes the folder as npm does."""
    asked: list[tuple[str, ...]] = []

    def npm(*words: str) -> None:
        asked.append(words)
        sdks.STAMP.parent.mkdir(exist_ok=True)

    monkeypatch.setattr(sdks, "STAMP", tmp_path / "node_modules" / "stamp")
    monkeypatch.setattr(sdks, "npm", npm)
    return asked


def test_the_javascript_libraries_are_installed_once(npm_words: list[tuple[str, ...]]) -> None:
    for _ in range(3):
        sdks.ensure_sdks()
    assert npm_words == [("ci",)]


def test_the_javascript_libraries_are_installed_anew_for_a_new_lock(
    npm_words: list[tuple[str, ...]],
) -> None:
    sdks.ensure_sdks()
    sdks.STAMP.write_text("package-lock.json 0000\n", encoding="utf-8")
    assert not sdks.is_current()
    sdks.ensure_sdks()
    assert len(npm_words) == 2


def test_npm_is_found_in_the_environment(capfd: pytest.CaptureFixture[str]) -> None:
    sdks.npm("--version")
    assert capfd.readouterr().out[0].isdigit()


def test_a_failure_of_npm_is_explained(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(layout.SetupError, match="Check the network connection"):
        sdks.npm("no-such-command")
    assert "Unknown command" in capfd.readouterr().out
