"""The tables in which the events of the Batch place are kept. Knows SQL only."""

from __future__ import annotations

from composer.services.schema import Migration

UNSEEN = -1
"""The outlook of an event that has not been looked at."""

GAP = 1 << 32
"""Between the positions of two events that were put in one after the other: room for moves."""

STEPS = (
    Migration(
        version=1,
        sql="""
-- What the list shows. The events themselves stand in body, so that sorting, removing and looking
-- at a hundred thousand events touches none of them.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,               -- never given again, see state
    position INTEGER NOT NULL,            -- in the order of the table, with gaps
    removal INTEGER NOT NULL,             -- 0: in the table; else which removal took it out,
                                          -- or minus the number of the import that brings it in
    import INTEGER NOT NULL,              -- 0: not imported
    row INTEGER NOT NULL,                 -- of the source
    type_id TEXT NOT NULL,                -- of the event type; empty: told from the event
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    moment TEXT NOT NULL,                 -- the timestamp as it stands in the event
    instant INTEGER,                      -- the same in milliseconds since 1970; NULL: no time
    size INTEGER NOT NULL,                -- bytes of the body
    edition INTEGER NOT NULL,             -- counts up with each edit
    is_sound INTEGER NOT NULL,            -- 1: it is known that the service does not refuse it
    outlook INTEGER NOT NULL,             -- RowOutlook, -1: not looked at
    says TEXT NOT NULL
) STRICT;

CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

CREATE INDEX event_place ON event (position) WHERE removal = 0;
CREATE INDEX event_size ON event (size) WHERE removal = 0;

-- The table in numbers, kept by the triggers below: no statement changes the removal of an event
-- and its size or outlook at once.
CREATE TABLE tally (
    outlook INTEGER PRIMARY KEY,
    events INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) STRICT;
INSERT INTO tally VALUES (-1, 0, 0), (0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0);

CREATE TRIGGER event_added AFTER INSERT ON event WHEN new.removal = 0
BEGIN
    UPDATE tally SET events = events + 1, bytes = bytes + new.size WHERE outlook = new.outlook;
END;

CREATE TRIGGER event_shown AFTER UPDATE OF removal ON event
    WHEN old.removal <> 0 AND new.removal = 0
BEGIN
    UPDATE tally SET events = events + 1, bytes = bytes + new.size WHERE outlook = new.outlook;
END;

CREATE TRIGGER event_hidden AFTER UPDATE OF removal ON event
    WHEN old.removal = 0 AND new.removal <> 0
BEGIN
    UPDATE tally SET events = events - 1, bytes = bytes - old.size WHERE outlook = old.outlook;
END;

CREATE TRIGGER event_changed AFTER UPDATE OF size, outlook ON event WHEN old.removal = 0
BEGIN
    UPDATE tally SET events = events - 1, bytes = bytes - old.size WHERE outlook = old.outlook;
    UPDATE tally SET events = events + 1, bytes = bytes + new.size WHERE outlook = new.outlook;
END;

CREATE TRIGGER event_gone AFTER DELETE ON event WHEN old.removal = 0
BEGIN
    UPDATE tally SET events = events - 1, bytes = bytes - old.size WHERE outlook = old.outlook;
END;

CREATE TABLE import (
    number INTEGER PRIMARY KEY,
    is_done INTEGER NOT NULL DEFAULT 0,
    format TEXT NOT NULL,                 -- of the source, as RowFormat
    delimiter TEXT NOT NULL,
    quote TEXT NOT NULL,
    columns TEXT NOT NULL,                -- JSON: its header
    problems INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The rows of a source that did not fit.
CREATE TABLE problem (
    id INTEGER PRIMARY KEY,
    import INTEGER NOT NULL REFERENCES import (number) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX problem_place ON problem (import, row);

CREATE TABLE state (
    next_id INTEGER NOT NULL,
    next_removal INTEGER NOT NULL,
    next_import INTEGER NOT NULL,
    last_position INTEGER NOT NULL,       -- of the table; what comes in is put behind it
    revision INTEGER NOT NULL,
    looked_as TEXT NOT NULL,              -- under which circumstances the events were looked at
    taken_over TEXT NOT NULL              -- which older list of events is in the table by now
) STRICT;
INSERT INTO state VALUES (1, 1, 1, 0, 0, '', '');
""",
    ),
)

PROBES = (
    "SELECT id, is_sound FROM event ORDER BY id DESC LIMIT 1",
    "SELECT id, body FROM body ORDER BY id DESC LIMIT 1",
    "SELECT sum(events), sum(bytes) FROM tally",
    "SELECT next_id, taken_over FROM state",
    "SELECT id, text FROM problem ORDER BY id DESC LIMIT 1",
    "SELECT number, problems FROM import ORDER BY number DESC LIMIT 1",
)
"""Cheap queries that a sound file answers."""
