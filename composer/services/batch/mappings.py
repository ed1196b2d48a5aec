"""Mappings kept under names, in a file that a person can read and mend.

All windows of a profile share the file: it is read anew each time, and whoever writes it does so
alone. A mapping that cannot be read, from a newer version say, stays in the file as it is.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from composer.core.errors import StoreError
from composer.core.jsontext import Number, Object, Value, encode
from composer.core.mapping import Mapping, Target
from composer.core.personal_keys import without_personal_keys
from composer.services.batch.mapping_form import read_mapping, written_mapping
from composer.services.draft_form import FormError
from composer.services.files import make_folder, write_atomically
from composer.services.kept import read_object
from composer.services.locks import FileLock
from composer.services.notices import Notices
from composer.services.ports import Clock

VERSION = 1
_PATIENCE = 5.0
_LIST = "mappings"


class MappingStore:
    """Implements ``ports.importing.Mappings``."""

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self._path = path
        self._clock = clock
        self._notices = notices

    def all(self) -> Sequence[Mapping]:
        """All that are kept and can be read, by name. Raises ``StoreError``.

        A file that is no JSON object is put aside.
        """
        found = (_read(entry) for entry in self._entries(self._content()))
        return sorted((one for one in found if one), key=lambda one: one.name.casefold())

    def save(self, mapping: Mapping) -> Mapping:
        """Keep a mapping under its name, in the place of another of that name.

        Raises ``StoreError``; the file is then as it was.
        """
        if not mapping.name.strip():
            raise StoreError("The mapping has no name. Give it one, and save it again.")
        with self._alone():
            content = self._content()
            others = [one for one in self._entries(content) if _name_of(one) != mapping.name]
            self._write(content, [*others, written_mapping(mapping)])
        return mapping

    def delete(self, name: str) -> None:
        """Remove a mapping; one that is gone already is no error. Raises ``StoreError``."""
        with self._alone():
            content = self._content()
            entries = self._entries(content)
            left = [one for one in entries if _name_of(one) != name]
            if len(left) < len(entries):
                self._write(content, left)

    def for_columns(self, columns: Sequence[str]) -> Mapping | None:
        """The kept one whose columns are all there; of several the one that uses most of them.

        Columns that it ignores need not be there.
        """
        known = frozenset(columns)
        fitting = [(len(used & known), one) for one in self.all() if (used := _used(one)) <= known]
        return max(fitting, key=lambda one: one[0], default=(0, None))[1]

    def _content(self) -> Object:
        return read_object(
            self._path,
            self._clock,
            self._notices,
            what="kept mappings",
            instead="goes on without any",
        )

    def _entries(self, content: Object) -> tuple[Value, ...]:
        entries = content.get(_LIST, ())
        return entries if isinstance(entries, tuple) else ()

    def _write(self, content: Object, entries: list[Value]) -> None:
        version = content.get("version")
        if version not in {None, Number(str(VERSION))}:
            raise StoreError(
                f"The mappings in {self._path} were written by a newer version of Event Composer. "
                "Update Event Composer to change them."
            )
        content = content.with_member("version", Number(str(VERSION)))
        text = without_personal_keys(encode(content.with_member(_LIST, tuple(entries))))
        write_atomically(self._path, text.encode("utf-8") + b"\n")

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Between reading and writing no other window writes. Raises ``StoreError``."""
        with FileLock(self._path.with_suffix(".lock")) as lock:
            try:
                make_folder(self._path.parent)
                is_ours = lock.take(_PATIENCE)
            except OSError:  # the folder is missing or read-only: whoever writes finds out
                is_ours = True
            if not is_ours:
                raise StoreError(
                    "The mapping could not be saved: another window is saving one. Save it again "
                    "in a moment."
                )
            yield


def _read(entry: Value) -> Mapping | None:
    try:
        return read_mapping(entry)
    except FormError:
        return None


def _name_of(entry: Value) -> Value:
    return entry.get("name") if isinstance(entry, Object) else None


def _used(mapping: Mapping) -> frozenset[str]:
    """The columns that it needs; one that needs none fits nothing."""
    used = frozenset(rule.column for rule in mapping.rules if rule.target is not Target.IGNORE)
    return used or frozenset({""})
