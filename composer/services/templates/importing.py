"""Templates out of files, folders and archives: our own, Postman's and Bruno's.

It finds out what each file is; what stands in a collection is read by ``core.collections``. What is
neither is named, and so is what could not be saved.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from composer.core.collections import bruno, postman
from composer.core.collections.collection import Collection, Setting
from composer.core.collections.imported import Imported
from composer.core.collections.templating import templates_of
from composer.core.errors import StoreError
from composer.core.jsontext import JsonError, Object, parse_bytes
from composer.core.remarks import Remark
from composer.core.templates import Template
from composer.services.draft_form import FormError
from composer.services.template_form import read_template
from composer.services.templates.gathering import Gathered, gather
from composer.services.templates.names import as_shown
from composer.services.templates.scanning import ENDING, Parts
from composer.services.work import Worker, WorkerLostError

_BRUNO_ROOT = "bruno.json"


AT_ONCE = 256 * 1024
"""Bytes that are read here; more would hold up the window, so it is done in another process."""


def imported(
    paths: Sequence[str], moment: datetime, save: Callable[[Template], Template]
) -> Imported:
    """What is at ``paths``, saved. It ends with the first that cannot be saved, and says so.

    Raises ``StoreError`` where it is too much to be read.
    """
    gathered = [gather(Path(path)) for path in paths]
    if sum(one.size for one in gathered) <= AT_ONCE:
        found = understood(gathered, moment)
    else:
        found = _understood_elsewhere(gathered, moment)
    remarks = list(found.remarks)
    saved: list[Template] = []
    for template in found.templates:
        try:
            saved.append(save(template))
        except StoreError as error:
            more = len(found.templates) - len(saved) - 1
            words = f"{error} It and {more} more were not imported." if more else str(error)
            remarks.append(Remark(name=template.name, words=words))
            break
    return Imported(templates=tuple(saved), remarks=tuple(dict.fromkeys(remarks)))


def understood(gathered: Sequence[Gathered], moment: datetime) -> Imported:
    """The templates in files, not saved yet; it reads and writes nothing."""
    work = _Work(moment)
    for found in gathered:
        work.take(found)
    work.finish()
    return Imported(templates=tuple(work.templates), remarks=tuple(work.remarks))


def _understood_elsewhere(gathered: Sequence[Gathered], moment: datetime) -> Imported:
    worker = Worker()
    try:
        return worker.run(understood, gathered, moment)
    except WorkerLostError:
        raise StoreError(
            "This is too much to be imported at once. Import a part of it first."
        ) from None
    finally:
        worker.stop()


class _Work:
    """Collections are read last: an environment that belongs to them may come after them."""

    def __init__(self, moment: datetime) -> None:
        self.templates: list[Template] = []
        self.remarks: list[Remark] = []
        self._moment = moment
        self._collections: list[Collection] = []
        self._settings: list[Setting] = []
        self._environments: list[str] = []

    def take(self, found: Gathered) -> None:
        """Find out what each file is."""
        self.remarks += found.remarks
        if not found.files and not found.remarks:
            self._tell(found.name, "There is nothing in it that could be a template.")
        roots = _bruno_roots(found.files)
        for root in roots:
            files = dict(_texts(found.files, root, [r for r in roots if len(r) > len(root)]))
            self._collections.append(bruno.read_folder(files))
        for parts, data in found.files.items():
            if parts[-1].lower().endswith(ENDING) and parts[-1] != _BRUNO_ROOT:
                self._json(parts, data)

    def finish(self) -> None:
        """From collections to templates."""
        for collection in self._collections:
            found = templates_of(collection, self._moment, self._settings)
            self.templates += found.templates
            self.remarks += found.remarks
            if not found.templates and not found.remarks:
                self._tell(collection.name, "There is no request in it.")
        if not self._collections:
            for name in self._environments:
                self._tell(name, "These are variables only. Choose the collection along with them.")

    def _json(self, parts: Parts, data: bytes) -> None:
        try:
            source = parse_bytes(data)
        except JsonError as error:
            self._tell(parts[-1], f"It is no JSON. {error}")
            return
        if not isinstance(source, Object):
            self._tell(parts[-1], _UNKNOWN)
        elif postman.is_collection(source):
            self._collections.append(postman.read_collection(source))
        elif postman.is_environment(source):
            self._settings += postman.read_environment(source)
            self._environments.append(parts[-1])
        elif postman.is_old_collection(source):
            self._tell(parts[-1], _OLD)
        elif bruno.is_export(source):
            self._collections.append(bruno.read_export(source))
        else:
            self._own(parts, data)

    def _own(self, parts: Parts, data: bytes) -> None:
        """A template of ours, in the folder in which it lay."""
        stem = parts[-1][: -len(ENDING)]
        try:
            template = read_template(stem, data, self._moment)
        except (JsonError, FormError) as error:
            said = str(error).rstrip(".")
            self._tell(parts[-1], f"It is no template, and no collection that is known: {said}.")
            return
        self.templates.append(dataclasses.replace(template, id="", folder=as_shown(parts[:-1])))

    def _tell(self, name: str, words: str) -> None:
        self.remarks.append(Remark(name=name, words=words))


_UNKNOWN = "It is no template, and no collection that is known."
_OLD = "It is a collection of version 1. Export it from Postman as version 2.1, and import that."


def _bruno_roots(files: Mapping[Parts, bytes]) -> list[Parts]:
    """Folders that are a collection of Bruno's; ``.bru`` files without one are one together."""
    roots = [parts[:-1] for parts in files if parts[-1] == _BRUNO_ROOT]
    loose = (parts for parts in files if parts[-1].endswith(bruno.ENDING))
    if any(all(parts[: len(root)] != root for root in roots) for parts in loose):
        roots.append(())
    return sorted(set(roots))


def _texts(
    files: Mapping[Parts, bytes], root: Parts, inner: Sequence[Parts]
) -> Iterator[tuple[str, str]]:
    """The files of one collection, by their path in it."""
    for parts, data in files.items():
        is_inside = parts[: len(root)] == root
        is_ours = is_inside and not any(parts[: len(other)] == other for other in inner)
        if is_ours and (parts[-1].endswith(bruno.ENDING) or parts[-1] == _BRUNO_ROOT):
            yield "/".join(parts[len(root) :]), data.decode("utf-8", "replace")
