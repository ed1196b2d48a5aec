"""What is done about an import: its source is looked at, its mapping changed, its rows taken over.

It starts work in threads, and knows no widget. What is asked for anew while older work still runs
is told, and the older is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.errors import ComposerError
from composer.core.mapping import Mapping
from composer.core.tabular import Dialect
from composer.services.ports.importing import CountSource, Source
from composer.ui.batch.importing.facts import ImportFacts
from composer.ui.batch.importing.keeper import MappingKeeper
from composer.ui.batch.importing.needs import ImportNeeds
from composer.ui.batch.importing.previewer import Previewer
from composer.ui.batch.importing.state import (
    Looked,
    Phase,
    Preview,
    in_thread,
    look_at,
    preview_of,
    suggested_by,
    unfilled,
)
from composer.ui.undo import DraftStep, draft_stack

SAMPLE = 50
"""Rows of the preview."""


class ImportDesk(ImportFacts):
    """One import at a time."""

    progressed = Signal(object)
    """``ImportProgress``"""
    imported = Signal(object)
    """``ImportReport``"""

    def __init__(self, needs: ImportNeeds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._needs = needs
        self.keeper = MappingKeeper(needs, self)
        self._task: asyncio.Task[None] | None = None
        self._previewer = Previewer(needs.tasks, self._preview_work, self)
        self._stack = draft_stack()
        self._stack.setParent(self)
        self._previewer.made.connect(self._on_previewed)
        self._previewer.failed.connect(self._tell)
        self.keeper.changed.connect(self._on_kept)
        self.keeper.failed.connect(self._tell)

    @property
    def is_looking(self) -> bool:
        """Whether the source is being looked at."""
        return self._task is not None and self.phase is not Phase.IMPORTING

    @property
    def is_previewing(self) -> bool:
        """Whether the preview is still to come."""
        return self._previewer.is_busy

    @property
    def can_undo(self) -> bool:
        """Whether the mapping was changed by hand."""
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return self._stack.canRedo()

    # The source

    def begin(self, source: Source, *, template_id: str = "") -> None:
        """Look at a source; a count is of a template."""
        self.close()
        self.source, self.phase = source, Phase.LOOKING
        self.mapping = Mapping(template_id=template_id)
        self._look(None)

    def overrule(self, dialect: Dialect) -> None:
        """Read the source in another way than was guessed."""
        self._look(dialect)

    def again(self) -> None:
        """Look at the same source once more."""
        self.phase = Phase.LOOKING
        self._look(None)

    def close(self) -> None:
        """End whatever runs, and forget the source; nothing of an unfinished import stays."""
        self._previewer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._stack.clear()
        self.forget()

    def _look(self, dialect: Dialect | None) -> None:
        if self.source is None:
            return
        if self._task is not None:
            self._task.cancel()
        work = partial(look_at, self._needs, self.source, dialect)
        self._task = in_thread(self._needs.tasks, work, self._on_looked, self._on_unreadable)
        self.changed.emit()

    def _on_looked(self, looked: Looked) -> None:
        before, self.looked = self.looked, looked
        self._task = None
        self.phase, self.words = Phase.READY, ""
        if before is None or before.guess.columns != looked.guess.columns:
            self._stack.clear()
            if not isinstance(self.source, CountSource):
                self.mapping = looked.suggested
        self.changed.emit()
        self.mapped.emit()
        self._previewer.now()

    def _on_unreadable(self, words: str) -> None:
        self._task = None
        self.phase, self.words = Phase.UNREADABLE, words
        self.changed.emit()

    # The mapping

    def change(self, mapping: Mapping, *, merge: str = "") -> None:
        """Take another mapping; changes with the same ``merge`` in a row are undone as one."""
        if mapping != self.mapping and self.phase is Phase.READY:
            at = self._needs.clock.now()
            step = DraftStep(self.mapping, mapping, at=at, merge=merge, show=self._show_mapping)
            self._stack.push(step)

    @Slot()
    def undo(self) -> None:
        """Take back the last change of the mapping."""
        if self.phase is Phase.READY:
            self._stack.undo()

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        if self.phase is Phase.READY:
            self._stack.redo()

    def find_out(self) -> None:
        """Go back to what can be found out from the columns."""
        self._suggest(self._on_found_out)

    def _suggest(self, then: Callable[[Mapping], None]) -> None:
        if self.looked is None or self._task is not None:
            return
        guess, template = self.looked.guess, self.kept_template

        def on_suggested(mapping: Mapping) -> None:
            self._task = None
            then(replace(mapping, template_id=self.mapping.template_id))

        work = partial(suggested_by, guess, template)
        self._task = in_thread(self._needs.tasks, work, on_suggested, self._on_failed)

    def choose_template(self, identifier: str) -> None:
        """Make events of another template; columns that nobody has touched are mapped anew."""
        untouched = self.looked is not None and self.mapping == self.looked.suggested
        self.change(replace(self.mapping, template_id=identifier))
        if untouched and identifier and not isinstance(self.source, CountSource):
            self._suggest(self._on_suggested)

    def generate(self, count: int | None, mapping: Mapping, missing: tuple[str, ...] = ()) -> None:
        """Have as many rows make events; ``None`` while that is no number.

        ``missing`` are the titles of what still has to be filled in.
        """
        looked = self.looked
        if looked is None or self.phase is not Phase.READY:
            return
        self.is_countless, self.missing = count is None, missing
        if count is not None:
            rows = tuple((number, [str(number)]) for number in range(1, min(count, SAMPLE) + 1))
            self.source = CountSource(count=count)
            self.looked = replace(looked, guess=replace(looked.guess, rows=rows), size=count)
        self._show_mapping(mapping)

    def _on_failed(self, words: str) -> None:
        self._task = None
        self._tell(words)

    def _on_found_out(self, mapping: Mapping) -> None:
        self.change(mapping)

    def _on_suggested(self, mapping: Mapping) -> None:
        before = self.mapping
        historical = before.historical_migration
        self.change(replace(mapping, zone=before.zone, historical_migration=historical))

    def _show_mapping(self, mapping: Mapping) -> None:
        self.mapping, self.words = mapping, ""
        self._previewer.soon()
        self.mapped.emit()

    def save(self, name: str) -> None:
        """Keep the mapping under a name."""
        self.change(replace(self.mapping, name=name))
        self.keeper.save(self.mapping)

    def delete(self) -> None:
        """Remove the kept mapping that is shown; what is shown stays, without its name."""
        name, looked = self.mapping.name, self.looked
        kept = next((one for one in looked.kept if one.name == name), None) if looked else None
        if kept is not None:
            self.keeper.delete(kept)
            self.change(replace(self.mapping, name=""))

    def _on_kept(self, kept: tuple[Mapping, ...]) -> None:
        if self.looked is not None:
            self.looked = replace(self.looked, kept=kept)
            self.changed.emit()

    # The preview

    def _preview_work(self) -> Callable[[], Preview] | None:
        looked = self.looked
        if looked is None:
            return None
        if self.missing:
            return partial(unfilled, self.missing)
        sources = self._needs.sources
        return partial(preview_of, sources, looked.guess, self.mapping, self.template)

    @Slot(object)
    def _on_previewed(self, preview: Preview) -> None:
        self.preview = preview
        self.previewed.emit()

    @Slot(str)
    def _tell(self, words: str) -> None:
        self.words = words
        self.changed.emit()

    # The import

    @Slot()
    def start(self) -> None:
        """Take all rows over into the table."""
        if not self.can_start or self.looked is None or self.source is None:
            return
        self.phase, self.words = Phase.IMPORTING, ""
        self.changed.emit()
        work = self._import(self.source, self.looked.guess.dialect)
        self._task = self._needs.tasks.start(work, "import rows")

    @Slot()
    def cancel(self) -> None:
        """End the import at once; nothing of it stays."""
        if self.phase is Phase.IMPORTING and self._task is not None:
            self._task.cancel()
            self._end(Phase.READY, "Cancelled. Nothing was added.")

    async def _import(self, source: Source, dialect: Dialect) -> None:
        try:
            report = await self._needs.table.import_rows(
                source, dialect, self.mapping, self.template, self.progressed.emit
            )
        except ComposerError as error:
            self._end(Phase.READY, str(error))
        except Exception:  # our own mistake, which is told elsewhere: the page is not to wait on
            self._end(Phase.READY, "")
            raise
        else:
            self._end(Phase.DONE, "")
            self.imported.emit(report)

    def _end(self, phase: Phase, words: str) -> None:
        self._task = None
        self.phase, self.words = phase, words
        self.changed.emit()
