"""Writes, moves and removes template files, without undoing what somebody else did meanwhile.

Whoever calls holds the lock of the profile, so that two windows take turns. Others, on a network
drive, do not: a file is therefore compared with what was read of it right before it is changed.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

from composer.core.errors import StoreError
from composer.core.jsontext import JsonError
from composer.core.personal_keys import without_personal_keys
from composer.core.templates import Template
from composer.services.draft_form import FormError
from composer.services.files import make_folder
from composer.services.ports import Clock
from composer.services.template_form import read_template, slug, written_template
from composer.services.templates.names import as_shown, on_disk, tidy
from composer.services.templates.placing import move, overwrite, remove_empty, write_new
from composer.services.templates.reading import Reader
from composer.services.templates.scanning import ENDING, scan


class Changer:
    """Every change to the files of one folder. What fails raises ``StoreError`` or ``OSError``."""

    def __init__(self, reader: Reader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock
        self._deleted: dict[str, bytes] = {}

    def save(self, template: Template) -> Template:
        """Over its file if that is as it was read, else into a new one."""
        template = _without_keys(template)
        before = self._reader.remembered().get(template.id)
        kept = self._reader.one(template.id) if template.id else None
        if kept is None:  # new, or deleted by somebody
            return self._save_new(template, template.id.rpartition("/")[2] or slug(template.name))
        former = kept.template
        is_theirs = before is not None and before.digest != kept.digest
        if former is None or is_theirs or template.saved_at not in kept.bases:
            template = self._renamed(template)
            return self._save_new(template, slug(template.name))
        return self._save_over(template, former, kept.bases)

    def move(self, identifier: str, folder: str) -> Template:
        """Into another folder; the bytes stay, and the file's name if it is free there."""
        kept = self._reader.one(identifier)
        if kept is None or kept.template is None:
            raise StoreError(
                "This template is not there any more: somebody deleted, moved or renamed it."
            )
        if tidy(folder) == tidy(kept.template.folder):
            return kept.template
        before = self._reader.path(identifier)
        file = move(before, self._place(folder))
        remove_empty(before.parent, self._reader.root)
        return self._after(file, kept.template, kept.bases)

    def delete(self, identifier: str) -> None:
        """The bytes are remembered. One that was changed since it was read stays."""
        before = self._reader.remembered().get(identifier)
        kept = self._reader.one(identifier)
        if kept is None:
            return
        if before and before.digest != kept.digest:
            raise StoreError(
                "Somebody else has just changed this template, so it was not deleted. "
                "Look at it, and delete it again if you still want to."
            )
        file = self._reader.path(identifier)
        self._deleted[identifier] = file.read_bytes()
        file.unlink()
        remove_empty(file.parent, self._reader.root)

    def restore(self, template: Template) -> Template:
        """The bytes that were deleted, at their place if that is free."""
        data = self._deleted.get(template.id) or written_template(template)
        wanted = self._reader.path(template.id)
        make_folder(self._reader.root)
        file = write_new(wanted.parent, wanted.stem, data)
        self._deleted.pop(template.id, None)
        return self._after(file, template, frozenset({template.saved_at}))

    def _save_new(self, template: Template, stem: str) -> Template:
        template, data = self._written(template)
        file = write_new(self._place(template.folder), stem, data)
        return self._after(file, template, frozenset())

    def _save_over(
        self, template: Template, former: Template, bases: frozenset[datetime]
    ) -> Template:
        """A kill between the two steps leaves it moved, and as it was before."""
        if dataclasses.replace(template, saved_at=former.saved_at) == former:
            return former
        bases |= {template.saved_at}
        if tidy(template.folder) != tidy(former.folder):
            moved = self.move(template.id, template.folder)
            template = dataclasses.replace(template, id=moved.id)
        template, data = self._written(template)
        file = self._reader.path(template.id)
        overwrite(file, data)
        return self._after(file, template, bases)

    def _written(self, template: Template) -> tuple[Template, bytes]:
        """With its time, and as bytes that can be read again."""
        template = dataclasses.replace(
            template, saved_at=_whole_second(self._clock.now()), is_starter=False
        )
        data = written_template(template)
        try:
            read_template("", data, template.saved_at)
        except (JsonError, FormError) as error:  # nested too deep with the template's own levels
            said = error.message if isinstance(error, JsonError) else f"{error}."
            raise StoreError(f"This event cannot be a template: {said}") from error
        return template, data

    def _after(self, file: Path, template: Template, bases: frozenset[datetime]) -> Template:
        parts = file.relative_to(self._reader.root).parts
        identifier = "/".join(parts)[: -len(ENDING)]
        written = self._reader.own(identifier, bases)
        return written or dataclasses.replace(template, id=identifier, folder=as_shown(parts[:-1]))

    def _place(self, folder: str) -> Path:
        """The folder on disk: the one that is shown so already, in any capitals, or a new one."""
        place = self._reader.root
        make_folder(place)
        for shown, name in zip(tidy(folder).split("/"), on_disk(folder), strict=False):
            place = _found(place, shown) or place / name
        return place

    def _renamed(self, template: Template) -> Template:
        """Somebody else changed it too: this one gets a name by which the two can be told."""
        others = self._reader.refresh(scan(self._reader.root).files).values()
        taken = {kept.template.name.casefold() for kept in others if kept.template}
        name, number = f"{template.name} (your version)", 1
        while name.casefold() in taken:
            number += 1
            name = f"{template.name} (your version {number})"
        return dataclasses.replace(template, name=name)


def _found(parent: Path, shown: str) -> Path | None:
    """The folder in ``parent`` that is shown so, for it may have been made elsewhere."""
    try:
        within = [entry for entry in parent.iterdir() if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return None
    wanted = shown.casefold()
    return next(
        (
            one
            for one in within
            if tidy(as_shown((one.name,))).casefold() == wanted and one.is_dir()
        ),
        None,
    )


def _without_keys(template: Template) -> Template:
    """Names of files are seen by everybody who sees the folder."""
    return dataclasses.replace(
        template,
        name=without_personal_keys(template.name),
        folder=without_personal_keys(template.folder),
    )


def _whole_second(moment: datetime) -> datetime:
    """As the file has it, so that what is read again is the same."""
    return moment.replace(microsecond=0)
