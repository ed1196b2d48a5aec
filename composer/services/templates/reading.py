"""The templates in files; each is read once as long as it looks the same from outside.

A file that cannot be read keeps no other from being read. It is left as it is, and what is wrong
with it is put into a sentence that names it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from composer.core.jsontext import JsonError
from composer.core.templates import Template
from composer.services.draft_form import FormError
from composer.services.files import reason_of
from composer.services.template_form import read_template
from composer.services.templates.names import as_shown
from composer.services.templates.scanning import ENDING, Look, look_at

MOST_BYTES = 32 * 1024 * 1024
"""Bytes of a template; a larger file is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as it was read: its template, or what is wrong with it."""

    look: Look
    digest: bytes = b""
    template: Template | None = None
    trouble: str = ""
    bases: frozenset[datetime] = frozenset()
    """``saved_at`` of the versions that this one was made from here: saving over it with one of
    them in hand undoes nobody else's work."""


def digest_of(data: bytes) -> bytes:
    """By which two versions of a file are told apart."""
    return hashlib.sha256(data).digest()


class Reader:
    """Files below one folder, by id. It is used by one thread at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kept: dict[str, Kept] = {}

    def path(self, identifier: str) -> Path:
        """The file of that id."""
        return self.root.joinpath(*f"{identifier}{ENDING}".split("/"))

    def refresh(self, files: Mapping[str, Look]) -> dict[str, Kept]:
        """Read what is new or looks different, forget what is gone."""
        found = {one: self._read(one, look) for one, look in files.items()}
        self._kept = {one: kept for one, kept in found.items() if kept}
        return self._kept

    def remembered(self) -> dict[str, Kept]:
        """What was read last, be the folder still there or not."""
        return self._kept

    def one(self, identifier: str) -> Kept | None:
        """A single file, read anew: not every drive shows each change from outside.

        ``None`` where there is none. Raises ``OSError``.
        """
        look = look_at(self.path(identifier))
        kept = self._read_anew(identifier, look) if look else None
        if kept is None:
            self._kept.pop(identifier, None)
        else:
            self._kept[identifier] = kept
        return kept

    def own(self, identifier: str, bases: frozenset[datetime]) -> Template | None:
        """The file as it was just written here, over what had those bases."""
        file = self.path(identifier)
        look = look_at(file)
        kept = _read_file(file, identifier, look) if look else None
        if kept is None:
            return None
        self._kept[identifier] = dataclasses.replace(kept, bases=kept.bases | bases)
        return kept.template

    def _read(self, identifier: str, look: Look) -> Kept | None:
        kept = self._kept.get(identifier)
        if kept is not None and kept.look == look:
            return kept
        return self._read_anew(identifier, look)

    def _read_anew(self, identifier: str, look: Look) -> Kept | None:
        before = self._kept.get(identifier)
        kept = _read_file(self.path(identifier), identifier, look)
        if kept is None or before is None:
            return kept
        if before.digest == kept.digest:
            return dataclasses.replace(before, look=look)
        return _told_apart(kept, before)


def _read_file(file: Path, identifier: str, look: Look) -> Kept | None:
    """``None`` for a file that somebody has just deleted."""
    if look.size > MOST_BYTES:
        return Kept(look=look, trouble=_left_out(file, "it is too large to be a template."))
    data = b""
    try:
        data = file.read_bytes()
        template = _template(identifier, data, look)
    except FileNotFoundError:
        return None
    except OSError as error:
        trouble = reason_of(error)
    except (JsonError, FormError) as error:
        trouble = _conflict(data) or f"{error}{'' if str(error).endswith('.') else '.'}"
    else:
        return Kept(
            look=look,
            digest=digest_of(data),
            template=template,
            bases=frozenset({template.saved_at}),
        )
    return Kept(look=look, digest=digest_of(data), trouble=_left_out(file, trouble))


def _template(identifier: str, data: bytes, look: Look) -> Template:
    template = read_template(identifier, data, _time(look))
    parts = tuple(identifier.split("/"))
    return dataclasses.replace(template, folder=as_shown(parts[:-1]))


def _told_apart(kept: Kept, before: Kept) -> Kept:
    """Somebody who edits a file by hand leaves ``saved_at`` as it is: the file's time stands in.

    Otherwise the version before, if it is still in hand somewhere, could pass for this one.
    """
    template = kept.template
    if template is None or template.saved_at not in before.bases:
        return kept
    moment = max(_time(kept.look), max(before.bases) + timedelta(seconds=1))
    return dataclasses.replace(
        kept, template=dataclasses.replace(template, saved_at=moment), bases=frozenset({moment})
    )


def _time(look: Look) -> datetime:
    return datetime.fromtimestamp(look.modified // 1_000_000_000, UTC)


def _left_out(file: Path, trouble: str) -> str:
    return f"The template {file} was left out: {trouble} It was not changed."


def _conflict(data: bytes) -> str:
    """What is wrong with a file that git could not merge by itself."""
    found = _MARKER.search(data)
    if found is None:
        return ""
    line = data.count(b"\n", 0, found.start()) + 1
    return (
        f"two people changed it, and git has put both versions into it (line {line}). Decide for "
        "one of them in an editor, and take the lines with <<<<<<<, ======= and >>>>>>> out."
    )


_MARKER = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
