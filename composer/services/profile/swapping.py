"""Several files of a folder replaced all at once, or not at all, whenever the process is killed.

New files are made ready in a folder of their own. A plan written into it is the point of no
return: what it names is moved aside, then the new files are moved in. A process that is killed
between leaves the plan, and ``finish`` carries it out; until then nobody may read the folder, for
which the caller has a lock. Nothing is ever deleted but what was made ready and not wanted.

Knows nothing of what the files mean.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from composer.core.errors import StoreError
from composer.core.jsontext import JsonError, Object, Value, encode, parse_bytes
from composer.services.files import make_folder, write_atomically

_FILES, _PLAN = "files", "plan.json"
_TEMPORARY = ".tmp"


class Swap:
    """A change of ``folder`` that is made ready in its folder ``name``.

    All methods raise ``OSError`` and ``StoreError``.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.place = folder / name
        self.files = self.place / _FILES
        self._plan = self.place / _PLAN

    @property
    def is_ready(self) -> bool:
        """Whether a change is made ready, planned or not."""
        return self.files.is_dir()

    @property
    def is_begun(self) -> bool:
        """Whether it has passed the point of no return."""
        return self._plan.exists()

    @contextmanager
    def preparing(self) -> Generator[Path]:
        """A folder to put things into, with ``files`` for the new files, under their final paths.

        When the block ends well, the change is ready, in place of one that was before; else the
        folder is gone.
        """
        made = tempfile.mkdtemp(prefix=f".{self.place.name}.", suffix=_TEMPORARY, dir=self._folder)
        temporary = Path(made)
        try:
            (temporary / _FILES).mkdir(mode=0o700)
            yield temporary
            self.withdraw()
            temporary.rename(self.place)
        except BaseException:  # also Ctrl+C: whatever happens, nothing half-made stays
            shutil.rmtree(temporary, ignore_errors=True)
            raise

    def withdraw(self) -> None:
        """Forget what was made ready. Not to be called once it is begun."""
        self._put_away()

    def begin(self, old: Sequence[str], aside: str) -> None:
        """Decide it: from here on ``finish`` leads to the new files, also after a kill.

        ``old`` are the paths that are moved to the folder ``aside``, which must not exist yet.
        """
        files = (path for path in sorted(self.files.rglob("*")) if not path.is_dir())
        new = tuple(path.relative_to(self.files).as_posix() for path in files)
        plan = Object((("aside", aside), ("old", tuple(old)), ("new", new)))
        write_atomically(self._plan, encode(plan).encode("utf-8"))

    def finish(self) -> Path:
        """Carry the plan out, or what is left of it; the folder with the old files."""
        aside, old, new = self._read_plan()
        for path in old:
            if not os.path.lexists(aside / path):  # else it has been moved before
                _move(self._folder / path, aside / path)
        for path in new:
            if os.path.lexists(self.files / path):
                # Something that came in between, from another program, is no less kept.
                _move(self._folder / path, aside / free_name(aside, path))
                _move(self.files / path, self._folder / path)
        self._put_away()
        return aside

    def sweep(self) -> None:
        """Remove what killed processes were making ready. Only for who is alone on the folder."""
        for stray in self._folder.glob(f".{self.place.name}.*{_TEMPORARY}"):
            shutil.rmtree(stray, ignore_errors=True)

    def _read_plan(self) -> tuple[Path, tuple[str, ...], tuple[str, ...]]:
        try:
            plan = parse_bytes(self._plan.read_bytes())
        except JsonError as error:
            raise StoreError(_unreadable(self._plan)) from error
        aside = plan.get("aside") if isinstance(plan, Object) else None
        if not isinstance(plan, Object) or not isinstance(aside, str):
            raise StoreError(_unreadable(self._plan))
        return self._folder / aside, _texts(plan.get("old")), _texts(plan.get("new"))

    def _put_away(self) -> None:
        """In one step, then piece by piece: half of it must not look like a change."""
        if self.place.exists():
            gone = Path(
                tempfile.mkdtemp(prefix=f".{self.place.name}.", suffix=_TEMPORARY, dir=self._folder)
            )
            self.place.rename(gone / self.place.name)
            shutil.rmtree(gone, ignore_errors=True)


def free_name(folder: Path, name: str) -> str:
    """``name``, or with a number behind it the first that is not taken in ``folder``."""
    number = 1
    candidate = name
    while os.path.lexists(folder / candidate):
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def _move(source: Path, target: Path) -> None:
    """Nothing is done where there is nothing to move."""
    if os.path.lexists(source):
        make_folder(target.parent)
        source.rename(target)


def _texts(value: Value) -> tuple[str, ...]:
    return (
        tuple(text for text in value if isinstance(text, str)) if isinstance(value, tuple) else ()
    )


def _unreadable(plan: Path) -> str:
    return (
        f"{plan} cannot be read, and a change of the profile that was begun stands in it. "
        "Restore the file from a copy of the disk, or choose another profile folder."
    )
