"""Notes on their way into history: written after a pause, tried again, never dropped."""

import sqlite3

from composer.core.records import HistoryRow
from composer.ui.history.keeper import NoteKeeper
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until


def row_of(stage: Stage, identifier: int) -> HistoryRow:
    return next(row for row in stage.environment.history.rows() if row.id == identifier)


def kept(stage: Stage, identifier: int) -> tuple[str, str]:
    row = row_of(stage, identifier)
    return row.note, row.ticket


async def test_a_pause_in_typing_writes_the_last_of_it(stage: Stage) -> None:
    send = stage.remember("e")
    notes = NoteKeeper(stage.environment.history)
    written: list[tuple[int, str, str]] = []
    notes.kept.connect(lambda *what: written.append(what))
    for text in ("r", "re", "refund"):
        notes.hear(send, text, "ZD-1")
    assert kept(stage, send) == ("", "")
    assert notes.texts(row_of(stage, send)) == ("refund", "ZD-1")
    await wait_until(lambda: written, "the note")
    assert written == [(send, "refund", "ZD-1")]
    assert kept(stage, send) == ("refund", "ZD-1")


async def test_keep_writes_at_once_for_every_send(stage: Stage) -> None:
    one, two = stage.remember("one"), stage.remember("two")
    notes = NoteKeeper(stage.environment.history)
    notes.hear(one, "first", "")
    notes.hear(two, "", "ZD-2")
    assert notes.keep()
    assert (kept(stage, one), kept(stage, two)) == (("first", ""), ("", "ZD-2"))
    assert notes.keep()


async def test_what_cannot_be_written_is_told_once_kept_in_mind_and_tried_again(
    stage: Stage,
) -> None:
    send = stage.remember("e")
    row = row_of(stage, send)
    notes = NoteKeeper(stage.environment.history)
    told: list[str] = []
    notes.failed.connect(told.append)
    file = stage.environment.profile.history
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("ALTER TABLE sends RENAME TO away")
    notes.hear(send, "typed", "ZD-3")
    assert not notes.keep()
    assert not notes.keep()
    assert len(told) == 1
    assert told[0].startswith("The note is not kept yet. ")
    assert notes.texts(row) == ("typed", "ZD-3")
    other.execute("ALTER TABLE away RENAME TO sends")
    other.close()
    assert notes.keep()
    assert kept(stage, send) == ("typed", "ZD-3")


async def test_a_row_that_was_read_before_the_note_was_written_does_not_undo_it(
    stage: Stage,
) -> None:
    send = stage.remember("e")
    notes = NoteKeeper(stage.environment.history)
    before = row_of(stage, send)
    notes.hear(send, "refund", "")
    assert notes.keep()
    assert notes.texts(before) == ("refund", "")
    assert notes.texts(row_of(stage, send)) == ("refund", "")
    stage.environment.history.annotate(send, note="by somebody else", ticket="")
    assert notes.texts(row_of(stage, send)) == ("by somebody else", "")
