"""A file that claims to be a backup is not believed."""

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from composer import __version__
from composer.core.errors import ComposerError
from composer.services.backup.manifest import BACKUP_FORMAT
from composer.services.backup.service import BackupService
from composer.services.backup.unpacking import is_harmless
from composer.services.paths import Profile
from composer.services.ports import BackupError
from composer.services.profile.format import FORMAT
from tests.helpers.clock import StandingClock

GOOD = {"settings.json": b'{"theme": "dark"}', "templates/a/b.json": b"{}"}
Change = Callable[[dict[str, Any]], object]


def manifest_of(files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "kind": "event-composer-backup",
        "format": BACKUP_FORMAT,
        "profile_format": FORMAT,
        "app": __version__,
        "made_at": "2026-05-04T10:00:00.000Z",
        "files": [
            {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}
            for path, data in files.items()
        ],
    }


def packed(
    files: dict[str, bytes], manifest: object, *, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        if manifest is not None:
            text = manifest if isinstance(manifest, bytes) else json.dumps(manifest)
            archive.writestr("manifest.json", text)
    return made.getvalue()


class Place:
    """A profile, and a way to have a file examined and restored in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "profile"
        self.folder.mkdir()
        self.file = folder / "b.zip"
        self.backups = BackupService(Profile(self.folder), StandingClock())

    async def refused(self, data: bytes) -> str:
        """The words with which it is refused, by both ways, and nothing stays behind."""
        self.file.write_bytes(data)
        with pytest.raises(BackupError) as by_examining:
            await self.backups.examine(str(self.file))
        with pytest.raises(BackupError) as by_restoring:
            await self.backups.restore(str(self.file))
        assert str(by_examining.value) == str(by_restoring.value)
        assert list(self.folder.iterdir()) == []
        return str(by_examining.value)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


async def test_an_honest_one_is_taken(place: Place) -> None:
    place.file.write_bytes(packed(GOOD, manifest_of(GOOD)))
    assert (await place.backups.examine(str(place.file))).files == 2
    assert await place.backups.restore(str(place.file)) == place.backups.waiting()


@pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 100, packed(GOOD, None)])
async def test_other_files_are_no_backups(place: Place, data: bytes) -> None:
    assert "Choose another one." in await place.refused(data)


@pytest.mark.parametrize(
    "manifest", [b"", b"{", b"[]", b"{}", b'{"kind": "event-composer-backup"}', b"\xff"]
)
async def test_a_broken_manifest_is_refused(place: Place, manifest: bytes) -> None:
    assert "Choose another one." in await place.refused(packed(GOOD, manifest))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("made_at", "yesterday"),
        ("made_at", None),
        ("files", None),
        ("files", [7]),
        ("files", [{"path": "settings.json", "bytes": -1, "sha256": ""}]),
        ("files", [{"path": "settings.json", "bytes": 1e30, "sha256": ""}]),
        ("files", [{"path": "settings.json", "bytes": 17}]),
        ("files", []),
        ("format", "1"),
        ("profile_format", None),
    ],
)
async def test_a_manifest_that_says_nonsense_is_refused(
    place: Place, name: str, value: object
) -> None:
    manifest = {**manifest_of(GOOD), name: value}
    assert "is damaged" in await place.refused(packed(GOOD, manifest))


@pytest.mark.parametrize("name", ["format", "profile_format"])
async def test_one_of_a_newer_version_is_refused_with_words(place: Place, name: str) -> None:
    manifest = {**manifest_of(GOOD), name: 99, "app": "9.0.0"}
    words = await place.refused(packed(GOOD, manifest))
    assert words.startswith("This backup was made by Event Composer 9.0.0 (format ")
    assert words.endswith("Update Event Composer, then restore it.")


@pytest.mark.parametrize(
    "path",
    [
        "../settings.json",
        "templates/../../settings.json",
        "/etc/passwd",
        "templates//a.json",
        "./settings.json",
        "templates/./a.json",
        "",
        "opening.lock",
        "instance-1.lock",
        "logs/a.log",
        "sandbox/authority.key",
        "restore-waiting/plan.json",
        "format-change/plan.json",
        "before-restore-1/settings.json",
        ".settings.json.x.tmp",
        "Documents/letter.txt",
        "sandbox.json.lock",
        "a\0b",
    ],
)
async def test_no_path_leads_to_where_no_backup_reaches(place: Place, path: str) -> None:
    assert not is_harmless(path)
    files = {**GOOD, path: b"evil"}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.writestr("manifest.json", json.dumps(manifest_of(files)))
    await place.refused(made.getvalue())


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.update({"settings.json": b'{"theme": "lite"}'}),
        lambda files: files.update({"settings.json": b"{}"}),
        lambda files: files.update({"more.json": b"{}"}),
        lambda files: files.pop("settings.json"),
    ],
    ids=["other bytes", "another size", "a file too many", "a file too few"],
)
async def test_what_the_manifest_does_not_say_is_not_taken(place: Place, change: Change) -> None:
    files = dict(GOOD)
    change(files)
    assert "is damaged" in await place.refused(packed(files, manifest_of(GOOD)))


async def test_a_file_that_is_there_twice_is_refused(place: Place) -> None:
    made = io.BytesIO(packed(GOOD, manifest_of(GOOD)))
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("settings.json", GOOD["settings.json"])
    await place.refused(made.getvalue())


async def test_a_file_in_place_of_a_folder_is_refused(place: Place) -> None:
    files = {"templates": b"file", "templates/a.json": b"{}"}
    place.file.write_bytes(packed(files, manifest_of(files)))
    with pytest.raises(ComposerError):
        await place.backups.restore(str(place.file))
    assert list(place.folder.iterdir()) == []


async def test_a_bomb_is_not_unpacked(place: Place) -> None:
    files = {"templates/a.json": b"\0" * 5_000_000}
    data = bytearray(packed(files, manifest_of({"templates/a.json": b"\0" * 10})))
    size = (5_000_000).to_bytes(4, "little")
    small = (10).to_bytes(4, "little")
    lying = bytes(data).replace(size, small)  # also the sizes that the archive itself claims
    assert lying != bytes(data)
    assert "is damaged" in await place.refused(lying)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
async def test_other_ways_to_compress_are_refused(place: Place, method: int) -> None:
    await place.refused(packed(GOOD, manifest_of(GOOD), method=method))


async def test_a_file_that_is_not_there_is_told(place: Place) -> None:
    for path in (place.file, place.folder):
        with pytest.raises(BackupError, match="There is no file"):
            await place.backups.examine(str(path))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_a_damaged_file_is_refused_or_still_says_the_same(
    place: Place, data: st.DataObject
) -> None:
    whole = bytearray(packed(GOOD, manifest_of(GOOD)))
    for _ in range(data.draw(st.integers(1, 4))):
        spot = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            whole[spot] ^= data.draw(st.integers(1, 255))
        else:
            del whole[spot:]
            whole += b"\0"
    place.file.write_bytes(bytes(whole))
    shutil.rmtree(place.folder)
    place.folder.mkdir()
    try:
        await place.backups.restore(str(place.file))
    except BackupError:
        assert list(place.folder.iterdir()) == []
    else:
        files = place.folder / "restore-waiting" / "files"
        for path, content in GOOD.items():
            assert (files / path).read_bytes() == content
        assert sum(len(found) for _, _, found in os.walk(files)) == len(GOOD)
