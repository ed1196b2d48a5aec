"""The templates as rows under the names of their folders; a search and a folder narrow them down.

Holds values, reads no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby

from PySide6.QtCore import QModelIndex, QObject

from composer.core.summary import summary_of
from composer.core.templates import Step, Template
from composer.ui.icons import IconName
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import date_text
from composer.ui.templates.folder_combo import folder_title
from composer.ui.widgets.painting import AnyIndex
from composer.ui.wording import counted

STARTERS = "Starters"
TOP = "Not in a folder"


class At(IntEnum):
    """The columns."""

    NAME = 0
    EVENTS = 1
    SAVED = 2


_COLUMNS = (
    Column(title="Name", share=5),
    Column(title="Event", share=3),
    Column(title="Saved", sample="28 September 2026", needs=460),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which templates are to be shown. ``folder`` is ``None`` for all, ``""`` for the top."""

    folder: str | None = None
    starters: bool | None = None
    """Only the starters, only the person's own, or (``None``) both"""
    tag: str = ""
    search: str = ""

    def takes(self, template: Template) -> bool:
        """Whether a template is among them; the search is not looked at."""
        if self.starters is not None and template.is_starter is not self.starters:
            return False
        if self.tag and self.tag not in template.tags:
            return False
        if self.folder is None:
            return True
        within = f"{template.folder}/".startswith(f"{self.folder}/")
        return within if self.folder else not template.folder


class TemplatesModel(CellModel):
    """Those templates that are wanted, in the order given."""

    has_sections = True

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._all: tuple[Template, ...] = ()
        self._rows: tuple[Template | str, ...] = ()
        self._wanted = Wanted()
        self._texts: dict[int, tuple[Template, str]] = {}

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    @property
    def found(self) -> tuple[Template, ...]:
        """Those that are shown."""
        return tuple(row for row in self._rows if isinstance(row, Template))

    def at(self, row: int) -> Template | None:
        """The template in a row; ``None`` for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Template) else None

    def row_of(self, identifier: str) -> int:
        """Where a template stands; -1 if it is not in the list."""
        rows = (
            row
            for row, found in enumerate(self._rows)
            if isinstance(found, Template) and found.id == identifier
        )
        return next(rows, -1)

    def show_all(self, templates: Sequence[Template]) -> None:
        """Take over what is kept now."""
        self._all = tuple(templates)
        self._texts = {}
        self._renew()

    def show_wanted(self, wanted: Wanted) -> None:
        """Show only these."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._renew()

    def _renew(self) -> None:
        words = self._wanted.search.casefold().split()
        found = [
            template
            for template in self._all
            if self._wanted.takes(template) and self._fits(template, words)
        ]
        rows: list[Template | str] = []
        groups = [(title, list(group)) for title, group in groupby(found, _section)]
        for title, group in groups:
            if len(groups) > 1 or title != TOP:
                rows.append(title)
            rows += group
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def _fits(self, template: Template, words: list[str]) -> bool:
        if not words:
            return True
        key = id(template)
        if key not in self._texts:
            self._texts[key] = (template, _searched(template))
        text = self._texts[key][1]
        return all(word in text for word in words)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def section(self, row: int) -> str | None:
        found = self._rows[row]
        return found if isinstance(found, str) else None

    def cell(self, row: int, column: int) -> Cell:
        template = self._rows[row]
        if isinstance(template, str):
            return Cell(text=template)
        match At(column):
            case At.NAME:
                icon = IconName.LIST if template.is_sequence else IconName.TEMPLATE
                return Cell(text=template.name, icon=icon, hint=template.description)
            case At.EVENTS:
                return Cell(text=events_text(template), muted=template.is_starter)
            case At.SAVED:
                text = "" if template.is_starter else date_text(template.saved_at)
                return Cell(text=text, muted=True)


def events_text(template: Template) -> str:
    """The type of the one event, or how many there are."""
    if template.is_sequence:
        return counted(len(template.steps), "event")
    return template.draft.event_type.title


def _section(template: Template) -> str:
    folder = folder_title(template.folder)
    if template.is_starter:
        return f"{STARTERS} › {folder}" if folder else STARTERS
    return folder or TOP


def _searched(template: Template) -> str:
    words = [template.name, template.description, *template.tags, folder_title(template.folder)]
    for step in template.steps:
        words += _step_words(step)
    return "\n".join(words).casefold()


def _step_words(step: Step) -> tuple[str, ...]:
    about = summary_of(step.draft.payload)
    return step.draft.event_type.title, about.event, about.person
