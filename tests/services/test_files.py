"""Files are written whole or not at all, and broken ones are kept."""

import errno
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from composer.core.errors import StoreError
from composer.services.files import make_folder, put_aside, reason_of, sweep, write_atomically

MOMENT = datetime(2026, 11, 21, 9, 30, 5, tzinfo=UTC)
ROOT = Path(__file__).parents[2]

FULL_DISK = """
import resource, sys
from pathlib import Path
from composer.core.errors import StoreError
from composer.services.files import write_atomically

resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_atomically(Path(sys.argv[1]), b"x" * 1000)
except StoreError as error:
    print(error)
"""


@given(data=st.binary(max_size=300))
def test_what_was_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("files") / "deep" / "file.json"
    write_atomically(file, b"before")
    write_atomically(file, data)
    assert file.read_bytes() == data
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_files_and_folders_are_private(tmp_path: Path) -> None:
    file = tmp_path / "profile" / "settings.json"
    write_atomically(file, b"{}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        "settings.json could not be saved: there is no room on the disk. "
        "Free some space and try again.\n"
    )
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "profile").write_bytes(b"")
    with pytest.raises(StoreError, match="is not a folder"):
        write_atomically(tmp_path / "profile" / "settings.json", b"{}")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "real.json"
    make_folder(target.parent)
    link = tmp_path / "settings.json"
    link.symlink_to(target)
    write_atomically(link, b"{}")
    assert link.is_symlink()
    assert target.read_bytes() == b"{}"


def test_a_broken_file_is_renamed_and_never_over_another(tmp_path: Path) -> None:
    kept: list[Path] = []
    for content in (b"first", b"second", b"third"):
        file = tmp_path / "settings.json"
        file.write_bytes(content)
        kept.append(put_aside(file, MOMENT))
        assert not file.exists()
    assert [place.name for place in kept] == [
        "settings.json.broken-20261121-093005",
        "settings.json.broken-20261121-093005.1",
        "settings.json.broken-20261121-093005.2",
    ]
    assert [place.read_bytes() for place in kept] == [b"first", b"second", b"third"]


def test_what_belongs_to_a_database_goes_with_it(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"history.sqlite3{ending}").write_text(ending)
    aside = put_aside(tmp_path / "history.sqlite3", MOMENT)
    assert {place.name for place in tmp_path.iterdir()} == {
        aside.name,
        f"{aside.name}-wal",
        f"{aside.name}-shm",
    }


def test_what_cannot_be_put_aside_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be put aside"):
        put_aside(tmp_path / "missing" / "settings.json", MOMENT)


def test_half_written_files_are_swept_away_once_they_are_old(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in (".a.tmp", ".b.tmp", "c.json"))
    for file in (old, new, other):
        file.write_bytes(b"")
        past = MOMENT - (timedelta(minutes=59) if file is new else timedelta(hours=2))
        os.utime(file, (past.timestamp(), past.timestamp()))
    sweep(tmp_path, MOMENT)
    assert sorted(tmp_path.iterdir()) == [new, other]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room on the disk"),
        (errno.EACCES, "Check its permissions"),
        (errno.ENOTDIR, "is not a folder"),
        (errno.EISDIR, "is a folder"),
        (errno.EMFILE, "Too many open files"),
    ],
)
def test_every_reason_has_words(number: int, words: str) -> None:
    reason = reason_of(OSError(number, os.strerror(number), "/some/place"))
    assert words in reason
    assert reason.endswith(".")


def test_a_reason_names_the_folder_of_a_half_written_file() -> None:
    error = PermissionError(errno.EACCES, "no", "/some/place/.draft-1.txt.5qjlbu0r.tmp")
    assert reason_of(error).startswith(f"{Path('/some/place')} may not be used.")


def test_a_reason_without_a_place_can_be_read() -> None:
    assert (
        reason_of(PermissionError(errno.EPERM, "no"))
        == "it may not be used. Check its permissions."
    )
