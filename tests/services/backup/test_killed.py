"""A kill at any moment of a restore leaves the old profile or leads to the restored one."""

import asyncio
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.history import EVERYTHING
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.services.backup.service import BackupService
from composer.services.environment import open_environment
from tests.helpers.history_entries import CLOUD

MOMENTS = int(os.environ.get("KILLS", "12"))

KILLED = """
import os, pathlib, sys
folder, left = pathlib.Path(sys.argv[1]), int(sys.argv[2])

def dying(real):
    def step(*arguments, **options):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return real(*arguments, **options)
    return step

for name in ("rename", "replace"):
    setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))
os.unlink = dying(os.unlink)
from composer.services.environment import open_environment
open_environment(folder).close()
"""


def put(folder: Path, event: str) -> None:
    with closing(open_environment(folder)) as environment:
        request = build_request(b"{}", CLOUD, CLOUD.path)
        environment.history.begin(request, CLOUD, Summary(event=event, person="p"))
        (folder / "templates").mkdir(exist_ok=True)
        (folder / "templates" / f"{event}.txt").write_text(event)
        (folder / "workspace-7.json").write_text(event)


def whole(folder: Path) -> tuple[list[str], str, list[str]]:
    """What one finds in the profile: events sent, a file's text, templates."""
    with closing(open_environment(folder)) as environment:
        events = [row.summary.event for row in environment.history.rows(EVERYTHING)]
    templates = sorted(path.name for path in (folder / "templates").iterdir())
    return events, (folder / "workspace-7.json").read_text(), templates


OLD = (["now", "then"], "now", ["now.txt", "then.txt"])
NEW = (["then"], "then", ["then.txt"])


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_kill_leaves_the_old_or_leads_to_the_new(tmp_path: Path, moment: int) -> None:
    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    put(folder, "then")
    with closing(open_environment(folder)) as environment:
        backups = BackupService(environment.profile, environment.clock)
        asyncio.run(backups.make(str(target)))
    put(folder, "now")
    with closing(open_environment(folder)) as environment:
        backups = BackupService(environment.profile, environment.clock)
        asyncio.run(backups.restore(str(target)))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(moment)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert (done.returncode, done.stderr) in [(9, ""), (0, "")]
    assert whole(folder) == NEW  # the start that follows ends what was begun
    (aside,) = folder.glob("before-restore-2*")
    assert (aside / "workspace-7.json").read_text() == "now"
    assert (aside / "history.sqlite3").exists()
    assert not list(folder.glob(".restore*"))
    assert not (folder / "restore-waiting").exists()


def test_a_kill_while_it_is_made_ready_leaves_the_old(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    put(folder, "then")
    put(folder, "now")
    half = folder / ".restore-waiting.abc.tmp" / "files"
    half.mkdir(parents=True)
    (half / "workspace-7.json").write_text("half")
    copy = folder / ".backup.abc.tmp"
    copy.mkdir()
    (copy / "history.sqlite3").write_text("half")
    assert whole(folder) == OLD
    assert not half.exists()
    assert not copy.exists()
