"""What a person chose for an import, as names and bytes: files, folders, zip archives.

Nothing is unpacked onto the disk. What cannot be read is named. What stands in the files is not its
business.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from composer.core.remarks import Remark
from composer.services.files import reason_of
from composer.services.pasted_files import PastedFileError, read_file
from composer.services.templates.scanning import Parts

ENDINGS = (".json", ".bru")
MOST_FILES = 20_000
_MEGABYTE = 1024 * 1024
MOST_BYTES = 32 * _MEGABYTE
"""Bytes of one file."""
MOST_ALTOGETHER = 256 * _MEGABYTE
_NOT_OURS = frozenset({"node_modules", "__MACOSX"})


@dataclass(slots=True, kw_only=True)
class Gathered:
    """Files by the path at which they were found, below what was chosen."""

    name: str
    files: dict[Parts, bytes] = field(default_factory=dict[Parts, bytes])
    remarks: list[Remark] = field(default_factory=list[Remark])
    size: int = 0

    def add(self, parts: Parts, read: Callable[[], bytes]) -> bool:
        """Read one file, and name it if that fails; ``False`` once there are too many."""
        if len(self.files) >= MOST_FILES or self.size > MOST_ALTOGETHER:
            self.tell("/".join(parts[:-1]) or parts[-1], _TOO_MUCH)
            return False
        try:
            data = read()
        except PastedFileError as error:
            self.tell(parts[-1], str(error))
        except OSError as error:
            self.tell(parts[-1], f"It cannot be read: {reason_of(error)}")
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
            self.tell(parts[-1], _BAD_MEMBER)  # RuntimeError: it is locked with a password
        else:
            self.files[parts] = data
            self.size += len(data)
        return True

    def tell(self, name: str, words: str) -> None:
        self.remarks.append(Remark(name=name, words=words))


_TOO_MUCH = (
    f"There are more than {MOST_FILES:,} files, or {MOST_ALTOGETHER // _MEGABYTE} MB. What came "
    "after that was left out. Choose a smaller folder."
)
_BAD_MEMBER = "It cannot be taken out of the archive: it is damaged, or locked with a password."


def gather(path: Path) -> Gathered:
    """Everything at ``path`` that may hold templates."""
    found = Gathered(name=path.name)
    if path.is_dir():
        for file in _walk(path):
            parts = file.relative_to(path).parts
            if not found.add(parts, lambda file=file: read_file(file, MOST_BYTES)):
                break
    elif path.suffix.lower() == ".zip":
        _from_archive(path, found)
    else:
        found.add((path.name,), lambda: read_file(path, MOST_BYTES))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """Folders whose name begins with a dot are passed over, and links are not followed."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(here.iterdir())
        except OSError:  # the rest can be imported nevertheless
            continue
        for entry in entries:
            if _is_passed_over(entry.name):
                continue
            if entry.is_dir() and not entry.is_symlink():
                waiting.append(entry)
            elif entry.suffix.lower() in ENDINGS:
                yield entry


def _from_archive(path: Path, found: Gathered) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                parts = tuple(part for part in member.filename.split("/") if part)
                is_wanted = parts and parts[-1].lower().endswith(ENDINGS) and not member.is_dir()
                if not is_wanted or any(map(_is_passed_over, parts)):
                    continue
                if not found.add(parts, lambda member=member: _member(archive, member)):
                    return
    except zipfile.BadZipFile:
        found.tell(path.name, "This is no zip archive, or it is damaged. Save it once more.")
    except OSError as error:
        found.tell(path.name, f"It cannot be read: {reason_of(error)}")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What it says of its own size need not be true."""
    with archive.open(member) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PastedFileError(f"It is larger than {MOST_BYTES // _MEGABYTE} MB.")
    return data


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in _NOT_OURS
