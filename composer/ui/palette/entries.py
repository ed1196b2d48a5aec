"""What can be found: one value for each thing, and how they are put in order under headings.

Knows no widget; what choosing a thing does is the business of ``palette``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from PySide6.QtGui import QKeySequence

from composer.core.destination import Destination, DestinationKind
from composer.core.events import ALL
from composer.core.fields import EventType, Family, Priority
from composer.core.records import HistoryRow
from composer.core.shells import Shell
from composer.core.snippets import TARGETS
from composer.core.summary import summary_of
from composer.core.templates import Template
from composer.ui.actions import COMMANDS, Command
from composer.ui.icons import IconName
from composer.ui.lists.when import clock_text, day_words
from composer.ui.palette.matching import Grade, Score, best, ranked
from composer.ui.wording import counted
from composer.ui.writing.targets import FAMILY_WORDS
from composer.ui.writing.words import SHELL_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyAs:
    """A copy that is not as chosen: a curl command for ``shell``, or code for a ``target``."""

    shell: Shell | None = None
    target: str = ""


Target: TypeAlias = Command | CopyAs | EventType | Destination | Template | HistoryRow
Row: TypeAlias = "str | Entry"
"""A heading, or an entry below it"""

LIMIT = 8
"""Entries that a group shows of what was found; with nothing typed it shows all."""


class Group(StrEnum):
    """The headings, in the order in which they stand while nothing is typed.

    Event types come first: the first row is chosen by Enter, and must then do no harm.
    """

    TYPES = "Event types"
    COMMANDS = "Commands"
    TEMPLATES = "Templates"
    DESTINATIONS = "Destinations"
    HISTORY = "History"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing as it is shown. ``also`` holds other words under which it is found."""

    group: Group
    target: Target
    text: str
    icon: IconName
    detail: str = ""
    keys: str = ""
    also: tuple[str, ...] = ()
    is_rare: bool = False
    """Shown only where it fits what was typed."""

    def score(self, query: str) -> Score | None:
        """How well it fits what was typed."""
        return best(query, self.text, self.also)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.text, self.detail, self.keys)))


_ALSO = {
    Command.SEND: ("Submit", "Post"),
    Command.CANCEL: ("Stop",),
    Command.NEW_EVENT: ("Renew the uuid and timestamp",),
    Command.COPY_CURL: ("Clipboard", "Command"),
    Command.COPY_CODE: ("Clipboard", "Snippet", "Program", "SDK"),
    Command.COPY_JSON: ("Clipboard",),
    Command.PASTE: ("Clipboard", "Import", "curl"),
    Command.OPEN_PASTE: ("Import", "Open a file", "HAR", "curl", "Decode"),
    Command.COMPARE: ("Difference", "Diff", "Compare with…"),
    Command.COMPARE_LAST: ("Difference", "Diff"),
    Command.FIND_IN_HISTORY: ("Find a send", "Filter"),
    Command.SHOW_PINNED: ("Pins", "Favourites", "Starred"),
    Command.EXPORT_HISTORY: ("Save as", "CSV", "HAR", "JSON Lines", "Download"),
    Command.COPY_TICKET_PACK: ("Markdown", "Support ticket", "Clipboard"),
    Command.IMPORT_EVENTS: ("CSV", "Spreadsheet", "Mixpanel", "Amplitude", "JSON Lines", "Upload"),
    Command.PASTE_ROWS: ("CSV", "Clipboard", "Excel", "Import"),
    Command.GENERATE_EVENTS: ("Demo users", "Many events", "Load test"),
    Command.SEARCH_BATCH: ("Find an event", "Filter"),
    Command.SHOW_RUNS: ("Results", "Resume", "Resend failures", "Uncertain"),
    Command.GO_HISTORY: ("Sent requests",),
    Command.FOCUS_TOKEN: ("API key", "Project key"),
    Command.TOGGLE_THEME: ("Theme", "Dark mode", "Appearance"),
    Command.SETTINGS: ("Preferences", "Options", "Timeouts", "Port"),
    Command.SHORTCUTS: ("Help", "Keys"),
    Command.RULES: ("Help", "All rules", "What PostHog does with events", "Ingestion"),
    Command.MEND: ("Fix", "Repair"),
    Command.MEND_ALL: ("Fix", "Repair"),
    Command.NEXT_VERDICT: ("Problem", "Warning"),
    Command.PREVIOUS_VERDICT: ("Problem", "Warning"),
    Command.QUIT: ("Exit", "Close the window"),
}
"""Words that people use for the commands."""

_ALSO_SHELLS = {
    Shell.BASH: ("Copy as curl for Git Bash", "Terminal"),
    Shell.CMD: ("Copy as curl for cmd.exe", "Command prompt"),
    Shell.POWERSHELL: ("Copy as curl for pwsh", "Terminal"),
}

_TYPE_ICONS = {
    Family.PRODUCT: IconName.TAG,
    Family.PERSON: IconName.PERSON,
    Family.GROUP: IconName.GROUP,
    Family.ACTIVITY: IconName.GLOBE,
    Family.SURVEY: IconName.LIST,
    Family.FLAG: IconName.FLAG,
    Family.ERROR: IconName.WARNING,
    Family.AI: IconName.SPARK,
    Family.MANY: IconName.BATCH,
    Family.LEGACY: IconName.HISTORY,
}


def keys_text(keys: str) -> str:
    """Keys as the platform writes them, with spaces for plus signs: ``Ctrl Shift C``."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return " ".join(part for part in native.split("+") if part)


def command_entries(commands: Iterable[Command]) -> list[Entry]:
    return [
        Entry(
            group=Group.COMMANDS,
            target=command,
            text=COMMANDS[command].text,
            icon=COMMANDS[command].icon,
            keys=keys_text(COMMANDS[command].keys[0]) if COMMANDS[command].keys else "",
            also=_ALSO.get(command, ()),
        )
        for command in commands
    ]


def copy_entries() -> list[Entry]:
    """Each shell and each language, also those that are not chosen."""
    shells = [
        Entry(
            group=Group.COMMANDS,
            target=CopyAs(shell=shell),
            text=f"Copy as curl for {words}",
            icon=IconName.COPY,
            also=_ALSO_SHELLS[shell],
            is_rare=True,
        )
        for shell, words in SHELL_WORDS.items()
    ]
    return shells + [
        Entry(
            group=Group.COMMANDS,
            target=CopyAs(target=target.id),
            text=f"Copy as {target.label}",
            icon=IconName.COPY,
            detail=FAMILY_WORDS[target.family],
            also=("Code", target.language),
            is_rare=True,
        )
        for target in TARGETS
    ]


def type_entries() -> list[Entry]:
    return [
        Entry(
            group=Group.TYPES,
            target=event_type,
            text=event_type.title,
            icon=_TYPE_ICONS[event_type.family],
            detail=event_type.event,
            also=event_type.names or tuple(filter(None, (event_type.event,))),
            is_rare=event_type.priority is not Priority.CORE,
        )
        for event_type in ALL
    ]


def destination_entries(destinations: Iterable[Destination], chosen: str) -> list[Entry]:
    return [
        Entry(
            group=Group.DESTINATIONS,
            target=place,
            text=f"Send to {place.name}",
            icon=IconName.SANDBOX if place.kind is DestinationKind.SANDBOX else IconName.SERVER,
            detail="in use now" if place.id == chosen else place.address or "no address yet",
            also=(place.name, "Destination", place.address),
        )
        for place in destinations
    ]


def template_entries(templates: Iterable[Template]) -> list[Entry]:
    """The person's own, and the starters, which are shown only where they fit what is typed."""
    entries: list[Entry] = []
    for template in templates:
        names = tuple(summary_of(step.draft.payload).event for step in template.steps)
        several = counted(len(names), "event") if template.is_sequence else ""
        entries.append(
            Entry(
                group=Group.TEMPLATES,
                target=template,
                text=template.name,
                icon=IconName.LIST if template.is_sequence else IconName.TEMPLATE,
                detail=several or names[0],
                also=(*names, *template.tags, template.folder),
                is_rare=template.is_starter,
            )
        )
    return entries


def history_entries(rows: Iterable[HistoryRow], now: datetime) -> list[Entry]:
    entries: list[Entry] = []
    for row in rows:
        summary = row.summary
        day = day_words(row.sent_at, now)
        is_near = day in {"today", "yesterday"}
        when = f"{day} at {clock_text(row.sent_at, now)}" if is_near else day
        entries.append(
            Entry(
                group=Group.HISTORY,
                target=row,
                text=" · ".join(filter(None, (summary.event, summary.person))),
                icon=IconName.HISTORY,
                detail=f"{row.destination.name}, {when}",
                also=(summary.person, row.destination.name),
            )
        )
    return entries


def arranged(query: str, entries: Sequence[Entry], found: Sequence[Entry] = ()) -> tuple[Row, ...]:
    """What fits, best first under each heading, the heading with the best entry first.

    Texts that hold the letters only scattered are a last resort, shown where nothing fits better.

    ``found`` (history) has been searched elsewhere, by content too: it is not judged again.
    """
    groups: list[tuple[Score, list[tuple[Score, Entry]]]] = []
    for group in Group:
        own = [e for e in entries if e.group is group and (query.strip() or not e.is_rare)]
        fitting = ranked(own, lambda entry: entry.score(query))
        if fitting:
            groups.append((fitting[0][0], fitting))
    groups.sort(key=lambda pair: pair[0])
    better = bool(groups) and groups[0][0].grade < Grade.SCATTERED
    limit = LIMIT if query.strip() else None
    rows: list[Row] = []
    for _, fitting in groups:
        shown = [e for s, e in fitting if s.grade < Grade.SCATTERED or not better][:limit]
        rows += [shown[0].group.value, *shown] if shown else []
    if found:
        rows += [Group.HISTORY.value, *found]
    return tuple(rows)
