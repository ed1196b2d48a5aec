"""A profile as the first version of the app left it: before formats, notes and variables."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from tests.helpers.kills.journal import Fact, digest

ROWS = 3000
TEXT = '{ "event": "old",  "distinct_id": "typed long ago \\u00e9" } // not json'


def make_old_profile(folder: Path) -> dict[str, Fact]:
    """Write it; what has to be found in it from now on."""
    (folder / "templates").mkdir(parents=True)
    _write(folder / "workspace-1.json", _workspace())
    facts: dict[str, Fact] = {"draft_1": digest(TEXT)}
    for number in range(5):
        name = f"Old {number}"
        body = {"event": f"old {number}", "distinct_id": "{{braces}}"}
        content = {"name": name, "saved_at": "2026-05-04T10:00:00Z", "type": "custom"}
        _write(folder / "templates" / f"old-{number}.json", content | {"body": body})
        facts[f"template_{name}"] = f"/old {number}"
    _write_history(folder / "history.sqlite3")
    facts |= {f"row_{number}": "there" for number in range(1, ROWS + 1)}
    return facts


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def _workspace() -> dict[str, object]:
    draft = {"type": "custom", "generated": [], "payload": '{"event":"old"}', "source": TEXT}
    return {
        "version": 1,
        "draft": draft,
        "parked": [],
        "batch": [],
        "historical_migration": False,
    }


def _write_history(path: Path) -> None:
    first = (files("composer.services") / "migrations" / "0001_history.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; {first} PRAGMA user_version = 1;")
        numbers = [(number,) for number in range(1, ROWS + 1)]
        connection.executemany(
            "INSERT INTO sends VALUES (?1, 1, 'old', '2026-05-04T10:00:00.000+00:00', 'e' || ?1,"
            " 'p', 1, 'us', 'US cloud', 'us', 'https://us.i.posthog.com', '/e/', '/e/', 2,"
            " 'accepted', '', 200, 'OK', 1.0, '')",
            numbers,
        )
        connection.executemany(
            "INSERT INTO contents (send_id, method, url, headers, body, sha256)"
            " VALUES (?1, 'POST', 'https://us.i.posthog.com/e/', '[]',"
            " CAST('{\"event\":\"e' || ?1 || '\"}' AS BLOB), '')",
            numbers,
        )
        connection.commit()
