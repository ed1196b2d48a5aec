"""What stands in a profile after a kill: opened as by the next start, and read beside that."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from composer.core.jsontext import Layout
from composer.core.records import OpenDraft
from composer.services.environment import Environment, open_environment
from tests.helpers.kills.journal import digest

_KNOWN = re.compile(
    r"(profile|settings|sandbox|workspace-\d+)\.json|workspace-\d+/draft-\d+\.txt"
    r"|templates/[^.][^/]*(/[^.][^/]*)*\.json|logs/[^/]*\.log"
    r"|(history(-search)?|batch-\d+|runs)\.sqlite3(-wal|-shm|-journal)?|history\.sqlite3\.before-2"
    r"|(opening|templates|settings|instance-\d+|runs-\d+)\.lock|sandbox/[^/]*"
)
_ASIDE = re.compile(r"before-restore-[\d-]+/(.+)")
_SENDS = re.compile(r"history(?!.*(search|before-2))")
"""Databases of sends; of the others only that they are whole is looked at."""
_DATABASE = re.compile(r"\.sqlite3(\.before-\d+)?$")
_MARK = re.compile(rb'"uuid": ?"([0-9a-f-]+)"')


@dataclass(slots=True, kw_only=True)
class Survey:
    """``facts`` by name; ``faults`` are sentences; ``outcomes`` of all histories by body."""

    facts: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    faults: list[str] = field(default_factory=list[str])
    outcomes: dict[bytes, set[str]] = field(default_factory=dict[bytes, set[str]])

    def compare_with_server(self, received: Mapping[bytes, int]) -> list[str]:
        """History claims nothing that did not happen, and leaves nothing out that did."""
        faults = [f"no row for what arrived: {body!r}" for body in received.keys() - self.outcomes]
        claims = {"accepted": 200, "rejected": 400}
        faults += [
            f"{outcome}, but the server answered {received.get(body)}: {body!r}"
            for body, outcomes in self.outcomes.items()
            for outcome in outcomes
            if outcome in claims and received.get(body) != claims[outcome]
        ]
        return faults


def survey(profile: Path) -> Survey:
    """Open the profile, close it, and look at every file."""
    found, facts = Survey(), defaultdict[str, set[str]](set)
    with closing(open_environment(profile)) as environment:
        _read(environment, facts)
        found.faults += [words for words in environment.notices if "was restored" not in words]
    found.faults += _strays(profile)
    for path in _databases(profile):
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                found.faults.append(f"{path} is damaged")
            if _SENDS.match(path.name):
                is_current = path.parent == profile
                _read_rows(connection, facts if is_current else None, found.outcomes)
    found.facts = {name: frozenset(values) for name, values in facts.items()}
    return found


def shown(tab: OpenDraft) -> str:
    """The text that a person sees in a draft."""
    return tab.unread or tab.draft.text(Layout.PRETTY)


def _read(environment: Environment, facts: dict[str, set[str]]) -> None:
    workspace = environment.workspace.load()
    for tab in workspace.tabs if workspace else ():
        facts[f"draft_{tab.id}"].add(digest(shown(tab)))
    for template in environment.templates.own():
        event = template.draft.payload.get("event")
        facts[f"template_{template.name}"].add(f"{template.folder}/{event}")
    if window := environment.settings.load().window:
        facts["window"].add(window)


def _read_rows(
    connection: sqlite3.Connection,
    facts: dict[str, set[str]] | None,
    outcomes: dict[bytes, set[str]],
) -> None:
    rows = connection.execute(
        "SELECT id, ifnull(outcome, 'under way'), note, pinned, deleted_at IS NOT NULL, body"
        " FROM sends JOIN contents ON send_id = id"
    )
    for number, outcome, note, pinned, hidden, body in rows:
        mark = _MARK.search(body)
        if mark:
            outcomes.setdefault(body, set()).add(outcome)
        if facts is None:
            continue
        facts[f"row_{number}"].add("there")
        if mark:
            facts[f"send_{mark[1].decode()}"].add(outcome)
        for kind, value in (("note", note), ("pinned", "yes" * pinned), ("hidden", "yes" * hidden)):
            if value:
                facts[f"{kind}_{number}"].add(value)


def _databases(profile: Path) -> Iterator[Path]:
    for folder in (profile, *profile.glob("before-*/")):
        yield from (path for path in folder.iterdir() if _DATABASE.search(path.name))


def _strays(profile: Path) -> Iterator[str]:
    """Files that are not the app's, and JSON that is not whole. Hidden ones are swept later."""
    for path in sorted(profile.rglob("*")):
        name = path.relative_to(profile).as_posix()
        if path.is_dir() or any(part.startswith(".") for part in name.split("/")):
            continue
        aside = _ASIDE.fullmatch(name)
        if not _KNOWN.fullmatch(name) and not (aside and _KNOWN.fullmatch(aside[1])):
            yield f"{name} should not be there"
        if path.suffix == ".json":
            try:
                json.loads(path.read_text("utf-8", "surrogatepass"))
            except ValueError as error:
                yield f"{name} is not whole: {error}"
