"""The text of one send, as the search index keeps it, read from the history file.

What the text is made of stands in ``composer.core.history``. Knows nothing of the index.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from composer.core.history.bodies import body_text
from composer.core.history.words import SEPARATOR, brief_text
from composer.services.history.columns import ROW_COLUMNS, row_from
from composer.services.history.damage import is_damage

_ROW = f"SELECT {ROW_COLUMNS} FROM sends WHERE id = ?"  # noqa: S608 -- our own names
_SIZE = "SELECT length(body) FROM contents WHERE send_id = ?"
_BODY = "SELECT body FROM contents WHERE send_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendText:
    """``brief`` is what the list shows; ``whole`` is that and the body."""

    brief: str
    whole: str


def text_of(connection: sqlite3.Connection, identifier: int) -> SendText | None:
    """The text of a send, without what is damaged; ``None`` where there is none."""
    try:
        columns = connection.execute(_ROW, (identifier,)).fetchone()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return None
    if columns is None:
        return None
    body: bytes = _of_contents(connection, _BODY, identifier) or b""
    brief = brief_text(row_from(columns))
    return SendText(brief=brief, whole=f"{brief}{SEPARATOR}{body_text(body)}")


def size_of(connection: sqlite3.Connection, identifier: int) -> int:
    """The bytes of a send's body; 0 where it cannot be read."""
    size: int | None = _of_contents(connection, _SIZE, identifier)
    return size or 0


def _of_contents(connection: sqlite3.Connection, statement: str, identifier: int) -> Any:
    try:
        found = connection.execute(statement, (identifier,)).fetchone()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return None
    return None if found is None else found[0]
