"""What belongs to a profile is known by name, and nothing that the app writes is forgotten."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.history import HistoryQuery
from composer.core.settings import Settings
from composer.services.batch.runs import RunStore
from composer.services.environment import open_environment
from composer.services.profile.parts import files_of, is_part

LEFT_OUT = {"logs", "sandbox"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("workspace-12.json", True),
        ("workspace-12", True),
        ("workspace-1-format-2", True),
        ("workspace-1-format-2.json", True),
        ("history-3.sqlite3", True),
        ("history.sqlite3-wal", True),
        ("history-search.sqlite3", True),
        ("runs.sqlite3", True),
        ("runs-1.sqlite3-shm", True),
        ("batch-12.sqlite3", True),
        ("batch-12-1.sqlite3-wal", True),
        ("mappings.json", True),
        ("mappings.lock", False),
        ("runs.lock", False),
        ("runs-1.lock", False),
        ("batch.sqlite3", False),
        ("workspace-1.json.broken-20260101-000000", False),
        ("history.sqlite3.before-2", False),
        ("history.sqlite3.before-2.unfinished", False),
        ("workspace-x.json", False),
        ("workspace-١.json", False),
        ("before-format-1", False),
    ],
)
def test_parts_are_known_by_their_names(name: str, expected: bool) -> None:
    assert is_part(name) == expected


def test_everything_that_is_kept_is_a_part(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as environment:
        environment.settings.save(replace(Settings(), sandbox_port=8999))
        environment.behaviours.save(environment.behaviours.load())
        environment.history.count(HistoryQuery(text="abc"))
        environment.profile.templates.mkdir(exist_ok=True)
        (environment.profile.templates / "a.json").write_text("{}")
        profile = environment.profile
        with closing(RunStore(profile.runs, environment.clock)) as runs:
            assert runs.runs() == []
        profile.workspace(3).write_text("{}")
        names = {path.name for path in tmp_path.iterdir()} - LEFT_OUT
        unknown = {name for name in names if not is_part(name) and not name.endswith(".lock")}
        assert unknown == set()
        assert list(files_of(tmp_path)) == [
            "history.sqlite3",
            "profile.json",
            "runs.sqlite3",
            "sandbox.json",
            "settings.json",
            "templates/a.json",
            "workspace-3.json",
        ]


def test_names_that_are_no_text_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    try:
        Path(tmp_path, "templates", "a\udcff.json").write_text("{}")
    except (OSError, UnicodeError):
        return  # this system has no such names
    (tmp_path / "templates" / "b.json").write_text("{}")
    assert list(files_of(tmp_path)) == ["templates/b.json"]
