"""Templates: one small JSON file each, so that they can be read, copied, shared and versioned.

A template's id is its file's name without the ending. Files that cannot be read are told and left
where they are.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from composer.core.draft import Draft
from composer.core.errors import StoreError
from composer.core.jsontext import JsonError
from composer.core.records import Template
from composer.services.draft_form import FormError
from composer.services.files import make_folder, reason_of, write_atomically
from composer.services.notices import Notices
from composer.services.ports import Clock
from composer.services.template_form import read_template, slug, written_template

_ENDING = ".json"


class TemplateStore:
    """Implements ``ports.Templates``."""

    def __init__(self, folder: Path, clock: Clock, notices: Notices) -> None:
        self._folder = folder
        self._clock = clock
        self._notices = notices
        self._deleted: dict[str, bytes] = {}

    def all(self) -> list[Template]:
        """Every template that can be read, in alphabetical order."""
        try:
            files = [place for place in self._folder.iterdir() if place.suffix == _ENDING]
        except FileNotFoundError:
            return []
        except OSError as error:
            self._notices.add(f"The templates could not be read: {reason_of(error)}")
            return []
        found = [template for file in files if (template := self._read(file))]
        return sorted(found, key=lambda template: (template.name.casefold(), template.id))

    def find(self, name: str) -> Template | None:
        """The template of that name, whatever its capitals."""
        wanted = name.strip().casefold()
        return next((t for t in self.all() if t.name.strip().casefold() == wanted), None)

    def save(self, name: str, draft: Draft, *, replace: str | None = None) -> Template:
        """Keep ``draft`` under ``name``, in a file of its own or instead of the one ``replace``.

        Raises ``StoreError``.
        """
        saved_at = self._clock.now()
        data = written_template(name, draft, saved_at)
        try:
            template = read_template("", data, saved_at)
        except JsonError as error:  # nested deeper than is read, together with the template's own
            raise StoreError(f"This event cannot be a template: {error.message}") from error
        if replace:
            file = self._file(replace)
            write_atomically(file, data)
        else:
            file = self._write_new(slug(name), data)
        return dataclasses.replace(template, id=file.stem)

    def delete(self, identifier: str) -> None:
        """Remove a template; one that is gone already is no error. Raises ``StoreError``."""
        file = self._file(identifier)
        try:
            self._deleted[identifier] = file.read_bytes()
            file.unlink()
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(f"{file.name} could not be deleted: {reason_of(error)}") from error

    def restore(self, template: Template) -> None:
        """Undo ``delete``: the same id and the same bytes, if nothing has taken its place."""
        data = self._deleted.get(template.id)
        if data is None:
            data = written_template(template.name, template.draft, template.saved_at)
        self._write_new(template.id, data)
        self._deleted.pop(template.id, None)

    def _file(self, identifier: str) -> Path:
        return self._folder / f"{identifier}{_ENDING}"

    def _write_new(self, wanted: str, data: bytes) -> Path:
        """Write a file of that name, or with a number behind it where the name is taken."""
        names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
        try:
            make_folder(self._folder)
            file = next(file for file in map(self._file, names) if _is_made(file))
        except OSError as error:
            raise StoreError(f"The template could not be saved: {reason_of(error)}") from error
        try:
            write_atomically(file, data)
        except StoreError:
            file.unlink(missing_ok=True)
            raise
        return file

    def _read(self, file: Path) -> Template | None:
        try:
            changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            return read_template(file.stem, file.read_bytes(), changed)
        except FileNotFoundError:  # another window has just deleted it
            return None
        except OSError as error:
            trouble = reason_of(error)
        except (JsonError, FormError) as error:
            trouble = f"{error}."
        self._notices.add(f"The template {file} was left out: {trouble} It was not changed.")
        return None


def _is_made(file: Path) -> bool:
    """Whether the (still empty) file is new: a name that is made here is nobody else's."""
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    return True
