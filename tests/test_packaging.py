"""What is shipped: the wheel and the source archive hold everything, the locks are safe to use."""

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def files_below(folder: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", "node_modules"}.intersection(path.parts)
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built without any network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def in_wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_every_module_and_every_migration(in_wheel: set[str]) -> None:
    assert files_below("composer") - in_wheel == set()


def test_the_wheel_holds_every_resource(in_wheel: set[str]) -> None:
    resources = files_below("resources")
    assert resources
    moved = {name.replace("resources/", "composer/_resources/", 1) for name in resources}
    assert moved - in_wheel == set()


def test_the_wheel_holds_nothing_that_is_only_for_developers(in_wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in in_wheel}
    assert {top for top in tops if not top.startswith("event_composer-")} == {"composer"}


def test_the_source_archive_holds_tests_packaging_and_resources(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("composer", "packaging", "resources", "tests"):
        assert files_below(folder) - names == set()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_pinned_with_a_hash(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    packages = [entry for entry in entries if entry[:1].isalnum()]
    assert packages
    assert [entry for entry in packages if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_the_developers_lock_includes_the_other() -> None:
    runtime, developers = (
        {
            line.split()[0]
            for line in (ROOT / "packaging" / name).read_text(encoding="utf-8").splitlines()
            if line[:1].isalnum()
        }
        for name in LOCKS
    )
    assert runtime - developers == set()


@pytest.fixture
def packages() -> dict[str, dict[str, str]]:
    """What the lock of the JavaScript libraries says of each package."""
    text = (ROOT / "tests" / "sdks" / "package-lock.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, str]] = json.loads(text)["packages"]
    return {name: entry for name, entry in entries.items() if name}


def test_every_javascript_package_is_pinned_with_a_hash(
    packages: dict[str, dict[str, str]],
) -> None:
    assert packages
    assert [name for name, entry in packages.items() if "version" not in entry] == []
    unhashed = [
        name
        for name, entry in packages.items()
        if not entry.get("integrity", "").startswith("sha512-")
    ]
    assert unhashed == []


def test_the_javascript_lock_names_no_registry(packages: dict[str, dict[str, str]]) -> None:
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_the_javascript_libraries_are_asked_for_in_exact_versions(
    packages: dict[str, dict[str, str]],
) -> None:
    text = (ROOT / "tests" / "sdks" / "package.json").read_text(encoding="utf-8")
    wanted: dict[str, str] = json.loads(text)["dependencies"]
    locked = {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    assert locked == wanted
