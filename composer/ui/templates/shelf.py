"""The templates as this window knows them; their files are read and written in a thread.

The folder may be a network drive, so nothing here waits for it: one piece of work after the other
goes to a thread, and what came of it is told. It holds no widget.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.collections.imported import Imported
from composer.core.errors import StoreError
from composer.core.templates import Template
from composer.services.ports import Templates
from composer.ui.tasks import TaskScope

LOOK_EVERY = 2_000
"""Milliseconds between two looks at the folder, while somebody looks at the templates."""

_T = TypeVar("_T")


class Shelf(QObject):
    """Keeps the list, and follows changes from outside while it is attended to."""

    changed = Signal()
    """``templates`` or ``folders`` are others"""
    failed = Signal(str)
    """A sentence for the person"""

    def __init__(self, store: Templates, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._templates: tuple[Template, ...] = ()
        self._folders: tuple[str, ...] = ()
        self._is_read = False
        self._stamp: object = None
        self._successors: dict[str, str] = {}
        self._turn: asyncio.Lock | None = None
        self._is_wanted = False
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def templates(self) -> tuple[Template, ...]:
        """The person's own by folder and name, then the starters."""
        return self._templates

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the person's own."""
        return self._folders

    @property
    def is_read(self) -> bool:
        """Whether the folder has been read at all."""
        return self._is_read

    @property
    def is_attending(self) -> bool:
        """Whether the folder is looked at now and then."""
        return self._timer.isActive()

    def get(self, identifier: str) -> Template | None:
        """The template of that id, also under the id that it had before it was moved or saved."""
        wanted = self._now(identifier)
        return next((found for found in self._templates if found.id == wanted), None)

    def attend(self, on: bool) -> None:
        """Look at the folder now and then, or no more."""
        if on:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Read the folder again if anything has changed in it."""
        if self._is_looking:
            self._is_wanted = True  # what is read just now may be the folder as it was before
            return
        self._is_looking, self._is_wanted = True, False
        self._tasks.start(self._look(), "look at the templates")

    def when_read(self, then: Callable[[], None]) -> None:
        """Call ``then`` once the templates are known; at once if they are."""
        if self._is_read:
            then()
        else:
            self._tasks.start(self._read_first(then), "read the templates")

    # What can be done; ``then`` is called with what came of it, after ``changed``

    def save(self, template: Template, then: Callable[[Template], None] | None = None) -> None:
        """Keep a template; one with an empty id, or a starter, as a new one."""

        def work() -> Template:
            kept = self._store.save(self._as_it_stands(template))
            self._follow(template.id, kept.id)
            return kept

        self._do(work, then)

    def move(
        self, identifiers: Sequence[str], folder: str, then: Callable[[list[Template]], None]
    ) -> None:
        """Put templates into a folder."""

        def work() -> list[Template]:
            moved: list[Template] = []
            for identifier in identifiers:
                moved.append(self._store.move(self._now(identifier), folder))
                self._follow(identifier, moved[-1].id)
            return moved

        self._do(work, then)

    def delete(self, templates: Sequence[Template], then: Callable[[None], None]) -> None:
        """Remove templates."""

        def work() -> None:
            for template in templates:
                self._store.delete(self._now(template.id))

        self._do(work, then)

    def restore(
        self, templates: Sequence[Template], then: Callable[[list[Template]], None]
    ) -> None:
        """Undo a ``delete``."""

        def work() -> list[Template]:
            return [self._store.restore(template) for template in templates]

        self._do(work, then)

    def import_from(self, paths: Sequence[str], then: Callable[[Imported], None]) -> None:
        """Save what is in files, folders and archives."""
        self._do(partial(self._store.import_from, paths), then)

    def export_to(self, identifiers: Sequence[str], path: str, then: Callable[[int], None]) -> None:
        """Write templates to a file, a folder or an archive."""
        self._do(partial(self._store.export_to, identifiers, path), then)

    # Inside

    def _do(self, work: Callable[[], _T], then: Callable[[_T], None] | None) -> None:
        self._tasks.start(self._work(work, then), "keep templates")

    async def _work(self, work: Callable[[], _T], then: Callable[[_T], None] | None) -> None:
        async with self._lock():
            try:
                result = await asyncio.to_thread(work)
            except StoreError as error:
                await self._read()
                self.failed.emit(str(error))
                return
            await self._read()
        if then is not None:
            then(result)

    async def _read_first(self, then: Callable[[], None]) -> None:
        async with self._lock():
            if not self._is_read:
                await self._read()
        then()

    async def _look(self) -> None:
        try:
            async with self._lock():
                stamp = await asyncio.to_thread(self._store.stamp)
                if stamp != self._stamp or not self._is_read:
                    await self._read()
        except StoreError as error:
            self.failed.emit(str(error))
        finally:
            self._is_looking = False
        if self._is_wanted:
            self.look()

    async def _read(self) -> None:
        try:
            stamp, templates, folders = await asyncio.to_thread(self._read_all)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        self._stamp = stamp
        for words in self._store.news():
            self.failed.emit(words)
        same = (templates, folders) == (self._templates, self._folders)
        if same and self._is_read:
            return
        self._templates, self._folders, self._is_read = templates, folders, True
        self.changed.emit()

    def _read_all(self) -> tuple[object, tuple[Template, ...], tuple[str, ...]]:
        stamp = self._store.stamp()  # before the reading: what changes meanwhile is seen next time
        return stamp, tuple(self._store.all()), tuple(self._store.folders())

    def _lock(self) -> asyncio.Lock:
        if self._turn is None:
            self._turn = asyncio.Lock()
        return self._turn

    def _now(self, identifier: str) -> str:
        """The id under which it is kept now: edits may be made faster than they are kept."""
        while identifier in self._successors:
            identifier = self._successors[identifier]
        return identifier

    def _as_it_stands(self, template: Template) -> Template:
        """The edit of a template that has been moved meanwhile leaves it where it is now."""
        identifier = self._now(template.id)
        moved = self._store.get(identifier) if identifier != template.id else None
        folder = moved.folder if moved is not None else template.folder
        return replace(template, id=identifier, folder=folder)

    def _follow(self, before: str, after: str) -> None:
        self._successors.pop(after, None)
        if before and before != after:
            self._successors[before] = after
