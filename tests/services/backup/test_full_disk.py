"""A disk that fills up during a backup, a restore or an export is told, and nothing half stays."""

import subprocess
import sys
from pathlib import Path

import pytest

FULL = """
import asyncio, os, resource, sys
from pathlib import Path
from composer.core.errors import StoreError
from composer.core.exporting import ExportFormat
from composer.core.history import EVERYTHING
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.services.backup.service import BackupService
from composer.services.environment import open_environment
from composer.services.exports import ExportService

folder = Path(sys.argv[1])
environment = open_environment(folder / "profile")
place = environment.settings.load().destination("us")
request = build_request(os.urandom(400_000), place, place.path)
environment.history.begin(request, place, Summary(event="", person=""))
backups, exports = BackupService(environment.profile, environment.clock), ExportService(
    environment.history
)
asyncio.run(backups.make(str(folder / "whole.zip")))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for work in (
    lambda: backups.make(str(folder / "b.zip")),
    lambda: backups.restore(str(folder / "whole.zip")),
    lambda: exports.export(EVERYTHING, ExportFormat.HAR, str(folder / "a.har")),
):
    try:
        asyncio.run(work())
    except StoreError as error:
        print(error)
print(backups.waiting())
environment.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_full_disk_is_told_and_leaves_nothing_half(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.stderr == ""
    backup, restore, export, waiting = done.stdout.splitlines()
    assert backup.startswith("The backup could not be written: ")
    assert restore.startswith("The backup could not be unpacked: ")
    assert export.startswith("a.har could not be written: ")
    for words in (backup, restore, export):
        assert "free some space and try again." in words.lower()
    assert waiting == "None"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["profile", "whole.zip"]
    assert not list((tmp_path / "profile").glob(".*"))
